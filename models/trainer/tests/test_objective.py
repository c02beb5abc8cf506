"""Objective routing data: which queries may be trained on, and what they say of clusters."""

import gzip
import hashlib
import json
from pathlib import Path

import numpy as np

from trainer.objective import PER_SET, cluster_strength, load_objective, share_of


def test_only_training_queries_that_every_llm_answered(tmp_path: Path):
    rows = [{"id": f"q{i}", "task": "t", "query": f"Is {i} even?", "scores": {"a": i % 2, "b": 1}} for i in range(900)]
    rows[5]["scores"].pop("b")
    (tmp_path / "routing").mkdir()
    with gzip.open(tmp_path / "routing/mmlu_pro.jsonl.gz", "wt") as handle:
        handle.writelines(json.dumps(row) + "\n" for row in rows)
    [source] = load_objective(tmp_path)
    assert len(source.queries) == PER_SET and source.scores.shape == (PER_SET, 2)
    assert all(share_of(query) < 0.6 for query in source.queries)
    assert rows[5]["query"] not in source.queries
    assert load_objective(tmp_path / "routing") == []


def test_the_part_of_a_query_is_that_of_the_benchmark():
    # models/evaluate/routing-set.ts: first four bytes of the SHA-256 of the text, lower case, runs of space as one.
    digest = hashlib.sha256(b"what is 2 + 2?").digest()
    assert share_of("  What is\n2 + 2? ") == int.from_bytes(digest[:4], "big") / 2 ** 32


def test_llms_that_differ_between_clusters_are_believed_sooner():
    rng = np.random.default_rng(0)
    cluster = rng.integers(0, 4, 400)
    own = rng.normal(size=(4, 6))
    own = own - own.mean(0) - own.mean(1, keepdims=True)
    strong = own[cluster] + rng.normal(size=(400, 6))
    weak = 0.2 * own[cluster] + rng.normal(size=(400, 6))
    nothing = rng.normal(size=(400, 6))
    strength = [cluster_strength([(values, cluster)], 4) for values in (strong, weak, nothing)]
    # variance of an answer 1 (5/6 of it after the prompt's mean is taken away), of a deviation about 0.8
    assert strength[0] == 5 and 15 < strength[1] < 60 and strength[2] > 100
