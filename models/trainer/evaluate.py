"""Quick benchmark in Python, for selection on validation users; the product's own benchmark is in TypeScript.

Prompts are split in two halves: picks on one, scores on the other, and the reverse.
captured = (U − U_random) / (U_oracle − U_random); headroom = (U − U_blind) / (U_ceiling − U_blind).
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import torch
from torch import Tensor

from .adaptation import Evidence, PickNoise, SharedTaste, SpikeAndSlab, mixed, propagated, sharpened
from .config import A, D, OUTCOMES, TASK_PROTOTYPES, TASKS
from .episodes import Predictions
from .model import LlmUpdate, UserGraph
from .users import Users, World, pick, utilities

COUNTS = (0, 1, 2, 3, 5, 10, 20, 30, 50)
OPTIMISM = 0.8  # as in src/core/policy.ts
NEVER = 1e6  # a precision that keeps a weight at zero


@dataclasses.dataclass
class Outcome:
    """Utility reached, per method and user [U] (mean over queries)."""

    kind: np.ndarray
    utility: dict[str, np.ndarray]
    calibration: tuple[np.ndarray, np.ndarray]  # logit margin / sqrt(1+πv/8) and the pick, for random held-out pairs


@dataclasses.dataclass
class Router:
    """What the product ships, for batches of users: graph, gains, prior covariance [20,20] and shape, pick noise, predictions."""

    graph: UserGraph
    update: LlmUpdate
    covariance: Tensor
    noise: PickNoise
    x: Predictions
    sweeps: int
    sparsity: SpikeAndSlab | None  # None: a Gaussian prior
    intercept: float  # prior variance of what picks say of an LLM of unjudged quality beyond its answers' features
    shared: SharedTaste | None  # None: one population


@dataclasses.dataclass
class History:
    """Picks of U users, in order; k of them made so far."""

    prompts: Tensor   # [U,H]
    chosen: Tensor    # [U,H] LLM index
    rejected: Tensor  # [U,H]
    k: int = 0

    def first(self, k: int) -> History:
        """The same log when only k picks had been made (one column at least, unused when k is 0)."""
        width = max(k, 1)
        return History(self.prompts[:, :width], self.chosen[:, :width], self.rejected[:, :width], k)


@dataclasses.dataclass
class Scored:
    """Of U users, B queries, M LLMs."""

    score: Tensor       # [U,B,M]
    blind: Tensor       # [U,B,M] user-blind score b
    features: Tensor    # [U,B,M,20+L], L intercepts of LLMs of unjudged quality
    covariance: Tensor  # [U,B,20+L,20+L]


def choose(truth: Tensor, score: Tensor) -> np.ndarray:
    """[U] mean true utility of the argmax LLM; truth, score [U,B,M]."""
    return truth.gather(-1, score.argmax(-1, keepdim=True)).squeeze(-1).mean(1).numpy()


def best_single(world: World, users: Users, prompts: np.ndarray, llms: Tensor) -> int:
    """Position of the LLM with the highest mean utility over the given users and prompts."""
    p = torch.from_numpy(prompts).expand(len(users), -1)
    return int(utilities(users, world, p, llms.expand(len(users), -1)).mean((0, 1)).argmax())


def adapt(router: Router, history: History, queries: Tensor, llms: Tensor, known: bool) -> Scored:
    """Graph → prior → few-shot update → scores, as the product does it; queries [U,B]. The fit is made once per task present, for the likeliest task of each query."""
    x, graph = router.x, router.graph
    table = x.known if known else x.blind
    know = torch.full_like(history.prompts, known, dtype=torch.bool)
    weight = torch.ones(history.prompts.shape) * float(history.k > 0)
    f_c, f_r = x.evidence(history.prompts, history.chosen, know), x.evidence(history.prompts, history.rejected, know)
    expected_c, expected_r = table[history.prompts, history.chosen], table[history.prompts, history.rejected]
    one_hot = lambda who: (who.unsqueeze(-1) == llms).float()
    seen = torch.full((len(llms), 1), 380.0 if known else 0.0)
    shift = router.update(f_c[..., :A] - expected_c[..., :A], f_r[..., :A] - expected_r[..., :A], one_hot(history.chosen), one_hot(history.rejected), weight, seen)
    features = table[queries.unsqueeze(-1), llms]
    features = torch.cat([features[..., :A] + shift.unsqueeze(1), features[..., A:]], -1)
    halves = x.task_q[..., :len(TASKS)] + x.task_q[..., len(TASKS):]
    task = halves.argmax(-1)[queries]                                             # [U,B]
    present = torch.unique(task)
    membership = torch.nn.functional.one_hot(present, TASK_PROTOTYPES).float().expand(len(queries), -1, -1)
    won = torch.nn.functional.one_hot(torch.zeros_like(history.prompts), len(OUTCOMES)).float()
    mean, _, relevance = graph(f_c, f_r, won, x.task_h[history.prompts], membership)   # [U,T,20], [U,T,H]
    tasks = len(present)
    wide = lambda t: t.unsqueeze(1).expand(-1, tasks, *t.shape[1:])
    own = torch.eye(len(llms))[:, :0 if known else None]                          # [M,L]
    won_by, lost_by = one_hot(history.chosen) @ own, one_hot(history.rejected) @ own
    evidence = Evidence(wide(torch.cat([f_c - f_r, won_by - lost_by], -1)), wide((f_c - f_r) @ graph.population), wide(weight) * relevance)
    met = ((won_by + lost_by) * weight.unsqueeze(-1)).sum(1) > 0                  # [U,L]: of others nothing is known
    prior = torch.block_diag(torch.linalg.inv(router.covariance), torch.zeros(own.shape[1], own.shape[1])).repeat(len(queries), 1, 1)
    prior += torch.diag_embed(torch.nn.functional.pad(torch.where(met, 1 / router.intercept, NEVER), (D, 0)))
    padded, precision = torch.nn.functional.pad(mean, (0, own.shape[1])), wide(prior)
    z, covariance, tau, nu = propagated(evidence, padded, precision, router.noise, router.sweeps)
    if history.k and router.sparsity is not None:
        at = router.sparsity.axis
        z, covariance = sharpened(z, covariance, mean[..., at], router.covariance.diagonal()[at], router.sparsity, router.sweeps)
    if router.shared is not None:
        z, covariance = mixed(evidence, tau, nu, (z, covariance), padded, precision, router.shared)
    position = torch.searchsorted(present, task)
    rows = torch.arange(len(queries)).unsqueeze(1)
    z, covariance = z[rows, position], covariance[rows, position]
    blind = features @ graph.population
    features = torch.cat([features, own.expand(*features.shape[:2], *own.shape)], -1)
    return Scored(blind + (features @ z.unsqueeze(-1)).squeeze(-1), blind, features, covariance)


def duel(now: Scored, picks: int) -> tuple[Tensor, Tensor]:
    """The pair that teaches: a = argmax μ, b = argmax μ_b − μ_a + 0.8 √ln(2 + picks)·sd(f_b − f_a), for one query a user → positions [U], [U]."""
    score, f = now.score[:, 0], now.features[:, 0]
    first = score.argmax(-1)
    rows = torch.arange(len(first))
    contrast = f - f[rows, first].unsqueeze(1)
    spread = ((contrast @ now.covariance[:, 0]) * contrast).sum(-1).clamp_min(0).sqrt()
    value = score - score[rows, first].unsqueeze(1) + OPTIMISM * math.sqrt(math.log(2 + picks)) * spread
    value[rows, first] = -torch.inf
    return first, value.argmax(-1)


def simulate_picks(router: Router, world: World, users: Users, prompts: Tensor, llms: Tensor, known: bool, active: bool, generator: torch.Generator) -> History:
    """Every user picks once on each of prompts [U,H], in order, among real responses."""
    count, picks = prompts.shape
    history = History(prompts, torch.zeros(count, picks, dtype=torch.long), torch.zeros(count, picks, dtype=torch.long), picks)
    for t in range(picks):
        if active:
            a, b = duel(adapt(router, history.first(t), prompts[:, t:t + 1], llms, known), t)
        else:
            order = torch.rand(count, len(llms), generator=generator).argsort(1)
            a, b = order[:, 0], order[:, 1]
        shown = llms[torch.stack([a, b], 1)]
        truth = utilities(users, world, prompts[:, t:t + 1], shown)[:, 0]
        first = pick(users, truth[:, 0], truth[:, 1], generator)
        history.chosen[:, t] = torch.where(first, shown[:, 0], shown[:, 1])
        history.rejected[:, t] = torch.where(first, shown[:, 1], shown[:, 0])
    return history


def margins(now: Scored, truth: Tensor, users: Users, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Moderated logit margins of one random pair per query, and simulated picks, both flat."""
    order = torch.rand(now.score.shape, generator=generator).argsort(-1)[..., :2]
    s = now.score.gather(-1, order)
    f = now.features.gather(2, order.unsqueeze(-1).expand(-1, -1, -1, now.features.shape[-1]))
    contrast = f[:, :, 0] - f[:, :, 1]
    variance = ((contrast.unsqueeze(-2) @ now.covariance).squeeze(-2) * contrast).sum(-1)
    u = truth.gather(-1, order) + users.noise.view(-1, 1, 1) * torch.randn(order.shape, generator=generator)
    moderated = (s[..., 0] - s[..., 1]) / torch.sqrt(1 + torch.pi / 8 * variance)
    return moderated.flatten(), (u[..., 0] > u[..., 1]).float().flatten()


def new_users(router: Router, world: World, users: Users, ideal: Tensor, prompts: np.ndarray, llms: np.ndarray, single: int, known: bool = True, active: bool = True,
              counts: tuple[int, ...] = COUNTS, queries: int | None = None, seed: int = 0, population: Tensor | None = None) -> Outcome:
    """The new-user protocol. ideal [U,T,20]: true weights; single: position of the global best LLM; queries: a cap, for speed;
    population [20]: mean true weights of the training users."""
    rng, generator = np.random.default_rng(seed), torch.Generator().manual_seed(seed)
    halves = np.array_split(rng.permutation(prompts), 2)
    pool = torch.from_numpy(llms)
    sums: dict[str, list[np.ndarray]] = {}
    add = lambda name, value: sums.setdefault(name, []).append(value)
    logits, picks = [], []
    with torch.no_grad():
        for side in (0, 1):
            ask, score_on = halves[side], halves[1 - side][:queries]
            order = np.stack([np.resize(rng.permutation(ask), max(counts)) for _ in range(len(users))])
            history = simulate_picks(router, world, users, torch.from_numpy(order), pool, known, active, generator)
            q = torch.from_numpy(score_on).expand(len(users), -1)
            truth = utilities(users, world, q, pool.expand(len(users), -1))
            for k in counts:
                now = adapt(router, history.first(k), q, pool, known)
                add(f"k{k}", choose(truth, now.score))
                if k == 0:
                    add("blind", choose(truth, now.blind))
                if k in (5, 20):
                    m, y = margins(now, truth, users, generator)
                    logits.append(m.numpy())
                    picks.append(y.numpy())
            table = (router.x.known if known else router.x.blind)[q.unsqueeze(-1), pool]
            weights = ideal.gather(1, world.task[q].unsqueeze(-1).expand(-1, -1, D))
            add("ceiling", choose(truth, (table @ weights.unsqueeze(-1)).squeeze(-1)))
            add("mean_taste", choose(truth, table @ (ideal.mean((0, 1)) if population is None else population)))
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
