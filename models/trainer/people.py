"""People known only by their picks (an LLM judge playing written persons: `npm run judge`), taken into the empirical-Bayes prior.

A simulated training user's weights are known; these people's are not, so the population is fitted by expectation–maximisation: the posterior
of each under the population so far, then the population of the known weights and of the posteriors (Dempster, Laird & Rubin 1977).
"""

from __future__ import annotations

import dataclasses
import json
import logging
from pathlib import Path

import torch
from torch import Tensor

from .adaptation import Evidence, PickNoise, posterior_mean
from .config import D, TrainConfig
from .data import Corpus
from .episodes import Predictions

log = logging.getLogger(__name__)
ROUNDS = 10
LEAST_PICKS = 3


@dataclasses.dataclass
class Picked:
    """One person's choices: the response chosen on a prompt and those passed over, as indices into the corpus."""

    prompts: list[int]
    chosen: list[int]
    passed: list[list[int]]


def read_picks(path: Path, corpus: Corpus, closed: set[str]) -> list[Picked]:
    """People of a picks file with three consistent choices or more on training prompts among training LLMs; `closed`: ids of users
    kept for validation and test. Raises ValueError naming the line that is not a pick."""
    p_of = {corpus.prompt_ids[i]: i for i in corpus.prompts_of("train")}
    m_of = {card["id"]: i for i, card in enumerate(corpus.llms) if corpus.seen[i]}
    people: dict[str, Picked] = {}
    lines = path.read_text().splitlines()
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            user, prompt, shown, chosen = row["user_id"], p_of.get(row["prompt_id"]), row["candidates"], row["chosen"]
        except (ValueError, KeyError, TypeError) as error:
            if number == len(lines):
                continue  # cut off when the judge was stopped
            raise ValueError(f"{path}: line {number} is not a pick") from error
        others = [m_of[m] for m in shown if m != chosen and m in m_of]
        if user in closed or prompt is None or chosen not in m_of or not others:
            continue
        person = people.setdefault(user, Picked([], [], []))
        person.prompts.append(prompt)
        person.chosen.append(m_of[chosen])
        person.passed.append(others)
    return [person for person in people.values() if len(person.prompts) >= LEAST_PICKS]


def evidence_of(person: Picked, x: Predictions, population: Tensor) -> Evidence:
    """A choice among n responses is n − 1 pairs of weight 1 / (n − 1): one pick's worth."""
    triples = [(p, c, o, 1 / len(others)) for p, c, others in zip(person.prompts, person.chosen, person.passed) for o in others]
    prompt, chosen, other = (torch.tensor([t[k] for t in triples]) for k in range(3))
    known = torch.ones_like(prompt, dtype=torch.bool)
    contrast = x.evidence(prompt, chosen, known) - x.evidence(prompt, other, known)
    return Evidence(contrast, contrast @ population, torch.tensor([t[3] for t in triples]))


def population_with(people: list[Picked], weights: Tensor, x: Predictions, mean: Tensor, covariance: Tensor, noise: PickNoise, config: TrainConfig) -> tuple[Tensor, Tensor]:
    """weights [U,T,20] of the users whose weights are known, and their mean [20] and covariance [20,20] → those of everybody."""
    if not people:
        return mean, covariance
    known = weights.reshape(-1, D) * config.sharpness
    share = weights.shape[1]  # a known user counts once for each task
    for _ in range(ROUNDS):
        precision = torch.linalg.inv(covariance)
        fits = [posterior_mean(evidence_of(person, x, mean), torch.zeros(D), precision, noise, config.expectation_sweeps) for person in people]
        total = len(known) + share * len(people)
        centres = torch.stack([mean + z for z, _ in fits])
        new = (known.sum(0) + share * centres.sum(0)) / total
        spread = (known - new).T @ (known - new) + share * sum((c - new).outer(c - new) + s for c, (_, s) in zip(centres, fits))
        mean, covariance = new, spread / total + 0.02 ** 2 * torch.eye(D)
    log.info("prior: %d people by their picks beside %d by their weights", len(people), len(weights))
    return mean, covariance
