from pathlib import Path

import numpy as np
import pytest
import torch

from rows import write_rows
from trainer.adaptation import PickNoise
from trainer.config import A, AXES, D, TrainConfig
from trainer.data import AxisScale
from trainer.votes import is_training_person, read_votes, shared_taste

NOISE = PickNoise(torch.tensor([0.6, 0.4]), torch.tensor([0.5, 4.0]))
SCALE = AxisScale(np.zeros(A), np.ones(A))
MEASURES = ("words", "headers", "bullets", "numbered", "bold", "flesch", "warmth", "exclaims", "steps", "equations", "citations", "hedges", "disclaimers", "examples", "ask_back", "ends_question", "code_frac")
STRUCTURE = AXES.index("structure")


def answer(keys: dict, bullets: int) -> dict:
    return {**keys, **dict.fromkeys(MEASURES, 0), "words": 100, "bullets": bullets}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    people = [f"p{i}" for i in range(40)]
    interactions, prism = [], []
    for i, person in enumerate(people):
        interactions.append({"user_id": person, "order": 0, "query": "?", "responses": ["x", "y"], "prefs": [[0, 1]]})
        prism += [answer({"user_id": person, "order": 0, "response": r}, bullets=(1 - r) * (3 + i % 5)) for r in (0, 1)]
    write_rows(tmp_path / "human/prism_subset/interactions.jsonl.gz", interactions)
    write_rows(tmp_path / "human/prism_subset/response_features.csv.gz", prism)
    vote = lambda group, winner, a="a": {"user_id": f"{group}-1", "group": group, "question_id": 1, "turn": 1, "llm_a": a, "llm_b": "b", "winner": winner}
    write_rows(tmp_path / "human/mtbench/votes.csv.gz", [vote("author", "a"), vote("author", "b"), vote("author", "tie"), vote("author", "a", "lost"), vote("expert", "a")])
    write_rows(tmp_path / "human/mtbench/answer_features.csv.gz", [answer({"question_id": 1, "turn": 1, "llm": "a"}, 5), answer({"question_id": 1, "turn": 1, "llm": "b"}, 0)])
    return tmp_path


def test_votes_of_the_evaluation_part_and_undecided_ones_are_left_out(folder: Path):
    votes = read_votes(folder, SCALE)
    assert votes is not None
    half = {f"p{i}" for i in range(40) if is_training_person(f"p{i}")}
    assert 10 < len(half) < 30 and set(votes.people) == half | {"author-1"}
    assert votes.people.count("author-1") == 2 and votes.contrast.shape == (len(half) + 2, D)
    own = votes.contrast[[i for i, person in enumerate(votes.people) if person == "author-1"], STRUCTURE]
    assert torch.allclose(own, torch.tensor([1.0, -1.0]) * float(np.log1p(5)))
    assert votes.contrast[:, [0, A - 1, *range(A, D)]].abs().max() == 0


def test_a_folder_without_people_has_no_votes(folder: Path):
    (folder / "human/mtbench/votes.csv.gz").unlink()
    assert read_votes(folder, SCALE) is None


def test_the_shared_taste_is_what_voters_agree_on_and_stays_near_the_populations_elsewhere(folder: Path):
    votes = read_votes(folder, SCALE)
    population = torch.zeros(D).index_fill(0, torch.tensor([0, 5]), 0.5)
    config = TrainConfig()
    shared = shared_taste(votes, population, NOISE, config)
    assert shared.shift[STRUCTURE] > 0.3 and (shared.share, shared.variance) == (config.shared_share, config.shared_variance)
    others = [i for i in range(D) if i != STRUCTURE]
    assert shared.shift[others].abs().max() < 0.02
