"""What happened, for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gouvernail.apps.journal.models import Entry
from gouvernail.apps.journal.types import TYPES
from gouvernail_core.kernel import Text


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words."""

    at: datetime
    who: str
    what: Text
    act: str
    before: dict[str, Any]
    after: dict[str, Any]


def latest(authority_id: int, *, limit: int = 50) -> list[Told]:
    """Return the latest entries of an authority, the newest first."""
    return [told(entry) for entry in Entry.objects.filter(authority_id=authority_id)[:limit]]


def told(entry: Entry) -> Told:
    """Return an entry in words."""
    what = TYPES[entry.act].sentence.format(subject=entry.subject)
    return Told(entry.at, entry.actor_name, what, entry.act, entry.before, entry.after)
