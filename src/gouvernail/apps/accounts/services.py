"""The only writer of accounts and of who belongs where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from django.contrib.auth.hashers import make_password
from django.db import transaction

from gouvernail.apps.accounts.members import trim_delegations
from gouvernail.apps.accounts.models import Membership, Supervision, User
from gouvernail.apps.accounts.permissions import ROLES
from gouvernail.apps.journal.services import record, record_each
from gouvernail.common.actor import Actor
from gouvernail.common.tenancy import owned


@transaction.atomic
def add_member(
    authority_id: int,
    *,
    username: str,
    name: str,
    roles: Iterable[str],
    by: Actor,
    at: datetime,
    password: str | None = None,
    person: str = "",
) -> Membership:
    """Return a person's membership, with their account, made or brought up to date.

    An account that exists keeps its password. Raises ValueError for a role that does not exist.
    """
    given = sorted(set(roles))
    unknown = set(given) - ROLES
    if unknown:
        raise ValueError(f"unknown roles: {', '.join(sorted(unknown))}")
    user = User.objects.filter(username=User.known_as(username)).first()
    if user is None:
        user = User.objects.create_user(username, password, name=name)
    membership, _made = Membership.objects.update_or_create(
        user=user,
        authority_id=authority_id,
        defaults={"roles": given, "person": person},
        create_defaults={"roles": given, "person": person, "since": at},
    )
    trim_delegations(membership, at)
    record(
        "member-added",
        by=by,
        at=at,
        authority_id=authority_id,
        subject=user.name,
        after={"roles": given},
    )
    return membership


class Newcomer(Protocol):
    """Somebody to let in: an account, what they are, and their code in the sheet of people."""

    @property
    def username(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def roles(self) -> tuple[str, ...]: ...
    @property
    def person(self) -> str: ...


@transaction.atomic
def add_members(authority_id: int, people: Sequence[Newcomer], *, by: Actor, at: datetime) -> int:
    """Let many people in at once; return how many were not there yet.

    Accounts that exist are kept as they are; new ones have no password: their people come in by a
    link, or by their identity provider. Raises ValueError for a role that does not exist.
    """
    if unknown := {role for each in people for role in each.roles} - ROLES:
        raise ValueError(f"unknown roles: {', '.join(sorted(unknown))}")
    names = [each.username for each in people]
    known = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    User.objects.bulk_create(
        User(username=each.username, name=each.name, password=make_password(None))
        for each in people
        if each.username not in known
    )
    ids = dict(User.objects.filter(username__in=names).values_list("username", "pk"))
    here = set(
        owned(Membership, authority_id).filter(user__in=ids.values()).values_list("user", flat=True)
    )
    new = [each for each in people if ids[each.username] not in here]
    Membership.objects.bulk_create(
        Membership(
            user_id=ids[each.username],
            authority_id=authority_id,
            roles=sorted(set(each.roles)),
            person=each.person,
            since=at,
        )
        for each in new
    )
    told = ((each.name, {"roles": sorted(set(each.roles))}) for each in new)
    return record_each("member-added", told, by=by, at=at, authority_id=authority_id)


@transaction.atomic
def add_supervisor(
    network_id: int, *, username: str, name: str, at: datetime, password: str | None = None
) -> Supervision:
    """Let somebody follow a network, with their account, made if there is none."""
    user = User.objects.filter(username=User.known_as(username)).first()
    if user is None:
        user = User.objects.create_user(username, password, name=name)
    return Supervision.objects.get_or_create(user=user, network_id=network_id)[0]


def account_exists(username: str) -> bool:
    """Return whether somebody has this account already."""
    return User.objects.filter(username=User.known_as(username)).exists()


def choose_language(user: User, language: str) -> None:
    """Keep the language a person prefers."""
    User.objects.filter(pk=user.pk).update(language=language)
