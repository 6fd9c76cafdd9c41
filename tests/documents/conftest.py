"""A small fictive plan, and what the tests of documents share."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

SMALL = Path(__file__).parent / "plan_small.json"


@pytest.fixture(scope="session")
def whole_plan() -> dict[str, Any]:
    """Return the plan of Exempleville: three cases, two chosen."""
    return json.loads(SMALL.read_text(encoding="utf-8"))


@pytest.fixture
def plan(whole_plan: dict[str, Any]) -> dict[str, Any]:
    """Return a plan a test may change."""
    return copy.deepcopy(whole_plan)


@pytest.fixture
def empty_plan(plan: dict[str, Any]) -> dict[str, Any]:
    """Return what is known of an authority on its first day: its name, and nothing chosen."""
    empty = {key: [] for key in ("cases", "existing_uses", "protect_first", "training", "week")}
    no_answer = {"derived": {}, "findings": [], "questions": [], "counts": {}}
    return (
        plan
        | empty
        | {
            "selection": None,
            "roadmap": None,
            "obligations": {"authority": no_answer},
            "dialogue": {"sittings": []},
        }
    )
