"""What somebody began to type and did not save: kept for them alone, and forgotten in time.

A draft moves no fact: the journal says nothing of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from gouvernail.apps.facts.models import Draft
from gouvernail.common.tenancy import owned, scoped
from gouvernail_core.facts import Sheet

#: How long a draft waits for whoever began it.
KEPT = timedelta(days=30)
#: No form is as long; beyond, nothing is kept.
LONGEST = 500_000


def draft_of(authority_id: int, user_id: int | None, sheet: Sheet, row: int) -> Draft | None:
    """Return what this person began in this form, None when there is nothing."""
    found: Draft | None = _mine(authority_id, user_id, sheet, row).first()
    return found


@transaction.atomic
def keep(
    authority_id: int,
    user_id: int | None,
    sheet: Sheet,
    row: int,
    typed: Mapping[str, Sequence[str]],
    *,
    version: int,
    at: datetime,
) -> Draft | None:
    """Keep what is typed in a form, in place of what was; None when it cannot be kept."""
    columns = {column.code for column in sheet.columns}
    values = {
        name: [value.replace("\x00", "") for value in given]
        for name, given in typed.items()
        if name in columns
    }
    if user_id is None or len(json.dumps(values)) > LONGEST:
        return None
    return Draft.objects.update_or_create(
        authority_id=authority_id,
        user_id=user_id,
        sheet=sheet.code,
        row=row,
        defaults={"values": values, "version": version, "updated_at": at},
    )[0]


def forget(authority_id: int, user_id: int | None, sheet: Sheet, row: int) -> None:
    """Forget what this person began in this form: it is saved, or they no longer want it."""
    _mine(authority_id, user_id, sheet, row).delete()


def forget_old(*, at: datetime) -> int:
    """Forget, in every authority, what nobody came back to; return how many drafts that was."""
    count, _each = Draft.objects.filter(updated_at__lt=at - KEPT).delete()
    return int(count)


def forget_person(authority_id: int, user_id: int) -> int:
    """Forget everything a person who is erased began here; return how many drafts that was.

    Drafts are seen by their author alone: it takes the platform to remove them for somebody else.
    """
    with scoped(platform=True):
        count, _each = owned(Draft, authority_id).filter(user_id=user_id).delete()
    return int(count)


def _mine(authority_id: int, user_id: int | None, sheet: Sheet, row: int) -> Any:
    return owned(Draft, authority_id).filter(user_id=user_id, sheet=sheet.code, row=row)
