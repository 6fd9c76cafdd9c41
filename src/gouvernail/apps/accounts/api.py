"""Operations on who one is, on the people of an authority and on their invitations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from gouvernail.apps.accounts import invitations, members, queries
from gouvernail.apps.accounts.api_access import AccessToken, needs
from gouvernail.apps.accounts.models import Invitation, Membership
from gouvernail.apps.accounts.people_presentation import matrix_codes
from gouvernail.apps.accounts.permissions import may
from gouvernail.common.paging import USUAL, Limit, Offset, Page, page
from gouvernail.common.request import Request
from gouvernail.common.shapes import Address, Name
from gouvernail_core.access import Act, Profile

router = Router()

Days = Annotated[int, Field(ge=invitations.LEAST_DAYS, le=invitations.MOST_DAYS)]


Person = Annotated[
    str, Field(max_length=60, description="Who they are in the sheet of people, by code.")
]


class Me(Schema):
    """Whom the token acts for, where, and what it may do."""

    token: str
    authority: str | None
    network: str | None
    acts: list[str]


class PersonOut(Schema):
    """Somebody who has access."""

    id: int
    name: str
    username: str
    roles: list[str]
    since: datetime | None
    last_seen: date | None


class RolesIn(Schema):
    """The profiles somebody is to have."""

    roles: Annotated[list[Profile], Field(min_length=1, max_length=len(Profile))]


class InvitationIn(RolesIn):
    """Whom one invites, to be what, and how many days the link waits."""

    name: Name
    email: Address = ""
    person: Person = ""
    days: Days = invitations.DEFAULT_DAYS


class InvitationOut(Schema):
    """An invitation; `link` is told once, when it is made."""

    id: int
    name: str
    roles: list[str]
    asked_by: str
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None
    link: str | None = None


class ProfileOut(Schema):
    """A profile, its words, and the acts it opens."""

    code: str
    fr: str
    en: str
    acts: list[str]


@router.get("me", auth=AccessToken(None), response=Me)
def me(request: Request) -> Me:
    """Say what this token is."""
    actor = request.actor
    held = set(actor.acts or ())
    opened = [str(act.value) for act in Act if act.value in held and may(actor, act)]
    return Me(
        token=actor.name,
        authority=request.authority.code if request.authority else None,
        network=request.network.code if request.network else None,
        acts=opened,
    )


@router.get("roles", auth=AccessToken(None), response=list[ProfileOut])
def roles(request: Request) -> list[ProfileOut]:
    """Give the matrix: what each profile opens."""
    return [ProfileOut(code=p, fr=fr, en=en, acts=acts) for p, fr, en, acts in matrix_codes()]


@router.get("people", auth=needs(Act.MANAGE_PEOPLE), response=Page[PersonOut])
def people(request: Request, limit: Limit = USUAL, offset: Offset = 0) -> Any:
    """List those who have access."""
    return page(request, queries.members_of(request.authority.pk), limit, offset, _person)


@router.put("people/{int:pk}/roles", auth=needs(Act.MANAGE_PEOPLE), response=PersonOut)
def change_roles(request: Request, pk: int, given: RolesIn) -> PersonOut:
    """Change the profiles of somebody."""
    wanted = [role.value for role in given.roles]
    members.change_roles(request.authority.pk, pk, wanted, by=request.actor, at=timezone.now())
    return _person(queries.member_for(request.authority.pk, pk))


@router.delete("people/{int:pk}", auth=needs(Act.MANAGE_PEOPLE), response={204: None})
def withdraw(request: Request, pk: int) -> Any:
    """Take somebody's access back."""
    members.withdraw(request.authority.pk, pk, by=request.actor, at=timezone.now())
    return Status(204, None)


@router.get("invitations", auth=needs(Act.MANAGE_PEOPLE), response=Page[InvitationOut])
def waiting(request: Request, limit: Limit = USUAL, offset: Offset = 0) -> Any:
    """List the invitations."""
    found = queries.invitations_of(request.authority.pk)
    return page(request, found, limit, offset, invitation_out)


@router.post("invitations", auth=needs(Act.MANAGE_PEOPLE), response={201: InvitationOut})
def invite(request: Request, given: InvitationIn) -> Any:
    """Invite somebody; the link is told here, once."""
    sent = invitations.invite(
        request.authority.pk, name=given.name, email=given.email, days=given.days,
        person=given.person,
        roles=[role.value for role in given.roles], by=request.actor, at=timezone.now(),
    )  # fmt: skip
    return Status(201, with_link(request, sent))


@router.post("invitations/{int:pk}/renew", auth=needs(Act.MANAGE_PEOPLE), response=InvitationOut)
def renew(request: Request, pk: int) -> InvitationOut:
    """Make a new link for the same invitation; the former one dies."""
    sent = invitations.renew(request.authority.pk, pk, by=request.actor, at=timezone.now())
    return with_link(request, sent)


@router.delete("invitations/{int:pk}", auth=needs(Act.MANAGE_PEOPLE), response={204: None})
def revoke(request: Request, pk: int) -> Any:
    """Take a link back."""
    invitations.revoke(request.authority.pk, pk, by=request.actor, at=timezone.now())
    return Status(204, None)


def _person(member: Membership) -> PersonOut:
    seen = member.user.last_login
    return PersonOut(
        id=member.pk,
        name=member.user.name,
        username=member.user.username,
        roles=sorted(member.roles),
        since=member.since,
        last_seen=timezone.localdate(seen) if seen else None,
    )


def invitation_out(found: Invitation) -> InvitationOut:
    """Return an invitation as it is told."""
    return InvitationOut(
        id=found.pk,
        name=found.name,
        roles=sorted(found.roles),
        asked_by=found.asked_by,
        expires_at=found.expires_at,
        accepted_at=found.accepted_at,
        revoked_at=found.revoked_at,
    )


def with_link(request: HttpRequest, sent: invitations.Sent) -> InvitationOut:
    """Return an invitation with its link."""
    told = invitation_out(sent.invitation)
    told.link = request.build_absolute_uri(reverse("people:accept", args=[sent.key]))
    return told
