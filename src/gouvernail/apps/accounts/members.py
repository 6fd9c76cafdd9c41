"""Changing what people are in an authority, and taking their access back.

Whoever writes here locks the authority first: two leaders who withdraw each other at once do not
leave the authority without anybody to open its door.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.http import Http404

from gouvernail.apps.accounts.models import ApiToken, Delegation, Membership
from gouvernail.apps.accounts.permissions import ROLES
from gouvernail.apps.accounts.queries import named_people
from gouvernail.apps.journal.services import record
from gouvernail.apps.messaging.notices import notify
from gouvernail.common.actor import Actor, ActorKind
from gouvernail.common.tenancy import owned
from gouvernail_core.access import Act, Profile, may, may_grant, within
from gouvernail_core.kernel import Problem, RefusedError, Text

LAST_LEADER = Problem(
    "last-leader",
    Text(
        "C’est la dernière personne qui peut ouvrir la porte de cette collectivité. Donnez "
        "d’abord ce profil à quelqu’un d’autre.",
        "This is the last person who can open the door of this authority. Give this profile to "
        "somebody else first.",
    ),
)
NOT_YOURS = Problem(
    "beyond-your-profiles",
    Text(
        "On ne donne que les profils dont on a soi-même les droits.",
        "One only gives profiles whose rights one holds.",
    ),
)
NOT_ONESELF = Problem(
    "not-oneself",
    Text(
        "Personne ne change ses propres profils : demandez à une autre personne qui dirige.",
        "Nobody changes their own profiles: ask another person who leads.",
    ),
)
_NOBODY = Problem(
    "no-such-person",
    Text(
        "La feuille « Personnes » ne connaît pas ce code.",
        "The sheet “People” does not know this code.",
    ),
)
NO_PROFILE = Problem(
    "no-profile", Text("Choisissez au moins un profil.", "Choose at least one profile.")
)


def lock(authority_id: int) -> None:
    """Make the writers of one authority's people follow each other."""
    apps.get_model("authority.Authority").objects.select_for_update(no_key=True).get(
        pk=authority_id
    )


def refuse_beyond(by: Actor, authority_id: int | None, roles: Iterable[str]) -> None:
    """Raise RefusedError unless `by` may give these profiles.

    A command typed on the server may; a program gives no more than its maker. What somebody holds
    by delegation lets them act in the name of another, not give for ever what will be theirs for a
    week: their own profiles count too.
    """
    asked = frozenset(roles)
    if not asked:
        raise RefusedError(NO_PROFILE)
    if asked - ROLES:
        raise RefusedError(NOT_YOURS)
    if by.kind in (ActorKind.COMMAND, ActorKind.SERVICE):
        return
    if not may_grant(by.roles, asked):
        raise RefusedError(NOT_YOURS)
    if by.network_id is None and not within(own_roles(authority_id, by.user_id), asked):
        raise RefusedError(NOT_YOURS)


def own_roles(authority_id: int | None, user_id: int | None) -> frozenset[str]:
    """Return the profiles somebody holds by themself in an authority, delegations left aside."""
    found = owned(Membership, authority_id).filter(user_id=user_id).first()
    return frozenset(found.roles) if found else frozenset()


def refuse_unknown(authority_id: int, person: str) -> None:
    """Raise RefusedError for a code that the sheet of people does not know."""
    if person and person not in dict(named_people(authority_id)):
        raise RefusedError(_NOBODY)


@transaction.atomic
def change(
    authority_id: int, pk: int, roles: Iterable[str], *, person: str, by: Actor, at: datetime
) -> Membership:
    """Give a member other profiles, and say which person of the facts they are; "" for none.

    Raises RefusedError as `change_roles` does, and for a person nobody knows.
    """
    member = change_roles(authority_id, pk, roles, by=by, at=at)
    if member.person != person:
        refuse_unknown(authority_id, person)
        before, member.person = member.person, person
        member.save(update_fields=["person"])
        record(
            "member-changed", by=by, at=at, authority_id=authority_id, subject=member.user.name,
            before={"person": before}, after={"person": person},
        )  # fmt: skip
    return member


@transaction.atomic
def change_roles(
    authority_id: int, pk: int, roles: Iterable[str], *, by: Actor, at: datetime
) -> Membership:
    """Give a member other profiles and return the membership; what they delegated follows.

    Raises RefusedError for what one may not give or take away, and for the last leader.
    """
    lock(authority_id)
    member = _member(authority_id, pk)
    given, before = sorted(set(roles)), list(member.roles)
    if given == sorted(before):
        return member
    _refuse_oneself(member, by)
    refuse_beyond(by, authority_id, given)
    refuse_beyond(by, authority_id, before or given)
    if not _leads(given):
        _keep_a_leader(authority_id, member)
    member.roles = given
    member.save(update_fields=["roles"])
    trim_delegations(member, at)
    record(
        "member-changed", by=by, at=at, authority_id=authority_id, subject=member.user.name,
        before={"roles": before}, after={"roles": given},
    )  # fmt: skip
    words = {"by": by.name, "fr": _labels(given, "fr"), "en": _labels(given, "en")}
    notify("role-given", member.user_id, authority_id=authority_id, at=at, words=words)
    return member


def _labels(roles: Iterable[str], language: str) -> str:
    return ", ".join(Profile(role).label.in_(language) for role in roles)


@transaction.atomic
def withdraw(authority_id: int, pk: int, *, by: Actor, at: datetime) -> None:
    """Take somebody's access back, with what they delegated and what was delegated to them."""
    lock(authority_id)
    member = _member(authority_id, pk)
    if member.user_id != by.user_id:
        refuse_beyond(by, authority_id, member.roles or ["agent"])
    _keep_a_leader(authority_id, member)
    forget(member, at=at)
    record(
        "member-withdrawn", by=by, at=at, authority_id=authority_id, subject=member.user.name,
        before={"roles": member.roles},
    )  # fmt: skip


def forget(member: Membership, *, at: datetime) -> None:
    """Remove a membership, end the delegations that rest on it, and close its keys for good.

    A key that only slept would open again the day the person is invited again.
    """
    keys = owned(ApiToken, member.authority_id).filter(creator=member.user_id, revoked_at=None)
    keys.update(revoked_at=at)
    running = owned(Delegation, member.authority_id).filter(ended_at=None)
    for side in ("giver", "taker"):
        running.filter(**{side: member.user_id}).update(ended_at=at)
    Membership.objects.filter(pk=member.pk).delete()


def keep_a_leader(authority_id: int, pk: int) -> None:
    """Raise RefusedError when this member is the last who can let people in."""
    _keep_a_leader(authority_id, _member(authority_id, pk))


def _member(authority_id: int, pk: int) -> Membership:
    found: Membership | None = (
        owned(Membership, authority_id).select_related("user").filter(pk=pk).first()
    )
    if found is None:
        raise Http404(f"member {pk}")
    return found


def _refuse_oneself(member: Membership, by: Actor) -> None:
    if by.user_id is not None and member.user_id == by.user_id:
        raise RefusedError(NOT_ONESELF)


def _leads(roles: Iterable[str]) -> bool:
    return may(roles, Act.MANAGE_PEOPLE)


def _keep_a_leader(authority_id: int, member: Membership) -> None:
    if not _leads(member.roles):
        return
    others = owned(Membership, authority_id).exclude(pk=member.pk).filter(user__is_active=True)
    if not any(_leads(other.roles) for other in others):
        raise RefusedError(LAST_LEADER)


def trim_delegations(member: Membership, at: datetime) -> None:
    """Nobody lends what they no longer hold."""
    lent = owned(Delegation, member.authority_id).filter(giver=member.user_id, ended_at=None)
    for each in lent:
        kept = [role for role in each.roles if role in member.roles]
        if kept:
            Delegation.objects.filter(pk=each.pk).update(roles=kept)
        else:
            Delegation.objects.filter(pk=each.pk).update(ended_at=at)
