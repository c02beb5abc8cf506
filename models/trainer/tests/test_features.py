import math

import numpy as np
import pytest

from trainer.config import CLUSTERS, LLM_FEATURES
from trainer.data import axis_scale, cost_index, fingerprint, standardise_axes
from trainer.features import LLM_FEATURE_NAMES, common_words, llm_metadata, query_features, tier_from_win_rate, word_features, years_since_mid_2023


def test_query_features_of_a_coding_prompt():
    f = query_features("def f():\n  return 12?")
    assert f[0] == pytest.approx(math.log1p(4) / 5) and f[1] == pytest.approx(math.log1p(21) / 7)
    assert f[2] == pytest.approx(math.log(2) / 3)
    assert f[3] == 1 and f[6] == 1 and f[7] == 0
    assert f[5] == pytest.approx(2 / 21)


def test_words_that_merely_contain_a_keyword_do_not_count():
    assert query_features("importance of classes")[3] == 0
    assert query_features("rewrite drafts")[7] == 0
    assert query_features("Please DRAFT a note")[7] == 1


def test_astral_characters_count_as_two_utf16_units():
    f = query_features("🙂a")
    assert f[4] == pytest.approx(2 / 3)
    assert query_features("").tolist() == [0] * 8


def test_metadata_layout_and_unknown_groups():
    card = {"id": "m-concise", "kind": "variant", "price_in_usd_per_mtok": 1.0, "price_out_usd_per_mtok": 2.0, "released": "2024-01", "context_tokens": None, "params_b": None}
    f = llm_metadata(card, 4.0)
    named = dict(zip(LLM_FEATURE_NAMES, f))
    assert len(f) == LLM_FEATURES
    assert named["ln_price_out"] == pytest.approx(math.log(2.01) / 3) and named["price_known"] == 1
    assert named["context_known"] == named["params_known"] == named["open_weights"] == 0
    assert named["told_concise"] == 1 and named["told_verbose"] == 0
    assert named["tier"] == pytest.approx(2 / 3) and named["years_since_2023_07"] == pytest.approx(0.5)
    assert years_since_mid_2023("2030-01") == 2.0


def test_tier_is_clamped_and_monotone():
    knots = np.array([1.0, 5.0, 10.0, 20.0, 50.0])
    assert [tier_from_win_rate(v, knots) for v in (0, 5, 15, 90)] == [1, 2, 3.5, 5]


def test_axes_are_standardised_and_length_fit_peaks_at_the_mean():
    raw = np.random.default_rng(0).normal(size=(50, 4, 12))
    scale = axis_scale(raw)
    z = standardise_axes(raw, scale)
    assert np.abs(z.reshape(-1, 12).mean(0)).max() < 1e-5 and np.abs(z.reshape(-1, 12).std(0) - 1).max() < 1e-4
    assert z[..., 2].max() == pytest.approx(-scale.mean[2] / scale.sd[2], rel=0.05)


def test_cost_index_is_clipped():
    assert cost_index(np.array([1e-9, 1e-5, 1e-4, 1.0]), 1e-5, 1e-3).tolist() == pytest.approx([0, 0, 0.5, 1])


def test_fingerprint_shrinks_clusters_and_ignores_missing_responses():
    axes = np.zeros((10, 12))
    axes[:5, 0] = 1
    axes[9] = np.nan
    clusters = np.array([3] * 5 + [4] * 5)
    f = fingerprint(axes, clusters, np.zeros(10), np.zeros(10))
    assert f[0] == pytest.approx(5 / 9) and f[12] == pytest.approx(math.log(10) / math.log(501))
    assert f[13 + 3] == pytest.approx(5 * (1 - 5 / 9) / 10)
    assert f[13 + 2 * CLUSTERS + 4] == pytest.approx(math.log1p(4) / 4)
    assert not fingerprint(np.full((2, 12), np.nan), np.array([0, 1]), np.zeros(2), np.zeros(2)).any()


def test_every_part_of_a_fingerprint_lies_under_its_name():
    axes = np.tile(np.arange(12, dtype=np.float32), (30, 1))
    axes[:10, 0], axes[:10, 1] = 3.0, 7.0  # better and longer in one cluster
    clusters = np.where(np.arange(30) < 10, 5, CLUSTERS - 1)
    print_ = dict(zip(LLM_FEATURE_NAMES[15:], fingerprint(axes, clusters, np.zeros(30), np.zeros(30)), strict=True))
    assert print_["mean_warmth"] == 5 and print_["ln_count"] == pytest.approx(math.log1p(30) / math.log(501))
    assert print_["quality_judged"] == 1
    for part, high in (("quality", 3.0), ("length", 7.0)):
        low = {"quality": 0.0, "length": 1.0}[part]
        mean = (10 * high + 20 * low) / 30
        assert print_[f"cluster_5_{part}"] == pytest.approx(10 * (high - mean) / 15, abs=1e-5)
        assert print_[f"cluster_{CLUSTERS - 1}_{part}"] == pytest.approx(20 * (low - mean) / 25, abs=1e-5)
        assert sum(abs(print_[f"cluster_{c}_{part}"]) > 0 for c in range(CLUSTERS)) == 2
    assert print_["cluster_5_ln_count"] == pytest.approx(math.log1p(10) / 4)


def test_common_words_are_those_of_most_prompts_and_mark_what_a_prompt_holds():
    words = common_words(["What is a poem?", "Write a POEM:\na poem", "über a?"])
    assert words == sorted(["?", "a", "poem", "what", "is", "write", ":", "\n"])
    assert len(common_words([" ".join(f"w{i}x{k}" for i in range(300)) for k in range(2)])) == 384
    f = word_features("A poem, written", words)
    assert f.shape == (384,) and [word for word, held in zip(words, f) if held] == ["a", "poem"]
    assert word_features("x " * 2000 + "poem", words).sum() == 0
