"""Erasing somebody everywhere in an authority: access, facts, journal, in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gouvernail.apps.accounts.erasing import ERASED, Erased, erase_member
from gouvernail.apps.accounts.queries import member_for
from gouvernail.apps.facts import queries, services
from gouvernail.apps.facts.drafts import forget_person
from gouvernail.apps.jobs.services import forget_name
from gouvernail.apps.journal import services as journal
from gouvernail.apps.journal.erasing import Person
from gouvernail.common.actor import Actor
from gouvernail.common.tenancy import scoped
from gouvernail_core.facts import sheet


@transaction.atomic
def erase_person(authority_id: int, pk: int, *, in_facts: bool, by: Actor, at: datetime) -> Erased:
    """Erase somebody and return who it was; either all of it is done or nothing is.

    The journal comes last: what the erasure itself writes there must not name them either.
    """
    user_id = member_for(authority_id, pk).user_id
    erased = erase_member(authority_id, pk, by=by, at=at)
    if in_facts:
        _in_facts(authority_id, erased, by=by, at=at)
    forget_person(authority_id, user_id)
    forget_name(authority_id, erased.name, ERASED.fr)
    in_journal(authority_id, erased, by=by, at=at)
    return erased


def in_journal(authority_id: int, erased: Erased, *, by: Actor, at: datetime) -> None:
    """Take the person out of this authority’s entries; out of the platform’s with the account."""
    codes = (erased.person,) if erased.person else ()
    who = Person(uid=erased.uid, names=(erased.name,), codes=codes)
    journal.erase_person(who, by=by, at=at, authority_id=authority_id)
    if erased.whole:
        with scoped(platform=True):
            journal.erase_person(who, by=by, at=at, authority_id=None)


def _in_facts(authority_id: int, erased: Erased, *, by: Actor, at: datetime) -> None:
    """Replace the name in the sheet of people; the row stays, others refer to its code."""
    people = sheet("people")
    for record in queries.records_of(people, authority_id):
        if record.row["name"] != erased.name and record.row["id"] != (erased.person or None):
            continue
        services.change_row(
            authority_id, people, record.pk, {"name": ERASED.fr},
            version=record.version, by=by, at=at,
        )  # fmt: skip
