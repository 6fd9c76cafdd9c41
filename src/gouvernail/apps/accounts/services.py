"""The only writer of accounts and of who belongs where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gouvernail.apps.accounts.models import Membership, Supervision, User
from gouvernail.apps.accounts.permissions import ROLES
from gouvernail.apps.journal.services import record
from gouvernail.common.actor import Actor


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
    user = User.objects.filter(username=username.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(username, password, name=name)
    membership, _made = Membership.objects.update_or_create(
        user=user,
        authority_id=authority_id,
        defaults={"roles": given, "person": person},
        create_defaults={"roles": given, "person": person, "since": at},
    )
    record(
        "member-added",
        by=by,
        at=at,
        authority_id=authority_id,
        subject=user.name,
        after={"roles": given},
    )
    return membership


@transaction.atomic
def add_supervisor(
    network_id: int, *, username: str, name: str, at: datetime, password: str | None = None
) -> Supervision:
    """Let somebody follow a network, with their account, made if there is none."""
    user = User.objects.filter(username=username.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(username, password, name=name)
    return Supervision.objects.get_or_create(user=user, network_id=network_id)[0]


def account_exists(username: str) -> bool:
    """Return whether somebody has this account already."""
    return User.objects.filter(username=username.strip().lower()).exists()


def choose_language(user: User, language: str) -> None:
    """Keep the language a person prefers."""
    User.objects.filter(pk=user.pk).update(language=language)
