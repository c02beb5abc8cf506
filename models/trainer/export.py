"""One user's whole graph as one ONNX file, plus parity cases, fingerprints and the manifest."""

from __future__ import annotations

import datetime
import hashlib
import json
import subprocess
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .config import A, AXES, D, EMBEDDING, LLM_FEATURES, OUTCOMES, QUERY_FEATURES, QUERY_SCALARS, QUERY_WORDS, RESIDUAL, TASK_PROTOTYPES
from .features import LLM_FEATURE_NAMES, QUERY_FEATURE_NAMES, query_features, word_features
from .model import PADDING_UTILITY, LlmUpdate, ResponsePredictor, UserGraph

OPSET = 17
INPUTS = {
    "query_embedding": ["B", EMBEDDING], "query_features": ["B", QUERY_FEATURES],
    "llm_description": ["M", EMBEDDING], "llm_features": ["M", LLM_FEATURES], "llm_mask": ["M"],
    "history_query": ["H", EMBEDDING], "history_chosen": ["H", D], "history_rejected": ["H", D],
    "history_chosen_llm": ["H", "M"], "history_rejected_llm": ["H", "M"],
    "history_outcome": ["H", len(OUTCOMES)], "history_weight": ["H"],
}
OUTPUTS = {
    "utility": ["B", "M"], "axes": ["B", "M", A], "residual": ["B", "M", RESIDUAL], "prior_mean": ["B", D],
    "prior_log_variance": ["B", D], "evidence_relevance": ["B", "H"], "task_membership": ["B", TASK_PROTOTYPES], "prompt_effect": ["B", A],
}


class RouterGraph(nn.Module):
    """The exported graph: predictor, LLM update and user graph of one user."""

    def __init__(self, predictor: ResponsePredictor, update: LlmUpdate, graph: UserGraph) -> None:
        super().__init__()
        self.predictor, self.update, self.graph = predictor, update, graph

    def forward(self, query_embedding: Tensor, query_features: Tensor, llm_description: Tensor, llm_features: Tensor,
                llm_mask: Tensor, history_query: Tensor, history_chosen: Tensor, history_rejected: Tensor,
                history_chosen_llm: Tensor, history_rejected_llm: Tensor, history_outcome: Tensor,
                history_weight: Tensor) -> tuple[Tensor, ...]:
        """Shapes as in INPUTS; returns the tensors of OUTPUTS in order."""
        p = self.predictor
        task, factor, common = p.query_nodes(query_embedding, query_features)
        style, loading, seen = p.llm_nodes(llm_description, llm_features)
        f = p.combine(factor, common, style, loading)
        # The history carries no text features, as in training.
        task_h, factor_h, common_h = p.query_nodes(history_query, None)
        expected_c, expected_r = (p.combine_one(factor_h, common_h, style, loading, llm)[:, :A] for llm in (history_chosen_llm, history_rejected_llm))
        known = lambda llm: llm.sum(-1, keepdim=True)  # 0 for a response of no LLM in the pool
        shift = self.update((history_chosen[:, :A] - expected_c) * known(history_chosen_llm), (history_rejected[:, :A] - expected_r) * known(history_rejected_llm),
                            history_chosen_llm, history_rejected_llm, history_weight, seen)
        axes = f[..., :A] + shift.unsqueeze(0)
        residual = f[..., A:]
        utility = torch.cat([axes, residual], -1) @ self.graph.population
        utility = utility * llm_mask + (1 - llm_mask) * PADDING_UTILITY
        mean, log_variance, relevance = self.graph(history_chosen, history_rejected, history_outcome, task_h, task)
        return utility, axes, residual, mean, log_variance, relevance, task, common[:, :A] - p.common_mean[:A]


def example_inputs(batch: int, llms: int, history: int, seed: int, padded: int = 0) -> dict[str, np.ndarray]:
    """Random, well-formed feeds; the last `padded` LLMs and picks are padding."""
    rng = np.random.default_rng(seed)
    unit = lambda n: (lambda v: v / np.linalg.norm(v, axis=1, keepdims=True))(rng.normal(size=(n, EMBEDDING)))
    one_hot = lambda n, k: np.eye(k)[rng.integers(0, k - padded if k > padded else k, n)]
    features = rng.normal(size=(llms, LLM_FEATURES)) * 0.5
    features[:, 27] = rng.random(llms)
    mask, weight = np.ones(llms), np.ones(history)
    if padded:
        mask[-padded:], weight[-padded:] = 0, 0
    feeds = {
        "query_embedding": unit(batch), "query_features": np.concatenate([rng.random((batch, QUERY_SCALARS)), rng.random((batch, QUERY_WORDS)) < 0.03], 1),
        "llm_description": unit(llms), "llm_features": features, "llm_mask": mask, "history_query": unit(history),
        "history_chosen": rng.normal(size=(history, D)), "history_rejected": rng.normal(size=(history, D)),
        "history_chosen_llm": one_hot(history, llms), "history_rejected_llm": one_hot(history, llms),
        "history_outcome": np.eye(4)[rng.choice(4, history, p=[0.7, 0.1, 0.1, 0.1])], "history_weight": weight,
    }
    if padded:
        for name in INPUTS:
            if name.startswith("history_"):
                feeds[name][-padded:] = 0
        feeds["llm_features"][-padded:] = 0
        feeds["llm_description"][-padded:] = 0
    return {name: value.astype(np.float32) for name, value in feeds.items()}


def export_onnx(router: RouterGraph, path: Path) -> None:
    """Writes float32 ONNX with dynamic B, M, H."""
    router.eval()
    feeds = example_inputs(2, 5, 7, 0)
    axes = {name: {i: s for i, s in enumerate(shape) if isinstance(s, str)} for name, shape in {**INPUTS, **OUTPUTS}.items()}
    torch.onnx.export(router, tuple(torch.from_numpy(feeds[n]) for n in INPUTS), str(path), input_names=list(INPUTS),
                      output_names=list(OUTPUTS), dynamic_axes=axes, opset_version=OPSET, dynamo=False)


def run_torch(router: RouterGraph, feeds: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Outputs of the PyTorch graph by name."""
    with torch.no_grad():
        out = router.eval()(*(torch.from_numpy(feeds[n]) for n in INPUTS))
    return {name: value.numpy() for name, value in zip(OUTPUTS, out)}


def onnx_difference(router: RouterGraph, path: Path, shapes: list[tuple[int, int, int, int]]) -> float:
    """Largest |ONNX Runtime − PyTorch| over feeds of the given (batch, llms, history, padded)."""
    import onnxruntime
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    worst = 0.0
    for i, (b, m, h, padded) in enumerate(shapes):
        feeds = example_inputs(b, m, h, i, padded)
        expected = run_torch(router, feeds)
        for name, value in zip(OUTPUTS, session.run(list(OUTPUTS), feeds)):
            worst = max(worst, float(np.abs(value - expected[name]).max()))
    return worst


QUERY_CASES = (
    "How did US states get their names?", "Write a short poem about rain.\n\nKeep it calm.",
    "```python\ndef f(x):\n    return x + 1\n```\nWhat does this do?", "  Übersetze: 12 Äpfel kosten 3,50 € 🙂  ", "",
)


def parity_cases(router: RouterGraph, words: list[str]) -> dict:
    """Feeds → outputs as nested lists of float32, for replay in the browser."""
    cases = []
    for name, (b, m, h, padded, seed) in {"small": (1, 3, 2, 0, 1), "batch": (2, 4, 5, 0, 2), "padded": (1, 4, 4, 2, 3)}.items():
        feeds = example_inputs(b, m, h, seed, padded)
        # Rounding first keeps the file small and the outputs exact for the rounded feeds.
        feeds = {k: np.round(v, 4).astype(np.float32) for k, v in feeds.items()}
        outputs = run_torch(router, feeds)
        pack = lambda t: {"shape": list(t.shape), "data": [float(f"{x:.7g}") for x in t.ravel()]}
        cases.append({"name": name, "inputs": {k: pack(v) for k, v in feeds.items()}, "outputs": {k: pack(v) for k, v in outputs.items()}})
    text = [{"text": q, "features": [float(f"{x:.7g}") for x in query_features(q)], "words": [word for word, held in zip(words, word_features(q, words)) if held]} for q in QUERY_CASES]
    return {"schemaVersion": 1, "tolerance": 1e-4, "cases": cases, "queryFeatures": text}


def sha256(path: Path) -> dict:
    """{sha256, bytes} of a file."""
    content = path.read_bytes()
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def git_sha(folder: Path) -> str:
    """Commit of the working tree, or "unknown"."""
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def write_manifest(folder: Path, router: dict, seed: int, config: dict, metrics: dict, data: list[dict], voters: list[str]) -> None:
    """Writes manifest.json beside the exported files; another part's keys (the encoder's) are kept. voters: people that no evaluation may be made on."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text()) if path.exists() else {}
    files = {k: v for k, v in manifest.get("files", {}).items() if k not in ("router.onnx", "fingerprints.json", "parity.json")}
    for name in ("router.onnx", "fingerprints.json", "parity.json"):
        files[name] = sha256(folder / name)
    described = lambda shapes: [{"name": n, "shape": s, "dtype": "float32"} for n, s in shapes.items()]
    router = {
        "inputs": described(INPUTS), "outputs": described(OUTPUTS), "opset": OPSET, "axes": list(AXES), "residualDims": RESIDUAL,
        "llmFeatureNames": list(LLM_FEATURE_NAMES), "queryFeatureNames": list(QUERY_FEATURE_NAMES), **router,
    }
    manifest.update({
        "schemaVersion": 1, "gitSha": git_sha(folder), "seed": seed, "config": config, "metrics": metrics, "data": data, "voters": voters,
        "created": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"), "files": files, "router": router,
    })
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")


def write_fingerprints(path: Path, scale_mean: np.ndarray, scale_sd: np.ndarray, cost: tuple[float, float], centroids: np.ndarray,
                       tier_knots: np.ndarray, llms: dict[str, tuple[float | None, np.ndarray]]) -> None:
    """fingerprints.json: axis constants, cluster centroids, tier knots (AlpacaEval 2 win rate, % → tier 1..5) and,
    for each training LLM, its tier and features 15..172."""
    rounded = lambda values, n=4: [round(float(v), n) for v in np.ravel(values)]
    path.write_text(json.dumps({
        "schemaVersion": 1,
        "axes": {"names": list(AXES), "mean": rounded(scale_mean, 6), "sd": rounded(scale_sd, 6)},
        "cost": {"p1Usd": cost[0], "p99Usd": cost[1]},
        "centroids": [rounded(row) for row in centroids],
        "tier": {"winRatePct": rounded(tier_knots, 3), "tier": [1, 2, 3, 4, 5]},
        "firstFingerprintFeature": 15,
        "llms": {name: {"tier": None if tier is None else round(tier, 3), "fingerprint": rounded(values)} for name, (tier, values) in sorted(llms.items())},
    }, separators=(",", ":")) + "\n")


def write_parity(path: Path, router: RouterGraph, words: list[str]) -> None:
    """parity.json: replayed by the browser test against the ONNX file."""
    path.write_text(json.dumps(parity_cases(router, words), separators=(",", ":")) + "\n")
