"""Stage 2's raw material: cross-fitted predictions, and banks of simulated users with their picks."""

from __future__ import annotations

import dataclasses

import numpy as np
import torch
from torch import Tensor

from .adaptation import Evidence, map_newton
from .config import A, D, TrainConfig
from .data import Corpus
from .predictor import Responses, family_folds, llm_features_of, predict, train_predictor
from .users import Users, World, pick, utilities


@dataclasses.dataclass
class Predictions:
    """Per prompt and LLM, as a test would see them. known: with fingerprint; blind: description and card only."""

    known: Tensor   # [P,M,20]
    blind: Tensor   # [P,M,20]
    task_q: Tensor  # [P,16] membership from embedding and text features
    task_h: Tensor  # [P,16] from the embedding alone, as for picks
    measured: Tensor  # [P,M,20] axes of the real responses; NaN → 0 (quality, residual: see evidence())

    def evidence(self, prompts: Tensor, llms: Tensor, known: Tensor) -> Tensor:
        """f [...,20] of shown responses: measured axes, predicted quality and residual."""
        predicted = torch.where(known.unsqueeze(-1), self.known[prompts, llms], self.blind[prompts, llms])
        measured = self.measured[prompts, llms]
        return torch.cat([predicted[..., :1], measured[..., 1:A], predicted[..., A:]], -1)


def memberships(model, r: Responses, prompts: np.ndarray) -> tuple[Tensor, Tensor]:
    """Task membership with and without text features, [n,16] each."""
    with torch.no_grad():
        e, f = r.embedding[prompts], r.features[prompts]
        return torch.softmax(model.task_logits(e, f), -1), torch.softmax(model.task_logits(e, 0 * f), -1)


def cross_fit(corpus: Corpus, r: Responses, config: TrainConfig, final) -> Predictions:
    """Training prompts get predictions from models that never saw the prompt (known) or the LLM's
    family (blind); the other prompts and the unseen families get those of the final model."""
    count = len(corpus.queries), len(corpus.llms)
    train, seen = corpus.prompts_of("train"), np.flatnonzero(corpus.seen)
    everyone, rest = np.arange(count[1]), np.setdiff1d(np.arange(count[0]), train)
    known, blind = torch.zeros(*count, D), torch.zeros(*count, D)
    task_q, task_h = memberships(final, r, np.arange(count[0]))
    # An LLM of an unseen family has no fingerprint anywhere in training or test.
    features = llm_features_of(r, train, everyone, seen, True)
    features[~torch.from_numpy(corpus.seen)] = r.metadata[~torch.from_numpy(corpus.seen)]
    known[rest] = predict(final, r, rest, features, everyone)
    blind[:] = predict(final, r, np.arange(count[0]), r.metadata, everyone)
    order = np.random.default_rng(config.seed).permutation(train)
    for k, held in enumerate(np.array_split(order, config.folds)):
        fit = np.setdiff1d(train, held)
        model = train_predictor(r, fit, seen, config, config.seed + 100 + k)
        known[np.ix_(held, seen)] = predict(model, r, held, llm_features_of(r, fit, seen, seen, True), seen)
        task_q[held], task_h[held] = memberships(model, r, held)
    fold = family_folds([corpus.llms[m]["family"] for m in seen], config.folds, config.seed)
    for k in range(config.folds):
        inside, held = seen[fold != k], seen[fold == k]
        model = train_predictor(r, train, inside, config, config.seed + 200 + k)
        blind[np.ix_(train, held)] = predict(model, r, train, r.metadata[held], held)
    return Predictions(known, blind, task_q, task_h, torch.nan_to_num(r.target))


@dataclasses.dataclass
class Bank:
    """Users with H picks each, in the order they were made."""

    users: Users
    prompts: Tensor   # [U,H]
    chosen: Tensor    # [U,H] LLM index
    rejected: Tensor  # [U,H]
    outcome: Tensor   # [U,H] 0 win, 1 tie, 2 both good, 3 both bad


@dataclasses.dataclass
class Policy:
    """Linear Bayesian picker that makes the active half of the bank: z ~ N(mean, covariance)."""

    mean: Tensor        # [20] population mean (full weights, so b = 0)
    covariance: Tensor  # [20,20]


def duel(score: Tensor, f: Tensor, covariance: Tensor) -> tuple[Tensor, Tensor]:
    """The pair that teaches: a = argmax μ, b = argmax μ_b − μ_a + 1.5·sd(f_b − f_a).
    score [U,M], f [U,M,D], covariance [U,D,D] → LLM positions a [U], b [U]."""
    first = score.argmax(-1)
    rows = torch.arange(len(first))
    contrast = f - f[rows, first].unsqueeze(1)
    spread = ((contrast @ covariance) * contrast).sum(-1).clamp_min(0).sqrt()
    value = score - score[rows, first].unsqueeze(1) + 1.5 * spread
    value[rows, first] = -torch.inf
    return first, value.argmax(-1)


def make_bank(users: Users, world: World, x: Predictions, policy: Policy, prompts: np.ndarray, llms: np.ndarray, picks: int, known: bool, seed: int) -> Bank:
    """Every user makes `picks` picks among real responses; each user asks actively with a probability of their own."""
    generator, rng = torch.Generator().manual_seed(seed), np.random.default_rng(seed)
    count = len(users)
    chosen_prompts = torch.from_numpy(np.stack([rng.permutation(prompts)[:picks] for _ in range(count)]))
    pool = torch.from_numpy(llms)
    active = torch.from_numpy(rng.choice([0.0, 0.5, 1.0, 1.0], count))
    table = x.known if known else x.blind
    know = torch.full((count, 1), known)
    precision = torch.linalg.inv(policy.covariance).expand(count, D, D)
    f_c, f_r = torch.zeros(count, picks, D), torch.zeros(count, picks, D)
    out = {name: torch.zeros(count, picks, dtype=torch.long) for name in ("chosen", "rejected", "outcome")}
    rows = torch.arange(count)
    z, hessian = policy.mean.expand(count, D), precision
    for t in range(picks):
        p = chosen_prompts[:, t]
        f = table[p][:, pool]
        a, b = duel((f @ z.unsqueeze(-1)).squeeze(-1), f, torch.linalg.inv(hessian))
        pair = torch.from_numpy(np.stack([rng.choice(len(llms), 2, replace=False) for _ in range(count)]))
        use = torch.rand(count, generator=generator) < active
        a, b = torch.where(use, a, pair[:, 0]), torch.where(use, b, pair[:, 1])
        m = pool[torch.stack([a, b], 1)]
        truth = utilities(users, world, p.unsqueeze(1), m)[:, 0]
        first = pick(users, truth[:, 0], truth[:, 1], generator)
        win, lose = torch.where(first, m[:, 0], m[:, 1]), torch.where(first, m[:, 1], m[:, 0])
        out["chosen"][:, t], out["rejected"][:, t] = win, lose
        f_c[:, t] = x.evidence(p.unsqueeze(1), win.unsqueeze(1), know)[:, 0]
        f_r[:, t] = x.evidence(p.unsqueeze(1), lose.unsqueeze(1), know)[:, 0]
        evidence = Evidence(f_c[:, :t + 1] - f_r[:, :t + 1], torch.zeros(count, t + 1), torch.ones(count, t + 1))
        z, hessian = map_newton(evidence, policy.mean.expand(count, D), precision, 4)
    return Bank(users, chosen_prompts, out["chosen"], out["rejected"], out["outcome"])
