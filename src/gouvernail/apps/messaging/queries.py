"""What leaves and what waits, for those who look after it and for those it is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from gouvernail.apps.messaging.kinds import DIGEST, KINDS, Channel, Kind
from gouvernail.apps.messaging.mailing import is_set
from gouvernail.apps.messaging.models import Letter, Notice, Preference, QuietRule, State
from gouvernail.apps.messaging.quiet import USUAL, Quiet
from gouvernail.common.tenancy import owned, scoped
from gouvernail_core.access import Act, may

__all__ = ["State", "is_set"]

#: Lines of the queue shown, or exported: the newest.
MOST = 5000


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter of the queue, without what it says."""

    id: int
    kind: str
    name: str
    email: str
    subject: str
    state: str
    created_at: datetime
    not_before: datetime
    attempts: int
    failure: str
    ended_at: datetime | None
    urgent: bool


@dataclass(frozen=True, slots=True)
class Load:
    """How many letters of the whole installation wait, and were given up in a week."""

    waiting: int
    given_up: int


def letters_of(authority_id: int) -> list[LetterRow]:
    """Return the letters of an authority, the newest first."""
    names = LetterRow.__slots__
    rows = owned(Letter, authority_id).order_by("-created_at", "-pk").values(*names)[:MOST]
    return [LetterRow(**row) for row in rows]


def load(*, at: datetime) -> Load:
    """Return how the queue of the installation is: numbers, of nobody."""
    with scoped(platform=True):
        counted = dict(
            Letter.objects.filter(created_at__gte=at - timedelta(days=7))
            .values_list("state")
            .annotate(n=Count("pk"))
            .order_by()
        )
    return Load(counted.get(State.WAITING, 0), counted.get(State.GIVEN_UP, 0))


def quiet_of(authority_id: int | None) -> Quiet:
    """Return when an authority lets no e-mail leave."""
    rule = owned(QuietRule, authority_id).first()
    if rule is None:
        return USUAL
    return Quiet(rule.active, rule.starts, rule.ends, rule.days_off)


def unread_of(user_id: int | None, authority_id: int) -> int:
    """Return how many messages somebody has not read."""
    unread: int = owned(Notice, authority_id).filter(user_id=user_id, read_at=None).count()
    return unread


def notices_of(user_id: int | None, authority_id: int, *, kind: str = "") -> list[Notice]:
    """Return somebody's messages, the newest first."""
    found = owned(Notice, authority_id).filter(user_id=user_id)
    return list((found.filter(kind=kind) if kind else found)[:500])


def for_digest(
    user_id: int, authority_id: int, *, since: datetime, until: datetime
) -> list[Notice]:
    """Return the messages that somebody wants in the weekly letter."""
    found = owned(Notice, authority_id).filter(
        user_id=user_id, in_digest=True, created_at__gte=since, created_at__lt=until
    )
    return list(found.order_by("created_at", "pk"))


def choices_of(user_id: int | None, authority_id: int, roles: Iterable[str]) -> dict[str, Channel]:
    """Return how somebody wants each kind of message; without a choice, the usual way."""
    chosen = dict(
        owned(Preference, authority_id).filter(user_id=user_id).values_list("kind", "channel")
    )
    kinds = (*KINDS.values(), DIGEST)
    return {kind.code: Channel(chosen.get(kind.code) or usual(kind, roles)) for kind in kinds}


def usual(kind: Kind, roles: Iterable[str]) -> Channel:
    """Return how one is told without having chosen; those who answer for the journal receive the
    weekly letter, which bears its seal."""
    if kind is DIGEST and may(roles, Act.READ_JOURNAL):
        return Channel.EMAIL
    return kind.usual
