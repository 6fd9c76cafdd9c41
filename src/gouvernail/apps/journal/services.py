"""The only writer of the journal: appends to a chain, erases a person without breaking it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from gouvernail.apps.journal.chain import PLATFORM, close, of_chain, pieces_of, plain
from gouvernail.apps.journal.erasing import ERASED, Person, without
from gouvernail.apps.journal.models import Chain, Entry
from gouvernail.apps.journal.types import TYPES
from gouvernail.common.actor import Actor, ActorKind
from gouvernail.common.tenancy import scoped
from gouvernail_core import journal


def record(
    act: str,
    *,
    by: Actor,
    at: datetime,
    authority_id: int | None = None,
    subject: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Entry:
    """Write one entry, in the transaction of the act it tells: both stand or neither does.

    It takes the next number of its chain, under the lock of the chain's head.
    """
    if act not in TYPES:
        raise KeyError(f"no entry type {act}")
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{act}: the journal is written in the transaction of its act")
    entry = Entry(
        authority_id=authority_id or by.authority_id,
        at=at,
        actor_kind=by.kind.value,
        actor_name=by.name[:150],
        actor_uid=by.uid,
        standing_in=list(by.standing_in),
        act=act,
        subject=subject[:300],
        before=plain(before or {}),
        after=plain(after or {}),
    )
    # What is of no authority belongs to the platform, which alone sees it.
    with nullcontext() if entry.authority_id else scoped(platform=True):
        head = _locked(entry.authority_id)
        close(entry, head.uid, head.seq + 1, head.digest).save(force_insert=True)
        head.seq, head.digest = entry.seq, entry.digest
        head.save(update_fields=["seq", "digest"])
    return entry


@transaction.atomic
def record_each(
    act: str,
    told: Iterable[tuple[str, dict[str, Any]]],
    *,
    by: Actor,
    at: datetime,
    authority_id: int,
) -> int:
    """Write the same act done to many at once: a subject and what is after, entry by entry.

    One lock of the head and one write serve them all. Return how many entries there are.
    """
    if act not in TYPES:
        raise KeyError(f"no entry type {act}")
    head, entries = _locked(authority_id), []
    for subject, after in told:
        entry = Entry(
            authority_id=authority_id,
            at=at,
            actor_kind=by.kind.value,
            actor_name=by.name[:150],
            actor_uid=by.uid,
            standing_in=list(by.standing_in),
            act=act,
            subject=subject[:300],
            before={},
            after=plain(after),
        )
        close(entry, head.uid, head.seq + 1, head.digest)
        head.seq, head.digest = entry.seq, entry.digest
        entries.append(entry)
    models.QuerySet[Entry](Entry).bulk_create(entries, batch_size=500)
    head.save(update_fields=["seq", "digest"])
    return len(entries)


@dataclass(frozen=True, slots=True)
class Redaction:
    """What replaces a piece of an entry."""

    seq: int
    piece: str
    content: Any


@transaction.atomic
def redact(
    redactions: list[Redaction], *, by: Actor, at: datetime, authority_id: int | None
) -> Entry | None:
    """Replace pieces of entries and write that it was done; None when there is nothing to replace.

    The seals of the writing stay; the new ones are in the entry `person-erased`, by which the
    chain still verifies.
    """
    if not redactions:
        return None
    head = _locked(authority_id)
    chain = of_chain(Entry.objects.all(), authority_id)
    listed = [_replace(chain.get(seq=each.seq), each) for each in redactions]
    return record(
        "person-erased",
        by=by,
        at=at,
        authority_id=head.authority_id,
        after={"pieces": listed},
    )


@transaction.atomic
def erase_person(
    person: Person, *, by: Actor, at: datetime, authority_id: int | None
) -> Entry | None:
    """Take a person out of one chain: their names, and the values that hold one or their code.

    The names they bore are those under which they acted.
    """
    _locked(authority_id)
    every = of_chain(Entry.objects.all(), authority_id).exclude(act=journal.ERASURE)
    theirs = every.filter(actor_uid=person.uid or None, actor_kind=ActorKind.PERSON.value)
    bore = theirs.order_by().values_list("actor_name", flat=True).distinct()
    person = replace(person, former=person.former | set(bore) - {ERASED})
    redactions = [
        Redaction(entry.seq, piece, content)
        for entry in every.order_by("seq").iterator(chunk_size=1000)
        for piece, content in without(person, pieces_of(entry), entry.actor_uid).items()
    ]
    return redact(redactions, by=by, at=at, authority_id=authority_id)


def _replace(entry: Entry, asked: Redaction) -> dict[str, Any]:
    """Put another content in a piece; return what the chain must know of it."""
    content, salt = plain(asked.content), journal.new_salt()
    fields: Mapping[str, Any] = {asked.piece: content}
    if asked.piece == "actor_name":
        fields = {"actor_name": content["name"], "standing_in": content["standing_in"]}
    rows = Entry._base_manager.filter(pk=entry.pk)
    salts = {**rows.values_list("salts", flat=True).get(), asked.piece: salt}
    rows.update(**fields, salts=salts)
    made = journal.commitment(content, salt)
    return {"seq": asked.seq, "piece": asked.piece, "commitment": made}


def _locked(authority_id: int | None) -> Chain:
    """Return the head of a chain, locked until the end of the transaction; begin a new chain."""
    rows = Chain.objects.select_for_update()
    found: Chain | None = of_chain(rows, authority_id).first()
    if found:
        return found
    uid = PLATFORM
    if authority_id is not None:
        authorities = apps.get_model("authority.Authority").objects
        uid = str(authorities.values_list("uid", flat=True).get(pk=authority_id))
    Chain.objects.get_or_create(
        uid=uid,
        defaults={"authority_id": authority_id, "digest": journal.first_previous(uid)},
    )
    return rows.get(uid=uid)
