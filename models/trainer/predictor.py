"""Stage 1: the response predictor in closed form, cross-fitted over prompts and over LLM families.

What every LLM's answer to a prompt shares, and a low-rank interaction of prompts and LLMs, are kernel ridge regressions over the training
prompts (reduced-rank ridge, Mukherjee & Zhu 2011); an LLM's style is its measured mean, or, unmeasured, a kernel ridge regression over the
training LLMs' cards, each axis shrunk by how well it predicts families left out.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import torch
from torch import Tensor

from .config import A, CLUSTERS, D, QUERY_SCALARS, TASKS, TrainConfig
from .data import AxisScale, Corpus, fingerprint
from .model import METADATA, ResponsePredictor, squared_distance
from .objective import cluster_strength

OBSERVED_WEIGHT, FITTED_WEIGHT = 1.0, 0.35


@dataclasses.dataclass
class Responses:
    """Everything stage 1 needs, on standardised axes. P prompts, M LLMs."""

    embedding: Tensor     # [P,384]
    features: Tensor      # [P,392]
    description: Tensor   # [M,384]
    metadata: Tensor      # [M,173], fingerprint part zero
    target: Tensor        # [P,M,20], NaN where missing
    weight: Tensor        # [P,M,20]
    cluster: np.ndarray   # [P]
    task: Tensor          # [P] index into TASKS
    prototype: Tensor     # [P] task + 8 where the task's answers run long
    axes: np.ndarray      # [P,M,12]
    centroids: Tensor     # [48,384]
    objective: list[tuple[np.ndarray, np.ndarray]]  # per source: scores [N,M'] of LLMs of its own, clusters [N]


def residual_targets(corpus: Corpus, fit_prompts: np.ndarray) -> np.ndarray:
    """[P,M,8] principal components of the style features that the axes do not explain."""
    style, axes = corpus.style, corpus.raw_axes
    fit_s = style[fit_prompts][:, corpus.seen].reshape(-1, style.shape[-1])
    keep = ~np.isnan(fit_s).any(1)
    mean, sd = fit_s[keep].mean(0), fit_s[keep].std(0) + 1e-6
    flat = np.nan_to_num((style.reshape(-1, style.shape[-1]) - mean) / sd)
    known = axes[..., [1, 3, 4, 5, 6, 7, 8, 9, 10]].reshape(-1, 9)
    k_mean, k_sd = np.nanmean(known, 0), np.nanstd(known, 0) + 1e-6
    known = np.concatenate([np.nan_to_num((known - k_mean) / k_sd), np.ones((len(known), 1))], 1)
    fit_rows = np.zeros(style.shape[:2], bool)
    fit_rows[np.ix_(fit_prompts, np.flatnonzero(corpus.seen))] = True
    fit_rows = fit_rows.ravel()
    beta = np.linalg.lstsq(known[fit_rows], flat[fit_rows], rcond=None)[0]
    left = flat - known @ beta
    _, _, basis = np.linalg.svd(left[fit_rows] - left[fit_rows].mean(0), full_matrices=False)
    score = left @ basis[: D - A].T
    score = (score - score[fit_rows].mean(0)) / score[fit_rows].std(0)
    score[np.isnan(style.reshape(-1, style.shape[-1])).any(1)] = np.nan
    return score.reshape(*style.shape[:2], D - A).astype(np.float32)


def prepare(corpus: Corpus, scale: AxisScale, axes: np.ndarray, embedding: np.ndarray, description: np.ndarray, features: np.ndarray, centroids: np.ndarray,
            objective: list[tuple[np.ndarray, np.ndarray]]) -> Responses:
    """Targets and weights from a corpus; constants come from the training part only."""
    residual = residual_targets(corpus, corpus.prompts_of("train"))
    target = torch.from_numpy(np.concatenate([axes, residual], -1))
    weight = torch.ones_like(target)
    weight[..., 0] = torch.from_numpy(np.where(np.isnan(corpus.observed), FITTED_WEIGHT, OBSERVED_WEIGHT)).float()
    weight[..., A:] = 0.3
    weight[target.isnan()] = 0
    cluster = (embedding @ centroids.T).argmax(1)
    task = np.array([TASKS.index(t) for t in corpus.tasks])
    prompt_length = np.nanmean(axes[:, corpus.seen, 1], 1)
    train = corpus.prompts_of("train")
    middle = [np.median(prompt_length[train][task[train] == t]) if (task[train] == t).any() else 0.0 for t in range(len(TASKS))]
    prototype = task + len(TASKS) * (prompt_length > np.array(middle)[task])
    return Responses(
        torch.from_numpy(embedding), torch.from_numpy(features), torch.from_numpy(description), torch.from_numpy(corpus.metadata),
        target, weight, cluster, torch.from_numpy(task), torch.from_numpy(prototype), axes, torch.from_numpy(centroids).float(), objective)


def fingerprints(r: Responses, prompts: np.ndarray, llms: np.ndarray, reference: np.ndarray, rng: np.random.Generator | None = None) -> np.ndarray:
    """[len(llms),158] fingerprints from `prompts`; with rng, of a random number of them per LLM.
    `reference`: LLMs whose mean per prompt is the prompt's difficulty and length."""
    quality = np.nanmean(r.axes[prompts][:, reference, 0], 1)
    length = np.nanmean(r.axes[prompts][:, reference, 1], 1)
    out = []
    for m in llms:
        take = np.arange(len(prompts))
        if rng is not None and rng.random() < 0.5:
            take = rng.choice(take, rng.choice([3, 8, 20, 60, 150]), replace=True)
        out.append(fingerprint(r.axes[prompts[take], m], r.cluster[prompts[take]], quality[take], length[take]))
    return np.stack(out)


# How much an axis counts in finding the interaction's directions: quality is mostly the judge's noise, the residual dimensions matter least.
IMPORTANCE = torch.tensor([0.5] + [1.0] * (A - 2) + [0.5] + [0.2] * (D - A), dtype=torch.float64)


def task_loss(logits: Tensor, task: Tensor, prototype: Tensor) -> Tensor:
    """Cross-entropy of the task label (either of its two prototypes) and, lighter, of the prototype."""
    membership = torch.softmax(logits, -1)
    label = (membership[:, :8] + membership[:, 8:]).gather(1, task.unsqueeze(1))
    return 0.3 * torch.nn.functional.cross_entropy(logits, prototype) - torch.log(label + 1e-6).mean()


def fit_tasks(model: ResponsePredictor, r: Responses, prompts: np.ndarray, config: TrainConfig) -> None:
    """Trains the task head, a linear classifier; half of the time without text features, which picks lack."""
    parameters = [*model.task_embedding.parameters(), *model.task_features.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=0.02, weight_decay=0.02)
    embedding, task, prototype = r.embedding[prompts], r.task[prompts], r.prototype[prompts]
    for _ in range(config.task_steps):
        text = r.features[prompts] * (torch.rand(len(prompts), 1) < 0.5)
        noisy = embedding + 0.03 * torch.randn_like(embedding)
        loss = task_loss(model.task_logits(noisy, text), task, prototype)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()


def ridge(kernel: Tensor, target: Tensor, penalty: Tensor | float) -> Tensor:
    """(K + λI)⁻¹ Y for float64 K [n,n], Y [n,d]; λ a number or one per column [d]."""
    value, vector = torch.linalg.eigh(kernel)
    return vector @ ((vector.T @ target) / (value.unsqueeze(1) + penalty))


def fit_queries(model: ResponsePredictor, r: Responses, prompts: np.ndarray, llms: np.ndarray, config: TrainConfig) -> Tensor:
    """Query side: the memory, the shared part and the factors → loadings of the training LLMs [T,R,20]."""
    text = r.features[prompts][:, :QUERY_SCALARS]
    model.memory.copy_(r.embedding[prompts])
    model.text_mean.copy_(text.mean(0))
    model.text_scale.copy_(text.std(0) + 1e-6)
    model.memory_text.copy_((text - model.text_mean) / model.text_scale)
    present = r.features[prompts][:, QUERY_SCALARS:]
    model.word_weight.copy_(torch.log((1 + len(prompts)) / (1 + present.sum(0))) + 1)  # inverse document frequency, smoothed
    words = model.word_vector(r.features[prompts])
    kernel = (model.query_kernel(model.memory, model.memory_text) + config.query_words * words @ words.T).double()
    target = r.target[prompts][:, llms].double()
    common = torch.nanmean(target, 1)
    model.common_mean.copy_(common.mean(0))
    model.common_weight.copy_(ridge(kernel, common - common.mean(0), config.common_ridge))
    interaction = target - common.unsqueeze(1)
    interaction = torch.nan_to_num(interaction - torch.nanmean(interaction, 0)) * IMPORTANCE
    flat = interaction.reshape(len(prompts), -1)
    smooth = kernel @ ridge(kernel, flat, config.smooth_ridge)
    strength, left = torch.linalg.eigh(smooth @ smooth.T)
    strength, left = strength.flip(0)[:config.rank].clamp_min(1e-9), left.flip(1)[:, :config.rank]
    direction = (smooth.T @ left) / strength.sqrt()                            # [T·20, R]
    penalty = torch.full((config.rank,), config.factor_ridge, dtype=torch.float64)
    penalty[config.rank // 2:] = config.factor_ridge_tail
    model.factor_weight.copy_(ridge(kernel, flat @ direction, penalty))
    if config.message_passing == "no-query-memory":
        model.factor_weight.zero_()
        model.common_weight.zero_()
    model.word_factor.copy_(config.query_words * words.T @ model.factor_weight)
    model.word_common.copy_(config.query_words * words.T @ model.common_weight)
    return (direction.T.reshape(config.rank, len(llms), D) / IMPORTANCE).transpose(0, 1)


def style_means(r: Responses, prompts: np.ndarray, llms: np.ndarray, model: ResponsePredictor) -> Tensor:
    """[len(llms),20] mean answers relative to the average training LLM's, 0 where never observed."""
    return torch.nan_to_num(torch.nanmean(r.target[prompts][:, llms], 0) - model.common_mean)


def fit_cards(model: ResponsePredictor, r: Responses, style: Tensor, llms: np.ndarray, config: TrainConfig, families: list[str]) -> None:
    """LLM side for LLMs never measured: style from the card, each axis shrunk to what holds for families left out."""
    card = r.metadata[llms][:, :METADATA]
    model.card_scale.copy_(card.std(0).clamp_min(0.3))
    model.card.copy_(card / model.card_scale)
    model.card_text.copy_(r.description[llms])
    kernel = model.card_kernel(model.card, model.card_text).double()
    if config.message_passing == "no-llm-memory":
        kernel = kernel * 0
    y = style.double()
    fold = family_folds(families, config.folds, config.seed)
    held_out = torch.zeros_like(y)
    for k in range(config.folds):
        inside, out = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        if len(inside) and len(out):
            held_out[out] = kernel[np.ix_(out, inside)] @ ridge(kernel[np.ix_(inside, inside)], y[inside] - y[inside].mean(0), config.llm_ridge)
    target, guess = y - y.mean(0), held_out - held_out.mean(0)
    shrink = ((target * guess).sum(0) / (guess * guess).sum(0).clamp_min(1e-9)).clamp(0, 1)
    model.card_mean.copy_(y.mean(0))
    model.card_weight.copy_(ridge(kernel, y - y.mean(0), config.llm_ridge) * shrink)
    model.belief.fit((target - shrink * guess)[:, :A], within_covariance(r, llms), config.belief_shrinkage)


def within_covariance(r: Responses, llms: np.ndarray) -> Tensor:
    """[12,12] covariance of one LLM's answers around its own mean and the prompt's."""
    target = r.target[:, llms, :A].double()
    centred = target - torch.nanmean(target, 1, keepdim=True)
    centred = torch.nan_to_num(centred - torch.nanmean(centred, 0, keepdim=True)).reshape(-1, A)
    return centred.T @ centred / len(centred)


def fit_styles(model: ResponsePredictor, r: Responses, style: Tensor, loading: Tensor, llms: np.ndarray, config: TrainConfig) -> None:
    """LLM side for LLMs with a fingerprint: how its answers follow the prompt, from training LLMs alike in card and style."""
    likeness = torch.cat([r.metadata[llms][:, :METADATA], style[:, :A]], -1)
    model.style_scale.copy_(likeness.std(0).clamp_min(0.3))
    model.style.copy_(likeness / model.style_scale)
    kernel = torch.exp(-squared_distance(model.style, model.style) / (2 * config.style_width)).double()
    model.style_weight.copy_(ridge(kernel, loading.reshape(len(llms), -1), config.style_ridge))


def fit_clusters(model: ResponsePredictor, r: Responses, prompts: np.ndarray, llms: np.ndarray, config: TrainConfig) -> None:
    """Clusters of prompts: how far to believe that an LLM is better, or longer, on one kind of prompt than its mean and the interaction say."""
    model.centroid.copy_(r.centroids)
    _, factor, _ = model.query_nodes(r.centroids, None)
    model.centroid_factor.copy_(factor[:, :config.rank])
    answers = [(r.axes[prompts][:, llms, axis], r.cluster[prompts]) for axis in (0, 1)]
    model.cluster_strength.copy_(torch.tensor([cluster_strength([answers[0], *r.objective], CLUSTERS), cluster_strength(answers[1:], CLUSTERS)]))
    if config.message_passing == "no-cluster":
        model.cluster_strength.fill_(1e9)


def fit_predictor(r: Responses, prompts: np.ndarray, llms: np.ndarray, config: TrainConfig, families: list[str]) -> ResponsePredictor:
    """Fits on the given prompts × LLMs; families: the LLMs' families, aligned with llms."""
    torch.manual_seed(config.seed)  # before the task head's first weights are drawn
    model = ResponsePredictor(config, len(prompts), len(llms))
    with torch.no_grad():
        loading = fit_queries(model, r, prompts, llms, config)
        style = style_means(r, prompts, llms, model)
        fit_cards(model, r, style, llms, config, families)
        fit_styles(model, r, style, loading, llms, config)
        fit_clusters(model, r, prompts, llms, config)
    fit_tasks(model, r, prompts, config)
    return model.eval()


def predict(model: ResponsePredictor, r: Responses, prompts: np.ndarray, features: Tensor, llms: np.ndarray) -> Tensor:
    """[len(prompts), len(llms), 20] predictions; features [len(llms),173]."""
    with torch.no_grad():
        return model(r.embedding[prompts], r.features[prompts], r.description[llms], features)


def llm_features_of(r: Responses, prompts: np.ndarray, llms: np.ndarray, reference: np.ndarray, known: bool) -> Tensor:
    """[len(llms),173] features; the fingerprint from `prompts` when known, else blank."""
    f = r.metadata[llms].clone()
    if known:
        f[:, 15:] = torch.from_numpy(fingerprints(r, prompts, llms, reference))
    return f


def family_folds(families: list[str], count: int, seed: int) -> np.ndarray:
    """Fold of each LLM; a family stays together."""
    names = sorted(set(families))
    order = np.random.default_rng(seed).permutation(len(names))
    fold = {names[i]: k % count for k, i in enumerate(order)}
    return np.array([fold[f] for f in families])
