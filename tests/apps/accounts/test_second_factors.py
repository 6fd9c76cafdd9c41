"""The second step: an application for codes, recovery codes, and who must have one."""

from __future__ import annotations

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from apps.conftest import member, words
from gouvernail.apps.accounts import entering, factors, identity
from gouvernail.apps.journal.models import Entry

LOGIN, STEP = "/compte/connexion", "/compte/connexion/verification"
GIVEN = {"username": "alice@test", "password": "pas à pas"}


@pytest.fixture
def dgs(exempleville):
    return member(exempleville, "alice", "dgs")


def code_now(secret, ahead=0):
    counter = list(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counter[len(counter) // 2] + ahead))


@pytest.fixture
def protected(dgs):
    """Return Alice with an application, its secret and her recovery codes."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(dgs, secret)
    return dgs, secret, factors.new_recovery_codes(dgs)


def test_an_application_is_added_once_it_shows_that_it_knows_the_secret(alice):
    page = alice.get("/compte/facteurs/application").content.decode()
    secret = re.search(r"<code>(\w+)</code>", page)[1]
    assert "<svg" in page
    assert alice.post("/compte/facteurs/application", {"code": "000000"}).status_code == 422
    shown = alice.post("/compte/facteurs/application", {"code": code_now(secret)})
    assert len(re.findall(r"<li><code>\d{10}</code></li>", shown.content.decode())) == 10
    assert Entry.objects.filter(act="factor-added", subject="totp").count() == 1
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_the_secret_is_not_readable_in_the_database(protected):
    _user, secret, _codes = protected
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_a_password_alone_opens_nothing_to_who_has_a_second_factor(client, protected):
    _user, secret, _codes = protected
    answer = client.post(LOGIN, {**GIVEN, "next": "/faits/"})
    assert answer["Location"] == STEP
    assert client.get("/faits/").status_code == 302
    assert not Entry.objects.filter(act="signed-in").exists()
    assert client.post(STEP, {"code": code_now(secret)})["Location"] == "/faits/"
    assert client.get("/faits/").status_code == 200
    assert Entry.objects.filter(act="signed-in").count() == 1


def test_a_code_opens_once(protected):
    _user, secret, _codes = protected
    code = code_now(secret)
    for expected in (302, 422):
        client = Client()
        client.post(LOGIN, GIVEN)
        assert client.post(STEP, {"code": code}).status_code == expected


def test_a_recovery_code_opens_once_and_is_told_to_the_journal(protected):
    code = protected[2][3]
    for expected in (302, 422):
        client = Client()
        client.post(LOGIN, GIVEN)
        assert client.post(STEP, {"code": code}).status_code == expected
    assert Entry.objects.filter(act="recovery-code-used").count() == 1


def test_a_factor_that_cannot_be_told_is_not_added(alice, monkeypatch):
    page = alice.get("/compte/facteurs/application").content.decode()
    secret = re.search(r"<code>(\w+)</code>", page)[1]
    monkeypatch.setattr(identity, "record", _full)
    with pytest.raises(OSError, match="full"):
        alice.post("/compte/facteurs/application", {"code": code_now(secret)})
    assert not Authenticator.objects.exists()


def test_a_recovery_code_that_opens_nothing_is_not_spent(client, protected, monkeypatch):
    client.post(LOGIN, GIVEN)
    monkeypatch.setattr(entering, "record", _full)
    with pytest.raises(OSError, match="full"):
        client.post(STEP, {"code": protected[2][3]})
    assert factors.recovery_codes_left(protected[0]) == 10


def _full(*_args, **_kwargs):
    raise OSError("full")


@pytest.mark.parametrize("code", ["", "0", "x" * 500, "１２３４５６", "é", "'; --", "0" * 10])
def test_a_code_that_is_none_opens_nothing(client, protected, code):
    client.post(LOGIN, GIVEN)
    assert client.post(STEP, {"code": code}).status_code == 422
    assert client.get("/faits/").status_code == 302


@pytest.mark.parametrize("sent", ["", "{}", "null", "[]", "x", '{"response": 1}', "9" * 9000])
def test_a_passkey_that_is_none_opens_nothing(client, protected, sent):
    client.get("/compte/connexion/cle")
    answer = client.post("/compte/connexion/cle", {"credential": sent})
    assert answer["Location"] == LOGIN
    client.post(LOGIN, GIVEN)
    assert client.post(STEP, {"credential": sent}).status_code == 422


def test_no_challenge_is_answered_by_who_merely_holds_the_key(client, protected):
    asked = "/compte/connexion/cle"
    for _door in ("alone", "after the password"):
        assert client.get(asked).json()["publicKey"]["userVerification"] == "required"
        client.post(LOGIN, GIVEN)


def test_the_second_step_is_not_open_without_the_first(client, protected):
    assert client.get(STEP)["Location"] == LOGIN
    assert client.post(STEP, {"code": code_now(protected[1])})["Location"] == LOGIN


def test_the_second_step_waits_ten_minutes(client, protected):
    with time_machine.travel("2026-11-26 09:00", tick=False) as clock:
        client.post(LOGIN, GIVEN)
        clock.shift(601)
        assert client.post(STEP, {"code": code_now(protected[1])})["Location"] == LOGIN


def test_a_password_changed_meanwhile_stops_the_second_step(client, protected):
    user, secret, _codes = protected
    client.post(LOGIN, GIVEN)
    user.set_password("un autre mot de passe")
    user.save()
    assert client.post(STEP, {"code": code_now(secret)})["Location"] == LOGIN


def test_wrong_codes_are_counted_like_wrong_passwords(client, protected):
    client.post(LOGIN, GIVEN)
    answers = [client.post(STEP, {"code": "000001"}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    assert client.post(STEP, {"code": code_now(protected[1])}).status_code == 429


def test_removing_the_last_factor_removes_the_recovery_codes(protected, client_of):
    user, _secret, _codes = protected
    client = client_of(user)
    pk = Authenticator.objects.get(type="totp").pk
    assert client.post(f"/compte/facteurs/{pk}/retirer").status_code == 302
    assert not Authenticator.objects.exists()
    assert Entry.objects.filter(act="factor-removed").count() == 1


def test_nobody_removes_the_factor_of_somebody_else(protected, chloe):
    pk = Authenticator.objects.get(type="totp").pk
    assert chloe.post(f"/compte/facteurs/{pk}/retirer").status_code == 404
    assert Authenticator.objects.filter(pk=pk).exists()


def test_new_recovery_codes_close_the_former_ones(protected, client_of):
    user, _secret, codes = protected
    client_of(user).post("/compte/facteurs/codes")
    client = Client()
    client.post(LOGIN, GIVEN)
    assert client.post(STEP, {"code": codes[0]}).status_code == 422


def test_what_protects_the_account_asks_for_a_recent_proof(dgs, client_of):
    with time_machine.travel("2026-11-26 09:00", tick=False) as clock:
        client = client_of(dgs)
        clock.shift(1801)
        asked = client.get("/compte/facteurs/application")
        assert asked["Location"] == "/compte/confirmer?next=/compte/facteurs/application"
        given = {"next": "/compte/facteurs/application"}
        wrong = client.post("/compte/confirmer", {**given, "password": "faux"})
        assert wrong.status_code == 422
        right = client.post("/compte/confirmer", {**given, "password": "pas à pas"})
        assert right["Location"] == "/compte/facteurs/application"
        assert client.get("/compte/facteurs/application").status_code == 200


@pytest.mark.parametrize(
    ("rule", "role", "due"),
    [
        ("none", "dgs", False),
        ("leaders", "dgs", True),
        ("leaders", "director", False),
        ("all", "director", True),
    ],
)
def test_an_installation_may_ask_a_second_factor(client, exempleville, settings, rule, role, due):
    settings.REQUIRE_MFA = rule
    member(exempleville, "alice", role)
    client.post(LOGIN, GIVEN)
    answer = client.get("/faits/")
    assert (answer.status_code == 302) is due
    if due:
        assert answer["Location"] == "/compte/"
        assert client.get("/compte/").status_code == 200
        assert client.post("/compte/lieu", {"place": "x"})["Location"] == "/compte/"
        page = client.get("/compte/facteurs/application").content.decode()
        secret = re.search(r"<code>(\w+)</code>", page)[1]
        client.post("/compte/facteurs/application", {"code": code_now(secret)})
        assert client.get("/faits/").status_code == 200


def test_the_pages_of_factors_are_french(protected, client_of):
    page = words(client_of(protected[0]).get("/compte/"))
    assert "Application de codes" in page
    assert "10 codes de secours" in page
