"""The training report: curves as a PNG and the metrics as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402 (the backend must be chosen first)


def write(folder: Path, history: list[dict], metrics: dict) -> None:
    """Writes report.png (training curves; captured by number of picks) and metrics.json to folder."""
    (folder / "metrics.json").write_text(json.dumps({"metrics": metrics, "history": history}, indent=1) + "\n")
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4))
    for name in ("picks", "value", "agreement", "response", "captured_10", "captured_50"):
        points = [(row["step"], row[name]) for row in history if name in row]
        if points:
            left.plot(*zip(*points), label=name)
    left.set_xlabel("step")
    left.legend()
    for part in ("validation", "test", "test_unseen_llms"):
        if part not in metrics:
            continue
        captured = metrics[part]["captured"]
        counts = sorted(int(k) for k in metrics[part]["headroom"])
        line, = right.plot(counts, [captured[f"k{k}"] for k in counts], marker="o", label=part)
        for name, style in (("blind", ":"), ("ceiling", "--")):
            right.axhline(captured[name], linestyle=style, color=line.get_color())
    right.set_xlabel("picks (dotted: user-blind, dashed: known user)")
    right.set_ylabel("captured, simulated users")
    right.legend()
    figure.tight_layout()
    figure.savefig(folder / "report.png", dpi=110)
    pyplot.close(figure)
