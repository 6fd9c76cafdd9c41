"""What moved between the last two computations, and the facts that moved meanwhile.

The comparison is the core's (`revision`); here it is only shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import ngettext

from gouvernail.apps.facts.history import Move, moves
from gouvernail.apps.journal.queries import facts_moved
from gouvernail.apps.steering.reading import plan_before, plan_of
from gouvernail.common.wording import tidy
from gouvernail_core.kernel import Text
from gouvernail_core.revision import changes_between

Plan = Mapping[str, Any]
#: What a page shows at once of each; the page of the changes lists them all.
MOST_CHANGES = 4
MOST_CAUSES = 4
MOST_MOVED = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that moved: before, after; `case` is "" for the authority."""

    title: str
    before: str
    after: str
    case: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What moved between two computations, and why: the facts that moved meanwhile."""

    since: datetime | None = None
    plan: tuple[Change, ...] = ()
    causes: tuple[Move, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.plan or self.causes)

    @property
    def first(self) -> tuple[Change, ...]:
        """Return the changes a page shows at once."""
        return self.plan[:MOST_CHANGES]

    @property
    def more(self) -> int:
        """Return how many changes only the page of the changes shows."""
        return max(len(self.plan) - MOST_CHANGES, 0)

    @property
    def first_causes(self) -> tuple[Move, ...]:
        """Return the causes a page shows at once."""
        return self.causes[:MOST_CAUSES]

    @property
    def more_causes(self) -> int:
        """Return how many causes only the page of the changes shows."""
        return max(len(self.causes) - MOST_CAUSES, 0)

    @property
    def line(self) -> str:
        """Return « Depuis le calcul précédent : 3 changements », for the head of other pages."""
        count = len(self.plan)
        words = ngettext(
            "Since the previous computation: %(n)s change in the plan",
            "Since the previous computation: %(n)s changes in the plan",
            count,
        )
        return words % {"n": count}


@dataclass(frozen=True, slots=True)
class Stale:
    """The facts that moved since the computation."""

    moved: tuple[Move, ...] = ()

    @property
    def first(self) -> tuple[Move, ...]:
        """Return the latest ones."""
        return self.moved[:MOST_MOVED]

    @property
    def more(self) -> int:
        """Return how many others there are."""
        return max(len(self.moved) - MOST_MOVED, 0)


def changes(before: Plan | None, after: Plan) -> tuple[Change, ...]:
    """Return what moved from a plan to the next, in the reader's language."""
    if before is None:
        return ()
    cases = {case["id"] for case in after["cases"]}
    return tuple(
        Change(
            tidy(_said(found.title)),
            tidy(_said(found.before)),
            tidy(_said(found.after)),
            found.case if found.case in cases else "",
        )
        for found in changes_between(_completed(before), _completed(after))
    )


def changes_of(request: HttpRequest) -> Changes:
    """Return what moved between the last two computations of the reader's authority."""
    view, earlier = plan_of(request), plan_before(request)
    if view is None or earlier is None:
        return Changes()
    plan, since = earlier
    authority = request.authority.pk  # type: ignore[attr-defined]
    acts = facts_moved(authority, since=since, until=view.computed_at)
    return Changes(since, changes(plan, view.plan), tuple(moves(acts)))


def moved_since(request: HttpRequest) -> Stale:
    """Return the facts that moved since the plan was computed, the latest first."""
    view = plan_of(request)
    if view is None or not view.stale:
        return Stale()
    authority = request.authority.pk  # type: ignore[attr-defined]
    return Stale(tuple(moves(facts_moved(authority, since=view.computed_at))))


def _said(text: Text | None) -> str:
    from django.utils.translation import get_language

    return "–" if text is None else text.in_(get_language() or "fr")


def _completed(plan: Plan) -> dict[str, Any]:
    """Return a plan with what an older version did not write yet."""
    from gouvernail.apps.portfolio.presentation import door_word

    cases = []
    for case in plan["cases"]:
        doors = [
            {**door, "state_label": door.get("state_label") or _both(door_word(door["state"]))}
            for door in case.get("doors") or ()
        ]
        duties = case.get("obligations") or {}
        findings = duties.get("findings") or ()
        running = case.get("in_the_running", True)
        cases.append(
            {
                **case,
                "doors": doors,
                "in_the_running": running,
                "obligations": {**duties, "findings": findings},
            }
        )
    return {
        **plan,
        "cases": cases,
        "selection": plan.get("selection"),
        "roadmap": plan.get("roadmap"),
    }


def _both(word: str) -> dict[str, str]:
    return {"fr": word, "en": word}
