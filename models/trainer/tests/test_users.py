import math

import numpy as np
import pytest
import torch

from trainer.config import D, TASKS
from trainer.data import AxisScale, TRAITS
from trainer.users import World, draw_users, pick, read_users, true_weights, utilities


def record(**extra):
    traits = dict.fromkeys(TRAITS, 0.0)
    return {"id": "u", "kind": "linear", "quality_weight": 0.8, "cost_weight": 0.5, "trait_weights": {**traits, "brevity": 1.0, "warmth": -1.2}, "noise": 0.1, **extra}


def small_world(seed=0, prompts=4, llms=3):
    g = torch.Generator().manual_seed(seed)
    rand = lambda *s: torch.rand(*s, generator=g)
    return World(rand(prompts, llms), rand(prompts, llms), torch.randn(prompts, llms, 8, generator=g), 50 + 300 * rand(prompts, llms), torch.tensor([0, 1, 2, 3]))


def test_utility_follows_the_stated_formula():
    world = small_world()
    other = {**dict.fromkeys(TRAITS, 0.0), "rigour": 1.5}
    users = read_users([record(kind="ideal_length", ideal_words=120), record(kind="by_task", task_trait_weights={TASKS[2]: other})])
    got = utilities(users, world, torch.tensor([[1, 2], [1, 2]]), torch.tensor([[0, 1, 2], [0, 1, 2]]))
    z = world.traits[2, 1]
    base = 0.8 * world.quality[2, 1] - 0.3 * 0.5 * world.cost[2, 1]
    first = base + 0.25 * (z[0] - 1.2 * z[3]) - 0.25 * math.log(float(world.words[2, 1]) / 120) ** 2
    second = base + 0.25 * 1.5 * z[TRAITS.index("rigour")]
    assert got[0, 1, 1].item() == pytest.approx(first.item(), abs=1e-5)
    assert got[1, 1, 1].item() == pytest.approx(second.item(), abs=1e-5)


def test_picks_follow_utility_and_noise():
    users = read_users([record(noise=0.1)] * 4000)
    g = torch.Generator().manual_seed(0)
    first = pick(users, torch.full((4000,), 0.1), torch.zeros(4000), g).float().mean().item()
    assert first == pytest.approx(0.5 * (1 + math.erf(0.1 / (math.sqrt(2) * 0.1) / math.sqrt(2))), abs=0.02)


def test_drawn_users_cover_every_kind_and_their_own_tasks():
    users = draw_users(600, np.random.default_rng(1), 0.4)
    assert {"linear", "by_task", "ideal_length", "dense", "saturating", "mixed"} == set(users.kind)
    by_task = users.traits[torch.from_numpy(users.kind == "by_task")]
    assert ((by_task != by_task[:, :1]).any(-1).sum(1) > 0).all()
    linear = users.traits[torch.from_numpy(users.kind == "linear")]
    assert (linear == linear[:, :1]).all()
    assert bool(users.ideal[torch.from_numpy(users.kind == "ideal_length")].isfinite().all())


def test_true_weights_reproduce_utility_differences():
    """The axes are exact for linear users, and for ideal lengths up to ln(words) against ln(1 + words)."""
    rng = np.random.default_rng(0)
    scale = AxisScale(rng.normal(size=12), rng.uniform(0.5, 2, 12))
    users = read_users([record(), record(kind="ideal_length", ideal_words=150, trait_weights={**dict.fromkeys(TRAITS, 0.0), "warmth": 0.7})])
    sd = {t: 2.0 for t in TRAITS}
    raw = rng.normal(size=(1, 5, 12))
    raw[..., 1] = np.log1p(rng.uniform(40, 500, (1, 5)))
    from trainer.data import standardise_axes
    axes = torch.from_numpy(standardise_axes(raw, scale))
    traits = torch.zeros(1, 5, 8)
    traits[..., 0] = torch.from_numpy(-raw[..., 1] / 2)
    traits[..., 3] = torch.from_numpy(raw[..., 5] / 2)
    world = World(torch.from_numpy(raw[..., 0]).float(), torch.from_numpy(-raw[..., 11]).float(), traits, torch.from_numpy(np.exp(raw[..., 1])).float(), torch.tensor([0]))
    truth = utilities(users, world, torch.zeros(2, 1, dtype=torch.long), torch.arange(5).expand(2, -1))[:, 0]
    weights = true_weights(users, scale, sd)[:, 0]
    score = torch.nn.functional.pad(axes, (0, D - 12)) @ weights.T
    gap = (score[0].T - truth)
    assert torch.allclose(gap, gap[:, :1].expand_as(gap), atol=1e-4)
