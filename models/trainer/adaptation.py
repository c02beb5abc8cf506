"""Few-shot MAP update of the user embedding, unrolled and differentiable (twin of src/core/adaptation.ts)."""

from __future__ import annotations

import dataclasses

import torch
from torch import Tensor

TIE_NU = 0.5


@dataclasses.dataclass
class Evidence:
    """Picks of a batch of problems. contrast [.,H,D] = f_chosen − f_rejected; offset [.,H] = b_c − b_r;
    weight [.,H] = history weight × relevance; target [.,H]: 1 win, 0.5 tie; tie [.,H]: 1 where tied."""

    contrast: Tensor
    offset: Tensor
    weight: Tensor
    tie: Tensor | None = None


def slope_and_curvature(x: Tensor, tie: Tensor | None, nu: float) -> tuple[Tensor, Tensor]:
    """d log P / dx and −d² log P / dx² at margin x: Bradley–Terry for wins, Davidson (1970) for ties."""
    p = torch.sigmoid(x)
    slope, curvature = 1 - p, p * (1 - p)
    if tie is None:
        return slope, curvature
    up, down = torch.exp(x.clamp(-30, 30) / 2), torch.exp(-x.clamp(-30, 30) / 2)
    total = up + down + nu
    first = -(up - down) / (2 * total)
    second = (up + down) / (4 * total) - first ** 2
    return torch.where(tie > 0, first, slope), torch.where(tie > 0, second, curvature)


def map_newton(evidence: Evidence, mean: Tensor, precision: Tensor, steps: int, nu: float = TIE_NU) -> tuple[Tensor, Tensor]:
    """MAP of log-concave preference likelihood + Gaussian prior.

    mean [.,D], precision [.,D,D] (inverse prior covariance) → z* [.,D], Hessian H [.,D,D] at z*
    (posterior covariance = H⁻¹). Damped Newton: the step is shortened while it exceeds 4 prior sds.
    """
    z = mean
    f = evidence.contrast
    hessian = precision
    for _ in range(steps):
        x = (f @ z.unsqueeze(-1)).squeeze(-1) + evidence.offset
        slope, curvature = slope_and_curvature(x, evidence.tie, nu)
        gradient = ((evidence.weight * slope).unsqueeze(-2) @ f).squeeze(-2) - (precision @ (z - mean).unsqueeze(-1)).squeeze(-1)
        hessian = f.transpose(-1, -2) @ (f * (evidence.weight * curvature).unsqueeze(-1)) + precision
        step = torch.linalg.solve(hessian, gradient.unsqueeze(-1)).squeeze(-1)
        size = torch.sqrt((step * (precision @ step.unsqueeze(-1)).squeeze(-1)).sum(-1, keepdim=True).clamp_min(1e-12))
        z = z + step * torch.clamp(4.0 / size, max=1.0)
    return z, hessian
