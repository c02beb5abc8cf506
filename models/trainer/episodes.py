"""Cross-fitted predictions: what the product would have predicted for prompts and LLMs it has not seen."""

from __future__ import annotations

import dataclasses

import numpy as np
import torch
from torch import Tensor

from .config import A, D, TrainConfig
from .data import Corpus
from .model import ResponsePredictor
from .predictor import Responses, family_folds, fit_predictor, llm_features_of, predict


@dataclasses.dataclass
class Predictions:
    """Per prompt and LLM, as a test would see them. known: with fingerprint; blind: description and card only."""

    known: Tensor     # [P,M,20]
    blind: Tensor     # [P,M,20]
    task_q: Tensor    # [P,16] membership from embedding and text features
    task_h: Tensor    # [P,16] from the embedding alone, as for picks
    measured: Tensor  # [P,M,20] axes of the real responses; NaN → 0 (quality, residual: see evidence())

    def evidence(self, prompts: Tensor, llms: Tensor, known: Tensor) -> Tensor:
        """f [...,20] of shown responses: measured axes, predicted quality and residual."""
        predicted = torch.where(known.unsqueeze(-1), self.known[prompts, llms], self.blind[prompts, llms])
        measured = self.measured[prompts, llms]
        return torch.cat([predicted[..., :1], measured[..., 1:A], predicted[..., A:]], -1)


def memberships(model: ResponsePredictor, r: Responses, prompts: np.ndarray) -> tuple[Tensor, Tensor]:
    """Task membership with and without text features, [n,16] each."""
    with torch.no_grad():
        e, f = r.embedding[prompts], r.features[prompts]
        return torch.softmax(model.task_logits(e, f), -1), torch.softmax(model.task_logits(e, 0 * f), -1)


def cross_fit(corpus: Corpus, r: Responses, config: TrainConfig, final: ResponsePredictor) -> Predictions:
    """Training prompts get predictions from models that never saw the prompt (known) or the LLM's
    family (blind); the other prompts and the unseen families get those of the final model."""
    count = len(corpus.queries), len(corpus.llms)
    train, seen = corpus.prompts_of("train"), np.flatnonzero(corpus.seen)
    everyone, rest = np.arange(count[1]), np.setdiff1d(np.arange(count[0]), train)
    family = lambda llms: [corpus.llms[m]["family"] for m in llms]
    known, blind = torch.zeros(*count, D), torch.zeros(*count, D)
    task_q, task_h = memberships(final, r, np.arange(count[0]))
    # An LLM of an unseen family has no fingerprint anywhere in training or test.
    features = llm_features_of(r, train, everyone, seen, True)
    features[~torch.from_numpy(corpus.seen)] = r.metadata[~torch.from_numpy(corpus.seen)]
    known[rest] = predict(final, r, rest, features, everyone)
    blind[:] = predict(final, r, np.arange(count[0]), r.metadata, everyone)
    order = np.random.default_rng(config.seed).permutation(train)
    for held in np.array_split(order, config.folds):
        fit = np.setdiff1d(train, held)
        model = fit_predictor(r, fit, seen, config, family(seen))
        known[np.ix_(held, seen)] = predict(model, r, held, llm_features_of(r, fit, seen, seen, True), seen)
        task_q[held], task_h[held] = memberships(model, r, held)
    fold = family_folds(family(seen), config.folds, config.seed)
    for k in range(config.folds):
        inside, held = seen[fold != k], seen[fold == k]
        if len(inside) == 0 or len(held) == 0:
            continue
        model = fit_predictor(r, train, inside, config, family(inside))
        blind[np.ix_(np.arange(count[0]), held)] = predict(model, r, np.arange(count[0]), r.metadata[held], held)
    return Predictions(known, blind, task_q, task_h, torch.nan_to_num(r.target))
