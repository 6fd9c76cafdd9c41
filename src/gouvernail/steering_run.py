"""From the rows of an authority to its plan: what the worker runs, and the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gouvernail_core.facts import Rows, build
from gouvernail_core.kernel import Text

Report = Callable[[float, Text], None]


def compute(rows: Rows, *, on: date, progress: Report | None = None) -> dict[str, Any]:
    """Return the plan of `rows` as JSON holds it; raise RefusedError when they cannot be used."""
    from gouvernail_core.steering import steer, to_plan

    return to_plan(steer(build(rows), on=on, progress=progress))
