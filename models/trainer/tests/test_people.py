import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from trainer.adaptation import PickNoise
from trainer.config import D, TrainConfig
from trainer.episodes import Predictions
from trainer.people import Picked, population_with, read_picks

NOISE = PickNoise(torch.ones(1), torch.ones(1))


def corpus() -> SimpleNamespace:
    return SimpleNamespace(prompt_ids=["a", "b", "c", "d"], llms=[{"id": f"m{j}"} for j in range(4)], seen=np.array([True, True, True, False]), prompts_of=lambda split: np.array([0, 1, 2]))


def line(user: str, prompt: str, chosen: str | None) -> str:
    return json.dumps({"user_id": user, "prompt_id": prompt, "candidates": ["m0", "m1", "m2", "m3"], "first": chosen, "second": chosen, "chosen": chosen, "consistent": chosen is not None, "model": "j", "seed": 0})


def test_only_consistent_picks_on_training_prompts_and_llms_of_open_people_count(tmp_path: Path):
    path = tmp_path / "picks.jsonl"
    path.write_text("\n".join([*(line("x", p, "m1") for p in "abcd"), line("x", "a", "m3"), line("x", "b", None), *(line("test-user", p, "m0") for p in "abc"), line("y", "a", "m0"), '{"user_id": "z", "pro']))
    people = read_picks(path, corpus(), {"test-user"})
    assert people == [Picked([0, 1, 2], [1, 1, 1], [[0, 2]] * 3)]
    path.write_text("nonsense\n" + line("x", "a", "m1"))
    with pytest.raises(ValueError, match="line 1"):
        read_picks(path, corpus(), set())


def predictions(rng: np.random.Generator, prompts: int, llms: int) -> Predictions:
    table = torch.from_numpy(rng.normal(size=(prompts, llms, D))).float()
    return Predictions(table, table, torch.zeros(prompts, 16), torch.zeros(prompts, 16), table)


def test_people_known_by_their_picks_move_the_prior_towards_their_taste_and_keep_its_width():
    rng = np.random.default_rng(0)
    x = predictions(rng, 60, 5)
    taste = torch.zeros(D)
    taste[1], taste[5] = 2.0, -2.0
    people = []
    for _ in range(40):
        own = taste + 0.3 * torch.from_numpy(rng.normal(size=D)).float()
        score = x.known[:, :, :] @ own + torch.from_numpy(rng.normal(size=(60, 5))).float() * 0.5
        chosen = score.argmax(1).tolist()
        people.append(Picked(list(range(60)), chosen, [[m for m in range(5) if m != c] for c in chosen]))
    weights = torch.from_numpy(rng.normal(size=(40, 8, D))).float() * 0.1
    config = TrainConfig(sharpness=1.0)
    prior = weights.reshape(-1, D)
    mean, covariance = population_with(people, weights, x, prior.mean(0), torch.cov(prior.T) + 0.5 * torch.eye(D), NOISE, config)
    assert 0.5 < mean[1] < 1.5 and -1.5 < mean[5] < -0.5  # half of everybody has this taste
    assert mean[[2, 3, 4]].abs().max() < 0.25
    assert covariance[1, 5] < -0.4 and torch.linalg.eigvalsh(covariance).min() > 0
    same, _ = population_with([], weights, x, prior.mean(0), torch.eye(D), NOISE, config)
    assert torch.equal(same, prior.mean(0))
