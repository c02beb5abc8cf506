import torch

from trainer.adaptation import Evidence, map_newton, slope_and_curvature


def problem(seed=0, picks=12, dims=5):
    g = torch.Generator().manual_seed(seed)
    f = torch.randn(picks, dims, generator=g)
    return Evidence(f, torch.randn(picks, generator=g), torch.rand(picks, generator=g), (torch.arange(picks) % 4 == 0).float())


def log_posterior(z, e, mean, precision, nu):
    x = e.contrast @ z + e.offset
    up, down = torch.exp(x / 2), torch.exp(-x / 2)
    tie = torch.log(nu / (up + down + nu))
    p = torch.where(e.tie > 0, tie, torch.nn.functional.logsigmoid(x))
    return (e.weight * p).sum() - 0.5 * (z - mean) @ precision @ (z - mean)


def test_newton_reaches_the_stationary_point_of_the_stated_posterior():
    e, mean, precision = problem(), torch.full((5,), 0.3), torch.eye(5) * 2
    z, hessian = map_newton(e, mean, precision, 12, nu=0.7)
    point = z.clone().requires_grad_()
    log_posterior(point, e, mean, precision, 0.7).backward()
    assert point.grad.abs().max() < 1e-4
    assert torch.linalg.eigvalsh(hessian).min() > 0


def test_no_evidence_returns_the_prior():
    e = problem()
    e.weight = torch.zeros_like(e.weight)
    mean = torch.randn(5)
    z, hessian = map_newton(e, mean, torch.eye(5), 4)
    assert torch.allclose(z, mean, atol=1e-6) and torch.allclose(hessian, torch.eye(5))


def test_curvature_is_the_derivative_of_the_slope():
    x = torch.linspace(-3, 3, 13, dtype=torch.float64)
    for tie in (torch.zeros_like(x), torch.ones_like(x)):
        up, curvature = slope_and_curvature(x + 1e-5, tie, 0.5)[0], slope_and_curvature(x, tie, 0.5)[1]
        down = slope_and_curvature(x - 1e-5, tie, 0.5)[0]
        assert torch.allclose(-(up - down) / 2e-5, curvature, atol=1e-6)


def test_attribution_identity_holds_at_the_optimum():
    e, mean, precision = problem(1), torch.zeros(5), torch.eye(5)
    e.tie = torch.zeros_like(e.weight)
    z, _ = map_newton(e, mean, precision, 12)
    slope, _ = slope_and_curvature(e.contrast @ z + e.offset, None, 0.5)
    assert torch.allclose(z - mean, torch.linalg.inv(precision) @ ((e.weight * slope) @ e.contrast), atol=1e-4)


def test_gradients_flow_to_the_prior_and_the_weights():
    e = problem(2)
    mean, weight = torch.zeros(5, requires_grad=True), e.weight.clone().requires_grad_()
    z, _ = map_newton(Evidence(e.contrast, e.offset, weight, e.tie), mean, torch.eye(5), 4)
    z.sum().backward()
    assert mean.grad.abs().sum() > 0 and weight.grad.abs().sum() > 0
