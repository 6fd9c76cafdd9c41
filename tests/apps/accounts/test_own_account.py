"""« Mon compte »: name, password, sessions, the link for a new password, and the pause."""

from __future__ import annotations

import re

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory

from apps.conftest import member, words
from gouvernail.apps.accounts.models import Membership, User
from gouvernail.apps.accounts.sessions import address_of
from gouvernail.apps.journal.models import Entry

LOGIN = "/compte/connexion"
NEW = "une phrase longue à retenir"


@pytest.fixture
def dgs(exempleville):
    cache.clear()
    return member(exempleville, "alice", "dgs")


def signed_in(password="pas à pas", name="alice@test", **headers):
    client = Client(headers={"accept-language": "fr", **headers})
    client.post(LOGIN, {"username": name, "password": password})
    return client


def opens(client):
    return client.get("/faits/").status_code == 200


def test_signing_in_gives_the_session_a_new_name(dgs):
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["gouvernail"] = before = session.session_key
    client.post(LOGIN, {"username": "alice@test", "password": "pas à pas"})
    assert client.session.session_key != before


def test_the_account_is_one_click_from_any_page(alice):
    assert 'href="/compte/"' in alice.get("/faits/").content.decode()
    page = words(alice.get("/compte/"))
    assert "Mon compte" in page
    assert "Cette session" in page


def test_a_name_is_kept(alice):
    assert alice.post("/compte/", {"name": "Alice D."}).status_code == 302
    assert User.objects.get().name == "Alice D."
    assert alice.post("/compte/", {"name": " "}).status_code == 422


def test_a_name_taken_from_a_colleague_is_told_in_every_journal(
    exempleville, elsewhere, client_of, dgs
):
    Membership.objects.create(user=dgs, authority=elsewhere, roles=["agent"])
    browser = client_of(dgs)
    for _twice in range(2):
        browser.post("/compte/", {"name": "Bruno Martin"})
    told = Entry.objects.filter(act="name-changed").order_by("authority")
    assert [(e.authority, e.actor_name, e.subject, e.before, e.after) for e in told] == [
        (each, "Alice", "Bruno Martin", {"name": "Alice"}, {"name": "Bruno Martin"})
        for each in (exempleville, elsewhere)
    ]


def test_one_sees_ones_sessions_and_closes_another(dgs):
    here, there = signed_in(), signed_in()
    pk = UserSession.objects.get(session_key=there.session.session_key).pk
    assert "Une autre session" in words(here.get("/compte/"))
    here.post(f"/compte/sessions/{pk}/fermer")
    assert opens(here)
    assert not opens(there)
    assert Entry.objects.filter(act="sessions-closed").count() == 1


def test_signing_out_everywhere_closes_here_too(dgs):
    here, there = signed_in(), signed_in()
    assert here.post("/compte/sessions/fermer")["Location"] == LOGIN
    assert not opens(here)
    assert not opens(there)


def test_nobody_closes_the_session_of_somebody_else(dgs, chloe):
    here = signed_in()
    pk = UserSession.objects.get(user=dgs).pk
    chloe.post(f"/compte/sessions/{pk}/fermer")
    assert opens(here)


def test_an_address_is_kept_shortened(dgs):
    signed_in()
    assert UserSession.objects.get().ip == "127.0.0.0"


def test_a_session_is_said_to_be_seen_now_and_then(dgs):
    with time_machine.travel("2026-11-26 09:00Z", tick=False) as clock:
        client = signed_in()
        clock.shift(700)
        opens(client)
        assert UserSession.objects.get().last_seen_at.minute == 11


def test_a_session_ends_after_twelve_hours(dgs):
    with time_machine.travel("2026-11-26 09:00Z", tick=False) as clock:
        client = signed_in()
        clock.shift(12 * 3600 + 1)
        assert not opens(client)


def test_changing_ones_password_closes_the_other_sessions(dgs):
    here, there = signed_in(), signed_in()
    given = {"old_password": "pas à pas", "new_password1": NEW, "new_password2": NEW}
    assert here.post("/compte/mot-de-passe", given).status_code == 302
    assert opens(here)
    assert not opens(there)
    assert opens(signed_in(NEW))
    assert Entry.objects.filter(act="password-changed").count() == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [("faux", NEW), ("pas à pas", "court"), ("pas à pas", "password1234"), ("pas à pas", "")],
)
def test_a_weak_password_or_a_wrong_one_changes_nothing(alice, old, new):
    given = {"old_password": old, "new_password1": new, "new_password2": new}
    assert alice.post("/compte/mot-de-passe", given).status_code == 422
    assert User.objects.get().check_password("pas à pas")


def test_a_password_of_64_signs_and_more_is_kept_whole(alice):
    long = "é 𝄞 " * 40
    given = {"old_password": "pas à pas", "new_password1": long, "new_password2": long}
    assert alice.post("/compte/mot-de-passe", given).status_code == 302
    assert User.objects.get().check_password(long)
    assert not User.objects.get().check_password(long[:-1])


def asked(client, address):
    return client.post("/compte/mot-de-passe/oublie", {"email": address})


def test_a_link_gives_a_new_password_once(client, dgs):
    User.objects.update(email="alice@exempleville.example")
    other = signed_in()
    asked(client, "alice@exempleville.example")
    link = re.search(r"https?://[^/\s]+(/compte/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    chosen = page.redirect_chain[-1][0]
    assert link.rsplit("/", 1)[1] not in chosen
    assert "no-store" in page["Cache-Control"]
    given = {"new_password1": NEW, "new_password2": NEW}
    assert client.post(chosen, given)["Location"] == LOGIN
    assert not opens(other)
    assert opens(signed_in(NEW))
    assert Entry.objects.filter(act="password-reset").count() == 1
    assert client.get(link, follow=True).status_code == 410


def test_a_link_lasts_one_hour(client, dgs):
    User.objects.update(email="alice@exempleville.example")
    with time_machine.travel("2026-11-26 09:00Z", tick=False) as clock:
        asked(client, "alice@exempleville.example")
        link = re.search(r"https?://[^/\s]+(/compte/\S+)", mail.outbox[0].body)[1]
        clock.shift(3601)
        assert client.get(link, follow=True).status_code == 410


def test_asking_for_a_link_never_tells_whether_an_account_exists(client, dgs):
    User.objects.update(email="alice@exempleville.example")
    known = asked(client, "alice@exempleville.example")
    unknown = asked(client, "personne@exempleville.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 1


def test_a_link_leads_here_whatever_the_request_says(client, dgs, settings):
    settings.ALLOWED_HOSTS, settings.PUBLIC_ADDRESS = ["*"], "https://ia.example"
    User.objects.update(email="alice@exempleville.example")
    client.post(
        "/compte/mot-de-passe/oublie", {"email": "alice@exempleville.example"},
        headers={"host": "ailleurs.example"},
    )  # fmt: skip
    assert "https://ia.example/compte/mot-de-passe/lien/" in mail.outbox[0].body
    assert "ailleurs.example" not in mail.outbox[0].body


def test_asking_twice_sends_one_link(client, dgs):
    User.objects.update(email="alice@exempleville.example")
    asked(client, "alice@exempleville.example")
    asked(client, "ALICE@exempleville.example")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("uid", ["x", "AAAA", "!!", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk"])
def test_a_link_that_was_never_sent_opens_nothing(client, db, uid):
    assert client.get(f"/compte/mot-de-passe/lien/{uid}/abc", follow=True).status_code == 410


def test_five_wrong_passwords_pause_this_name_here_and_say_until_when(dgs):
    with time_machine.travel("2026-11-26 09:00Z", tick=False) as clock:
        client = Client(headers={"accept-language": "fr"})
        wrong = {"username": "alice@test", "password": "faux"}
        codes = [client.post(LOGIN, wrong).status_code for _ in range(5)]
        assert codes == [422, 422, 422, 422, 429]
        right = client.post(LOGIN, {"username": "alice@test", "password": "pas à pas"})
        assert right.status_code == 429
        assert right["Retry-After"] == "900"
        assert "10:15" in words(right)
        entry = Entry.objects.get(act="sign-in-locked")
        assert (entry.actor_name, entry.subject, entry.after) == ("Alice", "", {})
        clock.shift(901)
        assert opens(signed_in())


def test_a_name_is_paused_the_same_whether_it_exists_or_not(db):
    client = Client()
    wrong = {"username": "personne", "password": "faux"}
    codes = [client.post(LOGIN, wrong).status_code for _ in range(5)]
    assert codes == [422, 422, 422, 422, 429]
    assert not Entry.objects.filter(act="sign-in-locked").exists()


def test_a_pause_here_does_not_shut_the_person_out_elsewhere(dgs):
    for _ in range(5):
        Client(REMOTE_ADDR="192.0.2.7").post(LOGIN, {"username": "alice@test", "password": "x"})
    assert opens(signed_in())


def test_fifty_wrong_names_pause_the_address(dgs):
    AccessAttempt.objects.bulk_create(
        AccessAttempt(
            username=f"n{n}", ip_address="127.0.0.1", user_agent="", failures_since_start=1,
            get_data="", post_data="",
        )
        for n in range(50)
    )  # fmt: skip
    answer = Client().post(LOGIN, {"username": "alice@test", "password": "pas à pas"})
    assert answer.status_code == 429


def tries(address, name="alice@test", password="pas à pas"):
    client = Client(REMOTE_ADDR=address)
    return client.post(LOGIN, {"username": name, "password": password}).status_code


def test_the_addresses_of_one_subscriber_of_ipv6_are_paused_together(dgs):
    for number in range(5):
        tries(f"2001:db8:1:2:{number}::7", password="faux")
    assert tries("2001:db8:1:2:ffff::1") == 429
    assert tries("2001:db8:1:3::1") == 302


def test_an_address_of_ipv4_told_as_ipv6_is_still_one_address(dgs):
    for _try in range(5):
        tries("::ffff:192.0.2.7", password="faux")
    assert tries("192.0.2.7") == 429
    assert tries("::ffff:192.0.2.8") == 302


def test_a_success_forgets_only_ones_own_failures(dgs):
    Client().post(LOGIN, {"username": "autre", "password": "faux"})
    Client().post(LOGIN, {"username": "alice@test", "password": "faux"})
    signed_in()
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["autre"]


def test_neither_passwords_nor_codes_are_kept_with_the_failures(dgs):
    Client().post(LOGIN, {"username": "alice@test", "password": "presque"})
    assert "presque" not in AccessAttempt.objects.get().post_data


@pytest.mark.parametrize(
    ("relays", "said", "found"),
    [
        (0, "198.51.100.1", "10.0.0.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "10.0.0.1"),
        (1, "n’importe quoi", "10.0.0.1"),
    ],
)
def test_only_trusted_relays_say_where_one_comes_from(settings, relays, said, found):
    settings.TRUSTED_PROXIES = relays
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=said)
    assert address_of(request) == found


def test_there_is_no_page_to_sign_up(client, db):
    for path in ("/accounts/signup/", "/compte/inscription", "/accounts/login/"):
        assert client.get(path).status_code == 404
