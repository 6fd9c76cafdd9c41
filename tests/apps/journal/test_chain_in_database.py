"""The journal in the database: chained as it is written, verified, erased without breaking."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import models, transaction

from gouvernail.apps.journal.erasing import ERASED, Person
from gouvernail.apps.journal.models import Chain, Entry, Immutable
from gouvernail.apps.journal.queries import seal_of, verified
from gouvernail.apps.journal.services import Redaction, erase_person, record, redact
from gouvernail.common.actor import Actor, ActorKind, service
from services.roles import behind

UID = "7d2b1c52-3f5e-4a3c-9d0b-0c9f6a3d1e11"


@pytest.fixture
def ours(exempleville, at):
    """Return an authority where Bruno changed two facts, once on behalf of Alice."""
    bruno = Actor(ActorKind.PERSON, "Bruno Martin", None, exempleville.pk, uid=UID)
    record("fact-changed", by=bruno, at=at, subject="Personnes : bruno",
           before={"name": "Bruno"}, after={"name": "Bruno Martin", "age": 41})  # fmt: skip
    record("fact-changed", by=replace(bruno, standing_in=("Alice Dupont",)), at=at,
           subject="Budgets : 2027", before={"amount_eur": 1}, after={"amount_eur": 2})  # fmt: skip
    return exempleville


def raw(authority):
    """Return the entries as somebody who holds the database reaches them."""
    return models.QuerySet(Entry).filter(authority=authority).order_by("seq")


def wrong(authority, **given):
    return [(a.kind.value, a.seq) for a in verified(authority.pk, **given).alterations]


def test_each_authority_counts_its_own_entries_and_the_platform_too(ours, elsewhere, at):
    record("plan-computed", by=service(), at=at)
    assert [e.seq for e in raw(ours)] == [1, 2, 3, 4]
    assert [e.seq for e in raw(elsewhere)] == [1, 2]
    for pk in (ours.pk, elsewhere.pk, None):
        assert verified(pk).alterations == ()
    assert verified(None).entries == 1


@pytest.mark.parametrize(
    "change",
    [
        {"actor_name": "Eve"}, {"standing_in": ["Eve"]}, {"subject": "x"}, {"before": {"a": 1}},
        {"after": {}}, {"act": "fact-added"}, {"actor_kind": "command"}, {"actor_uid": ""},
        {"digest": "0" * 64}, {"previous": "0" * 64}, {"salts": {}}, {"sealed": {}},
        {"salts": 5}, {"salts": [1]}, {"sealed": []}, {"sealed": [1]}, {"sealed": "x"},
    ],
)  # fmt: skip
def test_any_column_changed_behind_the_platform_is_found(ours, change):
    with behind():
        raw(ours).filter(seq=3).update(**change)
    assert {seq for _kind, seq in wrong(ours)} == {3}


def test_a_removed_row_is_told(ours):
    with behind():
        raw(ours).filter(seq=2)._raw_delete(using="default")
    assert wrong(ours) == [("removed", 2)]


def test_a_row_moved_to_another_authority_is_told_on_both_sides(ours, elsewhere):
    with behind():
        raw(ours).filter(seq=3).update(authority=elsewhere)
    assert wrong(ours) == [("removed", 3)]
    assert {seq for _kind, seq in wrong(elsewhere)} == {3}


def test_a_cut_tail_whose_head_was_moved_back_shows_by_the_printed_seal(ours):
    printed = seal_of(ours.pk)
    assert wrong(ours, printed=printed) == []
    with behind():
        raw(ours).filter(seq=4)._raw_delete(using="default")
    third = raw(ours).get(seq=3)
    with behind():
        Chain.objects.filter(authority=ours).update(seq=3, digest=third.digest)
    assert wrong(ours) == []
    assert wrong(ours, printed=printed) == [("cut", 4)]


def test_a_seal_of_long_ago_is_still_that_of_its_entry(ours, at):
    printed = seal_of(ours.pk)
    with transaction.atomic():
        record("plan-computed", by=service(), at=at, authority_id=ours.pk)
    assert seal_of(ours.pk) != printed
    assert wrong(ours, printed=printed.lower()) == []
    assert wrong(ours, printed=f"3{printed[1:]}") == [("seal", 3)]
    assert wrong(ours, printed="n’importe quoi") == [("seal", 0)]


def test_another_key_makes_other_seals(ours, settings):
    printed = seal_of(ours.pk)
    settings.JOURNAL_KEY = "another key, of thirty-two signs or more"
    assert wrong(ours, printed=printed) == [("seal", 4)]


def test_a_person_is_erased_and_the_chain_stands(ours, someone, at):
    person = Person(UID, ("Bruno Martin",), ("bruno",))
    written = erase_person(person, by=someone, at=at, authority_id=ours.pk)
    assert written.act == "person-erased"
    assert wrong(ours) == []
    third, fourth = raw(ours)[2:4]
    assert (third.actor_name, fourth.actor_name) == (ERASED, ERASED)
    assert third.subject == f"Personnes : {ERASED}"
    assert third.after == {"name": "", "age": 41}
    assert fourth.standing_in == ["Alice Dupont"]
    assert "bruno" not in str(list(raw(ours).values())).casefold()


def test_a_person_is_erased_under_the_names_they_bore_and_nothing_else_with_them(
    exempleville, someone, at
):
    before = len(raw(exempleville))
    maiden, mischief, now = (
        Actor(ActorKind.PERSON, name, None, exempleville.pk, uid=UID)
        for name in ("Alix Petit", "Budgets", "Alix Grand")
    )
    record("member-added", by=someone, at=at, authority_id=exempleville.pk, subject=maiden.name)
    for who in (maiden, mischief, now):
        record("name-changed", by=who, at=at, subject=now.name, before={"name": who.name})
    record("fact-changed", by=someone, at=at, authority_id=exempleville.pk,
           subject="Budgets : 2027", after={"label": "Budgets de 2027"})  # fmt: skip
    erase_person(Person(UID, (now.name,)), by=someone, at=at, authority_id=exempleville.pk)
    entries = list(raw(exempleville))[before:]
    kept = str([(e.actor_name, e.subject, e.before, e.after) for e in entries[:-1]])
    assert "Alix" not in kept
    assert [e.subject for e in entries[:2]] == [ERASED, ERASED]
    assert (entries[4].subject, entries[4].after) == (
        "Budgets : 2027",
        {"label": "Budgets de 2027"},
    )
    assert wrong(exempleville) == []


def test_erasing_twice_writes_once(ours, someone, at):
    person = Person(UID, ("Bruno Martin",), ("bruno",))
    erase_person(person, by=someone, at=at, authority_id=ours.pk)
    assert erase_person(person, by=someone, at=at, authority_id=ours.pk) is None


def test_erasing_one_does_not_touch_the_other_authority(ours, elsewhere, someone, at):
    before = list(raw(elsewhere).values())
    erase_person(Person(UID, ("Bruno Martin",)), by=someone, at=at, authority_id=ours.pk)
    assert list(raw(elsewhere).values()) == before


def test_an_erasure_undone_by_hand_with_another_word_is_found(ours, someone, at):
    redact([Redaction(3, "subject", "")], by=someone, at=at, authority_id=ours.pk)
    assert wrong(ours) == []
    with behind():
        raw(ours).filter(seq=3).update(subject="Personnes : eve")
    assert wrong(ours) == [("piece", 3)]


def test_a_forged_record_of_erasure_is_found(ours, someone, at):
    redact([Redaction(3, "subject", "")], by=someone, at=at, authority_id=ours.pk)
    with behind():
        raw(ours).filter(seq=5).update(after={"pieces": []})
    assert wrong(ours) == [("piece", 3), ("piece", 5)]


def test_refuses_to_be_changed_or_removed_by_the_lot(ours):
    with pytest.raises(Immutable):
        Entry.objects.filter(authority=ours).update(act="x")
    with pytest.raises(Immutable):
        Entry.objects.all().delete()
    with pytest.raises(Immutable):
        Entry.objects.bulk_update(raw(ours), ["act"])
    with pytest.raises(Immutable):
        Entry.objects.bulk_create(
            raw(ours), update_conflicts=True, unique_fields=["id"], update_fields=["act"]
        )


@pytest.mark.parametrize(
    "value",
    [1e23, 1.2345678901234567e25, 1e300, 2.0**53 + 2, -0.0, 5e-324, 1e-7, 0.1 + 0.2, 10**30,
     "é", "e\u0301", "\u2028", "𝟙", "\\u0041", '"'],
)  # fmt: skip
def test_a_value_is_sealed_as_the_database_gives_it_back(exempleville, someone, at, value):
    record("fact-changed", by=someone, at=at, authority_id=exempleville.pk,
           before={"v": value, str(value): [value]}, after={"v": {"deep": value}})  # fmt: skip
    assert wrong(exempleville) == []
