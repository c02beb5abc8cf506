"""The whole recipe on a tiny made-up data folder: seconds, and no other data needed."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from rows import write_rows
from trainer import __main__ as command
from trainer import ablate as ablation
from trainer import data as data_module
from trainer.config import LLM_FEATURES, TASKS, TrainConfig
from trainer.data import JUDGE, TRAITS, load_corpus
from trainer.recipe import run
from trainer.votes import is_training_person

COUNTS = ("chars", "tok_est", "words", "flesch", "headers", "bullets", "numbered", "bold", "code_frac", "warmth", "exclaims", "steps", "equations", "citations",
          "hedges", "disclaimers", "examples", "ask_back", "ends_question", "table_rows", "links", "emoji", "parens", "quote_marks")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root, rng = tmp_path_factory.mktemp("data"), np.random.default_rng(0)
    prompts = [{"id": f"p{i}", "task": TASKS[i % 8], "query": f"Question number {i} about {TASKS[i % 8]}?", "tok_est": 9} for i in range(90)]
    llms = [{"id": f"m{j}", "base": f"m{j}", "family": f"f{j}", "provider": "x", "params_b": 7.0 + j, "released": "2023-06", "context_tokens": 4096, "kind": "chat",
             "price_in_usd_per_mtok": 0.1 * (j + 1), "price_out_usd_per_mtok": 0.2 * (j + 1), "description": f"Model {j}, style {j % 3}."} for j in range(10)]
    features, judged, fitted = [], [], []
    for p in prompts:
        for j, m in enumerate(llms):
            values = dict.fromkeys(COUNTS, 0) | {n: int(rng.poisson(1 + j % 4)) for n in COUNTS[4:]}
            words = int(40 + 30 * j + rng.integers(0, 60))
            features.append({"prompt_id": p["id"], "llm": m["id"], **values, "words": words, "chars": 6 * words, "tok_est": words, "flesch": 50 + rng.normal(), "code_frac": 0.01 * j})
            quality = {"prompt_id": p["id"], "llm": m["id"], "reference_llm": "r"}
            judged.append({**quality, "judge": JUDGE, "p_win": round(float(rng.random()), 3)})
            fitted.append({**quality, "p_win_fitted": 0.4, "observed": 1})
    write_rows(root / "alpacaeval/prompts.jsonl.gz", prompts)
    write_rows(root / "alpacaeval/response_features.csv.gz", features)
    write_rows(root / "alpacaeval/judgments.csv.gz", judged)
    write_rows(root / "alpacaeval/fitted_preferences.csv.gz", fitted)
    write_rows(root / "alpacaeval/leaderboard.csv.gz", [{"llm": m["id"], "benchmark": "ae2", "win_rate_pct": 5.0 * j} for j, m in enumerate(llms)])
    (root / "llms.json").write_text(json.dumps(llms))
    write_rows(root / "routing/mmlu_pro.jsonl.gz", [{"id": f"o{i}", "task": "law", "query": f"Which law number {i}?", "scores": {"x": i % 2, "y": 1 - i % 2}} for i in range(60)])
    splits = {
        "alpacaeval_prompts": {p["id"]: ("train", "train", "train", "validation", "test")[i % 5] for i, p in enumerate(prompts)},
        "llm_families": {m["family"]: "unseen" if j >= 8 else "seen" for j, m in enumerate(llms)}, "observed_pool": [m["id"] for m in llms],
        "trait_mean": dict.fromkeys(TRAITS, 0.0), "trait_sd": dict.fromkeys(TRAITS, 1.0), "cost_p1_usd": 1e-6, "cost_p99_usd": 1e-3,
    }
    (root / "splits.json").write_text(json.dumps(splits))
    users = [{"id": f"u{i}", "kind": "linear", "quality_weight": 0.5, "cost_weight": 0.3, "noise": 0.1, "trait_weights": {t: float(rng.normal()) for t in TRAITS},
              "split": ("train", "validation", "test")[i % 3]} for i in range(12)]
    (root / "simulated_users.json").write_text(json.dumps(users))
    return root


@pytest.fixture(autouse=True)
def no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def embed(texts: list[str], cache: Path) -> np.ndarray:
        vectors = np.stack([np.random.default_rng(len(t)).normal(size=384) for t in texts])
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    monkeypatch.setattr("trainer.recipe.embed_texts", embed)


TINY = TrainConfig(folds=2, rank=4, task_steps=10, expectation_sweeps=3)


def test_data_to_exported_files_and_resume(folder: Path, tmp_path: Path):
    out, runs = tmp_path / "out", tmp_path / "runs"
    out.mkdir(), runs.mkdir()
    (out / "manifest.json").write_text(json.dumps({"encoder": {"id": "kept"}, "files": {"encoder/x": {"sha256": "0", "bytes": 1}}}))
    metrics = run(folder, out, runs, TINY, test=True)
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["encoder"] == {"id": "kept"} and set(manifest["files"]) == {"encoder/x", "router.onnx", "fingerprints.json", "parity.json"}
    assert manifest["router"]["sharedTaste"] is None and manifest["voters"] == []  # no real people in the folder
    assert manifest["metrics"]["onnxMaxDifference"] <= 1e-4 and 0 <= metrics["test"]["ece"] <= 1
    prints = json.loads((out / "fingerprints.json").read_text())
    assert set(prints["llms"]) == {f"m{j}" for j in range(8)} and all(len(v["fingerprint"]) == LLM_FEATURES - 15 for v in prints["llms"].values())
    assert (runs / "seed-0" / "report.png").stat().st_size > 0
    first = (out / "router.onnx").read_bytes()
    run(folder, out, runs, TINY, test=False)
    assert (out / "router.onnx").read_bytes() == first
    torch.rand(7)  # whatever was drawn before: a training repeats to the bit, also into a folder that is not there yet
    run(folder, tmp_path / "again" / "out", tmp_path / "again" / "runs", TINY, test=False)
    assert (tmp_path / "again" / "out" / "router.onnx").read_bytes() == first
    with pytest.raises(ValueError, match="another configuration"):
        run(folder, out, runs, TrainConfig(folds=2, rank=3, task_steps=10, expectation_sweeps=3), test=False)


def test_votes_of_real_people_enter_the_exported_prior_and_the_voters_are_named(folder: Path, tmp_path: Path):
    data = tmp_path / "data"
    shutil.copytree(folder, data)
    answer = lambda keys, count: {**keys, **dict.fromkeys(COUNTS, 0), "words": 100, "bullets": count, "numbered": 0}
    voters = [f"v{i}" for i in range(40) if is_training_person(f"v{i}")]
    write_rows(data / "human/prism_subset/interactions.jsonl.gz", [{"user_id": f"v{i}", "order": 0, "query": "?", "responses": ["", ""], "prefs": [[1, 0]]} for i in range(40)])
    write_rows(data / "human/prism_subset/response_features.csv.gz", [answer({"user_id": f"v{i}", "order": 0, "response": r}, 6 * r) for i in range(40) for r in (0, 1)])
    write_rows(data / "human/mtbench/votes.csv.gz", [{"user_id": "a", "group": "author", "question_id": 1, "turn": 1, "llm_a": "x", "llm_b": "y", "winner": "tie"}])
    write_rows(data / "human/mtbench/answer_features.csv.gz", [answer({"question_id": 1, "turn": 1, "llm": "x"}, 0)])
    run(data, tmp_path / "out", tmp_path / "runs", TINY, test=False)
    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    assert manifest["router"]["sharedTaste"]["shift"][3] > 0.05  # structure
    assert manifest["voters"] == sorted(voters)


def test_people_known_by_a_judges_picks_enter_the_exported_prior(folder: Path, tmp_path: Path):
    rows = [{"user_id": f"w{u}", "prompt_id": f"p{i}", "candidates": ["m0", "m3", "m7"], "chosen": "m7"} for u in range(4) for i in range(0, 90, 5)]
    picks = tmp_path / "picks.jsonl"
    picks.write_text("".join(json.dumps(row) + "\n" for row in rows))
    prior = {}
    for name, given in (("without", []), ("with", [picks])):
        (tmp_path / name).mkdir()
        run(folder, tmp_path / name, tmp_path / "runs", TINY, test=False, picks=given)
        prior[name] = json.loads((tmp_path / name / "manifest.json").read_text())["router"]["population"]
    assert prior["with"][1] > prior["without"][1]  # m7 writes the longest answers


def test_the_ablation_table_has_a_row_a_change(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ablation, "RECIPES", {"shipped": {}, "no messages pick → LLM": {"message_passing": "no-pick-llm"}})
    table = ablation.ablate(folder, tmp_path, tmp_path / "ablations.json", TINY)
    assert set(table) == {"shipped", "no messages pick → LLM", *ablation.VARIANTS, "random duels"}
    assert "difference_20" not in table["shipped"]["seen LLMs"] and len(table["random duels"]["unseen LLMs"]["difference_20"]) == 3
    assert json.loads((tmp_path / "ablations.json").read_text())["rows"] == table


def test_a_wrong_folder_is_a_clear_error(tmp_path: Path, capsys: pytest.CaptureFixture):
    assert command.main(["train", "--data", str(tmp_path), "--runs", str(tmp_path / "runs")]) == 2
    assert "llms.json is missing" in capsys.readouterr().err


def test_missing_responses_stay_missing(folder: Path):
    corpus = load_corpus(folder)
    assert corpus.raw_axes.shape == (90, 10, 12) and not np.isnan(corpus.observed).any()
    assert corpus.seen.sum() == 8 and (corpus.metadata[:, 14] == 1).all()
    assert data_module.cost_index(np.array([0.0]), 1e-6, 1e-3)[0] == 0
