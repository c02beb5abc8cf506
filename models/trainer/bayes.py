"""Stage 2 in closed form: empirical Bayes over the training users (simulated), the noise of a pick, and the pick → LLM gains."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from .adaptation import PickNoise, SpikeAndSlab
from .config import A, D, TrainConfig
from .episodes import Predictions
from .model import LlmUpdate, UserGraph
from .predictor import Responses, within_covariance
from .users import Users, World, pick, utilities

PAIRS_PER_USER = 60


def population(weights: Tensor, config: TrainConfig) -> tuple[Tensor, Tensor]:
    """weights [U,T,20] of the training users → mean [20] and covariance [20,20] in log-odds; what nobody weighs keeps a narrow prior."""
    flat = weights.reshape(-1, D) * config.sharpness
    return flat.mean(0), torch.cov(flat.T) + 0.02 ** 2 * torch.eye(D)


SPIKE = 0.15  # least sd of a component, in log-odds: sharper ones were worse, and people are not as tidy as simulated ones


def spike_and_slab(weights: Tensor, covariance: Tensor, config: TrainConfig) -> SpikeAndSlab | None:
    """weights [U,T,20] of the training users, covariance [20,20] of the Gaussian prior → for every axis on which they differ much, three Gaussians by
    expectation–maximisation; None when there is no such axis."""
    flat = weights.reshape(-1, D).double() * config.sharpness
    axes = torch.nonzero(covariance.diagonal().sqrt() > 2 * SPIKE).flatten()
    if len(axes) == 0:
        return None
    parts = [gaussian_mixture(flat[:, a] - flat[:, a].mean(), float(covariance[a, a])) for a in axes]
    return SpikeAndSlab(axes, *(torch.stack(part).float() for part in zip(*parts)))


def gaussian_mixture(x: Tensor, variance: float, steps: int = 300) -> tuple[Tensor, Tensor, Tensor]:
    """Shares, means and variances [3] of a mixture for x [n], scaled to mean 0 and the given variance. The middle component starts at the mode, where those are who do not care."""
    counts, edges = torch.histogram(x, 60)
    mean = torch.quantile(x, torch.tensor([0.1, 0.5, 0.9], dtype=x.dtype))
    mean[1] = (edges[counts.argmax()] + edges[counts.argmax() + 1]) / 2
    spread = x.var() * torch.tensor([0.25, 0.01, 0.25], dtype=x.dtype)
    share = torch.full((3,), 1 / 3, dtype=x.dtype)
    for _ in range(steps):
        r = torch.softmax(share.log() - 0.5 * spread.log() - 0.5 * (x.unsqueeze(1) - mean) ** 2 / spread, 1)
        n = r.sum(0) + 1e-9
        share, mean = n / n.sum(), (r * x.unsqueeze(1)).sum(0) / n
        spread = ((r * (x.unsqueeze(1) - mean) ** 2).sum(0) / n).clamp_min(SPIKE ** 2)
    middle = (share * mean).sum()
    scale = variance / (share * (spread + (mean - middle) ** 2)).sum()
    return share, (mean - middle) * scale.sqrt(), spread * scale


def pick_noise(x: Predictions, users: Users, weights: Tensor, world: World, prompts: np.ndarray, llms: np.ndarray, config: TrainConfig) -> PickNoise:
    """Maximum likelihood of random picks given the true weights and what the device knows of both answers: quality, which it cannot measure,
    makes most of the noise and gives it heavy tails."""
    rng, generator = np.random.default_rng(config.seed + 5), torch.Generator().manual_seed(config.seed + 5)
    rows = torch.arange(len(users))
    margin = []
    for _ in range(PAIRS_PER_USER):
        p = torch.from_numpy(rng.choice(prompts, len(users)))
        pair = torch.from_numpy(llms[np.stack([rng.choice(len(llms), 2, replace=False) for _ in range(len(users))])])
        truth = utilities(users, world, p.unsqueeze(1), pair)[:, 0]
        first = pick(users, truth[:, 0], truth[:, 1], generator)
        know = torch.ones_like(pair[:, 0], dtype=torch.bool)
        contrast = x.evidence(p, pair[:, 0], know) - x.evidence(p, pair[:, 1], know)
        u = config.sharpness * (contrast * weights[rows, world.task[p]]).sum(-1)
        margin.append(torch.where(first, u, -u))
    return fit_mixture(torch.cat(margin), config)


def fit_mixture(margin: Tensor, config: TrainConfig) -> PickNoise:
    """Three Gaussians under a probit link, from margins of the chosen over the rejected [n]."""
    share = torch.zeros(3, requires_grad=True)
    log_sd = torch.log(torch.tensor([0.4, 0.8, 2.0])).requires_grad_()
    optimiser = torch.optim.Adam([share, log_sd], 0.05)
    for _ in range(300):
        p = (torch.softmax(share, 0) * torch.special.ndtr(margin.unsqueeze(-1) / log_sd.exp())).sum(-1)
        loss = -torch.log(p + 1e-9).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return PickNoise(torch.softmax(share, 0).detach(), config.noise_inflation * torch.exp(2 * log_sd).detach())


def fit_update(update: LlmUpdate, x: Predictions, r: Responses, prompts: np.ndarray, llms: np.ndarray, config: TrainConfig) -> None:
    """Gains of the pick → LLM messages, from the errors that predictions from the card alone make for families left out."""
    error = (x.measured - x.blind)[prompts][:, llms][..., :A].double()
    by_prompt = error.mean(1, keepdim=True)
    by_llm = (error - by_prompt).mean(0)
    within = within_covariance(r, llms)
    update.belief.fit(by_llm - by_llm.mean(0), within, config.belief_shrinkage)
    scatter, between = within.diagonal(), by_llm.var(0)
    prompt_variance = (by_prompt.squeeze(1).var(0) - scatter / len(llms)).clamp_min(0)
    update.shared.copy_(prompt_variance / (prompt_variance + scatter / 2 + between / 2))
    if config.message_passing == "no-pick-llm":
        update.gain.zero_()


def fit_user_graph(graph: UserGraph, mean: Tensor, covariance: Tensor, noise: PickNoise, config: TrainConfig) -> None:
    """Writes the empirical-Bayes prior and the pick noise into the graph."""
    graph.population.copy_(mean)
    graph.variance.copy_(covariance.diagonal())
    graph.noise.copy_((noise.share * noise.variance).sum())
    if config.message_passing == "no-pick-task":
        graph.spread = 0.0
