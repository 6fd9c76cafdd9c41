"""Inviting by link: making the link, renewing it, taking it back, coming in by it.

The key of a link is 256 bits of chance and only its digest is kept: guessing is hopeless, and a
stolen backup opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from gouvernail.apps.accounts.members import lock, own_roles, refuse_beyond, refuse_unknown
from gouvernail.apps.accounts.models import Invitation, Membership, User
from gouvernail.apps.journal.services import record
from gouvernail.apps.messaging.letters import invitation, public_address
from gouvernail.apps.messaging.notices import notify_those_who
from gouvernail.apps.messaging.services import Recipient, queue
from gouvernail.common import tenancy
from gouvernail.common.actor import Actor, ActorKind
from gouvernail.common.tenancy import owned
from gouvernail_core.access import Act, Profile, may_grant
from gouvernail_core.kernel import Problem, RefusedError, Text

DEFAULT_DAYS, LEAST_DAYS, MOST_DAYS = 14, 1, 90
SPENT = Problem(
    "invitation-spent",
    Text(
        "Ce lien ne sert plus : demandez-en un autre à la personne qui vous a invité.",
        "This link is no longer of use: ask the person who invited you for another one.",
    ),
)
TAKEN = Problem(
    "name-taken",
    Text(
        "Ce nom d’utilisateur est déjà pris. Si ce compte est le vôtre, connectez-vous d’abord.",
        "This user name is taken already. If the account is yours, sign in first.",
    ),
)
_DAYS = Problem(
    "invitation-days",
    Text("Un lien vaut de 1 à 90 jours.", "A link is valid from 1 to 90 days."),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation and the key of its link, which is shown once and kept nowhere."""

    invitation: Invitation
    key: str


def digest_of(key: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def announce(sent: Sent, *, at: datetime) -> None:
    """Send the link to whoever is invited; without an address, or without a mail server, whoever
    invites hands it over, on paper for instance."""
    made, key = sent.invitation, sent.key
    link = public_address(reverse("people:accept", args=[key]))
    place = str(made.authority or made.network)
    queue(
        "invitation", Recipient(made.email, made.name),
        lambda: invitation(
            name=made.name, asked_by=made.asked_by, place=place, link=link, until=made.expires_at
        ),
        key=f"invitation:{made.digest}", at=at, authority_id=made.authority_id, urgent=True,
        secret=True, expires_at=made.expires_at,
    )  # fmt: skip


@transaction.atomic
def invite(
    authority_id: int,
    *,
    name: str,
    roles: Iterable[str],
    by: Actor,
    at: datetime,
    email: str = "",
    person: str = "",
    days: int = DEFAULT_DAYS,
) -> Sent:
    """Return a new invitation to an authority, and its key.

    A network invites only into an authority it hosts (any other does not exist for it), and only
    those who lead. Raises RefusedError for profiles one may not give.
    """
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise RefusedError(_DAYS)
    given = sorted(set(roles))
    refuse_foreign(authority_id, by)
    refuse_unknown(authority_id, person)
    refuse_beyond(by, authority_id, given)
    key = secrets.token_urlsafe(32)
    with tenancy.scoped(user=by.user_id, authority=authority_id, networks=_networks(by)):
        made = Invitation.objects.create(
            authority_id=authority_id, name=name.strip(), email=email, roles=given, person=person,
            digest=digest_of(key), asked_by=by.name, made_by_id=by.user_id, created_at=at,
            expires_at=at + timedelta(days=days),
        )  # fmt: skip
        record(
            "invitation-sent", by=by, at=at, authority_id=authority_id, subject=made.name,
            after={"roles": given, "days": days},
        )  # fmt: skip
        sent = Sent(made, key)
        announce(sent, at=at)
    return sent


@transaction.atomic
def renew(authority_id: int, pk: int, *, by: Actor, at: datetime, days: int = DEFAULT_DAYS) -> Sent:
    """Return the same invitation under a new link; the former link dies."""
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise RefusedError(_DAYS)
    found = _invitation(authority_id, pk)
    if found.accepted_at is not None:
        raise RefusedError(SPENT)
    refuse_beyond(by, authority_id, found.roles)
    key = secrets.token_urlsafe(32)
    moved = owned(Invitation, authority_id).filter(pk=pk, accepted_at=None)
    if not moved.update(
        digest=digest_of(key), expires_at=at + timedelta(days=days), revoked_at=None,
        asked_by=by.name, made_by_id=by.user_id,
    ):  # fmt: skip
        raise RefusedError(SPENT)
    record(
        "invitation-sent", by=by, at=at, authority_id=authority_id, subject=found.name,
        after={"roles": found.roles, "days": days},
    )  # fmt: skip
    found = _invitation(authority_id, pk)
    sent = Sent(found, key)
    announce(sent, at=at)
    return sent


@transaction.atomic
def revoke(authority_id: int, pk: int, *, by: Actor, at: datetime) -> None:
    """Take a link back; twice changes nothing, and an accepted one stays what it is."""
    found = _invitation(authority_id, pk)
    waiting = owned(Invitation, authority_id).filter(pk=pk, accepted_at=None, revoked_at=None)
    if waiting.update(revoked_at=at):
        record("invitation-revoked", by=by, at=at, authority_id=authority_id, subject=found.name)


def by_key(key: str) -> Invitation | None:
    """Return the invitation of a link, whatever its state; None for a key nobody made.

    Whoever holds the key is shown what it opens, before being anybody: hence the platform's scope,
    for this one row.
    """
    with tenancy.scoped(platform=True):
        found: Invitation | None = (
            Invitation.objects.select_related("authority", "network")
            .filter(digest=digest_of(key))
            .first()
        )
        return found


def is_open(invitation: Invitation, *, at: datetime) -> bool:
    """Return whether the link still lets somebody in."""
    never = invitation.accepted_at is None and invitation.revoked_at is None
    return never and at < invitation.expires_at and _still_given(invitation)


def _still_given(invitation: Invitation) -> bool:
    """Return whether whoever made the link could make it today.

    A link does not outlive the access of its maker: one who was withdrawn would come back by it.
    """
    if invitation.made_by_id is None:
        return True
    with tenancy.scoped(platform=True):
        if not User.objects.filter(pk=invitation.made_by_id, is_active=True).exists():
            return False
        own = own_roles(invitation.authority_id, invitation.made_by_id)
        if may_grant(own, invitation.roles):
            return True
        above = apps.get_model("network.Affiliation").objects.filter(
            authority=invitation.authority_id,
            network__supervisions__user=invitation.made_by_id,
        )
        return may_grant([Profile.SUPERVISOR.value], invitation.roles) and above.exists()


@transaction.atomic
def accept_as(user: User, key: str, *, at: datetime) -> Invitation:
    """Bring somebody who has an account in; raise RefusedError for a link that is spent."""
    return _accept(key, user, at)


@transaction.atomic
def accept_new(key: str, *, username: str, password: str, at: datetime) -> tuple[Invitation, User]:
    """Return the invitation and the account made for it; raise RefusedError for a name taken."""
    found = by_key(key)
    if found is None or not is_open(found, at=at):
        raise RefusedError(SPENT)
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, password, name=found.name, email=found.email)
    except IntegrityError as error:
        raise RefusedError(TAKEN) from error
    return _accept(key, user, at), user


def _accept(key: str, user: User, at: datetime) -> Invitation:
    """Spend the link and write what it opens: of two who click at once, one finds it spent."""
    found = by_key(key)
    if found is None or found.authority_id is None or not is_open(found, at=at):
        raise RefusedError(SPENT)
    with tenancy.scoped(user=user.pk, authority=found.authority_id):
        lock(found.authority_id)
        spent = owned(Invitation, found.authority_id).filter(
            pk=found.pk, digest=digest_of(key), accepted_at=None, revoked_at=None, expires_at__gt=at
        )
        if not spent.update(accepted_at=at):
            raise RefusedError(SPENT)
        _let_in(found, found.authority_id, user, at)
    return found


def _let_in(found: Invitation, authority_id: int, user: User, at: datetime) -> None:
    """Add the profiles to those the person may have already in this authority."""
    member, made = Membership.objects.get_or_create(
        user=user,
        authority_id=authority_id,
        defaults={"roles": found.roles, "person": found.person, "since": at},
    )
    if not made:
        member.roles = sorted({*member.roles, *found.roles})
        member.person = member.person or found.person
        member.save(update_fields=["roles", "person"])
    by = Actor(
        ActorKind.PERSON, user.name, user.pk, authority_id, frozenset(member.roles),
        uid=str(user.uid),
    )  # fmt: skip
    record(
        "invitation-accepted", by=by, at=at, authority_id=authority_id,
        subject=found.asked_by, after={"roles": found.roles},
    )  # fmt: skip
    notify_those_who(
        Act.MANAGE_PEOPLE, "invitation-accepted", authority_id=authority_id, at=at,
        words={"name": user.name}, link=reverse("people:index"),
    )  # fmt: skip


def refuse_foreign(authority_id: int, by: Actor) -> None:
    """Raise Http404 for an authority that is not the actor's, nor hosted by their network."""
    if by.kind in (ActorKind.COMMAND, ActorKind.SERVICE):
        return
    if by.network_id is None:
        if by.authority_id != authority_id:
            raise Http404(f"authority {authority_id}")
        return
    hosted = apps.get_model("network.Affiliation").objects.filter(
        network_id=by.network_id, authority_id=authority_id
    )
    if not hosted.exists():
        raise Http404(f"authority {authority_id}")


def _networks(by: Actor) -> tuple[int, ...]:
    return (by.network_id,) if by.network_id else ()


def _invitation(authority_id: int, pk: int) -> Invitation:
    found: Invitation | None = owned(Invitation, authority_id).filter(pk=pk).first()
    if found is None:
        raise Http404(f"invitation {pk}")
    return found
