import torch

from trainer.adaptation import Evidence, PickNoise, SharedTaste, SpikeAndSlab, mixed, mixture_moments, posterior_mean, propagated, sharpened, tilted_slopes

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


MIXTURE = SpikeAndSlab(torch.tensor([1]), torch.tensor([[0.15, 0.7, 0.15]]), torch.tensor([[-1.7, 0.0, 1.7]]), torch.tensor([[0.3, 0.061, 0.3]]))


def test_mixture_moments_are_those_of_the_product():
    z = torch.linspace(-12, 12, 48001, dtype=torch.double)
    normal = lambda mean, variance: torch.exp(-(z - mean) ** 2 / (2 * variance)) / variance ** 0.5
    density = normal(0.8, 0.5) * sum(s * normal(m, v) for s, m, v in zip(*(t[0].tolist() for t in (MIXTURE.share, MIXTURE.mean, MIXTURE.variance))))
    mean = (z * density).sum() / density.sum()
    got, width = mixture_moments(torch.tensor([0.8]), torch.tensor([0.5]), MIXTURE.share, MIXTURE.mean, MIXTURE.variance)
    assert torch.allclose(got.double(), mean, atol=1e-4) and torch.allclose(width.double(), (z ** 2 * density).sum() / density.sum() - mean ** 2, atol=1e-4)


def test_a_spike_and_slab_prior_comes_closer_to_importance_sampling_and_says_nothing_without_picks():
    dims, contrast = 2, torch.tensor([[0.2, 2.0], [-0.3, 2.4], [0.5, 1.8], [0.1, -2.0], [0.4, 2.2], [-0.2, 2.0], [0.3, 1.5], [0.0, 2.6]])
    e = Evidence(contrast, torch.zeros(8), torch.ones(8))
    generator = torch.Generator().manual_seed(1)
    draws = torch.randn(400_000, dims, generator=generator)
    part = torch.multinomial(MIXTURE.share[0], len(draws), replacement=True, generator=generator)
    draws[:, 1] = MIXTURE.mean[0, part] + MIXTURE.variance[0, part].sqrt() * draws[:, 1]
    weight = probability(draws @ e.contrast.T + e.offset).prod(-1)
    truth = (weight.unsqueeze(-1) * draws).sum(0) / weight.sum()
    gaussian, covariance = posterior_mean(e, torch.zeros(dims), torch.eye(dims), NOISE, 20)
    got, _ = sharpened(gaussian, covariance, torch.zeros(1), torch.ones(1), MIXTURE, 20)
    assert (got - truth).norm() < 0.6 * (gaussian - truth).norm()
    same, wide = sharpened(torch.zeros(dims), torch.eye(dims), torch.zeros(1), torch.ones(1), MIXTURE, 20)
    assert torch.allclose(same, torch.zeros(dims), atol=1e-3) and torch.allclose(wide, torch.eye(dims), atol=2e-2)


SHARED = SharedTaste(0.4, torch.tensor([0.0, 0.9]), 0.1)


def mixture_of(e):
    mean, precision = torch.zeros(2), torch.eye(2)
    z, covariance, tau, nu = propagated(e, mean, precision, NOISE, 20)
    return mixed(e, tau, nu, (z, covariance), mean, precision, SHARED)


def test_a_mixture_of_two_populations_comes_close_to_importance_sampling():
    generator = torch.Generator().manual_seed(2)
    draws = torch.randn(400_000, 2, generator=generator)
    shared = torch.rand(len(draws), generator=generator) < SHARED.share
    draws[shared] = SHARED.shift + SHARED.variance ** 0.5 * draws[shared]
    for sign in (1, -1):
        e = Evidence(sign * torch.tensor([[0.2, 2.0], [-0.3, 1.4], [0.5, 1.8]]), torch.tensor([0.2, 0.0, -0.1]), torch.ones(3))
        weight = probability(draws @ e.contrast.T + e.offset).prod(-1)
        truth = (weight.unsqueeze(-1) * draws).sum(0) / weight.sum()
        got, covariance = mixture_of(e)
        assert (got - truth).abs().max() < 0.05
        spread = ((draws - truth) ** 2 * weight.unsqueeze(-1)).sum(0) / weight.sum()
        assert torch.allclose(covariance.diagonal(), spread, rtol=0.15)


def test_before_any_pick_both_populations_count_by_their_share():
    z, covariance = mixture_of(Evidence(torch.ones(1, 2), torch.zeros(1), torch.zeros(1)))
    assert torch.allclose(z, 0.4 * SHARED.shift, atol=1e-6)
    assert torch.allclose(covariance.diagonal(), torch.tensor([0.6 + 0.4 * 0.1, 0.6 + 0.4 * 0.1 + 0.24 * 0.9 ** 2]), atol=1e-5)
