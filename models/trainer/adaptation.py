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


@dataclasses.dataclass(frozen=True)
class SpikeAndSlab:
    """How weights are really spread, axis by axis: most people do not care about most traits, and those who do care much (Mitchell & Beauchamp 1988).
    axis [S]: axes it is told of; share, mean, variance [S,K]: a mixture of Gaussians with the mean and variance of the Gaussian prior on that axis."""

    axis: Tensor
    share: Tensor
    mean: Tensor
    variance: Tensor


@dataclasses.dataclass(frozen=True)
class SharedTaste:
    """A second population, of people who share a taste and differ little. share: of people who are of it; shift [20]: its taste, as a deviation from the
    first population's; variance: of its people, as a share of the first population's covariance."""

    share: float
    shift: Tensor
    variance: float


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
    """mean [.,D], precision [.,D,D] (inverse prior covariance) → posterior mean [.,D] and covariance [.,D,D]. The posterior mean, unlike the mode,
    is the right vector to score with: scores are linear in it. With few, sharp picks the two point in different directions."""
    return propagated(evidence, mean, precision, noise, sweeps, damping)[:2]


def propagated(evidence: Evidence, mean: Tensor, precision: Tensor, noise: PickNoise, sweeps: int, damping: float = 0.7) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Expectation propagation (Minka 2001) for preferences with a Gaussian prior, all sites at once, damped → posterior mean [.,D], covariance [.,D,D],
    and the picks' sites on their margins as precision and information [.,H]."""
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
    return z, covariance, tau, nu


LEAST_SITE = -0.6  # of a site's precision, as a share of the prior's: the posterior stays a distribution
SHARPENING = 0.6   # damping of the sites


def sharpened(mean: Tensor, covariance: Tensor, prior_mean: Tensor, prior_variance: Tensor, prior: SpikeAndSlab, sweeps: int) -> tuple[Tensor, Tensor]:
    """A Gaussian posterior under a Gaussian prior → the same under the spike-and-slab prior: one more expectation-propagation site on each axis, mixture ÷ Gaussian.

    mean [.,D], covariance [.,D,D]; prior_mean, prior_variance [...,S] of the Gaussian prior on prior.axis → mean [.,D], covariance [.,D,D].
    What the picks say stays as it was fitted, so that this costs the same however many there are.
    """
    size, at = mean.shape[-1], prior.axis
    place = torch.nn.functional.one_hot(at, size).to(mean)                         # [S,D]
    precision = torch.linalg.inv(covariance)
    information = (precision @ mean.unsqueeze(-1)).squeeze(-1)
    tau, nu = torch.zeros_like(mean[..., at]), torch.zeros_like(mean[..., at])
    center, spread = prior.mean + prior_mean.unsqueeze(-1), prior.variance
    for _ in range(sweeps):
        variance = covariance.diagonal(dim1=-2, dim2=-1)[..., at]
        said = (1 / variance - tau - 1 / prior_variance).clamp_min(1e-6)           # precision of what the picks say of the axis
        information_said = mean[..., at] / variance - nu - prior_mean / prior_variance
        tilted, width = mixture_moments(information_said / said, 1 / said, prior.share, center, spread)
        next_tau = torch.maximum(1 / width - said - 1 / prior_variance, LEAST_SITE / prior_variance)
        next_nu = tilted * (said + 1 / prior_variance + next_tau) - information_said - prior_mean / prior_variance
        tau, nu = SHARPENING * next_tau + (1 - SHARPENING) * tau, SHARPENING * next_nu + (1 - SHARPENING) * nu
        root = torch.linalg.cholesky(precision + torch.diag_embed(tau @ place))
        mean = torch.cholesky_solve((information + nu @ place).unsqueeze(-1), root).squeeze(-1)
        covariance = torch.cholesky_inverse(root)
    return mean, covariance


def mixture_moments(mean: Tensor, variance: Tensor, share: Tensor, center: Tensor, spread: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and variance [.,S] of N(x; mean, variance) · Σ share N(x; center, spread), components [S,K]."""
    total = variance.unsqueeze(-1) + spread
    off = mean.unsqueeze(-1) - center
    weight = torch.softmax(torch.log(share) - 0.5 * torch.log(total) - 0.5 * off * off / total, -1)
    middle = center + spread / total * off
    first = (weight * middle).sum(-1)
    return first, (weight * (spread * variance.unsqueeze(-1) / total + (middle - first.unsqueeze(-1)) ** 2)).sum(-1)


def mixed(evidence: Evidence, tau: Tensor, nu: Tensor, own: tuple[Tensor, Tensor], mean: Tensor, precision: Tensor, shared: SharedTaste) -> tuple[Tensor, Tensor]:
    """Mean [.,D] and covariance [.,D,D] under a mixture of two populations, by the moments of both posteriors, weighed by how well each explains the picks
    (twin of src/core/shared-taste.ts). own: posterior under the first, whose Gaussian prior has mean [.,D] and precision [.,D,D]; tau, nu [.,H]: the picks' sites.

    The sites are those fitted under the first population, so that the second costs one linear solve and both evidences share the sites' constants.
    """
    size = len(shared.shift)
    other = precision.clone()
    other[..., :size, :size] /= shared.variance
    centre = torch.zeros_like(mean)
    centre[..., :size] = shared.shift
    f = evidence.contrast
    said = f.transpose(-1, -2) @ (f * tau.unsqueeze(-1))
    pull = (nu.unsqueeze(-2) @ f).squeeze(-2)
    first, second = (_gaussian(said, pull, m, p) for m, p in ((mean, precision), (centre, other)))
    odds = second[2] - first[2] + math.log(shared.share / (1 - shared.share))
    p = torch.sigmoid(odds).unsqueeze(-1)
    z = p * second[0] + (1 - p) * own[0]
    spread = lambda centre, covariance: covariance + (centre - z).unsqueeze(-1) * (centre - z).unsqueeze(-2)
    return z, p.unsqueeze(-1) * spread(second[0], second[1]) + (1 - p.unsqueeze(-1)) * spread(*own)


def _gaussian(said: Tensor, pull: Tensor, mean: Tensor, precision: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Posterior mean, covariance and log evidence (but for the sites' constants) of a Gaussian prior and sites of precision said [.,D,D] and information pull [.,D]."""
    log_det = lambda matrix: 2 * torch.linalg.cholesky(matrix).diagonal(dim1=-2, dim2=-1).log().sum(-1)
    before = (precision @ mean.unsqueeze(-1)).squeeze(-1)
    covariance = torch.linalg.inv(precision + said)
    z = (covariance @ (before + pull).unsqueeze(-1)).squeeze(-1)
    return z, covariance, 0.5 * (log_det(precision) - log_det(precision + said) + ((before + pull) * z).sum(-1) - (before * mean).sum(-1))
