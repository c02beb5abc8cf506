"""Few-shot update of the user embedding by expectation propagation (twin of src/core/user-embedding.ts)."""

from __future__ import annotations

import dataclasses
import math

import torch
from torch import Tensor

ROOT_2PI = math.sqrt(2 * math.pi)


@dataclasses.dataclass(frozen=True)
class PickNoise:
    """The noise of a pick as a mixture of Gaussians: shares [K] (sum 1) and variances [K], in squared log-odds."""

    share: Tensor
    variance: Tensor


@dataclasses.dataclass
class Evidence:
    """Picks of a batch of problems. contrast [.,H,D] = f_chosen − f_rejected; offset [.,H] = b_c − b_r; weight [.,H]: the power of the pick's site (power EP); 0 leaves it out."""

    contrast: Tensor
    offset: Tensor
    weight: Tensor


def tilted_slopes(mean: Tensor, variance: Tensor, noise: PickNoise) -> tuple[Tensor, Tensor]:
    """Of Z(m) = Σ π Φ(m / √(v + σ²)), the probability of a pick whose margin is N(m, v): d log Z / dm and −d² log Z / dm²."""
    sd = torch.sqrt(variance.unsqueeze(-1) + noise.variance)
    x = mean.unsqueeze(-1) / sd
    density = torch.exp(-0.5 * x * x) / ROOT_2PI
    z = (noise.share * 0.5 * torch.erfc(-x / math.sqrt(2))).sum(-1).clamp_min(1e-12)
    first = (noise.share * density / sd).sum(-1) / z
    second = (-noise.share * density * x / sd ** 2).sum(-1) / z
    return first, first * first - second


def posterior_mean(evidence: Evidence, mean: Tensor, precision: Tensor, noise: PickNoise, sweeps: int, damping: float = 0.7) -> tuple[Tensor, Tensor]:
    """Expectation propagation (Minka 2001) for preferences with a Gaussian prior, all sites at once, damped.

    mean [.,D], precision [.,D,D] (inverse prior covariance) → posterior mean [.,D] and covariance [.,D,D]. The posterior mean, unlike the mode,
    is the right vector to score with: scores are linear in it. With few, sharp picks the two point in different directions.
    """
    f = evidence.contrast
    tau, nu = torch.zeros_like(evidence.offset), torch.zeros_like(evidence.offset)
    information = (precision @ mean.unsqueeze(-1)).squeeze(-1)
    for sweep in range(sweeps + 1):
        root = torch.linalg.cholesky(precision + f.transpose(-1, -2) @ (f * tau.unsqueeze(-1)))
        z = torch.cholesky_solve((information + (nu.unsqueeze(-2) @ f).squeeze(-2)).unsqueeze(-1), root).squeeze(-1)
        covariance = torch.cholesky_inverse(root)
        if sweep == sweeps:
            break
        variance = ((f @ covariance) * f).sum(-1).clamp_min(1e-9)
        margin = (f @ z.unsqueeze(-1)).squeeze(-1)
        cavity = 1 / (1 / variance - tau).clamp_min(1e-9)
        cavity_mean = cavity * (margin / variance - nu)
        first, second = tilted_slopes(cavity_mean + evidence.offset, cavity, noise)
        second = second.clamp_min(0)
        left = (1 - cavity * second).clamp_min(1e-3)
        tau = damping * evidence.weight * second / left + (1 - damping) * tau
        nu = damping * evidence.weight * (first + second * cavity_mean) / left + (1 - damping) * nu
    return z, covariance
