"""An entry of the database as the core's chain knows it."""

from __future__ import annotations

import json
from typing import Any

from gouvernail.apps.journal.models import Entry
from gouvernail.common.tenancy import owned
from gouvernail_core import journal

#: The chain of what belongs to no authority.
PLATFORM = "platform"


def pieces_of(entry: Any) -> dict[str, Any]:
    """Return what is sealed of an entry; who stands in for whom goes with the name."""
    return {
        "actor_name": {"name": entry.actor_name, "standing_in": entry.standing_in},
        "subject": entry.subject,
        "before": entry.before,
        "after": entry.after,
    }


def of_chain(rows: Any, authority_id: int | None) -> Any:
    """Return the rows of one chain: an authority's own, or the platform's for None."""
    return (
        rows.filter(authority__isnull=True) if authority_id is None else owned(rows, authority_id)
    )


def plain(value: Any) -> Any:
    """Return a value as the database gives it back, so that what is sealed is what is kept."""
    return json.loads(json.dumps(value, allow_nan=False))


def linked(entry: Entry) -> journal.Entry:
    """Return the core's entry."""
    return journal.Entry(
        seq=entry.seq,
        previous=entry.previous,
        digest=entry.digest,
        at=entry.at,
        actor_kind=entry.actor_kind,
        actor_uid=entry.actor_uid,
        act=entry.act,
        pieces=pieces_of(entry),
        salts=entry.salts,
        sealed=entry.sealed,
    )


def close(entry: Entry, chain: str, seq: int, previous: str) -> Entry:
    """Give an entry that is not written yet its number, its link and its seals; return it."""
    entry.seq, entry.previous = seq, previous
    contents = pieces_of(entry)
    entry.salts = {piece: journal.new_salt() for piece in contents}
    entry.sealed = {
        piece: journal.commitment(content, entry.salts[piece])
        for piece, content in contents.items()
    }
    entry.digest = ""
    entry.digest = journal.digest(chain, linked(entry))
    return entry
