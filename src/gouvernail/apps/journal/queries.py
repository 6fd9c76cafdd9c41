"""What happened, for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from gouvernail.apps.journal.models import Entry
from gouvernail.apps.journal.types import TYPES
from gouvernail.apps.journal.verifying import seal_of, verified
from gouvernail.common.tenancy import owned
from gouvernail_core.kernel import Text

__all__ = [
    "FACTS_MOVE",
    "FactsMoved",
    "Sought",
    "Told",
    "facts_moved",
    "latest",
    "page_of",
    "seal_of",
    "told",
    "verified",
]


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words."""

    at: datetime
    who: str
    what: Text
    act: str
    before: dict[str, Any]
    after: dict[str, Any]
    seq: int
    kind: str
    subject: str
    standing_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a reader looks for in the journal; what is empty filters nothing."""

    kind: str = ""
    act: str = ""
    since: datetime | None = None
    until: datetime | None = None
    word: str = ""


def page_of(authority_id: int, sought: Sought, *, start: int = 0, limit: int) -> list[Told]:
    """Return `limit` entries at most, the newest first, from the one of rank `start`."""
    found = owned(Entry, authority_id)
    equal = {"actor_kind": sought.kind, "act": sought.act, "at__gte": sought.since}
    equal["at__lt"] = sought.until
    found = found.filter(**{name: value for name, value in equal.items() if value})
    if sought.word:
        named = Q(subject__icontains=sought.word) | Q(actor_name__icontains=sought.word)
        found = found.filter(named)
    return [told(entry) for entry in found[start : start + limit]]


def latest(authority_id: int, *, limit: int = 50) -> list[Told]:
    """Return the latest entries of an authority, the newest first."""
    return [told(entry) for entry in owned(Entry, authority_id)[:limit]]


#: The acts by which facts move.
FACTS_MOVE = (
    "fact-added",
    "fact-changed",
    "fact-removed",
    "gate-overridden",
    "gate-override-changed",
    "gate-override-withdrawn",
    "workbook-imported",
)


@dataclass(frozen=True, slots=True)
class FactsMoved:
    """One act that moved facts, as it was written."""

    at: datetime
    who: str
    act: str
    subject: str
    before: dict[str, Any]
    after: dict[str, Any]


def facts_moved(
    authority_id: int,
    *,
    since: datetime,
    until: datetime | None = None,
    subjects: Sequence[str] | None = None,
) -> list[FactsMoved]:
    """Return the acts that moved the facts after `since`, up to `until`, the newest first.

    With `subjects`, only those on one of them, and the imports, which may hold anything.
    """
    found = owned(Entry, authority_id).filter(act__in=FACTS_MOVE, at__gt=since)
    if subjects is not None:
        found = found.filter(Q(subject__in=subjects) | Q(act="workbook-imported"))
    if until is not None:
        found = found.filter(at__lte=until)
    return [FactsMoved(e.at, e.actor_name, e.act, e.subject, e.before, e.after) for e in found]


def told(entry: Entry) -> Told:
    """Return an entry in words."""
    what = TYPES[entry.act].sentence.format(subject=entry.subject)
    return Told(
        entry.at,
        entry.actor_name,
        what,
        entry.act,
        entry.before,
        entry.after,
        entry.seq,
        entry.actor_kind,
        entry.subject,
        tuple(entry.standing_in),
    )
