"""Compare encoder files with sentence-transformers in fp32: token ids, embeddings, and neighbours."""

from __future__ import annotations

import json
import logging
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from onnx import ModelProto
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

MAX_TOKENS = 256
WEB_SCRIPT = Path(__file__).with_name("encoder_web_parity.mjs")
NEIGHBOURS = 10


@dataclass(frozen=True)
class Agreement:
    """How close embeddings come to the reference; cosines over texts."""

    meanCosine: float
    fifthPercentileCosine: float
    minCosine: float
    sharedNeighbours: float  # share of each text's 10 nearest texts that the reference also finds

    def rounded(self) -> dict[str, float]:
        return {name: round(value, 5) for name, value in asdict(self).items()}


def load_reference(model_folder: Path) -> SentenceTransformer:
    """The published fp32 model on the CPU. Raises ValueError when it does not truncate at MAX_TOKENS."""
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    model = SentenceTransformer(str(model_folder), device="cpu")
    if model.max_seq_length != MAX_TOKENS:
        raise ValueError(f"the package truncates at {model.max_seq_length} tokens, expected {MAX_TOKENS}")
    return model


def reference_token_ids(model: SentenceTransformer, texts: list[str]) -> list[list[int]]:
    return [model.tokenize([text])["input_ids"][0].tolist() for text in texts]


def reference_embeddings(model: SentenceTransformer, texts: list[str]) -> np.ndarray:
    """Unit embeddings [texts, 384], one text at a time: padding changes fp32 sums in the last digit."""
    vectors = [model.encode(text, normalize_embeddings=True, show_progress_bar=False) for text in texts]
    return np.asarray(vectors, np.float32)


def shipped_token_ids(tokenizer_path: Path, texts: list[str]) -> list[list[int]]:
    """Token ids by the Rust tokenizer with the shipped tokenizer.json, nothing set by hand."""
    tokenizer = Tokenizer.from_file(str(tokenizer_path))
    return [tokenizer.encode(text).ids for text in texts]


def feeds_of(ids: list[int]) -> dict[str, np.ndarray]:
    tokens = np.asarray([ids], np.int64)
    return {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}


def native_embeddings(model: Path | ModelProto, ids: list[list[int]]) -> np.ndarray:
    """[texts, 384] by ONNX Runtime in Python, CPU, one text at a time."""
    source = model.SerializeToString() if isinstance(model, ModelProto) else str(model)
    session = onnxruntime.InferenceSession(source, providers=["CPUExecutionProvider"])
    return np.concatenate([session.run(["sentence_embedding"], feeds_of(each))[0] for each in ids])


def agreement(reference: np.ndarray, found: np.ndarray) -> Agreement:
    """Both [texts, 384], rows of unit length; raises ValueError on other shapes or on non-finite values."""
    if reference.shape != found.shape or not np.isfinite(found).all():
        raise ValueError(f"expected finite embeddings of shape {reference.shape}, got {found.shape}")
    cosines = (reference * found).sum(axis=1)
    return Agreement(float(cosines.mean()), float(np.quantile(cosines, 0.05)), float(cosines.min()),
                     _shared_neighbours(reference, found))


def _shared_neighbours(reference: np.ndarray, found: np.ndarray) -> float:
    expected, actual = _nearest(reference), _nearest(found)
    return float(np.mean([len(set(a) & set(b)) / len(a) for a, b in zip(expected, actual)]))


def _nearest(vectors: np.ndarray) -> np.ndarray:
    similarity = vectors @ vectors.T
    np.fill_diagonal(similarity, -np.inf)
    return np.argsort(-similarity, axis=1)[:, :min(NEIGHBOURS, len(vectors) - 1)]


def run_in_web_runtime(tokenizer_folder: Path, texts: list[str], models: dict[str, Path]) -> dict:
    """What encoder_web_parity.mjs reports for `models`, measured with onnxruntime-web on WASM in Node.

    Raises RuntimeError with the script's own words when Node or its packages are missing.
    """
    job = {"tokenizer": str((tokenizer_folder / "tokenizer.json").resolve()),
           "tokenizerConfig": str((tokenizer_folder / "tokenizer_config.json").resolve()),
           "maxTokens": MAX_TOKENS, "texts": texts, "models": {k: str(v.resolve()) for k, v in models.items()}}
    with tempfile.TemporaryDirectory() as folder:
        request, reply = Path(folder) / "job.json", Path(folder) / "result.json"
        request.write_text(json.dumps(job))
        done = subprocess.run(["node", str(WEB_SCRIPT), str(request), str(reply)], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"the check in onnxruntime-web failed (has npm ci been run?):\n{done.stderr[-2000:]}")
        return json.loads(reply.read_text())
