"""Operations on a network: where its authorities stand, and opening another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from gouvernail.apps.accounts import invitations
from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.network import queries, services
from gouvernail.common.paging import USUAL, Limit, Offset, Page, page
from gouvernail.common.request import Request
from gouvernail.common.shapes import Address, LongName, Name
from gouvernail_core.access import Act

router = Router()

Leading = Literal["dgs", "secretary", "administrator"]


class StandingOut(Schema):
    """Where an authority stands: states and dates, nobody's answers."""

    id: int
    code: str
    name: str
    kind: str
    population: int | None
    since: date
    facts_changed_at: datetime | None
    computed_at: datetime | None
    state: str
    stages: dict[str, int]
    next_cst: date | None
    last_sign: date | None
    people: int


class LeaderOut(Schema):
    """Who leads an authority."""

    name: str
    roles: list[str]


class DetailOut(Schema):
    """Where an authority stands, and who leads it."""

    standing: StandingOut
    leaders: list[LeaderOut]


class LeaderIn(Schema):
    """The person who will lead an authority."""

    leader: Name
    role: Leading = "dgs"
    email: Address = ""


class OpenIn(LeaderIn):
    """An authority to open, and who will lead it."""

    code: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[0-9A-Za-z][0-9A-Za-z-]*$")]
    name: LongName


class OpenedOut(Schema):
    """The link that the person who will lead receives; it is told once."""

    authority: int | None
    link: str
    expires_at: datetime


@router.get("network/authorities", auth=needs(Act.SUPERVISE), response=Page[StandingOut])
def index(request: Request, limit: Limit = USUAL, offset: Offset = 0) -> Any:
    """List where the authorities of the network stand."""
    found = queries.standings(_network(request), on=timezone.localdate())
    return page(request, found, limit, offset, _out)


@router.post("network/authorities", auth=needs(Act.OPEN_AUTHORITY), response={201: OpenedOut})
def open_authority(request: Request, given: OpenIn) -> Any:
    """Open an authority in the network, and invite the person who will lead it."""
    _network(request)
    sent = services.open_in(
        request.network, code=given.code, name=given.name, leader=given.leader, email=given.email,
        roles=[given.role], by=request.actor, at=timezone.now(),
    )  # fmt: skip
    return Status(201, _opened(request, sent))


@router.get("network/authorities/{int:pk}", auth=needs(Act.SUPERVISE), response=DetailOut)
def detail(request: Request, pk: int) -> Any:
    """Say where one authority stands, and who leads it."""
    standing = _standing(request, pk)
    leaders = [LeaderOut(name=each.name, roles=list(each.roles)) for each in queries.leaders_of(pk)]
    return {"standing": _out(standing), "leaders": leaders}


@router.post(
    "network/authorities/{int:pk}/invitations",
    auth=needs(Act.OPEN_AUTHORITY),
    response={201: OpenedOut},
)
def invite(request: Request, pk: int, given: LeaderIn) -> Any:
    """Invite the person who leads an authority of the network."""
    _standing(request, pk)
    sent = invitations.invite(
        pk, name=given.leader, email=given.email, roles=[given.role], by=request.actor,
        at=timezone.now(),
    )  # fmt: skip
    return Status(201, _opened(request, sent))


def _network(request: Request) -> int:
    """Return the network of the token; one of an authority supervises nothing."""
    if request.network is None:
        raise Http404("network")
    return int(request.network.pk)


def _standing(request: Request, pk: int) -> queries.Standing:
    found = queries.standings(_network(request), on=timezone.localdate(), authority=pk)
    if not found:
        raise Http404(f"authority {pk}")
    return found[0]


def _out(row: queries.Standing) -> StandingOut:
    return StandingOut(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=row.kind,
        population=row.population,
        since=row.since,
        facts_changed_at=row.facts_changed_at,
        computed_at=row.computed_at,
        state=row.state,
        stages=row.stages,
        next_cst=row.next_cst,
        last_sign=row.last_sign,
        people=row.people,
    )


def _opened(request: Request, sent: invitations.Sent) -> OpenedOut:
    link = request.build_absolute_uri(reverse("people:accept", args=[sent.key]))
    invited = sent.invitation
    return OpenedOut(authority=invited.authority_id, link=link, expires_at=invited.expires_at)
