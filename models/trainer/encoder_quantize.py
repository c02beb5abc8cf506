"""Make the fp32 encoder small: int8 for WASM, and q4 or fp16 weights for WebGPU.

Three ideas, each its own function, from ModelProto to ModelProto (the input is never changed):

- `quantise_words`: the word table, half of all weights, as int8 with one scale per row (word). A row is
  read, cast and scaled after the lookup, so no runtime ever unpacks the whole table.
- `quantise_int8`: ONNX Runtime's dynamic quantisation of the MatMuls that have a constant weight;
  activations are quantised per tensor while running. Attention's own two products stay fp32.
- `quantise_q4` / `store_fp16`: weight-only, compute stays fp32, so no `shader-f16` is needed.
  q4 is MatMulNBits (ONNX Runtime contrib op) with one scale per block of 32; fp16 is an fp16 initialiser
  and a Cast, which the runtime folds into an fp32 weight when it loads the model.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    HQQWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)

WORD_TABLE = "embeddings.word.table"
WORD_LOOKUP = "embeddings.word"
Q4_BLOCK = 32


@dataclass(frozen=True)
class Int8Recipe:
    """One way to quantise the MatMul weights to 8 bits."""

    signed: bool  # QInt8 (symmetric) or QUInt8 (with a zero point)
    per_channel: bool  # one scale per output column, or one per matrix
    reduce_range: bool  # 7 bits, which avoids saturation in x86 kernels without VNNI

    @property
    def label(self) -> str:
        return "-".join(["qint8" if self.signed else "quint8",
                         "per_channel" if self.per_channel else "per_tensor",
                         "7bit" if self.reduce_range else "8bit"])


INT8_RECIPES = [Int8Recipe(signed, per_channel, reduce_range)
                for signed in (False, True) for per_channel in (False, True) for reduce_range in (False, True)]


def copy_of(model: ModelProto) -> ModelProto:
    duplicate = ModelProto()
    duplicate.CopyFrom(model)
    return duplicate


def quantise_words(model: ModelProto) -> ModelProto:
    """The word table as int8 rows, symmetric, scale = max|row| / 127. Table [words, width] → same lookup."""
    result = copy_of(model)
    graph = result.graph
    table = _take_initializer(graph, WORD_TABLE)
    scales = np.abs(table).max(axis=1, keepdims=True) / 127.0
    scales[scales == 0] = 1.0  # an all-zero row ([PAD] may be one) stays zero
    rows = np.clip(np.rint(table / scales), -127, 127).astype(np.int8)
    graph.initializer.extend([numpy_helper.from_array(rows, f"{WORD_TABLE}.int8"),
                              numpy_helper.from_array(scales.astype(np.float32), f"{WORD_TABLE}.scale")])
    place = next(index for index, node in enumerate(graph.node) if node.name == WORD_LOOKUP)
    lookup = graph.node[place]
    replacement = [
        helper.make_node("Gather", [f"{WORD_TABLE}.int8", "input_ids"], ["words.int8"], name="words.int8", axis=0),
        helper.make_node("Gather", [f"{WORD_TABLE}.scale", "input_ids"], ["words.scale"], name="words.scale", axis=0),
        helper.make_node("Cast", ["words.int8"], ["words.float"], name="words.float", to=TensorProto.FLOAT),
        helper.make_node("Mul", ["words.float", "words.scale"], list(lookup.output), name="words.scaled"),
    ]
    _replace_nodes(graph, place, replacement)
    return result


def quantise_int8(model: ModelProto, recipe: Int8Recipe) -> ModelProto:
    """Dynamic int8 quantisation of every MatMul with a constant weight, as `recipe` says."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "int8.onnx"
        quantize_dynamic(copy_of(model), target, op_types_to_quantize=["MatMul"], per_channel=recipe.per_channel,
                         reduce_range=recipe.reduce_range,
                         weight_type=QuantType.QInt8 if recipe.signed else QuantType.QUInt8,
                         extra_options={"MatMulConstBOnly": True})
        return onnx.load(target)


Q4_ALGORITHMS = {
    "round_to_nearest-symmetric": lambda: DefaultWeightOnlyQuantConfig(block_size=Q4_BLOCK, is_symmetric=True),
    "round_to_nearest": lambda: DefaultWeightOnlyQuantConfig(block_size=Q4_BLOCK, is_symmetric=False),
    "hqq": lambda: HQQWeightOnlyQuantConfig(block_size=Q4_BLOCK, bits=4, axis=1),  # arXiv:2309.15531
}


def quantise_q4(model: ModelProto, algorithm: str) -> ModelProto:
    """Constant MatMul weights as 4 bits in blocks of 32; `algorithm` is a key of Q4_ALGORITHMS."""
    quantizer = MatMulNBitsQuantizer(copy_of(model), algo_config=Q4_ALGORITHMS[algorithm]())
    quantizer.process()
    return quantizer.model.model


def store_fp16(model: ModelProto, smallest: int = 4096) -> ModelProto:
    """fp32 initialisers of at least `smallest` values as fp16 followed by a Cast; biases and norms stay fp32.

    Raises OverflowError if a weight does not fit into fp16.
    """
    result = copy_of(model)
    graph = result.graph
    casts = []
    for tensor in graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < smallest:
            continue
        half = numpy_helper.to_array(tensor).astype(np.float16)
        if not np.isfinite(half).all():
            raise OverflowError(f"{tensor.name} does not fit into fp16")
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(half, f"{name}.fp16"))
        casts.append(helper.make_node("Cast", [f"{name}.fp16"], [name], name=f"{name}.cast", to=TensorProto.FLOAT))
    _replace_nodes(graph, None, casts)
    return result


def _take_initializer(graph: onnx.GraphProto, name: str) -> np.ndarray:
    tensor = next((each for each in graph.initializer if each.name == name), None)
    if tensor is None:
        raise KeyError(f"the model has no initialiser {name}")
    value = numpy_helper.to_array(tensor).copy()
    graph.initializer.remove(tensor)
    return value


def _replace_nodes(graph: onnx.GraphProto, place: int | None, replacement: list[onnx.NodeProto]) -> None:
    """Put `replacement` where node `place` was, or first of all when `place` is None."""
    nodes = list(graph.node)
    start, rest = (0, 0) if place is None else (place, place + 1)
    del graph.node[:]
    graph.node.extend(nodes[:start] + replacement + nodes[rest:])
