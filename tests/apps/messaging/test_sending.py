"""Letters, through a real server of this machine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from apps.conftest import open_with, small
from gouvernail.apps.messaging import services
from gouvernail.apps.messaging.letters import Words, trial
from gouvernail.apps.messaging.models import Letter, State
from gouvernail.apps.messaging.services import DELAYS, LEASE, Recipient, deliver, queue
from gouvernail.common.tenancy import scoped
from services.files_of_sqlite import several_connections

pytestmark = pytest.mark.django_db
ALICE = Recipient("alice@exempleville.example", "Alice Dupont")


def asked(authority, at, **more):
    more.setdefault("key", "one")
    return queue("notice", ALICE, trial, at=at, authority_id=authority.pk, **more)


def test_a_letter_leaves_once_and_what_it_said_is_forgotten(mail_server, exempleville, at):
    letter = asked(exempleville, at)
    assert "arrive" in letter.text
    assert [deliver(at=at), deliver(at=at)] == [1, 0]
    [taken] = mail_server.taken
    assert taken["To"] == ALICE.email
    assert taken["Message-ID"] == letter.message_id
    assert taken["Auto-Submitted"] == "auto-generated"
    letter.refresh_from_db()
    assert (letter.state, letter.text, letter.html, letter.ended_at) == (State.SENT, "", "", at)


def test_the_same_thing_is_never_queued_twice(exempleville, at):
    assert asked(exempleville, at)
    assert asked(exempleville, at) is None
    assert Letter.objects.count() == 1


def test_somebody_without_an_address_gets_none(exempleville, at):
    queued = queue("notice", Recipient("", "Bruno"), trial, key="x", at=at)
    assert queued is None
    assert not Letter.objects.exists()


def test_a_server_that_asks_to_wait_is_tried_again_later(mail_server, exempleville, at):
    mail_server.answers = ["451 4.3.0 later"]
    letter = asked(exempleville, at)
    assert deliver(at=at) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.failure, letter.not_before) == ("waiting", "later", at + DELAYS[0])
    assert deliver(at=at + timedelta(seconds=30)) == 0
    assert deliver(at=at + DELAYS[0]) == 1
    assert len(mail_server.taken) == 1


def test_an_address_that_does_not_exist_is_given_up_at_once(mail_server, exempleville, at):
    mail_server.recipient = "550 5.1.1 unknown"
    letter = asked(exempleville, at)
    deliver(at=at)
    letter.refresh_from_db()
    assert (letter.state, letter.failure, letter.text) == (State.GIVEN_UP, "recipient", "")


def test_a_server_that_is_down_is_given_up_after_its_six_attempts(mail_server, exempleville, at):
    mail_server.stop()
    letter = asked(exempleville, at)
    when = at
    for delay in (*DELAYS, timedelta()):
        assert deliver(at=when) == 0
        when += delay
    letter.refresh_from_db()
    assert (letter.state, letter.failure, letter.attempts) == (State.GIVEN_UP, "refused", 6)


def test_a_server_that_is_down_is_not_asked_for_each_letter(mail_server, exempleville, at):
    mail_server.stop()
    for n in range(3):
        asked(exempleville, at, key=str(n))
    deliver(at=at)
    assert Letter.objects.filter(attempts=1).count() == 1


def test_a_worker_killed_after_sending_sends_again_under_the_same_name(
    mail_server, exempleville, at, monkeypatch
):
    letter = asked(exempleville, at)

    class KilledError(BaseException):
        pass

    def killed(*_args):
        raise KilledError

    with monkeypatch.context() as broken:
        broken.setattr(services, "_end", killed)
        with pytest.raises(KilledError):
            services._send(letter.pk, at, services.mailing.open_link())
    assert deliver(at=at + timedelta(seconds=5)) == 0  # it may be sending still
    assert deliver(at=at + LEASE + timedelta(seconds=1)) == 1
    first, second = mail_server.taken
    assert first["Message-ID"] == second["Message-ID"] == letter.message_id


def test_a_worker_that_comes_back_late_changes_nothing(mail_server, exempleville, at):
    letter = asked(exempleville, at)
    Letter.objects.update(attempts=1, lease_until=at - timedelta(seconds=1))
    late = Letter.objects.get()
    assert deliver(at=at) == 1
    services._failed(late, services.Failure("broken"), at)
    letter.refresh_from_db()
    assert letter.state == State.SENT


def test_a_letter_that_kills_each_worker_is_given_up(mail_server, exempleville, at):
    letter = asked(exempleville, at)
    Letter.objects.update(attempts=len(DELAYS) + 1, lease_until=at - LEASE)
    assert deliver(at=at) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.failure, mail_server.taken) == ("given-up", "stopped", [])


def test_what_waited_too_long_does_not_leave(mail_server, exempleville, at):
    letter = asked(exempleville, at, expires_at=at + timedelta(hours=1))
    assert deliver(at=at + timedelta(hours=1)) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.failure, letter.text) == ("given-up", "expired", "")


def test_the_trace_goes_after_ninety_days(mail_server, exempleville, at):
    asked(exempleville, at)
    deliver(at=at)
    deliver(at=at + timedelta(days=91))
    assert not Letter.objects.exists()


def test_quiet_hours_hold_back_what_nobody_waits_for(mail_server, exempleville, at):
    evening = at.replace(hour=20)  # 21 h in Paris, on a Monday
    held = asked(exempleville, evening, key="held")
    asked(exempleville, evening, key="urgent", urgent=True)
    assert len(mail_server.taken) == 1
    assert held.not_before.astimezone().isoformat() != evening.isoformat()
    assert deliver(at=evening) == 0
    assert deliver(at=held.not_before) == 1


def test_without_a_server_a_secret_is_not_kept_waiting(exempleville, at, settings):
    settings.EMAIL_HOST = ""
    assert asked(exempleville, at, secret=True) is None
    assert asked(exempleville, at, key="open") is not None
    assert deliver(at=at) == 0
    assert Letter.objects.get().attempts == 0


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda server, settings: None, None),
        (lambda server, settings: server.stop(), "refused"),
        (lambda server, settings: setattr(server, "recipient", "550 5.1.1 no"), "recipient"),
        (lambda server, settings: setattr(server, "answers", ["554 5.7.1 spam"]), "rejected"),
        (lambda server, settings: setattr(settings, "EMAIL_USE_TLS", True), "tls"),
        (lambda server, settings: setattr(settings, "EMAIL_HOST", ""), "not-set"),
    ],
)
def test_the_trial_says_what_is_wrong(mail_server, settings, prepare, code):
    prepare(mail_server, settings)
    failure = services.try_out(ALICE)
    assert (failure.code if failure else None) == code
    if failure:
        assert services.mailing.said(failure.code).fr


def test_the_trial_says_that_the_password_is_wrong(mail_server, settings):
    mail_server.offers = "AUTH PLAIN LOGIN"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "gouvernail", "faux"
    assert services.try_out(ALICE).code == "password"


def test_a_subject_cannot_bring_a_header_in(mail_server, exempleville, at):
    def words():
        return Words("Bonjour\r\nBcc: chloe@ailleurs.example", ("<b>Texte</b>",), name="Éva <i>")

    queue("notice", ALICE, words, key="x", at=at)
    deliver(at=at)
    [taken] = mail_server.taken
    assert taken["Bcc"] is None
    assert "&lt;b&gt;" in taken.get_body(("html",)).get_content()
    assert "<b>Texte</b>" in taken.get_body(("plain",)).get_content()


@pytest.mark.parametrize("address", ["deux@@signes", "a\nb@c.example"])
def test_an_address_that_cannot_be_written_holds_nobody_else_back(
    mail_server, exempleville, at, address
):
    queue("notice", Recipient(address), trial, key="bad", at=at)
    asked(exempleville, at, key="good")
    assert deliver(at=at) == 1
    assert Letter.objects.get(key="bad").state == State.GIVEN_UP


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_letter_once(mail_server, someone, at, tmp_path):
    with several_connections(tmp_path):
        authority = open_with(small(), someone, at)
        for n in range(12):
            asked(authority, at, key=str(n))
        sent = two_at_once(at)
    assert sum(sent) == 12
    assert len({each["Message-ID"] for each in mail_server.taken}) == len(mail_server.taken) == 12


def two_at_once(at):
    """Return how many letters each of two workers that begin together has sent."""
    begin = Barrier(2)

    def work():
        with scoped(platform=True, lasting=True):
            begin.wait()
            try:
                return deliver(at=at)
            finally:
                connection.close()

    with ThreadPoolExecutor(2) as pool:
        return [each.result() for each in [pool.submit(work), pool.submit(work)]]
