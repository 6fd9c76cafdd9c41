"""The weekly letter: once a week, on a working day, with the seal of the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from apps.conftest import member, words
from gouvernail.apps.accounts.models import User
from gouvernail.apps.home.digest import send_digests
from gouvernail.apps.journal.queries import seal_of
from gouvernail.apps.messaging.models import Letter
from gouvernail.apps.messaging.notices import choose, notify
from gouvernail.apps.steering.services import run_now

MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)  # 8 h in Paris


@pytest.fixture
def alice_user(exempleville):
    user = member(exempleville, "alice", "dgs")
    User.objects.filter(pk=user.pk).update(email="alice@exempleville.example")
    return user


def digests():
    return Letter.objects.filter(kind="digest")


def test_one_letter_a_week_with_the_seal(alice_user, exempleville):
    assert send_digests(at=MONDAY) == 1
    [letter] = digests()
    text = words(letter.text)
    assert "Test a donné un accès à Alice" in text.replace("test a", "Test a")
    assert seal_of(exempleville.pk) in text
    assert f"gouvernail verify-journal --authority {exempleville.code} --seal" in text
    for later in (timedelta(minutes=1), timedelta(hours=5), timedelta(days=1)):
        assert send_digests(at=MONDAY + later) == 0
    assert send_digests(at=MONDAY - timedelta(minutes=1)) == 0


def test_nothing_leaves_in_a_week_where_nothing_happened(alice_user, exempleville):
    assert send_digests(at=MONDAY + timedelta(days=28)) == 0
    assert not digests().exists()


def test_a_worker_that_was_down_sends_it_late_but_not_too_late(alice_user):
    assert send_digests(at=MONDAY + timedelta(days=3)) == 0
    assert send_digests(at=MONDAY + timedelta(days=1, hours=4)) == 1


def test_it_waits_for_the_day_after_a_holiday(alice_user, exempleville, at):
    easter = datetime(2027, 3, 29, 7, 0, tzinfo=UTC)
    notify("plan-computed", alice_user.pk, authority_id=exempleville.pk, at=easter)
    choose(alice_user.pk, exempleville.pk, {"plan-computed": "digest"})
    notify(
        "plan-computed", alice_user.pk, authority_id=exempleville.pk, at=easter - timedelta(days=3)
    )
    assert send_digests(at=easter) == 0
    assert send_digests(at=easter + timedelta(days=1)) == 1
    assert words(digests().get().text).count("Le plan est à jour") == 1


def test_only_those_who_want_it_receive_it(alice_user, exempleville):
    agent = member(exempleville, "noe", "agent")
    User.objects.filter(pk=agent.pk).update(email="noe@exempleville.example")
    choose(alice_user.pk, exempleville.pk, {"digest": "none"})
    assert send_digests(at=MONDAY) == 0


def test_an_agent_reads_nothing_of_the_journal_nor_of_the_plan(exempleville, someone, at):
    agent = member(exempleville, "noe", "agent")
    User.objects.filter(pk=agent.pk).update(email="noe@exempleville.example")
    run_now(exempleville.pk, by=someone, at=at)
    choose(agent.pk, exempleville.pk, {"digest": "email", "role-given": "digest"})
    assert send_digests(at=MONDAY) == 0
    notify(
        "role-given", agent.pk, authority_id=exempleville.pk, at=MONDAY + timedelta(days=3),
        words={"by": "Alice", "fr": "DPO", "en": "DPO"},
    )  # fmt: skip
    assert send_digests(at=MONDAY + timedelta(days=7)) == 1
    text = words(digests().get().text)
    assert "Alice a changé vos profils" in text
    assert "accès" not in text


def test_with_a_plan_it_says_what_waits_and_what_comes(alice_user, exempleville, someone, at):
    run_now(exempleville.pk, by=someone, at=at)
    send_digests(at=MONDAY)
    text = words(digests().get().text)
    assert "Ce qui vous attend" in text
