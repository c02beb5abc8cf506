"""What real people share: votes of real people between answers that they read, taken into the prior as a second population.

Simulated users differ much and share little; real people share much and differ little (the data folder's notes). Which of the two somebody is like is not
known, so the prior is a mixture of both, and the picks tell. Sources: authors of MT-Bench (Zheng et al. 2023, arXiv 2306.05685),
half the people of PRISM (Kirk et al. 2024, arXiv 2404.16019); the other half and the expert judges of MT-Bench are kept for evaluation.
"""

from __future__ import annotations

import dataclasses
import hashlib
import logging
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .adaptation import PickNoise, SharedTaste
from .config import A, AXES, D, TrainConfig
from .data import AxisScale, raw_axes_of, rows, standardise_axes

log = logging.getLogger(__name__)

STEPS, RATE = 400, 0.02
TOLD = [i for i, axis in enumerate(AXES) if axis not in ("quality", "economy")]  # nobody was told a price, and quality was not judged
MTBENCH = ("mtbench/votes.csv.gz", "mtbench/answer_features.csv.gz")
PRISM = ("prism_subset/interactions.jsonl.gz", "prism_subset/response_features.csv.gz")
STAND_IN = {"vicuna-13b-v1.2": "vicuna-13b-v1.3"}  # whose answers are missing; the next version's are the nearest


@dataclasses.dataclass
class Votes:
    """people [n]: who chose; contrast [n,20]: axes of the chosen minus those of the rejected answer, zero where they were not measured."""

    people: list[str]
    contrast: Tensor


def read_votes(data: Path, scale: AxisScale) -> Votes | None:
    """Decided votes of the training part of human/; None when the folder has none."""
    folder = data / "human"
    if not all((folder / name).exists() for name in (*MTBENCH, *PRISM)):
        return None
    people, contrast = [], []
    for person, chosen, rejected in [*_mtbench(folder, scale), *_prism(folder, scale)]:
        people.append(person)
        contrast.append(np.pad(chosen - rejected, (0, D - A)))
    return Votes(people, torch.from_numpy(np.array(contrast, np.float32)))


def is_training_person(person: str) -> bool:
    """One half of the people of PRISM, by a hash of their id, so that every reader of the data finds the same."""
    return hashlib.sha256(person.encode()).digest()[-1] % 2 == 1


def _mtbench(folder: Path, scale: AxisScale) -> list[tuple[str, np.ndarray, np.ndarray]]:
    ballots, table = (rows(folder / name) for name in MTBENCH)
    axes = dict(zip([(r["question_id"], r["turn"], r["llm"]) for r in table], _axes(table, scale)))
    votes = []
    for r in ballots:
        a, b = (axes.get((r["question_id"], r["turn"], STAND_IN.get(r[side], r[side]))) for side in ("llm_a", "llm_b"))
        if r["group"] == "author" and r["winner"] in ("a", "b") and a is not None and b is not None:
            votes.append((r["user_id"], a, b) if r["winner"] == "a" else (r["user_id"], b, a))
    return votes


def _prism(folder: Path, scale: AxisScale) -> list[tuple[str, np.ndarray, np.ndarray]]:
    interactions, table = (rows(folder / name) for name in PRISM)
    axes = dict(zip([(r["user_id"], r["order"], r["response"]) for r in table], _axes(table, scale)))
    votes = []
    for r in interactions:
        if is_training_person(r["user_id"]):
            of = lambda response: axes[r["user_id"], str(r["order"]), str(response)]
            votes += [(r["user_id"], of(better), of(worse)) for better, worse in r["prefs"]]
    return votes


def _axes(table: list[dict[str, str]], scale: AxisScale) -> np.ndarray:
    """[n,12] measured axes; quality and economy, which nobody measured, zero."""
    keys = {"user_id", "order", "response", "question_id", "turn", "llm"}
    zero = np.zeros(len(table))
    axes = standardise_axes(raw_axes_of({name: np.array([float(r[name]) for r in table]) for name in table[0] if name not in keys}, zero, zero), scale)
    return np.where(np.isin(np.arange(A), TOLD), axes, 0)


def shared_taste(votes: Votes, population: Tensor, noise: PickNoise, config: TrainConfig) -> SharedTaste:
    """One taste [20] for all voters, by penalised maximum likelihood under the noise of a pick, kept near the population's where votes say little."""
    told = torch.zeros(D).index_fill(0, torch.tensor(TOLD), 1)
    shift = torch.zeros(D, requires_grad=True)
    optimiser = torch.optim.Adam([shift], RATE)
    for _ in range(STEPS):
        margin = votes.contrast @ (population + told * shift)
        p = (noise.share * torch.special.ndtr(margin.unsqueeze(-1) / noise.variance.sqrt())).sum(-1)
        loss = -torch.log(p + 1e-9).mean() + config.shared_ridge * (shift * shift).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    log.info("shared taste: %d votes of %d people", len(votes.people), len(set(votes.people)))
    return SharedTaste(config.shared_share, told * shift.detach(), config.shared_variance)
