"""Simulated users, drawn fresh and in batches, and their picks between real responses.

The three kinds of the data folder are covered (its README gives the formula), and others on purpose:
dense tastes, saturating tastes, every mix of kinds, careless people. All of them are simulated.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import torch
from torch import Tensor

from .config import D, TASKS
from .data import TRAITS, AxisScale, Corpus

_AXIS = {"brevity": 1, "structure": 3, "simplicity": 4, "warmth": 5, "rigour": 6, "certainty": 7, "examples": 8, "interaction": 9}


@dataclasses.dataclass
class Users:
    """A batch of U users. ideal = NaN where the user has no ideal length."""

    kind: np.ndarray     # [U] str
    quality: Tensor      # [U]
    cost: Tensor         # [U]
    traits: Tensor       # [U,T,8] weights for each task
    ideal: Tensor        # [U] words
    saturation: Tensor   # [U] 0 = linear in the traits
    noise: Tensor        # [U] sd of the noise on each utility
    careless: Tensor     # [U] share of random picks

    def __len__(self) -> int:
        return len(self.kind)

    def take(self, index: np.ndarray) -> Users:
        """A sub-batch."""
        t = torch.as_tensor(index)
        return Users(self.kind[index], *(getattr(self, f.name)[t] for f in dataclasses.fields(self)[1:]))


@dataclasses.dataclass
class World:
    """What utilities are computed from. P prompts, M LLMs."""

    quality: Tensor  # [P,M] p_win
    cost: Tensor     # [P,M] c
    traits: Tensor   # [P,M,8]
    words: Tensor    # [P,M]
    task: Tensor     # [P] index into TASKS


TRAIT_COUNT = (0.01, 0.19, 0.33, 0.31, 0.16)  # how many traits the training users weigh: 0 … 4


def sparse_weights(rng: np.random.Generator, active_count: np.ndarray, size: float = 1.0) -> np.ndarray:
    """[n,8]: active_count [n] non-zero weights of ±0.5 … 1.5 (times size)."""
    count = len(active_count)
    active = rng.random((count, 8)).argsort(1).argsort(1) < active_count[:, None]
    return active * rng.uniform(0.5, 1.5, (count, 8)) * rng.choice([-1, 1], (count, 8)) * size


def draw_users(count: int, rng: np.random.Generator, broad: float) -> Users:
    """Fresh users. A share `broad` comes from the wider population, the rest from the benchmark's kinds."""
    wide = rng.random(count) < broad
    kind = np.where(wide, rng.choice(["dense", "saturating", "mixed"], count), rng.choice(["linear", "by_task", "ideal_length"], count, p=[0.5, 0.3, 0.2]))
    base = sparse_weights(rng, rng.choice(5, count, p=TRAIT_COUNT))
    dense = kind == "dense"
    base[dense] = rng.normal(size=(int(dense.sum()), 8)) * rng.uniform(0.1, 1.0, (int(dense.sum()), 1))
    mixed = kind == "mixed"
    base[mixed] = sparse_weights(rng, rng.integers(0, 7, int(mixed.sum())), 0.8)
    tasks = np.repeat(base[:, None], len(TASKS), 1)
    override = ((kind == "by_task") | (mixed & (rng.random(count) < 0.5)))[:, None] & (rng.random((count, len(TASKS))).argsort(1).argsort(1) < 3)
    own = sparse_weights(rng, np.full(count * len(TASKS), 2)).reshape(count, len(TASKS), 8)
    tasks[override] = own[override]
    ideal = np.where((kind == "ideal_length") | (mixed & (rng.random(count) < 0.4)), np.exp(rng.uniform(math.log(40), math.log(500), count)), np.nan)
    has_ideal = ~np.isnan(ideal)
    tasks[has_ideal, :, 0] = 0
    level = rng.choice(4, count, p=[0.19, 0.2, 0.21, 0.4])  # no concern, a little, some, much
    cost = np.choose(level, [np.zeros(count), rng.uniform(0.07, 0.13, count), rng.uniform(0.2, 0.4, count), rng.uniform(0.4, 1.3, count)])
    quality = np.where(wide, rng.uniform(0.0, 1.5, count), rng.uniform(0.4, 1.0, count))
    noise = np.where(wide, rng.uniform(0.03, 0.3, count), rng.uniform(0.04, 0.16, count))
    careless = np.where(wide & (rng.random(count) < 0.3), rng.uniform(0, 0.25, count), 0.0)
    f = lambda a: torch.from_numpy(np.ascontiguousarray(a)).float()
    return Users(kind, f(quality), f(cost), f(tasks), f(ideal), f((kind == "saturating") * rng.uniform(0.5, 1.5, count)), f(noise), f(careless))


def read_users(records: list[dict]) -> Users:
    """Users of simulated_users.json."""
    traits = np.zeros((len(records), len(TASKS), 8), np.float32)
    for i, u in enumerate(records):
        for t, task in enumerate(TASKS):
            weights = u.get("task_trait_weights", {}).get(task, u["trait_weights"])
            traits[i, t] = [weights.get(name, 0.0) for name in TRAITS]
    column = lambda key: torch.tensor([float(u[key]) for u in records])
    zero = torch.zeros(len(records))
    ideal = torch.tensor([float(u["ideal_words"]) if u["kind"] == "ideal_length" else math.nan for u in records])
    return Users(np.array([u["kind"] for u in records]), column("quality_weight"), column("cost_weight"), torch.from_numpy(traits), ideal, zero, column("noise"), zero)


def world_of(corpus: Corpus, quality: np.ndarray) -> World:
    """The world with the given p_win [P,M]."""
    f = lambda a: torch.from_numpy(np.nan_to_num(a)).float()
    return World(f(quality), f(corpus.cost), f(corpus.traits), f(corpus.words), torch.tensor([TASKS.index(t) for t in corpus.tasks]))


def utilities(users: Users, world: World, prompts: Tensor, llms: Tensor) -> Tensor:
    """True utility of every (user, prompt, LLM): prompts [U,B], llms [U,M] → [U,B,M]."""
    p, m = prompts.unsqueeze(-1), llms.unsqueeze(-2)
    traits = world.traits[p, m]
    s = users.saturation.view(-1, 1, 1, 1)
    traits = torch.where(s > 0, torch.tanh(traits * s) / s.clamp_min(1e-3), traits)
    weights = users.traits.gather(1, world.task[prompts].unsqueeze(-1).expand(-1, -1, 8))
    value = users.quality.view(-1, 1, 1) * world.quality[p, m] - 0.3 * users.cost.view(-1, 1, 1) * world.cost[p, m]
    value = value + 0.25 * (traits @ weights.unsqueeze(-1)).squeeze(-1)
    off = torch.log(world.words[p, m].clamp_min(1) / users.ideal.view(-1, 1, 1)) ** 2
    return value - 0.25 * torch.nan_to_num(off)


def true_weights(users: Users, scale: AxisScale, trait_sd: dict) -> Tensor:
    """[U,T,20] each user's weights on the standardised axes, per task: their utility up to a constant.

    Exact for linear and by_task tastes, up to ln(words) against ln(1 + words) for ideal lengths, and a
    linear approximation for saturating tastes.
    """
    z = torch.zeros(len(users), len(TASKS), D)
    sd = torch.from_numpy(scale.sd).float()
    z[..., 0] = (users.quality * sd[0]).unsqueeze(1)
    z[..., 11] = (0.3 * users.cost * sd[11]).unsqueeze(1)
    traits = users.traits * torch.where(users.saturation > 0, 0.7, 1.0).view(-1, 1, 1)
    for t, name in enumerate(TRAITS):
        sign = -1.0 if name == "brevity" else 1.0
        z[..., _AXIS[name]] += sign * 0.25 * traits[..., t] * sd[_AXIS[name]] / trait_sd[name]
    # 0.25 (L − L0)² with L = mean + sd·l is 0.25 sd² (l² − 2 l l0): a length_fit and a length weight.
    ideal = (torch.log(users.ideal) - float(scale.mean[1])) / sd[1]
    has = ~users.ideal.isnan()
    z[has, :, 2] += (0.25 * sd[1] ** 2 * sd[2]).item()
    z[has, :, 1] += (0.5 * sd[1] ** 2 * ideal[has]).unsqueeze(1)
    return z


def pick(users: Users, first: Tensor, second: Tensor, generator: torch.Generator) -> Tensor:
    """[U] bool: the first response is preferred, given the true utilities of both [U]."""
    noise = torch.randn(2, len(users), generator=generator) * users.noise
    better = first + noise[0] > second + noise[1]
    careless = torch.rand(len(users), generator=generator) < users.careless
    return torch.where(careless, torch.rand(len(users), generator=generator) < 0.5, better)
