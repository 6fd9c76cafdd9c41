"""Alice's authority with a plan: three cases, everything the pages show."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest

from apps.conftest import AT, PLAN
from gouvernail_core.knowledge.loader import rules_version

READ = json.loads(PLAN.read_text(encoding="utf-8"))
READ["rules_version"] = rules_version()


@pytest.fixture
def plan() -> dict[str, Any]:
    """Return a plan of its own to each test, which may change it."""
    return copy.deepcopy(READ)


@pytest.fixture
def keep(exempleville):
    """Return how to keep a plan for the authority, as the worker does."""
    from gouvernail.apps.steering.services import keep_plan

    def kept(plan: dict[str, Any], *, stale: bool = False) -> Any:
        digest = "moved since" if stale else exempleville.facts_digest
        documents = ["feuille-de-route.pdf", "plan.ods", "cas/x.pdf"]
        return keep_plan(exempleville.pk, plan, facts_digest=digest, at=AT, documents=documents)

    return kept


@pytest.fixture
def planned(keep, plan, alice):
    """Return Alice's browser, in an authority that has a plan."""
    keep(plan)
    return alice


@pytest.fixture
def in_french():
    """Speak French outside of a request too."""
    from django.utils import translation

    with translation.override("fr"):
        yield


def monday() -> date:
    """Return the day of the plan."""
    return date(2026, 11, 23)
