"""The only writer of the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from gouvernail.apps.journal.models import Entry
from gouvernail.apps.journal.types import TYPES
from gouvernail.common.actor import Actor


def record(
    act: str,
    *,
    by: Actor,
    at: datetime,
    authority_id: int | None = None,
    subject: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Entry:
    """Write one entry, in the transaction of the act it tells: both stand or neither does."""
    if act not in TYPES:
        raise KeyError(f"no entry type {act}")
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{act}: the journal is written in the transaction of its act")
    return Entry.objects.create(
        authority_id=authority_id or by.authority_id,
        at=at,
        actor_kind=by.kind.value,
        actor_name=by.name,
        actor_user_id=by.user_id,
        act=act,
        subject=subject[:300],
        before=before or {},
        after=after or {},
    )
