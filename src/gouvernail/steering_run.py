"""From the rows of an authority to its plan: what the worker, the demonstration and `steer` run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gouvernail import __version__
from gouvernail_core.facts import Rows, build
from gouvernail_core.kernel import Text

Report = Callable[[float, Text], None]


def compute(rows: Rows, *, on: date, progress: Report | None = None) -> dict[str, Any]:
    """Return the plan of `rows` as JSON holds it; raise RefusedError when they cannot be used."""
    from gouvernail_core.steering import steer, to_plan

    plan = to_plan(steer(build(rows), on=on, progress=progress))
    return {**plan, "software": __version__}


def refusals(plan: dict[str, Any]) -> tuple[Text, ...]:
    """Return why the plan has no portfolio or no calendar; empty when it has one."""
    for part in ("selection", "roadmap"):
        if plan[part] is not None and plan[part]["conflict"]:
            return tuple(Text(item["fr"], item["en"]) for item in plan[part]["conflict"])
    return ()
