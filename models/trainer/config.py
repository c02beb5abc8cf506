"""Every knob of the training recipe, in one dataclass that travels with each checkpoint."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

AXES = (
    "quality", "length", "length_fit", "structure", "simplicity", "warmth",
    "rigour", "certainty", "examples", "interaction", "code", "economy",
)
A = len(AXES)
RESIDUAL = 8
D = A + RESIDUAL
TASK_PROTOTYPES = 16
CLUSTERS = 16
EMBEDDING = 384
QUERY_FEATURES = 8
LLM_FEATURES = 76
OUTCOMES = ("win", "tie", "both_good", "both_bad")
TASKS = ("knowledge", "writing", "advice", "code", "math", "transform", "roleplay", "translation")


@dataclasses.dataclass(frozen=True)
class TrainConfig:
    """Sizes, step counts and seeds. Defaults are those of the shipped weights."""

    seed: int = 0
    threads: int = 1
    # response predictor
    hidden: int = 64
    rank: int = 16
    folds: int = 5
    predictor_steps: int = 600
    predictor_batch: int = 48
    predictor_lr: float = 2e-3
    predictor_weight_decay: float = 0.5
    predictor_dropout: float = 0.3
    embedding_noise: float = 0.035
    drop_fingerprint: float = 0.4
    drop_group: float = 0.3
    # user inference
    users_per_step: int = 36
    queries_per_user: int = 6
    history_max: int = 50
    user_prototypes: int = 128
    inference_rounds: int = 4
    newton_steps_train: int = 4
    newton_steps: int = 8
    graph_steps: int = 0
    prior_shift_known: float = -1.0
    prior_shift_blind: float = -2.0
    sharpness: float = 4.0
    picks_weight: float = 0.5
    agreement_weight: float = 1.0
    response_weight: float = 0.5
    graph_lr: float = 8e-4
    policy_users: int = 400
    bank_users: int = 3000

    def to_json(self) -> str:
        """The config as JSON, keys sorted."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)


def run_folder(root: Path) -> Path:
    """Git-ignored folder for checkpoints, caches and reports; made if absent."""
    folder = root / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
