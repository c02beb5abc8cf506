"""Objective routing data (right or wrong, per query and LLM): where prompts lie that AlpacaEval lacks, and how much LLMs differ between kinds of prompts."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from pathlib import Path

import numpy as np

from .data import rows

SETS = ("mmlu_pro", "dcrouter", "routerbench_subset", "routellm")
PER_SET = 400
TRAIN_SHARE = 0.6


@dataclasses.dataclass
class ObjectiveSet:
    """One source: N queries, M LLMs of its own."""

    queries: list[str]
    scores: np.ndarray  # [N,M] 0 … 1


def share_of(text: str) -> float:
    """Where a query falls in [0, 1), by a hash of its text (twin of models/evaluate/routing-set.ts): below TRAIN_SHARE it may be trained on."""
    normal = re.sub(r"\s+", " ", text.lower()).strip()
    return int.from_bytes(hashlib.sha256(normal.encode()).digest()[:4], "big") / 2 ** 32


def load_objective(folder: Path) -> list[ObjectiveSet]:
    """At most PER_SET training queries of each source that the folder holds, those that every LLM answered."""
    found = []
    for name in SETS:
        path = folder / "routing" / f"{name}.jsonl.gz"
        if not path.exists():
            continue
        table = [row for row in rows(path) if share_of(row["query"]) < TRAIN_SHARE]
        llms = sorted({llm for row in table for llm in row["scores"]})
        complete = [row for row in table if all(llm in row["scores"] for llm in llms)]
        chosen = sorted(complete, key=lambda row: hashlib.sha256(row["id"].encode()).hexdigest())[:PER_SET]
        found.append(ObjectiveSet([row["query"] for row in chosen], np.array([[row["scores"][llm] for llm in llms] for row in chosen], float)))
    return found


def cluster_strength(tables: list[tuple[np.ndarray, np.ndarray]], clusters: int) -> float:
    """How many answers in a cluster weigh as much as the knowledge that LLMs differ little between clusters: variance of an answer ÷ variance
    of an LLM's deviation in a cluster (method of moments), over tables of values [N,M] (NaN: none) and clusters [N]."""
    inside, deviation, noise = [], [], []
    for values, cluster in tables:
        centred = values - np.nanmean(values, 1, keepdims=True)
        centred = centred[:, ~np.isnan(centred).all(0)]
        centred = centred - np.nanmean(centred, 0)
        for c in range(clusters):
            part = centred[cluster == c]
            count = (~np.isnan(part)).sum(0)
            if len(part) < 2 or count.min() < 2:
                continue
            within = np.nanvar(part, 0, ddof=1)
            # In units of the table's own spread, so that tables of different scales weigh alike.
            unit = np.nanvar(centred) * len(tables)
            inside.append(within.mean() / unit)
            deviation.append((np.nanmean(part, 0) ** 2).mean() / unit)
            noise.append((within / count).mean() / unit)
    between = max(sum(deviation) - sum(noise), 0.0)
    return float(np.clip(sum(inside) / max(between, 1e-9), 5, 500)) if inside else 500.0
