"""Stage 1: the response predictor, cross-fitted over prompts and over LLM families."""

from __future__ import annotations

import dataclasses
import logging

import numpy as np
import torch
from torch import Tensor

from .config import A, D, TASKS, TrainConfig
from .data import AxisScale, Corpus, fingerprint
from .features import CONTEXT, FINGERPRINT, PARAMS, PRICE, RELEASED, TIER
from .model import ResponsePredictor

log = logging.getLogger(__name__)
OBSERVED_WEIGHT, FITTED_WEIGHT = 1.0, 0.35


@dataclasses.dataclass
class Responses:
    """Everything stage 1 needs, on standardised axes. P prompts, M LLMs."""

    embedding: Tensor     # [P,384]
    features: Tensor      # [P,8]
    description: Tensor   # [M,384]
    metadata: Tensor      # [M,76], fingerprint part zero
    target: Tensor        # [P,M,20], NaN where missing
    weight: Tensor        # [P,M,20]
    cluster: np.ndarray   # [P]
    task: Tensor          # [P] index into TASKS
    prototype: Tensor     # [P] task + 8 where the task's answers run long
    axes: np.ndarray      # [P,M,12]
    centroids: Tensor     # [16,384]


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


def prepare(corpus: Corpus, scale: AxisScale, axes: np.ndarray, embedding: np.ndarray, description: np.ndarray, features: np.ndarray, centroids: np.ndarray) -> Responses:
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
        target, weight, cluster, torch.from_numpy(task), torch.from_numpy(prototype), axes, torch.from_numpy(centroids).float())


def fingerprints(r: Responses, prompts: np.ndarray, llms: np.ndarray, reference: np.ndarray, rng: np.random.Generator | None = None) -> np.ndarray:
    """[len(llms),61] fingerprints from `prompts`; with rng, of a random number of them per LLM.
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


def dropped(metadata: Tensor, prints: Tensor, config: TrainConfig, rng: torch.Generator) -> Tensor:
    """Feature-group dropout per LLM, and a jittered tier (the catalogue's is set by hand)."""
    f = metadata.clone()
    f[:, 15:] = prints
    count = len(f)
    coin = lambda p: torch.rand(count, generator=rng) < p
    for group in (PRICE, CONTEXT, PARAMS, RELEASED, TIER):
        f[:, list(group)] *= (~coin(config.drop_group)).float().unsqueeze(1)
    f[:, 13] += f[:, 14] * 0.25 * torch.randn(count, generator=rng)
    f[:, list(FINGERPRINT)] *= (~coin(config.drop_fingerprint)).float().unsqueeze(1)
    f[:, 28:] *= (~coin(0.15)).float().unsqueeze(1)
    return f


def response_loss(prediction: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Weighted squared error, plus that of the within-prompt differences, which decide the ranking."""
    target = torch.nan_to_num(target)
    error = prediction - target
    total = weight.sum(1, keepdim=True).clamp_min(1e-6)
    centred = error - (error * weight).sum(1, keepdim=True) / total
    return ((0.3 * error ** 2 + centred ** 2) * weight).sum() / weight.sum()


def task_loss(logits: Tensor, task: Tensor, prototype: Tensor) -> Tensor:
    """Cross-entropy of the task label (either of its two prototypes) and, lighter, of the prototype."""
    membership = torch.softmax(logits, -1)
    label = (membership[:, :8] + membership[:, 8:]).gather(1, task.unsqueeze(1))
    return 0.3 * torch.nn.functional.cross_entropy(logits, prototype) - torch.log(label + 1e-6).mean()


def train_predictor(r: Responses, prompts: np.ndarray, llms: np.ndarray, config: TrainConfig, seed: int) -> ResponsePredictor:
    """Fits on the given prompts × LLMs. Fingerprints are taken from the half of the prompts not in
    the batch's half, so that a prompt never sees its own responses in the fingerprint."""
    torch.manual_seed(seed)
    rng, generator = np.random.default_rng(seed), torch.Generator().manual_seed(seed)
    model = ResponsePredictor(config, r.centroids)
    optimiser = torch.optim.AdamW(model.parameters(), lr=config.predictor_lr, weight_decay=config.predictor_weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config.predictor_lr, config.predictor_steps, pct_start=0.1)
    halves: list[np.ndarray] = []
    prints = [torch.zeros(0)] * 2
    for step in range(config.predictor_steps):
        if step % 100 == 0:
            halves = np.array_split(rng.permutation(prompts), 2)
            prints = [torch.from_numpy(fingerprints(r, half, llms, llms, rng)) for half in halves[::-1]]
        side = step % 2
        chosen = rng.choice(halves[side], min(config.predictor_batch, len(halves[side])), replace=False)
        features = dropped(r.metadata[llms], prints[side], config, generator)
        text = r.features[chosen] * (torch.rand(len(chosen), 1, generator=generator) < 0.7)
        embedding = r.embedding[chosen] + config.embedding_noise * torch.randn(len(chosen), r.embedding.shape[1], generator=generator)
        target, weight = r.target[chosen][:, llms], r.weight[chosen][:, llms]
        loss = response_loss(model(embedding, text, r.description[llms], features), target, weight)
        loss = loss + 0.1 * task_loss(model.task_logits(embedding, text), r.task[chosen], r.prototype[chosen])
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 500 == 499:
            log.info("predictor step %d loss %.4f", step + 1, loss.item())
    return model.eval()


def predict(model: ResponsePredictor, r: Responses, prompts: np.ndarray, features: Tensor, llms: np.ndarray) -> Tensor:
    """[len(prompts), len(llms), 20] predictions."""
    with torch.no_grad():
        return model(r.embedding[prompts], r.features[prompts], r.description[llms], features)


def llm_features_of(r: Responses, prompts: np.ndarray, llms: np.ndarray, reference: np.ndarray, known: bool) -> Tensor:
    """[len(llms),76] features; the fingerprint from `prompts` when known, else blank."""
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
