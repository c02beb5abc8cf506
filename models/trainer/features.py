"""Text and model-card features shared, number for number, with the TypeScript engine."""

from __future__ import annotations

import math
import re
from collections import Counter

import numpy as np

from .config import AXES, CLUSTERS, LLM_FEATURES, QUERY_WORDS

_CODE = re.compile(r"\b(function|def|class|import|const|SELECT|public static)\b|#include\b", re.ASCII)
_TOKEN = re.compile(r"\w+|[?:\n]")
_READ = 4000  # characters of a prompt whose words count
_WRITE = re.compile(r"\b(write|story|poem|essay|letter|email|draft)\b", re.IGNORECASE | re.ASCII)

QUERY_FEATURE_NAMES = (
    "ln_words", "ln_chars", "ln_newlines", "has_code", "non_ascii_share", "digit_share",
    "ends_with_question", "asks_to_write",
)
LLM_FEATURE_NAMES = (
    "ln_price_in", "ln_price_out", "price_known", "ln_context", "context_known", "ln_params",
    "params_known", "years_since_2023_07", "released_known", "open_weights", "reasoning",
    "told_concise", "told_verbose", "tier", "tier_known",
    *(f"mean_{axis}" for axis in AXES), "ln_count",
    *(f"cluster_{c}_quality" for c in range(CLUSTERS)),
    *(f"cluster_{c}_length" for c in range(CLUSTERS)),
    *(f"cluster_{c}_ln_count" for c in range(CLUSTERS)),
    "quality_judged",
)
assert len(LLM_FEATURE_NAMES) == LLM_FEATURES

# Feature groups of llm_features: each is dropped as a whole in training.
PRICE, CONTEXT, PARAMS, RELEASED, TIER = (0, 1, 2), (3, 4), (5, 6), (7, 8), (13, 14)
FINGERPRINT = tuple(range(15, LLM_FEATURES))


def query_features(text: str) -> np.ndarray:
    """[8] float32 scalar features of a prompt. UTF-16 code units are counted, as JavaScript does."""
    trimmed = text.strip()
    units = len(text.encode("utf-16-le")) // 2
    words = len(trimmed.split())
    non_ascii = sum(1 + (ord(c) > 0xFFFF) for c in text if ord(c) > 127)
    digits = sum(c in "0123456789" for c in text)
    length = max(units, 1)
    has_code = "```" in text or _CODE.search(text) is not None
    return np.array([
        math.log1p(words) / 5, math.log1p(units) / 7, math.log1p(text.count("\n")) / 3,
        float(has_code), non_ascii / length, digits / length,
        float(trimmed.endswith("?")), float(_WRITE.search(text) is not None),
    ], dtype=np.float32)


def words_of(text: str) -> set[str]:
    """Words of a prompt in lower case, and question marks, colons and line breaks, which tell its form."""
    return set(_TOKEN.findall(text[:_READ].lower()))


def common_words(texts: list[str]) -> list[str]:
    """The [384] words that most of the texts hold; alphabetical, also among equals. Shorter when there are fewer words in all."""
    count = Counter(word for text in texts for word in words_of(text) if word.isascii())
    return sorted(sorted(count, key=lambda word: (-count[word], word))[:QUERY_WORDS])


def word_features(text: str, words: list[str]) -> np.ndarray:
    """[384] float32: 1 for each of the words that the text holds."""
    present = words_of(text)
    features = np.zeros(QUERY_WORDS, np.float32)
    features[:len(words)] = [word in present for word in words]
    return features


def years_since_mid_2023(released: str) -> float:
    """Years from 2023-07 to "YYYY-MM", clipped to −1.5 … 2."""
    year, month = (int(part) for part in released.split("-")[:2])
    return min(max(year + (month - 1) / 12 - 2023.5, -1.5), 2.0)


def llm_metadata(card: dict, tier: float | None) -> np.ndarray:
    """[173] features of a model card with the fingerprint part (15..172) left at zero."""
    f = np.zeros(LLM_FEATURES, dtype=np.float32)
    if card.get("price_out_usd_per_mtok") is not None:
        f[0] = math.log(0.01 + card["price_in_usd_per_mtok"]) / 3
        f[1] = math.log(0.01 + card["price_out_usd_per_mtok"]) / 3
        f[2] = 1
    if card.get("context_tokens"):
        f[3], f[4] = (math.log(card["context_tokens"]) - 9) / 2, 1
    if card.get("params_b"):
        f[5], f[6] = (math.log(card["params_b"]) - 3) / 2, 1
    if card.get("released"):
        f[7], f[8] = years_since_mid_2023(card["released"]), 1
    f[9] = float(card.get("params_b") is not None)
    variant = card["id"] if card.get("kind") == "variant" else ""
    f[11], f[12] = float(variant.endswith("-concise")), float(variant.endswith("-verbose"))
    if tier is not None:
        f[13], f[14] = (tier - 3) / 1.5, 1
    return f


def tier_from_win_rate(win_rate: float, knots: np.ndarray) -> float:
    """Tier 1..5 by linear interpolation between the quartile knots of the training LLMs."""
    return float(np.interp(win_rate, knots, [1, 2, 3, 4, 5]))
