from pathlib import Path

import numpy as np
import pytest
import torch

from trainer.config import A, D, LLM_FEATURES, TrainConfig
from trainer.export import INPUTS, OUTPUTS, RouterGraph, example_inputs, export_onnx, onnx_difference, parity_cases, run_torch
from trainer.model import CLUSTER_COUNT, JUDGED_AT, PADDING_UTILITY, LlmUpdate, ResponsePredictor, StyleBelief, UserGraph

WEBGPU_SAFE = {
    "Abs", "Add", "Concat", "Constant", "ConstantOfShape", "Div", "Erf", "Exp", "Expand", "Gather", "Gemm", "Identity", "LayerNormalization", "Log", "MatMul", "Mul",
    "Neg", "ReduceMax", "ReduceMean", "ReduceSum", "Relu", "Reshape", "Shape", "Sigmoid", "Slice", "Softmax", "Sqrt", "Squeeze", "Sub", "Transpose", "Unsqueeze",
}


@pytest.fixture(scope="module")
def router() -> RouterGraph:
    """Random memories and gains: nothing trained, everything connected."""
    generator = torch.Generator().manual_seed(0)
    config = TrainConfig()
    predictor, update, graph = ResponsePredictor(config, 40, 9), LlmUpdate(), UserGraph(config)
    scales = {"memory": 0.05, "factor_weight": 0.05, "common_weight": 0.05, "word_factor": 0.05, "word_common": 0.05, "card_weight": 0.1, "style_weight": 0.02}
    for name, buffer in predictor.named_buffers():
        if name in ("text_scale", "card_scale", "style_scale", "cluster_strength") or name.startswith("belief."):
            continue
        buffer.copy_(torch.randn(buffer.shape, generator=generator) * scales.get(name, 0.5))
    graph.population.copy_(torch.randn(D, generator=generator) * 0.3)
    graph.variance.fill_(0.4)
    update.shared.fill_(0.3)
    for belief in (predictor.belief, update.belief):
        belief.fit(torch.randn(60, A, generator=generator, dtype=torch.double), 4 * torch.eye(A, dtype=torch.double), 0.2)
    return RouterGraph(predictor, update, graph).eval()


def test_onnx_matches_pytorch_and_uses_only_safe_operators(router: RouterGraph, tmp_path: Path):
    import onnx
    path = tmp_path / "router.onnx"
    export_onnx(router, path)
    assert onnx_difference(router, path, [(1, 1, 1, 0), (3, 5, 7, 2), (1, 32, 256, 5), (1, 64, 512, 20)]) <= 1e-4
    model = onnx.load(path)
    assert {node.op_type for node in model.graph.node} <= WEBGPU_SAFE
    assert path.stat().st_size < 3_000_000
    assert [i.name for i in model.graph.input] == list(INPUTS) and [o.name for o in model.graph.output] == list(OUTPUTS)


def test_padding_changes_nothing(router: RouterGraph):
    feeds = example_inputs(2, 4, 6, 3)
    padded = {}
    for name, value in feeds.items():
        shape = [(0, 0)] * value.ndim
        for i, size in enumerate(INPUTS[name]):
            if size in ("M", "H"):
                shape[i] = (0, 3)
        padded[name] = np.pad(value, shape)
    a, b = run_torch(router, feeds), run_torch(router, padded)
    assert np.allclose(a["utility"], b["utility"][:, :4], atol=1e-5)
    assert (b["utility"][:, 4:] == PADDING_UTILITY).all()
    for name in ("prior_mean", "prior_log_variance", "task_membership"):
        assert np.allclose(a[name], b[name], atol=1e-5), name
    assert np.allclose(a["axes"], b["axes"][:, :4], atol=1e-5)


def test_llm_order_and_pick_order_do_not_matter(router: RouterGraph):
    feeds = example_inputs(1, 5, 6, 4)
    llm, pick = [3, 1, 4, 0, 2], [5, 0, 2, 1, 4, 3]
    moved = dict(feeds)
    for name, shape in INPUTS.items():
        for axis, size in enumerate(shape):
            if size in ("M", "H"):
                moved[name] = np.take(moved[name], llm if size == "M" else pick, axis)
    a, b = run_torch(router, feeds), run_torch(router, moved)
    assert np.allclose(a["utility"][:, llm], b["utility"], atol=1e-4)
    assert np.allclose(a["prior_mean"], b["prior_mean"], atol=1e-4)
    assert np.allclose(a["evidence_relevance"][:, pick], b["evidence_relevance"], atol=1e-4)


def test_a_pick_on_another_task_says_less(router: RouterGraph):
    feeds = example_inputs(1, 4, 2, 5)
    feeds["history_query"][0] = feeds["query_embedding"][0]
    with torch.no_grad():
        sharp = router.predictor.task_embedding.weight
        kept = sharp.clone()
        sharp.zero_()
        sharp[0] += 40 * torch.from_numpy(feeds["query_embedding"][0])
        sharp[3] += 40 * torch.from_numpy(feeds["history_query"][1])
        relevance = run_torch(router, feeds)["evidence_relevance"][0]
        sharp.copy_(kept)
    assert relevance[0] > 0.95 > relevance[1]


def test_measured_answers_move_the_prediction_of_that_llm_only(router: RouterGraph):
    feeds = example_inputs(1, 4, 1, 6)
    feeds["llm_features"][:, 15:] = 0
    feeds["history_chosen_llm"][:] = [[0, 1, 0, 0]]
    feeds["history_rejected_llm"][:] = 0
    feeds["history_chosen"][0, 3] = 6.0
    without = {**feeds, "history_weight": np.zeros(1, np.float32)}
    change = run_torch(router, feeds)["axes"][0] - run_torch(router, without)["axes"][0]
    assert change[1, 3] > 0 and np.abs(change[[0, 2, 3]]).max() == 0


def correlated_errors(count: int, generator: torch.Generator) -> torch.Tensor:
    """[count,12] errors of a guess in which quality follows length."""
    error = torch.randn(count, A, generator=generator, dtype=torch.double)
    error[:, 0] = 0.8 * error[:, 1] + 0.3 * error[:, 0]
    return error - error.mean(0)


def test_a_belief_is_the_posterior_mean_under_the_covariances_it_was_fitted_to():
    generator = torch.Generator().manual_seed(3)
    error, root = correlated_errors(4000, generator), torch.randn(A, A, generator=generator, dtype=torch.double)
    within = root @ root.T / A + torch.eye(A)
    belief = StyleBelief().double()
    belief.fit(error, within, 0.0)
    between, mean = torch.cov(error.T), torch.randn(A, generator=generator, dtype=torch.double)
    expected = between[:, 1:] @ torch.linalg.solve(between[1:, 1:] + within[1:, 1:] / 7, mean[1:])
    got = belief((7 * mean).unsqueeze(0), torch.tensor([[7.0]]), torch.tensor([[0.0]]))[0]
    assert torch.allclose(got, expected, atol=1e-6)


def test_quality_follows_from_measured_axes_until_it_is_judged():
    generator = torch.Generator().manual_seed(4)
    predictor = ResponsePredictor(TrainConfig(), 5, 3)
    predictor.belief.fit(correlated_errors(500, generator), torch.eye(A, dtype=torch.double), 0.0)
    features = torch.zeros(3, LLM_FEATURES)
    features[1:, 27] = float(np.log1p(100) / np.log(501))
    features[1:, 16] = 1.0  # longer than its card says
    features[2, JUDGED_AT] = 1.0
    style, _, _ = predictor.llm_nodes(torch.zeros(3, 384), features)
    assert abs(style[0, 0]) < 1e-6
    assert 0.6 < style[1, 0] < 0.9
    assert abs(style[2, 0]) < 0.2


def test_the_prior_is_the_empirical_bayes_one(router: RouterGraph):
    out = run_torch(router, example_inputs(2, 4, 8, 10))
    assert np.abs(out["prior_mean"]).max() == 0
    assert np.allclose(out["prior_log_variance"], np.log(0.4), atol=1e-5)


def test_a_fingerprint_outweighs_the_card_the_more_answers_it_rests_on(router: RouterGraph):
    feeds = example_inputs(1, 2, 1, 12)
    feeds["llm_features"][1] = feeds["llm_features"][0]
    gap = []
    for answers in (3, 30, 300):
        feeds["llm_features"][:, 27] = np.log1p(answers) / np.log(501)
        feeds["llm_features"][:, 18] = [0.0, 1.0]
        axes = run_torch(router, feeds)["axes"][0, :, 3]
        gap.append(axes[1] - axes[0])
    assert 0 < gap[0] < gap[1] < gap[2]


def test_a_strength_in_one_kind_of_prompt_shows_there_and_only_for_llms_not_trained_on(router: RouterGraph):
    feeds = example_inputs(2, 2, 1, 12)
    predictor = router.predictor
    here, there = predictor.centroid[3] / predictor.centroid[3].norm(), predictor.centroid[7] / predictor.centroid[7].norm()
    feeds["query_embedding"] = torch.stack([here, there]).numpy()
    feeds["llm_features"][:, 28:] = 0
    feeds["llm_features"][:, CLUSTER_COUNT] = np.log1p(200) / 4
    quality = lambda: run_torch(router, feeds)["axes"][:, 0, 0]
    before = quality()
    feeds["llm_features"][0, 28 + 3] = 1.0
    gain = quality() - before
    assert gain[0] > 0.1 > abs(gain[1])
    # An LLM of the training set: the interaction knows it better.
    feeds["llm_features"][0, :15] = (predictor.style[0, :15] * predictor.style_scale[:15]).numpy()
    feeds["llm_features"][0, 15:27] = (predictor.style[0, 15:] * predictor.style_scale[15:]).numpy() + predictor.common_mean[:12].numpy()
    feeds["llm_features"][0, 27], feeds["llm_features"][0, JUDGED_AT] = 3.0, 1.0  # so many answers, and judged ones, that the mean is the style
    with_it = quality()
    feeds["llm_features"][0, 28 + 3] = 0.0
    assert np.allclose(quality(), with_it, atol=1e-4)


def test_extreme_scores_stay_finite(router: RouterGraph):
    feeds = example_inputs(1, 3, 4, 7)
    feeds["history_chosen"] *= 60
    assert all(np.isfinite(v).all() for v in run_torch(router, feeds).values())


def test_relevance_lies_in_the_unit_interval_and_parity_cases_hold_shapes(router: RouterGraph):
    out = run_torch(router, example_inputs(3, 4, 9, 8))
    assert (out["evidence_relevance"] > 0).all() and (out["evidence_relevance"] <= 1).all()
    assert np.allclose(out["task_membership"].sum(-1), 1, atol=1e-5)
    parity = parity_cases(router, ["names", "rain"])
    assert len(parity["cases"]) >= 3
    assert [case["words"] for case in parity["queryFeatures"]][:2] == [["names"], ["rain"]]
    for case in parity["cases"]:
        assert set(case["inputs"]) == set(INPUTS) and set(case["outputs"]) == set(OUTPUTS)
        assert all(np.prod(t["shape"]) == len(t["data"]) for t in case["inputs"].values())
