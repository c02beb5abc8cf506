"""Every knob of the training recipe, in one dataclass that travels with the exported files."""

from __future__ import annotations

import dataclasses
import json

AXES = (
    "quality", "length", "length_fit", "structure", "simplicity", "warmth",
    "rigour", "certainty", "examples", "interaction", "code", "economy",
)
A = len(AXES)
RESIDUAL = 8
D = A + RESIDUAL
TASK_PROTOTYPES = 16
CLUSTERS = 48
EMBEDDING = 384
QUERY_SCALARS = 8
QUERY_WORDS = 384
QUERY_FEATURES = QUERY_SCALARS + QUERY_WORDS
LLM_FEATURES = 173
OUTCOMES = ("win", "tie", "both_good", "both_bad")
TASKS = ("knowledge", "writing", "advice", "code", "math", "transform", "roleplay", "translation")


@dataclasses.dataclass(frozen=True)
class TrainConfig:
    """Sizes, kernel widths and seeds. Defaults are those of the shipped weights, chosen by cross-validation on training prompts and LLM families."""

    seed: int = 0
    threads: int = 1
    folds: int = 6
    # query nodes: kernel over the training prompts, and the low-rank interaction with the LLMs
    query_square: float = 3.0        # weight of relu(e·e')² beside e·e'
    query_text: float = 0.5          # weight of the scalar text features' kernel
    query_text_width: float = 4.0    # exp(−|F−F'|² / (2·width))
    query_words: float = 1.5         # weight of the words' cosine (TF-IDF)
    rank: int = 12
    smooth_ridge: float = 10.0       # ridge under which the interaction's directions are found
    factor_ridge: float = 3.0        # of the first half of the factors
    factor_ridge_tail: float = 8.0   # of the weaker half
    common_ridge: float = 5.0
    cluster_sharpness: float = 30.0  # of the query's membership in the clusters: softmax(sharpness · e·c)
    # LLM nodes: kernel over the training LLMs
    llm_width: float = 32.0
    llm_description: float = 0.03    # weight of the descriptions' cosine beside the card's kernel
    llm_ridge: float = 0.1
    style_width: float = 1.0
    style_ridge: float = 0.05
    belief_shrinkage: float = 0.2    # of the covariances of an LLM's style towards their diagonals
    task_steps: int = 300
    # user nodes
    sharpness: float = 4.0           # log-odds of a pick for one unit of a simulated user's utility
    noise_inflation: float = 2.5     # factor on the fitted variance of the pick noise
    task_spread: float = 0.1         # variance of a task's own taste, as a share of the population's
    intercept_variance: float = 0.04  # of what a person's picks say of an LLM of unjudged quality beyond its answers' features
    shared_share: float = 0.5        # of people who are like each other rather than like the simulated ones: as likely as not
    shared_variance: float = 0.1     # how much they differ, as a share of the simulated users' covariance
    shared_ridge: float = 0.003      # pulls their taste towards the simulated users'
    expectation_sweeps: int = 10
    message_passing: str = "all"     # ablations: all, no-query-memory, no-llm-memory, no-cluster, no-pick-llm, no-pick-task

    def to_json(self) -> str:
        """The config as JSON, keys sorted."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)
