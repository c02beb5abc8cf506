"""Stage 2: the user graph, trained through the few-shot MAP on simulated users' held-out choices."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .adaptation import Evidence, map_newton
from .config import A, D, TrainConfig
from .data import AxisScale
from .episodes import Bank, Policy, Predictions, make_bank
from .model import LlmUpdate, UserGraph
from .users import Users, World, draw_users, true_weights, utilities

log = logging.getLogger(__name__)
PICK_COUNTS = (0, 1, 2, 3, 5, 8, 10, 14, 20, 30, 40, 50)


@dataclasses.dataclass
class Episode:
    """U users with H picks (weight 0 beyond each user's k) and B held-out queries over M LLMs."""

    bank: Bank
    weight: Tensor   # [U,H]
    queries: Tensor  # [U,B] prompts
    llms: Tensor     # [M]
    known: bool      # the pool has fingerprints


@dataclasses.dataclass
class Adapted:
    """Scores [U,B,M] and what led to them."""

    score: Tensor
    blind: Tensor      # [U,B,M] user-blind score b
    embedding: Tensor  # [U,B,20] z*
    hessian: Tensor    # [U,B,20,20]
    features: Tensor   # [U,B,M,20]


def adapt(graph: UserGraph, update: LlmUpdate, x: Predictions, e: Episode, steps: int) -> Adapted:
    """Graph → prior → MAP → scores, as the product does it, for a batch of users."""
    bank = e.bank
    known = torch.full_like(bank.prompts, e.known, dtype=torch.bool)
    f_c, f_r = x.evidence(bank.prompts, bank.chosen, known), x.evidence(bank.prompts, bank.rejected, known)
    table = x.known if e.known else x.blind
    c = (bank.chosen.unsqueeze(-1) == e.llms).float()
    r = (bank.rejected.unsqueeze(-1) == e.llms).float()
    expected_c, expected_r = table[bank.prompts, bank.chosen], table[bank.prompts, bank.rejected]
    count = torch.full((len(e.llms),), 0.95 if e.known else 0.0)
    shift = update(f_c[..., :A] - expected_c[..., :A], f_r[..., :A] - expected_r[..., :A], c, r, e.weight, count)
    features = table[e.queries.unsqueeze(-1), e.llms]
    features = torch.cat([features[..., :A] + shift.unsqueeze(1), features[..., A:]], -1)
    outcome = torch.nn.functional.one_hot(bank.outcome, 4).float()
    mean, log_variance, relevance = graph(f_c, f_r, outcome, e.weight, x.task_h[bank.prompts], x.task_q[e.queries], count.mean())
    # b at pick time comes from predictions; only z sees the measured axes.
    offset = ((expected_c - expected_r) @ graph.population).unsqueeze(1)
    precision = torch.diag_embed(torch.exp(-log_variance))
    evidence = Evidence((f_c - f_r).unsqueeze(1), offset, e.weight.unsqueeze(1) * relevance)
    z, hessian = map_newton(evidence, mean, precision, steps)
    # The LLM update learns from its own loss alone: through the scores it could make its own targets easy.
    fixed = features.detach()
    blind = fixed @ graph.population
    return Adapted(blind + (fixed @ z.unsqueeze(-1)).squeeze(-1), blind, z, hessian, features)


def draw_episode(bank: Bank, config: TrainConfig, prompts: np.ndarray, llms: np.ndarray, known: bool, rng: np.random.Generator) -> Episode:
    """Random users of the bank with k picks each, k skewed to the small; queries outside their history."""
    index = rng.choice(len(bank.users), config.users_per_step, replace=False)
    k = rng.choice([n for n in PICK_COUNTS if n <= bank.prompts.shape[1]], len(index))
    width = max(int(k.max()), 1)
    t = torch.from_numpy(index)
    own = Bank(bank.users.take(index), *(getattr(bank, n)[t, :width] for n in ("prompts", "chosen", "rejected", "outcome")))
    weight = (torch.arange(width) < torch.from_numpy(k).unsqueeze(1)).float()
    queries = []
    for i in index:
        free = np.setdiff1d(prompts, bank.prompts[i].numpy())
        queries.append(rng.choice(free, config.queries_per_user, replace=False))
    return Episode(own, weight, torch.from_numpy(np.stack(queries)), torch.from_numpy(llms), known)


def episode_loss(adapted: Adapted, measured: Tensor, weights: Tensor, truth: Tensor, noise: Tensor, config: TrainConfig) -> tuple[Tensor, dict[str, float]]:
    """What the adapted user embedding is worth, and how well it explains held-out picks.

    measured [U,B,M,20] real responses, weights [U,B,20] the user's true weights for the query's task, truth
    [U,B,M] true utilities, noise [U]. Value: utility of a (scale-free) soft argmax by the true weights on *predicted*
    responses; agreement: correlation with that utility over the LLMs. The judge's noise is not in them, so
    that no LLM's luck on the training prompts is learned.
    Picks: log loss of all held-out pairs on measured responses, which sets the scale of the evidence.
    """
    features = adapted.features.detach()
    target = (features @ weights.unsqueeze(-1)).squeeze(-1)
    spread = target.std(-1, keepdim=True).mean(1, keepdim=True) + 0.02
    value = (target - target.max(-1, keepdim=True).values) / spread
    s = adapted.score
    worth = lambda score: (torch.softmax(config.sharpness * score / (score.std(-1, keepdim=True).mean(1, keepdim=True) + 1e-3), -1) * value).sum(-1).mean()
    chosen = worth(s)
    s_centred, t_centred = s - s.mean(-1, keepdim=True), target - target.mean(-1, keepdim=True)
    product = (s_centred * t_centred).sum((1, 2))
    agreement = (product / (s_centred.square().sum((1, 2)) * t_centred.square().sum((1, 2)) + 1e-6).sqrt()).mean()
    full = s + ((measured - features) @ adapted.embedding.unsqueeze(-1)).squeeze(-1)
    picks = torch.stack([pair_loss(full, truth, noise, shift) for shift in (1, 4, 9)]).mean()
    error = (adapted.features - measured)[..., 1:A]
    response = (error - error.mean(2, keepdim=True)).square().mean()
    loss = config.picks_weight * picks - chosen - config.agreement_weight * agreement + config.response_weight * response
    return loss, {"picks": picks.item(), "value": chosen.item(), "agreement": agreement.item(), "response": response.item()}


def pair_loss(score: Tensor, truth: Tensor, noise: Tensor, shift: int) -> Tensor:
    """Log loss of picks between each LLM and the one `shift` places on, with the true pick probability as label."""
    margin, gap = score - score.roll(shift, -1), truth - truth.roll(shift, -1)
    label = torch.special.ndtr(gap / (1.414 * noise.view(-1, 1, 1)))
    return torch.nn.functional.binary_cross_entropy_with_logits(margin, label)


def fit_policy(x: Predictions, world: World, prompts: np.ndarray, llms: np.ndarray, seed: int, count: int = 400, picks: int = 150) -> Policy:
    """Population mean and covariance of per-user logistic weights, from users' random pairs (empirical Bayes)."""
    rng = np.random.default_rng(seed)
    users = draw_users(count, rng, 0.3)
    prior = Policy(torch.zeros(D), torch.diag(torch.cat([torch.full((A,), 0.6), torch.full((D - A,), 0.02)])))
    p = torch.from_numpy(rng.choice(prompts, (count, picks)))
    m = torch.from_numpy(np.stack([rng.choice(llms, 2, replace=False) for _ in range(count * picks)])).view(count, picks, 2)
    truth = torch.stack([utilities(users, world, p[:, t:t + 1], m[:, t])[:, 0] for t in range(picks)], 1)
    noise = torch.from_numpy(rng.normal(size=truth.shape)).float() * users.noise.view(-1, 1, 1)
    sign = torch.where(((truth + noise)[..., 0] > (truth + noise)[..., 1]), 1.0, -1.0)
    f = x.evidence(p.unsqueeze(-1).expand(-1, -1, 2), m, torch.ones_like(m, dtype=torch.bool))
    contrast = (f[:, :, 0] - f[:, :, 1]) * sign.unsqueeze(-1)
    evidence = Evidence(contrast, torch.zeros(count, picks), torch.ones(count, picks))
    for _ in range(4):
        z, hessian = map_newton(evidence, prior.mean.expand(count, D), torch.linalg.inv(prior.covariance).expand(count, D, D), 6)
        centred = z - z.mean(0)
        prior = Policy(z.mean(0), centred.T @ centred / count + torch.linalg.inv(hessian).mean(0) + 1e-3 * torch.eye(D))
    return prior


def initial_prototypes(x: Predictions, world: World, policy: Policy, prompts: np.ndarray, llms: np.ndarray, count: int, seed: int) -> Tensor:
    """[count,20] weights fitted to many picks of that many users, as deviations from the population."""
    rng = np.random.default_rng(seed)
    users = draw_users(count, rng, 0.3)
    picks = min(100, len(prompts))
    bank = make_bank(users, world, x, policy, prompts, llms, picks, True, seed)
    know = torch.ones_like(bank.prompts, dtype=torch.bool)
    contrast = x.evidence(bank.prompts, bank.chosen, know) - x.evidence(bank.prompts, bank.rejected, know)
    z, _ = map_newton(Evidence(contrast, torch.zeros(count, picks), torch.ones(count, picks)), policy.mean.expand(count, D),
                      torch.linalg.inv(policy.covariance).expand(count, D, D), 6)
    return z - policy.mean


@dataclasses.dataclass
class Banks:
    """Banks of picks by regime, with their LLM pools and the truth that they were made in."""

    entries: list[tuple[Bank, np.ndarray, bool, World]]
    share: list[float]
    scale: AxisScale
    trait_sd: dict


def train_graph(graph: UserGraph, update: LlmUpdate, banks: Banks, x: Predictions, prompts: np.ndarray, config: TrainConfig,
                validate: Callable[[], dict] | None = None, checkpoints: Path | None = None) -> list[dict]:
    """Trains in place; returns the history of (step, loss parts, validation)."""
    if config.graph_steps == 0:
        return []  # the empirical-Bayes start is kept
    rng = np.random.default_rng(config.seed + 7)
    parameters = [*graph.parameters(), *update.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=config.graph_lr, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config.graph_lr, config.graph_steps, pct_start=0.08)
    history, began = [], time.time()
    running: dict[str, float] = {}
    first = 1
    saved = checkpoints / "graph-partial.pt" if checkpoints is not None else None
    if saved is not None and saved.exists():
        state = torch.load(saved, weights_only=False)
        graph.load_state_dict(state["graph"])
        update.load_state_dict(state["update"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        rng.bit_generator.state, history, first = state["rng"], state["history"], state["step"] + 1
        log.info("graph: resumed after step %d", first - 1)
    for step in range(first, config.graph_steps + 1):
        bank, llms, known, world = banks.entries[rng.choice(len(banks.entries), p=banks.share)]
        e = draw_episode(bank, config, prompts, llms, known, rng)
        adapted = adapt(graph, update, x, e, config.newton_steps_train)
        truth = utilities(e.bank.users, world, e.queries, e.llms.expand(len(e.queries), -1))
        weights = true_weights(e.bank.users, banks.scale, banks.trait_sd).gather(1, world.task[e.queries].unsqueeze(-1).expand(-1, -1, D))
        measured = x.measured[e.queries.unsqueeze(-1), e.llms]
        predicted = adapted.features.detach()
        measured = torch.cat([predicted[..., :1], measured[..., 1:A], predicted[..., A:]], -1)
        loss, parts = episode_loss(adapted, measured, weights, truth, e.bank.users.noise, config)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        schedule.step()
        for name, value in parts.items():
            running[name] = 0.98 * running.get(name, value) + 0.02 * value
        if step % 100 == 0:
            row = {"step": step, "seconds": round(time.time() - began, 1), **{k: round(v, 4) for k, v in running.items()}}
            if validate is not None and step % 500 == 0:
                row.update(validate())
            history.append(row)
            log.info("graph %s", row)
            if saved is not None:
                torch.save({"graph": graph.state_dict(), "update": update.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(),
                            "rng": rng.bit_generator.state, "history": history, "step": step}, saved)
    return history


def training_users(count: int, seed: int) -> Users:
    """Fresh users, 20 % of them outside the benchmark's kinds."""
    return draw_users(count, np.random.default_rng(seed), 0.2)
