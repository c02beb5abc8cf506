"""The training report: curves as a PNG and the metrics as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402 (the backend must be chosen first)


def write(folder: Path, metrics: dict) -> None:
    """Writes report.png (captured reward and headroom by number of picks) and metrics.json to folder."""
    (folder / "metrics.json").write_text(json.dumps({"metrics": metrics}, indent=1) + "\n")
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4))
    for part in ("validation", "validation_unseen_llms", "test", "test_unseen_llms"):
        if part not in metrics:
            continue
        captured = metrics[part]["captured"]
        counts = sorted(int(k) for k in metrics[part]["headroom"])
        line, = right.plot(counts, [captured[f"k{k}"] for k in counts], marker="o", label=part)
        for name, style in (("blind", ":"), ("ceiling", "--")):
            right.axhline(captured[name], linestyle=style, color=line.get_color())
        headroom = metrics[part]["headroom"]
        left.plot(counts, [headroom[str(k)]["all"] for k in counts], marker="o", label=part)
        left.fill_between(counts, *zip(*(headroom[str(k)]["interval"] for k in counts)), alpha=0.15)
    left.set_ylim(-0.5, 1.5)
    left.set_xlabel("picks")
    left.set_ylabel("share of personal headroom, simulated users")
    left.legend()
    right.set_xlabel("picks (dotted: user-blind, dashed: known user)")
    right.set_ylabel("captured, simulated users")
    right.legend()
    figure.tight_layout()
    figure.savefig(folder / "report.png", dpi=110)
    pyplot.close(figure)
