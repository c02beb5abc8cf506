"""The committed tiny chat model: its cache gives what a whole pass gives, and it knows what it was taught."""

from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer

from trainer.tiny_llm import COUNTING, ROOT, TinyConfig, TinyLlama, export_onnx, recall

FIXTURE = ROOT / "e2e/fixtures/tiny-llm"


def test_cache_equals_whole_pass(tmp_path: Path) -> None:
    """Tokens fed one by one through the exported graph end in the logits of PyTorch's single pass."""
    c = TinyConfig(vocab=40, hidden=16, heads=4, kv_heads=2, intermediate=24)
    torch.manual_seed(0)
    model = TinyLlama(c).eval()
    export_onnx(model, tmp_path / "model.onnx")
    ids = [3, 9, 27, 14, 2]
    with torch.no_grad():
        whole = model(torch.tensor([ids]), torch.ones(1, 5, dtype=torch.long), torch.arange(5)[None], *model.empty_past(1))[0][0, -1].numpy()
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    past = {i.name: np.zeros((1, c.kv_heads, 0, c.head_dim), np.float32) for i in session.get_inputs() if i.name.startswith("past")}
    for position, token in enumerate(ids):
        feeds = {"input_ids": np.array([[token]]), "attention_mask": np.ones((1, position + 1), np.int64), "position_ids": np.array([[position]])}
        logits, *present = session.run(None, {**feeds, **past})
        past = dict(zip(past, present))
    assert np.abs(logits[0, -1] - whole).max() < 1e-4


def test_fixture_recalls_what_it_learned() -> None:
    """The files that the browser test downloads are the ones that this recipe makes."""
    tokenizer = Tokenizer.from_file(str(FIXTURE / "tokenizer.json"))
    prompt, answer = COUNTING
    assert recall(FIXTURE / "onnx/model.onnx", tokenizer, prompt, TinyConfig()) == answer
    assert sum(file.stat().st_size for file in FIXTURE.rglob("*") if file.is_file()) < 1_500_000
