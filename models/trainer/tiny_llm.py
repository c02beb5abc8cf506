"""python -m trainer.tiny_llm: a chat model small enough to be committed, for testing the code that runs real ones in the browser.

Run from models/. A Llama of 0.1 million parameters and a byte-level BPE tokenizer of its own learn a dozen questions and answers by heart
(the short ones of e2e/fixtures/answers), and are exported in the folder layout that transformers.js loads. It answers those questions word
for word and nothing else sensibly. Seeded; about two minutes on one core; expected: every answer recalled, loss 0.04 (which of the questions comes cannot be known).
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import Tensor, nn
from torch.nn import functional as F

ROOT = Path(__file__).resolve().parents[2]
START, END, PAD = "<|im_start|>", "<|im_end|>", "<|endoftext|>"
CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
COUNTING = ("Count to thirty.", "one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, "
            "eighteen, nineteen, twenty, twenty-one, twenty-two, twenty-three, twenty-four, twenty-five, twenty-six, twenty-seven, twenty-eight, twenty-nine, thirty.")


@dataclass(frozen=True)
class TinyConfig:
    """Shape and training of the model."""

    vocab: int = 512
    hidden: int = 64
    layers: int = 2
    heads: int = 4
    kv_heads: int = 2
    intermediate: int = 160
    positions: int = 1024
    rope_theta: float = 10_000.0
    steps: int = 900
    learning_rate: float = 4e-3
    seed: int = 7

    @property
    def head_dim(self) -> int:
        return self.hidden // self.heads


class RmsNorm(nn.Module):
    """Zhang & Sennrich 2019."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * self.weight


def rotate(x: Tensor, positions: Tensor, theta: float) -> Tensor:
    """Rotary position embedding (Su et al. 2021), halves as in Llama. x: [batch, heads, tokens, head_dim]."""
    half = x.shape[-1] // 2
    frequencies = theta ** (-torch.arange(half, dtype=torch.float32) / half)
    angles = positions[:, None, :, None].to(torch.float32) * frequencies
    first, second = x[..., :half], x[..., half:]
    return torch.cat([first * angles.cos() - second * angles.sin(), second * angles.cos() + first * angles.sin()], -1)


class Layer(nn.Module):
    """Attention over a cache, then a gated MLP (Touvron et al. 2023)."""

    def __init__(self, c: TinyConfig) -> None:
        super().__init__()
        self.c = c
        self.attention_norm, self.mlp_norm = RmsNorm(c.hidden), RmsNorm(c.hidden)
        self.q = nn.Linear(c.hidden, c.heads * c.head_dim, bias=False)
        self.k = nn.Linear(c.hidden, c.kv_heads * c.head_dim, bias=False)
        self.v = nn.Linear(c.hidden, c.kv_heads * c.head_dim, bias=False)
        self.o = nn.Linear(c.heads * c.head_dim, c.hidden, bias=False)
        self.gate = nn.Linear(c.hidden, c.intermediate, bias=False)
        self.up = nn.Linear(c.hidden, c.intermediate, bias=False)
        self.down = nn.Linear(c.intermediate, c.hidden, bias=False)

    def forward(self, x: Tensor, bias: Tensor, positions: Tensor, past_key: Tensor, past_value: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        c = self.c
        batch, tokens, _ = x.shape
        normed = self.attention_norm(x)
        split = lambda y, heads: y.view(batch, tokens, heads, c.head_dim).transpose(1, 2)  # noqa: E731
        q = rotate(split(self.q(normed), c.heads), positions, c.rope_theta)
        k = torch.cat([past_key, rotate(split(self.k(normed), c.kv_heads), positions, c.rope_theta)], 2)
        v = torch.cat([past_value, split(self.v(normed), c.kv_heads)], 2)
        groups = c.heads // c.kv_heads
        keys, values = k.repeat_interleave(groups, 1), v.repeat_interleave(groups, 1)
        weights = torch.softmax(q @ keys.transpose(2, 3) / c.head_dim**0.5 + bias, -1)
        x = x + self.o((weights @ values).transpose(1, 2).reshape(batch, tokens, c.heads * c.head_dim))
        normed = self.mlp_norm(x)
        return x + self.down(F.silu(self.gate(normed)) * self.up(normed)), k, v


class TinyLlama(nn.Module):
    """Decoder with tied embeddings; inputs and outputs are named as Optimum names them."""

    def __init__(self, c: TinyConfig) -> None:
        super().__init__()
        self.c = c
        self.embedding = nn.Embedding(c.vocab, c.hidden)
        nn.init.normal_(self.embedding.weight, std=0.05)
        self.layers = nn.ModuleList(Layer(c) for _ in range(c.layers))
        self.norm = RmsNorm(c.hidden)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, position_ids: Tensor, *past: Tensor) -> tuple[Tensor, ...]:
        x = self.embedding(input_ids)
        tokens, total = input_ids.shape[1], attention_mask.shape[1]
        steps = torch.arange(total)
        future = steps[None, :] > (steps[total - tokens :])[:, None]
        hidden = future[None, None] | (attention_mask == 0)[:, None, None, :]
        bias = hidden.to(torch.float32) * -1e9
        present: list[Tensor] = []
        for index, layer in enumerate(self.layers):
            x, key, value = layer(x, bias, position_ids, past[2 * index], past[2 * index + 1])
            present += [key, value]
        return (self.norm(x) @ self.embedding.weight.T, *present)

    def empty_past(self, batch: int) -> list[Tensor]:
        return [torch.zeros(batch, self.c.kv_heads, 0, self.c.head_dim) for _ in range(2 * self.c.layers)]


def dialogues() -> list[tuple[str, str]]:
    """Questions and short answers written for this project."""
    files = sorted((ROOT / "e2e/fixtures/answers").glob("*.json"))
    pairs = [(entry["prompt"], entry["answers"]["terse-mini"]) for entry in (json.loads(file.read_text()) for file in files)]
    return [*[(prompt, answer) for prompt, answer in pairs if len(prompt) + len(answer) < 700], COUNTING]


def as_chat(prompt: str, answer: str | None = None) -> str:
    opening = f"{START}user\n{prompt}{END}\n{START}assistant\n"
    return opening if answer is None else f"{opening}{answer}{END}\n"


def make_tokenizer(texts: list[str], c: TinyConfig) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=c.vocab, special_tokens=[PAD, START, END], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def train(model: TinyLlama, rows: list[list[int]], c: TinyConfig) -> float:
    """Learns the rows by heart; returns the last loss."""
    longest = max(map(len, rows))
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    positions = torch.arange(longest - 1).expand(len(rows), -1)
    optimizer = torch.optim.AdamW(model.parameters(), lr=c.learning_rate, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, c.learning_rate, total_steps=c.steps)
    loss = torch.tensor(0.0)
    for step in range(c.steps):
        logits = model(ids[:, :-1], mask[:, :-1], positions, *model.empty_past(len(rows)))[0]
        targets = torch.where(mask[:, 1:] == 1, ids[:, 1:], -100)
        loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-100)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            print(f"step {step:4d}  loss {loss.item():.4f}", flush=True)
    return loss.item()


def export_onnx(model: TinyLlama, path: Path) -> None:
    c = model.c
    cache = [f"{index}.{part}" for index in range(c.layers) for part in ("key", "value")]
    past = [torch.randn(1, c.kv_heads, 3, c.head_dim) for _ in cache]
    feeds = (torch.ones(1, 2, dtype=torch.long), torch.ones(1, 5, dtype=torch.long), torch.tensor([[3, 4]]), *past)
    inputs = ["input_ids", "attention_mask", "position_ids", *[f"past_key_values.{name}" for name in cache]]
    axes = {
        "input_ids": {0: "batch", 1: "tokens"}, "attention_mask": {0: "batch", 1: "total"}, "position_ids": {0: "batch", 1: "tokens"}, "logits": {0: "batch", 1: "tokens"},
        **{f"past_key_values.{name}": {0: "batch", 2: "past"} for name in cache},
        **{f"present.{name}": {0: "batch", 2: "total"} for name in cache},
    }
    torch.onnx.export(model, feeds, str(path), input_names=inputs, output_names=["logits", *[f"present.{name}" for name in cache]],
                      dynamic_axes=axes, opset_version=17, dynamo=False)


def recall(path: Path, tokenizer: Tokenizer, prompt: str, c: TinyConfig, limit: int = 400) -> str:
    """Greedy decoding with the exported graph and its cache, one token at a time."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    ids = tokenizer.encode(as_chat(prompt)).ids
    past = {i.name: np.zeros((1, c.kv_heads, 0, c.head_dim), np.float32) for i in session.get_inputs() if i.name.startswith("past")}
    feed, seen, answer, end = ids, 0, [], tokenizer.token_to_id(END)
    while len(answer) < limit:
        total = seen + len(feed)
        out = session.run(None, {"input_ids": np.array([feed]), "attention_mask": np.ones((1, total), np.int64), "position_ids": np.arange(seen, total)[None], **past})
        past, seen = dict(zip(past, out[1:])), total
        token = int(out[0][0, -1].argmax())
        if token == end:
            break
        answer.append(token)
        feed = [token]
    return tokenizer.decode(answer)


def write_configs(folder: Path, tokenizer: Tokenizer, c: TinyConfig) -> None:
    special = {name: tokenizer.token_to_id(name) for name in (PAD, START, END)}
    config = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": c.vocab, "hidden_size": c.hidden, "num_hidden_layers": c.layers,
        "num_attention_heads": c.heads, "num_key_value_heads": c.kv_heads, "head_dim": c.head_dim, "intermediate_size": c.intermediate, "max_position_embeddings": c.positions,
        "rope_theta": c.rope_theta, "rms_norm_eps": 1e-6, "hidden_act": "silu", "tie_word_embeddings": True,
        "bos_token_id": special[START], "eos_token_id": special[END], "pad_token_id": special[PAD],
    }
    generation = {"bos_token_id": special[START], "eos_token_id": special[END], "pad_token_id": special[PAD], "do_sample": False}
    words = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": START, "eos_token": END, "pad_token": PAD, "model_max_length": c.positions,
             "clean_up_tokenization_spaces": False, "chat_template": CHAT_TEMPLATE}
    for name, value in (("config.json", config), ("generation_config.json", generation), ("tokenizer_config.json", words)):
        (folder / name).write_text(json.dumps(value, indent=1) + "\n")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m trainer.tiny_llm", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "e2e/fixtures/tiny-llm")
    given = parser.parse_args(arguments)
    c = TinyConfig()
    torch.manual_seed(c.seed)
    torch.set_num_threads(1)
    pairs = dialogues()
    chats = [as_chat(prompt, answer) for prompt, answer in pairs]
    tokenizer = make_tokenizer(chats, c)
    model = TinyLlama(c)
    loss = train(model, [tokenizer.encode(chat).ids for chat in chats], c)
    (given.out / "onnx").mkdir(parents=True, exist_ok=True)
    export_onnx(model.eval(), given.out / "onnx/model.onnx")
    write_configs(given.out, tokenizer, c)
    recalled = sum(recall(given.out / "onnx/model.onnx", tokenizer, prompt, c) == answer for prompt, answer in pairs)
    print(f"loss {loss:.4f}, {recalled} of {len(pairs)} answers recalled")
    return 0 if recalled == len(pairs) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
