"""The journal is written with its act, once, and says everything in both languages."""

from __future__ import annotations

import re

import pytest
from django.db import transaction

from gouvernail.apps.journal import queries
from gouvernail.apps.journal.models import Entry, Immutable
from gouvernail.apps.journal.services import record
from gouvernail.apps.journal.types import TYPES
from gouvernail.common.actor import Actor, ActorKind, command, service


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.code)
def test_every_act_has_its_sentence_and_its_rule_of_erasure(kind):
    for text in (kind.sentence, kind.erasure):
        assert text.fr
        assert text.en
        assert text.fr != text.en
    assert set(kind.personal) <= {"actor_name", "subject", "before", "after"}


def test_every_act_the_code_records_is_known_and_every_known_act_is_recorded():
    from pathlib import Path

    import gouvernail

    files = Path(gouvernail.__file__).parent.rglob("*.py")
    code = "\n".join(f.read_text() for f in files if f.parts[-2:] != ("journal", "types.py"))
    assert set(re.findall(r'record\(\s*"([a-z-]+)"', code)) <= set(TYPES)
    assert set(TYPES) - set(re.findall(r'"([a-z-]+)"', code)) == set()


@pytest.mark.django_db(transaction=True)
def test_refuses_to_be_written_outside_of_a_transaction(at):
    with pytest.raises(RuntimeError, match="transaction of its act"):
        record("plan-computed", by=service(), at=at)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_goes_with_the_act_that_fails(at):
    with transaction.atomic():
        record("plan-computed", by=service(), at=at)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


def test_refuses_an_act_it_does_not_know(db, at):
    with pytest.raises(KeyError):
        record("dance", by=service(), at=at)


def test_is_written_once(db, at):
    entry = record("plan-computed", by=service(), at=at)
    with pytest.raises(Immutable):
        entry.save()
    with pytest.raises(Immutable):
        entry.delete()


def test_says_who_did_what(exempleville, at):
    person = Actor(ActorKind.PERSON, "Alice", None, exempleville.pk)
    record("fact-removed", by=person, at=at, subject="Services : accueil")
    told = queries.latest(exempleville.pk)[0]
    assert (told.who, told.what.fr) == ("Alice", "a retiré Services : accueil")
    assert told.what.en == "removed Services : accueil"


def test_tells_an_authority_only_its_own(exempleville, elsewhere):
    mine = {told.what.fr for told in queries.latest(exempleville.pk)}
    assert mine == {"a importé le classeur ", "a ouvert l’espace de exempleville"}


def test_an_act_always_has_somebody_behind_it():
    assert command().kind is ActorKind.COMMAND
    assert service().kind is ActorKind.SERVICE
