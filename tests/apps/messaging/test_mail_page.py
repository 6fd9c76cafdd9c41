"""The page of outgoing e-mail: settings without their secret, a test, the queue."""

from __future__ import annotations

from datetime import time

import pytest

from apps.conftest import words
from gouvernail.apps.accounts.models import User
from gouvernail.apps.journal.queries import latest
from gouvernail.apps.messaging.letters import trial
from gouvernail.apps.messaging.models import Letter
from gouvernail.apps.messaging.queries import quiet_of
from gouvernail.apps.messaging.services import Recipient, deliver, queue

PAGE = "/administration/courrier/"


@pytest.fixture
def alice_writes(alice):
    User.objects.filter(username="alice@test").update(email="alice@exempleville.example")
    return alice


@pytest.fixture
def letter(exempleville, at):
    to = Recipient("bruno@exempleville.example", "Bruno Martin")
    return queue("notice", to, trial, key="one", at=at, authority_id=exempleville.pk)


def acts(authority):
    return [each.act for each in latest(authority.pk)]


def test_the_page_says_the_server_and_never_its_password(alice, settings):
    settings.EMAIL_HOST, settings.EMAIL_HOST_PASSWORD = "courriel.example", "à ne pas dire"
    page = words(alice.get(PAGE))
    assert "courriel.example" in page
    assert "à ne pas dire" not in page
    settings.EMAIL_HOST = ""
    assert "Aucun serveur de courriel" in words(alice.get(PAGE))


def test_others_do_not_look_after_e_mail(bruno, elu):
    assert {bruno.get(PAGE).status_code, elu.post(f"{PAGE}essai").status_code} == {403}


def test_the_trial_leaves_at_once(alice_writes, exempleville, mail_server):
    page = words(alice_writes.post(f"{PAGE}essai", follow=True))
    assert "Le serveur a pris l’essai pour alice@exempleville.example" in page
    assert mail_server.taken[0]["To"] == "alice@exempleville.example"
    assert acts(exempleville)[0] == "mail-tried"


def test_the_trial_says_in_words_what_is_wrong(alice_writes, mail_server):
    mail_server.stop()
    page = words(alice_writes.post(f"{PAGE}essai", follow=True))
    assert "n’écoute pas à ce port" in page


def test_the_trial_needs_an_address(alice, mailoutbox):
    assert "n’a pas d’adresse de courriel" in words(alice.post(f"{PAGE}essai", follow=True))
    assert not mailoutbox


def test_the_queue_is_filtered_sorted_and_exported(alice, letter):
    assert "Bruno Martin" in words(alice.get(PAGE))
    assert "Bruno Martin" in words(
        alice.get(f"{PAGE}?etat=waiting&nature=notice&tri=qui&mot=BRÛNO")
    )
    assert "Aucun courriel ne répond" in words(alice.get(f"{PAGE}?etat=sent"))
    assert "Bruno Martin" in alice.get(f"{PAGE}export/csv").content.decode()
    assert "Bruno" not in alice.get(f"{PAGE}export/csv?etat=sent").content.decode()
    assert alice.get(f"{PAGE}export/pdf").status_code == 404


def test_a_letter_is_made_to_leave_or_cancelled_and_the_journal_says_so(
    alice, exempleville, letter, at, mailoutbox
):
    Letter.objects.update(attempts=4, failure="silent")
    alice.post(f"{PAGE}{letter.pk}/relancer")
    letter.refresh_from_db()
    assert (letter.attempts, letter.failure) == (0, "")
    alice.post(f"{PAGE}{letter.pk}/annuler")
    letter.refresh_from_db()
    assert (letter.state, letter.text) == ("cancelled", "")
    assert acts(exempleville)[:2] == ["letter-cancelled", "letter-retried"]
    assert "rien ne change" in words(alice.post(f"{PAGE}{letter.pk}/relancer", follow=True))
    assert deliver(at=at) == 0
    assert not mailoutbox


def test_a_letter_of_another_authority_does_not_exist(chloe, letter):
    for what in ("relancer", "annuler"):
        assert chloe.post(f"{PAGE}{letter.pk}/{what}").status_code == 404
    assert "Bruno" not in words(chloe.get(PAGE))


def test_the_quiet_hours_are_kept_and_told(alice, exempleville):
    given = {"active": "on", "starts": "18:00", "ends": "07:30"}
    alice.post(f"{PAGE}heures", given)
    quiet = quiet_of(exempleville.pk)
    assert (quiet.starts, quiet.ends, quiet.days_off) == (time(18), time(7, 30), False)
    assert acts(exempleville)[0] == "quiet-hours-changed"
    alice.post(f"{PAGE}heures", given)
    assert acts(exempleville).count("quiet-hours-changed") == 1
    assert alice.post(f"{PAGE}heures", {"starts": "25:99"}).status_code == 422
