"""Lending one's profiles while away: given with dates, ended early, never lent again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.http import Http404

from gouvernail.apps.accounts.members import lock, own_roles
from gouvernail.apps.accounts.models import Delegation, Membership
from gouvernail.apps.journal.services import record
from gouvernail.apps.messaging.notices import notify
from gouvernail.common.actor import Actor
from gouvernail.common.tenancy import owned
from gouvernail_core.access import Act, may
from gouvernail_core.kernel import Problem, RefusedError, Text

#: Beyond a year it is no absence, it is a change of profiles.
MOST_DAYS = 366


def _problem(code: str, fr: str, en: str) -> RefusedError:
    return RefusedError(Problem(code, Text(fr, en)))


@transaction.atomic
def delegate(
    authority_id: int,
    *,
    taker: int,
    roles: Iterable[str],
    starts_on: date,
    ends_on: date,
    by: Actor,
    at: datetime,
) -> Delegation:
    """Lend some of one's own profiles to a member `taker` (an account), both days included.

    Raises RefusedError for profiles one holds only by delegation, dates out of order or past, and
    somebody who is not a member.
    """
    lock(authority_id)
    given, me = sorted(set(roles)), by.user_id
    _refuse_dates(starts_on, ends_on, at.date())
    held = own_roles(authority_id, me)
    if me is None or not given or not set(given) <= held or not may(held, Act.DELEGATE):
        raise _problem(
            "not-own-profile",
            "On ne délègue que les profils que l’on tient soi-même.",
            "One only delegates the profiles one holds oneself.",
        )
    member = owned(Membership, authority_id).filter(user_id=taker, user__is_active=True)
    found = member.select_related("user").first()
    if found is None or taker == me:
        raise _problem(
            "not-a-member",
            "Choisissez une autre personne qui a accès à cette collectivité.",
            "Choose another person who has access to this authority.",
        )
    made = Delegation.objects.create(
        authority_id=authority_id, giver_id=me, taker_id=taker, roles=given,
        starts_on=starts_on, ends_on=ends_on, created_at=at,
    )  # fmt: skip
    record(
        "delegation-given", by=by, at=at, authority_id=authority_id, subject=found.user.name,
        after={"roles": given, "from": starts_on.isoformat(), "to": ends_on.isoformat()},
    )  # fmt: skip
    words = {"by": by.name, "starts": f"{starts_on:%d/%m/%Y}", "ends": f"{ends_on:%d/%m/%Y}"}
    notify("delegation-given", taker, authority_id=authority_id, at=at, words=words)
    return made


@transaction.atomic
def end(authority_id: int, pk: int, *, by: Actor, at: datetime) -> None:
    """End one's own delegation now; twice changes nothing."""
    mine = owned(Delegation, authority_id).filter(pk=pk, giver_id=by.user_id)
    found = mine.select_related("taker").first()
    if found is None:
        raise Http404(f"delegation {pk}")
    if mine.filter(ended_at=None).update(ended_at=at):
        record(
            "delegation-ended", by=by, at=at, authority_id=authority_id, subject=found.taker.name,
            before={"roles": found.roles, "to": found.ends_on.isoformat()},
        )  # fmt: skip


def _refuse_dates(starts_on: date, ends_on: date, today: date) -> None:
    if ends_on < starts_on:
        raise _problem(
            "dates-out-of-order",
            "Le dernier jour vient avant le premier.",
            "The last day comes before the first.",
        )
    if ends_on < today:
        raise _problem(
            "dates-past", "Cette absence est déjà passée.", "This absence is already over."
        )
    if (ends_on - starts_on).days > MOST_DAYS:
        raise _problem(
            "dates-too-long",
            "Une délégation dure un an au plus.",
            "A delegation lasts a year at most.",
        )
