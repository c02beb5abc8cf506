"""python -m trainer ablate: what each part of the router is worth, on validation users, prompts and LLMs of both kinds (all users simulated).

One row a change; captured reward after 0, 5, 10, 20 and 50 picks, the known-user ceiling, and the difference to the shipped
configuration at 20 picks with its paired-bootstrap interval over users. About a minute a row on one thread.
"""

from __future__ import annotations

import dataclasses
import json
import logging
from pathlib import Path
from typing import Any

import numpy as np
import torch

from . import evaluate
from .adaptation import PickNoise
from .config import A, TrainConfig
from .recipe import Trained, benchmark, train

log = logging.getLogger(__name__)
COUNTS = (0, 5, 10, 20, 50)
BOOTSTRAP = 2000

# Name → changed fields of the recipe.
RECIPES: dict[str, dict[str, Any]] = {
    "shipped": {},
    "no messages training prompts → query": {"message_passing": "no-query-memory"},
    "no messages training LLMs → LLM": {"message_passing": "no-llm-memory"},
    "no messages clusters of prompts → LLM": {"message_passing": "no-cluster"},
    "no messages pick → LLM": {"message_passing": "no-pick-llm"},
    "no messages pick ↔ task": {"message_passing": "no-pick-task"},
    "no interaction of prompt and LLM (rank 1)": {"rank": 1},
    "interaction of rank 4": {"rank": 4},
    "interaction of rank 24": {"rank": 24},
    "query kernel without scalar text features": {"query_text": 0.0},
    "query kernel without words": {"query_words": 0.0},
    "query kernel linear in the embedding": {"query_square": 0.0},
    "LLM kernel without descriptions": {"llm_description": 0.0},
    "sharper pick noise (as fitted)": {"noise_inflation": 1.0},
}


def expected_axes(t: Trained) -> Trained:
    """Picks are described by predicted axes, as if answers were never measured."""
    x = t.router.x
    return dataclasses.replace(t, router=dataclasses.replace(t.router, x=dataclasses.replace(x, measured=x.known.clone())))


def independent_prior(t: Trained) -> Trained:
    """Prior without correlations between axes."""
    return dataclasses.replace(t, router=dataclasses.replace(t.router, covariance=torch.diag(t.router.covariance.diagonal())))


def flat_prior(t: Trained) -> Trained:
    """The same variance for every axis: no empirical Bayes."""
    variance = torch.full_like(t.router.covariance.diagonal(), float(t.router.covariance.diagonal()[:A].mean()))
    return dataclasses.replace(t, router=dataclasses.replace(t.router, covariance=torch.diag(variance), sparsity=None, shared=None))


def gaussian_prior(t: Trained) -> Trained:
    """The same mean and covariance, but no spikes and slabs."""
    return dataclasses.replace(t, router=dataclasses.replace(t.router, sparsity=None))


def one_gaussian(t: Trained) -> Trained:
    """Pick noise without heavy tails."""
    noise = t.router.noise
    return dataclasses.replace(t, router=dataclasses.replace(t.router, noise=PickNoise(torch.ones(1), (noise.share * noise.variance).sum().view(1))))


def one_population(t: Trained) -> Trained:
    """The simulated users' population alone, without the taste that real people share."""
    return dataclasses.replace(t, router=dataclasses.replace(t.router, shared=None))


def no_intercepts(t: Trained) -> Trained:
    """Nothing is learned of an LLM beyond its answers' features."""
    return dataclasses.replace(t, router=dataclasses.replace(t.router, intercept=1e-9))


VARIANTS = {
    "expected instead of measured axes": expected_axes, "prior without correlations": independent_prior, "flat prior": flat_prior, "Gaussian prior": gaussian_prior, "no shared taste of real people": one_population,
    "pick noise one Gaussian": one_gaussian, "no intercepts of LLMs": no_intercepts,
}


def row(outcome: evaluate.Outcome, base: evaluate.Outcome | None) -> dict:
    """Captured reward at each count, ceiling, and the paired difference to the base at 20 picks."""
    u = outcome.utility
    captured = lambda o, name, i=slice(None): (o[name][i].mean(-1) - o["random"][i].mean(-1)) / (o["oracle"][i].mean(-1) - o["random"][i].mean(-1))
    result = {"captured": {name: round(float(captured(u, name)), 4) for name in (*(f"k{k}" for k in COUNTS), "blind", "ceiling")}}
    if base is not None:
        index = np.random.default_rng(0).integers(0, len(outcome.kind), (BOOTSTRAP, len(outcome.kind)))
        difference = captured(u, "k20", index) - captured(base.utility, "k20", index)
        result["difference_20"] = [round(float(v), 4) for v in np.quantile(difference, [0.025, 0.5, 0.975])]
    return result


def ablate(data: Path, runs: Path, out: Path, config: TrainConfig) -> dict:
    """Runs every row and writes out (JSON)."""
    table: dict[str, dict] = {}
    base: dict[bool, evaluate.Outcome] = {}
    shipped: Trained | None = None

    def measure(name: str, t: Trained, active: bool = True) -> None:
        for unseen in (False, True):
            outcome = benchmark(t, data, "validation", unseen=unseen, active=active, counts=COUNTS)
            table.setdefault(name, {})["unseen LLMs" if unseen else "seen LLMs"] = row(outcome, base.get(unseen))
            base.setdefault(unseen, outcome)
        log.info("%s: %s", name, table[name]["seen LLMs"])

    for k, (name, change) in enumerate(RECIPES.items()):
        changed = dataclasses.replace(config, **change)
        t = train(data, runs / f"ablation-{k}", changed, runs)
        shipped = shipped or t
        measure(name, t)
    for name, variant in VARIANTS.items():
        measure(name, variant(shipped))
    measure("random duels", shipped, active=False)
    out.write_text(json.dumps({"split": "validation", "users": "simulated", "seed": config.seed, "rows": table}, indent=1, ensure_ascii=False) + "\n")
    return table
