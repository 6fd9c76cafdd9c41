"""Reader of the PSPLIB single-mode files (.sm) into the JSON contract of `schedule`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data" / "psplib"


def published_optima() -> dict[str, int]:
    """Return the published optimal makespan of each shipped instance."""
    with (FOLDER / "optimum.csv").open(encoding="utf-8", newline="") as lines:
        return {row["problem"]: int(row["optimum"]) for row in csv.DictReader(lines)}


def read_instance(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """Return the instance as a document of `gouvernail schedule`."""
    blocks = (folder / name).read_text(encoding="ascii").split("*" * 72)
    tables = {
        block.strip().splitlines()[0]: block.strip().splitlines()
        for block in blocks
        if block.strip()
    }
    after: dict[int, list[str]] = {}
    for line in tables["PRECEDENCE RELATIONS:"][2:]:
        job, _modes, _count, *successors = map(int, line.split())
        for successor in successors:
            after.setdefault(successor, []).append(f"j{job}")
    amounts = list(map(int, tables["RESOURCEAVAILABILITIES:"][2].split()))
    tasks = []
    for line in tables["REQUESTS/DURATIONS:"][3:]:
        job, _mode, duration, *demands = map(int, line.split())
        tasks.append(
            {
                "id": f"j{job}",
                "duration": duration,
                "after": after.get(job, []),
                "demands": {f"R{k}": d for k, d in enumerate(demands, 1) if d},
            }
        )
    return {
        "horizon": sum(task["duration"] for task in tasks),
        "capacities": {f"R{k}": amount for k, amount in enumerate(amounts, 1)},
        "tasks": tasks,
    }
