"""Build all-MiniLM-L6-v2 as a small, readable ONNX graph, straight from its weights.

The graph is written node by node rather than traced: the bytes are then the same on every run,
no shape arithmetic is left for a browser's CPU (every Reshape is static), and the encoder needs
no exporter besides `onnx`.

Architecture: BERT, Devlin et al. 2018 (arXiv:1810.04805), post-norm, 6 layers, 12 heads, width 384.
Pooling: masked mean of the token vectors, then L2 normalisation, as in sentence-transformers
(Reimers & Gurevych 2019, arXiv:1908.10084).

Inputs  (int64, [batch, tokens]): input_ids, attention_mask, token_type_ids
Outputs (float32): last_hidden_state [batch, tokens, 384]; sentence_embedding [batch, 384], unit length
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper

OPSET = 17  # the first with LayerNormalization as one node
IR_VERSION = 8
MASKED_SCORE = -10000.0  # BERT's own constant: exp() of it is exactly 0 in fp32, and it cannot overflow


@dataclass(frozen=True)
class BertShape:
    """Sizes read from the package's config.json."""

    layers: int
    heads: int
    width: int
    epsilon: float

    @classmethod
    def from_config(cls, config: dict) -> "BertShape":
        if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
            raise ValueError("expected a BERT encoder with GELU, got "
                             f"{config.get('model_type')!r} / {config.get('hidden_act')!r}")
        return cls(config["num_hidden_layers"], config["num_attention_heads"], config["hidden_size"],
                   config["layer_norm_eps"])


@dataclass
class GraphBuilder:
    """Collects nodes and initialisers; every method returns the name of the tensor it made."""

    nodes: list[NodeProto] = field(default_factory=list)
    tensors: dict[str, np.ndarray] = field(default_factory=dict)

    def constant(self, name: str, value: np.ndarray) -> str:
        self.tensors[name] = np.ascontiguousarray(value)
        return name

    def node(self, kind: str, name: str, *inputs: str, **attributes) -> str:
        output = f"{name}.out"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=name, **attributes))
        return output

    def linear(self, name: str, source: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """`source @ weight.T + bias`, the weight stored transposed as MatMul wants it."""
        product = self.node("MatMul", f"{name}.matmul", source, self.constant(f"{name}.weight", weight.T))
        return self.node("Add", f"{name}.add", product, self.constant(f"{name}.bias", bias))

    def layer_norm(self, name: str, source: str, scale: np.ndarray, bias: np.ndarray, epsilon: float) -> str:
        return self.node("LayerNormalization", name, source, self.constant(f"{name}.scale", scale),
                         self.constant(f"{name}.bias", bias), axis=-1, epsilon=epsilon)


def build_encoder(weights: dict[str, np.ndarray], config: dict) -> ModelProto:
    """fp32 model with the inputs and outputs of the module docstring.

    `weights`: the state dict of the package's model.safetensors, float32, names as in transformers'
    BertModel. Raises KeyError on a missing weight and onnx's ValidationError on an invalid graph.
    """
    shape = BertShape.from_config(config)
    graph = GraphBuilder()
    hidden = _embeddings(graph, weights, shape)
    blocked = _attention_bias(graph)
    for layer in range(shape.layers):
        prefix = f"encoder.layer.{layer}"
        hidden = _attention_block(graph, weights, shape, prefix, hidden, blocked)
        hidden = _feed_forward_block(graph, weights, shape, prefix, hidden)
    _rename_output(graph, hidden, "last_hidden_state")
    _rename_output(graph, _mean_pool_normalise(graph, "last_hidden_state"), "sentence_embedding")
    return _model(graph, shape)


def _embeddings(graph: GraphBuilder, weights: dict[str, np.ndarray], shape: BertShape) -> str:
    words = graph.node("Gather", "embeddings.word",
                       graph.constant("embeddings.word.table", weights["embeddings.word_embeddings.weight"]),
                       "input_ids", axis=0)
    types = graph.node("Gather", "embeddings.type",
                       graph.constant("embeddings.type.table", weights["embeddings.token_type_embeddings.weight"]),
                       "token_type_ids", axis=0)
    length = graph.node("Shape", "embeddings.length", "input_ids", start=1, end=2)
    positions = graph.node(
        "Slice", "embeddings.position",
        graph.constant("embeddings.position.table", weights["embeddings.position_embeddings.weight"]),
        graph.constant("zero", np.array([0], np.int64)), length, graph.constant("axis_zero", np.array([0], np.int64)))
    summed = graph.node("Add", "embeddings.add_type", words, types)
    summed = graph.node("Add", "embeddings.add_position", summed, positions)
    return graph.layer_norm("embeddings.norm", summed, weights["embeddings.LayerNorm.weight"],
                            weights["embeddings.LayerNorm.bias"], shape.epsilon)


def _attention_bias(graph: GraphBuilder) -> str:
    """[batch, 1, 1, tokens]: 0 where a token is real, MASKED_SCORE where it is padding."""
    mask = graph.node("Cast", "mask.float", "attention_mask", to=TensorProto.FLOAT)
    absent = graph.node("Sub", "mask.absent", graph.constant("one", np.array(1.0, np.float32)), mask)
    scaled = graph.node("Mul", "mask.scaled", absent,
                        graph.constant("masked_score", np.array(MASKED_SCORE, np.float32)))
    return graph.node("Unsqueeze", "mask.bias", scaled, graph.constant("mask.axes", np.array([1, 2], np.int64)))


def _attention_block(graph: GraphBuilder, weights: dict[str, np.ndarray], shape: BertShape, prefix: str,
                     hidden: str, blocked: str) -> str:
    def dense(part: str) -> tuple[np.ndarray, np.ndarray]:
        return weights[f"{prefix}.attention.{part}.weight"], weights[f"{prefix}.attention.{part}.bias"]

    def heads(part: str, order: list[int]) -> str:
        flat = graph.linear(f"{prefix}.{part}", hidden, *dense(f"self.{part}"))
        split = graph.node("Reshape", f"{prefix}.{part}.split", flat, "heads_shape")
        return graph.node("Transpose", f"{prefix}.{part}.heads", split, perm=order)

    head_width = shape.width // shape.heads
    graph.constant("heads_shape", np.array([0, 0, shape.heads, head_width], np.int64))
    graph.constant("flat_shape", np.array([0, 0, shape.width], np.int64))
    graph.constant("head_scale", np.array(np.sqrt(head_width), np.float32))
    query, key, value = heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1]), heads("value", [0, 2, 1, 3])
    scores = graph.node("MatMul", f"{prefix}.scores", query, key)
    scores = graph.node("Div", f"{prefix}.scores.scaled", scores, "head_scale")
    scores = graph.node("Add", f"{prefix}.scores.masked", scores, blocked)
    shares = graph.node("Softmax", f"{prefix}.attention", scores, axis=-1)
    mixed = graph.node("MatMul", f"{prefix}.context", shares, value)
    merged = graph.node("Transpose", f"{prefix}.context.merged", mixed, perm=[0, 2, 1, 3])
    merged = graph.node("Reshape", f"{prefix}.context.flat", merged, "flat_shape")
    projected = graph.linear(f"{prefix}.projection", merged, *dense("output.dense"))
    residual = graph.node("Add", f"{prefix}.attention.residual", projected, hidden)
    return graph.layer_norm(f"{prefix}.attention.norm", residual, *dense("output.LayerNorm"), shape.epsilon)


def _feed_forward_block(graph: GraphBuilder, weights: dict[str, np.ndarray], shape: BertShape, prefix: str,
                        hidden: str) -> str:
    def dense(part: str) -> tuple[np.ndarray, np.ndarray]:
        return weights[f"{prefix}.{part}.weight"], weights[f"{prefix}.{part}.bias"]

    widened = graph.linear(f"{prefix}.widen", hidden, *dense("intermediate.dense"))
    active = _gelu(graph, f"{prefix}.gelu", widened)
    narrowed = graph.linear(f"{prefix}.narrow", active, *dense("output.dense"))
    residual = graph.node("Add", f"{prefix}.output.residual", narrowed, hidden)
    return graph.layer_norm(f"{prefix}.output.norm", residual, *dense("output.LayerNorm"), shape.epsilon)


def _gelu(graph: GraphBuilder, name: str, source: str) -> str:
    """Exact GELU, x * (1 + erf(x / sqrt 2)) / 2, in the form ONNX Runtime fuses into one kernel."""
    scaled = graph.node("Div", f"{name}.scaled", source,
                        graph.constant("sqrt_two", np.array(np.sqrt(2.0), np.float32)))
    error = graph.node("Erf", f"{name}.erf", scaled)
    shifted = graph.node("Add", f"{name}.shifted", error, graph.constant("one", np.array(1.0, np.float32)))
    doubled = graph.node("Mul", f"{name}.doubled", source, shifted)
    return graph.node("Mul", name, doubled, graph.constant("half", np.array(0.5, np.float32)))


def _mean_pool_normalise(graph: GraphBuilder, hidden: str) -> str:
    mask = graph.node("Unsqueeze", "pool.mask", "mask.float.out",
                      graph.constant("pool.mask_axis", np.array([2], np.int64)))
    kept = graph.node("Mul", "pool.kept", hidden, mask)
    tokens_axis = graph.constant("pool.axis", np.array([1], np.int64))
    summed = graph.node("ReduceSum", "pool.sum", kept, tokens_axis, keepdims=0)
    count = graph.node("ReduceSum", "pool.count", mask, tokens_axis, keepdims=0)
    mean = graph.node("Div", "pool.mean", summed, count)
    # No epsilon: every text has [CLS] and [SEP], and the mean of layer-normalised vectors stays far from zero.
    squares = graph.node("Mul", "pool.squares", mean, mean)
    total = graph.node("ReduceSum", "pool.squares.sum", squares, tokens_axis, keepdims=1)
    length = graph.node("Sqrt", "pool.length", total)
    return graph.node("Div", "pool.unit", mean, length)


def _rename_output(graph: GraphBuilder, tensor: str, name: str) -> None:
    for node in graph.nodes:
        node.output[:] = [name if output == tensor else output for output in node.output]


def _model(graph: GraphBuilder, shape: BertShape) -> ModelProto:
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
              for name in ("input_ids", "attention_mask", "token_type_ids")]
    outputs = [
        helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "tokens", shape.width]),
        helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", shape.width]),
    ]
    initializers = [numpy_helper.from_array(value, name) for name, value in graph.tensors.items()]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, initializers),
        opset_imports=[helper.make_opsetid("", OPSET)], producer_name="tacit-encoder-export")
    model.ir_version = IR_VERSION
    checker.check_model(model, full_check=True)
    return model
