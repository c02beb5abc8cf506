import torch

from trainer.adaptation import Evidence, PickNoise, posterior_mean, tilted_slopes

NOISE = PickNoise(torch.tensor([0.6, 0.4]), torch.tensor([0.5, 4.0]))


def problem(seed=0, picks=12, dims=5):
    g = torch.Generator().manual_seed(seed)
    return Evidence(torch.randn(picks, dims, generator=g), torch.randn(picks, generator=g), torch.ones(picks))


def probability(margin):
    return (NOISE.share * torch.special.ndtr(margin.unsqueeze(-1) / NOISE.variance.sqrt())).sum(-1)


def test_slopes_are_those_of_log_z():
    mean, variance = torch.linspace(-3, 3, 13, dtype=torch.float64), torch.full((13,), 1.3, dtype=torch.float64)
    log_z = lambda m: torch.log((NOISE.share * torch.special.ndtr(m.unsqueeze(-1) / torch.sqrt(variance.unsqueeze(-1) + NOISE.variance))).sum(-1))
    first, second = tilted_slopes(mean, variance, NOISE)
    h = 1e-4
    assert torch.allclose(first, (log_z(mean + h) - log_z(mean - h)) / (2 * h), atol=1e-5)
    assert torch.allclose(second, -(log_z(mean + h) - 2 * log_z(mean) + log_z(mean - h)) / h ** 2, atol=1e-4)


def test_one_pick_gives_the_exact_mean_and_variance():
    z = torch.linspace(-9, 9, 20001)
    density = torch.exp(-z ** 2 / 2) * probability(2 * z + 0.3)
    mean = (z * density).sum() / density.sum()
    variance = (z ** 2 * density).sum() / density.sum() - mean ** 2
    got, covariance = posterior_mean(Evidence(torch.tensor([[2.0]]), torch.tensor([0.3]), torch.ones(1)), torch.zeros(1), torch.eye(1), NOISE, 20)
    assert torch.allclose(got[0], mean, atol=1e-3) and torch.allclose(covariance[0, 0], variance, atol=1e-3)


def test_many_picks_come_close_to_importance_sampling():
    e, dims = problem(3, picks=6, dims=3), 3
    draws = torch.randn(400_000, dims, generator=torch.Generator().manual_seed(1))
    weight = probability(draws @ e.contrast.T + e.offset).prod(-1)
    truth = (weight.unsqueeze(-1) * draws).sum(0) / weight.sum()
    got, _ = posterior_mean(e, torch.zeros(dims), torch.eye(dims), NOISE, 20)
    assert (got - truth).abs().max() < 0.03


def test_no_evidence_returns_the_prior_and_padding_changes_nothing():
    e, mean = problem(), torch.randn(5)
    z, covariance = posterior_mean(Evidence(e.contrast, e.offset, e.weight * 0), mean, torch.eye(5) * 2, NOISE, 5)
    assert torch.allclose(z, mean, atol=1e-5) and torch.allclose(covariance, torch.eye(5) / 2, atol=1e-5)
    padded = Evidence(torch.cat([e.contrast, torch.zeros(4, 5)]), torch.cat([e.offset, torch.zeros(4)]), torch.cat([e.weight, torch.zeros(4)]))
    assert torch.allclose(posterior_mean(e, mean, torch.eye(5), NOISE, 10)[0], posterior_mean(padded, mean, torch.eye(5), NOISE, 10)[0], atol=1e-5)


def test_a_lighter_pick_teaches_less_and_batches_equal_single_problems():
    e = problem(4)
    moved = [posterior_mean(Evidence(e.contrast, e.offset, e.weight * w), torch.zeros(5), torch.eye(5), NOISE, 10)[0].norm() for w in (0.1, 0.4, 1.0)]
    assert moved[0] < moved[1] < moved[2]
    both = Evidence(torch.stack([e.contrast, problem(5).contrast]), torch.stack([e.offset, problem(5).offset]), torch.stack([e.weight, e.weight]))
    z, _ = posterior_mean(both, torch.zeros(2, 5), torch.eye(5).expand(2, 5, 5), NOISE, 10)
    assert torch.allclose(z[0], posterior_mean(e, torch.zeros(5), torch.eye(5), NOISE, 10)[0], atol=1e-5)
