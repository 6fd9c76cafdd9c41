"""What moved between the last two computations, and the facts that moved meanwhile.

The comparison is the core's (`revision`), kept with the plan; here it is only shown.
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
from gouvernail.apps.steering.queries import changes_of as kept_changes
from gouvernail.apps.steering.reading import plan_of
from gouvernail.common.wording import said

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


def changes_of(request: HttpRequest) -> Changes:
    """Return what moved between the last two computations of the reader's authority."""
    view = plan_of(request)
    kept = None if view is None else kept_changes(view)
    if view is None or kept is None:
        return Changes()
    moved, since = kept
    acts = facts_moved(view.authority, since=since, until=view.computed_at)
    return Changes(since, tuple(_told(change) for change in moved), tuple(moves(acts)))


def moved_since(request: HttpRequest) -> Stale:
    """Return the facts that moved since the plan was computed, the latest first."""
    view = plan_of(request)
    if view is None or not view.stale:
        return Stale()
    return Stale(tuple(moves(facts_moved(view.authority, since=view.computed_at))))


def _told(change: Mapping[str, Any]) -> Change:
    """Return a change in the reader's language."""
    return Change(
        said(change["title"]),
        said(change["before"]) or "–",
        said(change["after"]) or "–",
        change["case"],
    )
