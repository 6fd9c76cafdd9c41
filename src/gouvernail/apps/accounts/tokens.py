"""The keys of programs: made by somebody, for one place, for some acts, until a day.

Only the digest of a key is kept. A key does what it was given and what its maker may still do
today: whoever loses a profile takes it from their keys at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from gouvernail.apps.accounts.invitations import digest_of
from gouvernail.apps.accounts.models import ApiToken, User
from gouvernail.apps.accounts.queries import places_of
from gouvernail.apps.journal.services import record
from gouvernail.common import tenancy
from gouvernail.common.actor import Actor, ActorKind
from gouvernail_core.access import Act, Scope, acts_of
from gouvernail_core.kernel import Problem, RefusedError, Text

#: What tells a key of ours from any other secret, in a log or in a shared file.
BEGINS = "gv_"
SHOWN = 9
LONGEST = 100
LEAST_DAYS, DEFAULT_DAYS, MOST_DAYS = 1, 90, 366
#: How precisely the last use is kept: a write an hour at most.
USED_EVERY = timedelta(hours=1)
#: Acts that only a person does: lending one's own profiles, making other keys, one's own account.
BY_HAND = frozenset({Act.DELEGATE, Act.MANAGE_TOKENS})

_NO_NAME = Problem("token-name", Text("Dites à quoi ce jeton sert.", "Say what this token is for."))
_NO_ACT = Problem(
    "token-acts",
    Text(
        "Choisissez au moins un acte, parmi ceux que vos propres profils ouvrent.",
        "Choose at least one act, among those that your own profiles open.",
    ),
)
_DAYS = Problem(
    "token-days",
    Text(
        f"Un jeton vaut de {LEAST_DAYS} à {MOST_DAYS} jours.",
        f"A token lasts {LEAST_DAYS} to {MOST_DAYS} days.",
    ),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A token and its key, which is shown once and kept nowhere."""

    token: ApiToken
    key: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a key lets in: who acts, and where."""

    actor: Actor
    authority: Any
    network: Any


def grantable(roles: Iterable[str], *, network: bool) -> tuple[Act, ...]:
    """Return the acts that somebody with these profiles may give a program, where they are."""
    scope = Scope.NETWORK if network else Scope.AUTHORITY
    return tuple(a for a in acts_of(roles) if a.scope is scope and a not in BY_HAND)


@transaction.atomic
def make(
    *, name: str, acts: Iterable[str], days: int = DEFAULT_DAYS, by: Actor, at: datetime
) -> Made:
    """Return a new token of the place where `by` is, and its key.

    Raises RefusedError for an act that their own profiles, delegations left aside, do not open.
    """
    asked = sorted(set(acts))
    own = own_roles(by)
    allowed = {act.value for act in grantable(own, network=by.network_id is not None)}
    beyond = by.user_id is None or by.kind is not ActorKind.PERSON or not allowed.issuperset(asked)
    problems = [
        problem
        for problem, wrong in (
            (_NO_NAME, not name.strip()),
            (_NO_ACT, not asked or beyond),
            (_DAYS, not LEAST_DAYS <= days <= MOST_DAYS),
        )
        if wrong
    ]
    if problems:
        raise RefusedError(*problems)
    key = BEGINS + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        authority_id=by.authority_id,
        network_id=by.network_id,
        creator_id=by.user_id or 0,
        name=name.strip()[:150],
        acts=asked,
        prefix=key[:SHOWN],
        digest=digest_of(key),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    record("token-made", by=by, at=at, subject=token.name,
           after={"acts": asked, "until": token.expires_at.date().isoformat()})  # fmt: skip
    return Made(token, key)


@transaction.atomic
def revoke(pk: int, *, by: Actor, at: datetime) -> None:
    """Close a token at once; twice changes nothing."""
    found = of_place(by).filter(pk=pk)
    token = found.first()
    if token is None:
        raise Http404(f"token {pk}")
    if found.filter(revoked_at=None).update(revoked_at=at):
        record("token-revoked", by=by, at=at, subject=token.name)


def of_place(by: Actor) -> Any:
    """Return the tokens of the place where somebody is, the newest first."""
    here = (
        Q(network_id=by.network_id)
        if by.network_id is not None
        else Q(authority_id=by.authority_id, authority__isnull=False)
    )
    return ApiToken.objects.filter(here).select_related("creator").order_by("-pk")


def own_roles(by: Actor) -> frozenset[str]:
    """Return the profiles somebody holds by themself where they are, delegations left aside."""
    user = User.objects.filter(pk=by.user_id or 0).first()
    place = _place(user, by.authority_id, by.network_id) if user else None
    return place.own if place else frozenset()


def holder_of(key: str, *, at: datetime) -> Holder | None:
    """Return whom a key lets in, None when it opens nothing (any more); note that it was used."""
    if not key.startswith(BEGINS) or len(key) > LONGEST:
        return None
    digest = digest_of(key)
    tenancy.enter(token=digest)
    token = ApiToken.objects.filter(digest=digest, revoked_at=None, expires_at__gt=at).first()
    user = User.objects.filter(pk=token.creator_id, is_active=True).first() if token else None
    if token is None or user is None:
        tenancy.enter()
        return None
    tenancy.enter(user=user.pk)
    place = _place(user, token.authority_id, token.network_id)
    if place is None:
        tenancy.enter()
        return None
    networks = (place.network.pk,) if place.network else ()
    tenancy.enter(user=user.pk, authority=token.authority_id, networks=networks)
    if token.last_used_at is None or at - token.last_used_at >= USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    actor = Actor(
        ActorKind.TOKEN, token.name, user.pk, token.authority_id, place.own, uid=str(user.uid),
        network_id=token.network_id, acts=frozenset(token.acts),
    )  # fmt: skip
    return Holder(actor, place.authority, place.network)


def _place(user: User, authority_id: int | None, network_id: int | None) -> Any:
    code = f"network-{network_id}" if network_id is not None else f"authority-{authority_id}"
    found = places_of(user, on=timezone.localdate())
    return next((place for place in found if place.code == code), None)
