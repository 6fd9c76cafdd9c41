"""Operations on outgoing e-mail: the queue, and the hours without."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.messaging import services
from gouvernail.apps.messaging.queries import LetterRow, letters_of, quiet_of
from gouvernail.apps.messaging.quiet import Quiet
from gouvernail.common.paging import USUAL, Limit, Offset, Page, page
from gouvernail.common.request import Request
from gouvernail_core.access import Act

router = Router()

Hour = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class EndedOut(Schema):
    """Whether it moved: a letter that has ended is left as it is."""

    moved: bool


class QuietOut(Schema):
    """The hours without e-mail, from `starts` to `ends`; `days_off` keeps rest days whole."""

    active: bool
    starts: Hour
    ends: Hour
    days_off: bool


@router.get("letters", auth=needs(Act.ADMINISTER), response=Page[LetterRow])
def letters(request: Request, limit: Limit = USUAL, offset: Offset = 0) -> Any:
    """List the letters of the queue, the newest first."""
    return page(request, letters_of(request.authority.pk), limit, offset, lambda row: row)


@router.post("letters/{int:pk}/retry", auth=needs(Act.ADMINISTER), response=EndedOut)
def retry_letter(request: Request, pk: int) -> Any:
    """Let a waiting letter leave now."""
    moved = services.retry(request.authority.pk, pk, by=request.actor, at=timezone.now())
    return {"moved": moved}


@router.post("letters/{int:pk}/cancel", auth=needs(Act.ADMINISTER), response=EndedOut)
def cancel_letter(request: Request, pk: int) -> Any:
    """Cancel a letter that has not left; what it said is erased."""
    moved = services.cancel(request.authority.pk, pk, by=request.actor, at=timezone.now())
    return {"moved": moved}


@router.get("quiet-hours", auth=needs(Act.ADMINISTER), response=QuietOut)
def quiet(request: Request) -> Any:
    """Say the hours without e-mail."""
    return _hours(quiet_of(request.authority.pk))


@router.put("quiet-hours", auth=needs(Act.ADMINISTER), response=QuietOut)
def keep_quiet(request: Request, given: QuietOut) -> Any:
    """Keep the hours without e-mail."""
    starts, ends = (time.fromisoformat(hour) for hour in (given.starts, given.ends))
    wanted = Quiet(given.active, starts, ends, given.days_off)
    services.keep_quiet(request.authority.pk, wanted, by=request.actor, at=timezone.now())
    return _hours(quiet_of(request.authority.pk))


def _hours(found: Quiet) -> QuietOut:
    return QuietOut(
        active=found.active,
        starts=f"{found.starts:%H:%M}",
        ends=f"{found.ends:%H:%M}",
        days_off=found.days_off,
    )
