"""Quick benchmark in Python, for selection on validation users; the product's own benchmark is in TypeScript.

Prompts are split in two halves: picks on one, scores on the other, and the reverse.
captured = (U − U_random) / (U_oracle − U_random); headroom = (U − U_blind) / (U_ceiling − U_blind).
"""

from __future__ import annotations

import dataclasses

import numpy as np
import torch
from torch import Tensor

from .config import D
from .episodes import Bank, Predictions, duel
from .model import LlmUpdate, UserGraph
from .train import Adapted, Episode, adapt
from .users import Users, World, pick, utilities

COUNTS = (0, 1, 2, 3, 5, 10, 20, 30, 50)


@dataclasses.dataclass
class Outcome:
    """Utility reached, per method and user [U] (mean over queries)."""

    kind: np.ndarray
    utility: dict[str, np.ndarray]
    calibration: tuple[np.ndarray, np.ndarray]  # logit margin / sqrt(1+πv/8) and the pick, for random held-out pairs


def choose(truth: Tensor, score: Tensor) -> np.ndarray:
    """[U] mean true utility of the argmax LLM; truth, score [U,B,M]."""
    return truth.gather(-1, score.argmax(-1, keepdim=True)).squeeze(-1).mean(1).numpy()


def best_single(world: World, users: Users, prompts: np.ndarray, llms: Tensor) -> int:
    """Position of the LLM with the highest mean utility over the given users and prompts."""
    p = torch.from_numpy(prompts).expand(len(users), -1)
    return int(utilities(users, world, p, llms.expand(len(users), -1)).mean((0, 1)).argmax())


def simulate_picks(graph: UserGraph, update: LlmUpdate, x: Predictions, world: World, users: Users, prompts: Tensor, llms: Tensor,
                   known: bool, active: bool, generator: torch.Generator, steps: int = 6) -> Bank:
    """Every user picks once on each of prompts [U,H], in order, among real responses."""
    count, picks = prompts.shape
    bank = Bank(users, prompts, *(torch.zeros(count, picks, dtype=torch.long) for _ in range(3)))
    for t in range(picks):
        if active:
            so_far = Bank(users, *(getattr(bank, n)[:, :max(t, 1)] for n in ("prompts", "chosen", "rejected", "outcome")))
            weight = torch.ones(count, max(t, 1)) * float(t > 0)
            now = adapt(graph, update, x, Episode(so_far, weight, prompts[:, t:t + 1], llms, known), steps)
            a, b = duel(now.score[:, 0], now.features[:, 0], torch.linalg.inv(now.hessian[:, 0]))
        else:
            order = torch.rand(count, len(llms), generator=generator).argsort(1)
            a, b = order[:, 0], order[:, 1]
        shown = llms[torch.stack([a, b], 1)]
        truth = utilities(users, world, prompts[:, t:t + 1], shown)[:, 0]
        first = pick(users, truth[:, 0], truth[:, 1], generator)
        bank.chosen[:, t] = torch.where(first, shown[:, 0], shown[:, 1])
        bank.rejected[:, t] = torch.where(first, shown[:, 1], shown[:, 0])
    return bank


def margins(now: Adapted, truth: Tensor, users: Users, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Moderated logit margins of one random pair per query, and simulated picks, both flat."""
    order = torch.rand(now.score.shape, generator=generator).argsort(-1)[..., :2]
    s = now.score.gather(-1, order)
    f = now.features.gather(2, order.unsqueeze(-1).expand(-1, -1, -1, D))
    contrast = f[:, :, 0] - f[:, :, 1]
    variance = (contrast * torch.linalg.solve(now.hessian, contrast.unsqueeze(-1)).squeeze(-1)).sum(-1)
    u = truth.gather(-1, order) + users.noise.view(-1, 1, 1) * torch.randn(order.shape, generator=generator)
    moderated = (s[..., 0] - s[..., 1]) / torch.sqrt(1 + torch.pi / 8 * variance)
    return moderated.flatten(), (u[..., 0] > u[..., 1]).float().flatten()


def new_users(graph: UserGraph, update: LlmUpdate, x: Predictions, world: World, users: Users, ideal: Tensor, prompts: np.ndarray, llms: np.ndarray,
              single: int, known: bool = True, active: bool = True, counts: tuple[int, ...] = COUNTS, queries: int | None = None, seed: int = 0,
              population: Tensor | None = None) -> Outcome:
    """The new-user protocol. ideal [U,T,20]: true weights; single: position of the global best LLM; queries: a cap, for speed;
    population [20]: mean true weights of the training users."""
    rng, generator = np.random.default_rng(seed), torch.Generator().manual_seed(seed)
    halves = np.array_split(rng.permutation(prompts), 2)
    pool = torch.from_numpy(llms)
    sums: dict[str, list[np.ndarray]] = {}
    logits, picks = [], []
    with torch.no_grad():
        for side in (0, 1):
            ask, score_on = halves[side], halves[1 - side][:queries]
            order = np.stack([np.resize(rng.permutation(ask), max(counts)) for _ in range(len(users))])
            bank = simulate_picks(graph, update, x, world, users, torch.from_numpy(order), pool, known, active, generator)
            q = torch.from_numpy(score_on).expand(len(users), -1)
            truth = utilities(users, world, q, pool.expand(len(users), -1))
            add = lambda name, value: sums.setdefault(name, []).append(value)
            for k in counts:
                width = max(k, 1)
                so_far = Bank(users, *(getattr(bank, n)[:, :width] for n in ("prompts", "chosen", "rejected", "outcome")))
                parts = []
                for chunk in np.array_split(np.arange(len(score_on)), max(1, len(score_on) * len(users) // 2500)):
                    e = Episode(so_far, torch.ones(len(users), width) * float(k > 0), q[:, chunk], pool, known)
                    now = adapt(graph, update, x, e, 8)
                    parts.append(now.score)
                    if k in (5, 20):
                        m, y = margins(now, truth[:, chunk], users, generator)
                        logits.append(m.numpy())
                        picks.append(y.numpy())
                    if k == 0:
                        add("blind_parts", now.blind.numpy())
                add(f"k{k}", choose(truth, torch.cat(parts, 1)))
            blind = torch.from_numpy(np.concatenate(sums.pop("blind_parts"), 1))
            add("blind", choose(truth, blind))
            table = (x.known if known else x.blind)[q.unsqueeze(-1), pool]
            weights = ideal.gather(1, world.task[q].unsqueeze(-1).expand(-1, -1, D))
            add("ceiling", choose(truth, (table @ weights.unsqueeze(-1)).squeeze(-1)))
            mean_weights = ideal.mean((0, 1)) if population is None else population
            add("mean_taste", choose(truth, table @ mean_weights))
            add("oracle", truth.max(-1).values.mean(1).numpy())
            add("random", truth.mean((1, 2)).numpy())
            add("best_single", truth[..., single].mean(1).numpy())
            add("own_best_single", truth.mean(1).max(-1).values.numpy())
    return Outcome(users.kind, {k: np.mean(v, 0) for k, v in sums.items()}, (np.concatenate(logits), np.concatenate(picks)))


def expected_calibration_error(logit: np.ndarray, y: np.ndarray, temperature: float, bins: int = 10) -> float:
    """ECE of σ(temperature · logit), folded to confidences ≥ 0.5, equal-mass bins."""
    p = 1 / (1 + np.exp(-temperature * logit))
    confidence, right = np.maximum(p, 1 - p), np.where(p >= 0.5, y, 1 - y)
    order = np.array_split(np.argsort(confidence), bins)
    return float(sum(len(i) * abs(confidence[i].mean() - right[i].mean()) for i in order) / len(y))


def fit_temperature(logit: np.ndarray, y: np.ndarray) -> float:
    """Temperature with the lowest log loss."""
    grid = np.exp(np.linspace(-1.5, 1.5, 61))
    loss = [np.logaddexp(0, -np.where(y > 0, 1, -1) * t * logit).mean() for t in grid]
    return float(grid[int(np.argmin(loss))])


def summary(o: Outcome, draws: int = 1000, seed: int = 0) -> dict:
    """Captured and headroom per count and kind, with 95 % paired-bootstrap intervals over users."""
    u, rng = o.utility, np.random.default_rng(seed)
    count = len(o.kind)
    boot = rng.integers(0, count, (draws, count))
    captured = lambda name, i: (u[name][i].mean(-1) - u["random"][i].mean(-1)) / (u["oracle"][i].mean(-1) - u["random"][i].mean(-1))
    headroom = lambda name, i: (u[name][i].mean(-1) - u["blind"][i].mean(-1)) / (u["ceiling"][i].mean(-1) - u["blind"][i].mean(-1))
    everyone = np.arange(count)
    out: dict = {"captured": {n: round(float(captured(n, everyone)), 4) for n in u}, "headroom": {}, "gain": {}}
    for name in (n for n in u if n[0] == "k" and n[1:].isdigit()):
        row = {"all": round(float(headroom(name, everyone)), 3), "interval": [round(float(v), 3) for v in np.quantile(headroom(name, boot), [0.025, 0.975])]}
        for kind in sorted(str(k) for k in set(o.kind)):
            row[kind] = round(float(headroom(name, np.flatnonzero(o.kind == kind))), 3)
        out["headroom"][name[1:]] = row
        for base in ("blind", "best_single"):
            difference = captured(name, boot) - captured(base, boot)
            out["gain"].setdefault(base, {})[name[1:]] = [round(float(v), 4) for v in np.quantile(difference, [0.025, 0.5, 0.975])]
    logit, y = o.calibration
    out["ece_raw"] = round(expected_calibration_error(logit, y, 1.0), 4)
    return out


