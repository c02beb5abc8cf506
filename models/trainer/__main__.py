"""python -m trainer train --data ../shared/data: data → router.onnx and its companions, in one command.

Run from models/. Everything is fitted in closed form, on one thread: about two minutes, most of them for the validation figures. Expected on
validation (simulated users, seen LLMs): captured .15 user-blind, .26 after 10 picks, .31 after 50, .34 with the true tastes; see MODEL_CARD.md.
A stopped run resumes from trainer/runs/seed-N; delete that folder to start afresh.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import sys
from pathlib import Path

from .ablate import ablate
from .config import TrainConfig
from .recipe import run


def main(arguments: list[str]) -> int:
    """Parses the command line and runs the recipe; returns the exit status."""
    home = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(prog="python -m trainer", description=__doc__)
    parser.add_argument("command", choices=["train", "ablate"])
    parser.add_argument("--data", type=Path, required=True, help="folder with alpacaeval/, llms.json, splits.json, simulated_users.json")
    parser.add_argument("--out", type=Path, default=home.parent, help="where the exported files go (default: models/)")
    parser.add_argument("--runs", type=Path, default=home / "runs", help="checkpoints, caches and reports")
    parser.add_argument("--picks", type=Path, action="append", default=[], help="a file of `npm run judge`: its people enter the prior (may be given more than once)")
    parser.add_argument("--test", action="store_true", help="also touch the test split, once, at the end")
    for field in dataclasses.fields(TrainConfig):
        parser.add_argument("--" + field.name.replace("_", "-"), type=type(field.default), default=field.default)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    config = TrainConfig(**{f.name: getattr(given, f.name) for f in dataclasses.fields(TrainConfig)})
    given.runs.mkdir(parents=True, exist_ok=True)
    try:
        if given.command == "ablate":
            metrics = ablate(given.data, given.runs, given.out / "ablations.json", config)
        else:
            metrics = run(given.data, given.out, given.runs, config, given.test, given.picks)
    except (FileNotFoundError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(json.dumps(metrics, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
