"""Operations on the week, on what moved, on the journal, and erasing somebody."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.accounts.queries import member_for
from gouvernail.apps.home.changes import changes_of, moved_since
from gouvernail.apps.home.erasing import erase_person
from gouvernail.apps.home.journal_page import midnight
from gouvernail.apps.journal.queries import Sought, Told, page_of, verified
from gouvernail.apps.journal.wording import alteration
from gouvernail.apps.steering.told import Computed, computed, told, view_of
from gouvernail.common import problems
from gouvernail.common.listing import folded
from gouvernail.common.paging import USUAL, Limit, Offset, Page, part
from gouvernail.common.request import Request
from gouvernail.formats.plan import WeekItemValue
from gouvernail_core.access import Act

router = Router()

Word = Annotated[str, Field(max_length=100)]
#: A day that a calendar of people reaches, with room for the one after it.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]


class WeekOut(Schema):
    """What waits for somebody, what is blocked, what comes."""

    computed: Computed
    week: list[WeekItemValue]


class ChangeOut(Schema):
    """One thing that moved in the plan."""

    title: str
    before: str
    after: str
    case: str


class MoveOut(Schema):
    """One fact that moved."""

    title: str
    before: str
    after: str
    who: str
    at: datetime


class ChangesOut(Schema):
    """What moved between the last two computations and why; the facts that moved since."""

    computed: Computed
    since: datetime | None
    plan: list[ChangeOut]
    causes: list[MoveOut]
    moved: list[MoveOut]


class EntryOut(Schema):
    """An entry of the journal."""

    seq: int
    at: datetime
    kind: str
    who: str
    standing_in: list[str]
    act: str
    subject: str
    said_fr: str
    said_en: str
    before: dict[str, Any]
    after: dict[str, Any]


class AlterationOut(Schema):
    """What is wrong with an entry."""

    kind: str
    seq: int
    said_fr: str
    said_en: str


class VerifiedOut(Schema):
    """Whether the chain stands, and the seal of its head."""

    entries: int
    seal: str
    intact: bool
    alterations: list[AlterationOut]


class EraseIn(Schema):
    """Whom to erase: their name, written again, and whether the facts lose it too."""

    name: Annotated[str, Field(min_length=1, max_length=150)]
    in_facts: bool = True


@router.get("week", auth=needs(Act.READ), response=WeekOut, by_alias=True)
def week(request: Request) -> Any:
    """Give the week of the authority."""
    view = view_of(request)
    return told(view, week=view.plan["week"])


@router.get("changes", auth=needs(Act.READ), response=ChangesOut)
def changes(request: Request) -> Any:
    """Say what moved, in the language asked."""
    view = view_of(request)
    found, since = changes_of(request), moved_since(request)
    return {
        "computed": computed(view),
        "since": found.since,
        "plan": [asdict(each) for each in found.plan],
        "causes": [asdict(each) for each in found.causes],
        "moved": [asdict(each) for each in since.moved],
    }


@router.get("journal", auth=needs(Act.READ_JOURNAL), response=Page[EntryOut])
def journal(
    request: Request,
    kind: Word = "",
    act: Word = "",
    since: Day | None = None,
    until: Day | None = None,
    word: Word = "",
    limit: Limit = USUAL,
    offset: Offset = 0,
) -> Any:
    """List the entries that the filters keep, the newest first; both days are included."""
    sought = Sought(
        kind=kind,
        act=act,
        since=midnight(since) if since else None,
        until=midnight(until, after=1) if until else None,
        word=word.replace("\x00", "").strip(),
    )
    found = page_of(request.authority.pk, sought, start=offset, limit=limit + 1)
    return part(request, found, limit, offset, _entry)


@router.get("journal/verification", auth=needs(Act.READ_JOURNAL), response=VerifiedOut)
def verification(request: Request, seal: Word = "") -> Any:
    """Verify the chain, and a seal printed on paper when there is one."""
    found = verified(request.authority.pk, printed=seal)
    alterations = []
    for each in found.alterations:
        said = alteration(each)
        alterations.append(
            {"kind": each.kind.value, "seq": each.seq, "said_fr": said.fr, "said_en": said.en}
        )
    return {
        "entries": found.entries,
        "seal": found.seal,
        "intact": not found.alterations,
        "alterations": alterations,
    }


@router.post("people/{int:pk}/erase", auth=needs(Act.ERASE_PERSON), response={204: None})
def erase(request: Request, pk: int, given: EraseIn) -> Any:
    """Erase somebody everywhere in the authority; it cannot be undone."""
    member = member_for(request.authority.pk, pk)
    if folded(given.name) != folded(member.user.name):
        said = _("This is not the name of the person.")
        errors = [{"pointer": "/name", "detail": said}]
        return problems.problem(request, 422, said, errors=errors)
    erase_person(
        request.authority.pk, pk, in_facts=given.in_facts, by=request.actor, at=timezone.now()
    )
    return Status(204, None)


def _entry(one: Told) -> EntryOut:
    return EntryOut(
        seq=one.seq,
        at=one.at,
        kind=one.kind,
        who=one.who,
        standing_in=list(one.standing_in),
        act=one.act,
        subject=one.subject,
        said_fr=one.what.fr,
        said_en=one.what.en,
        before=one.before,
        after=one.after,
    )
