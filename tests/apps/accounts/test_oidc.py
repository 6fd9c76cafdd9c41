"""Signing in at a real provider, in its own process, with signed userinfo: and all it refuses."""

from __future__ import annotations

import urllib.request
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from apps.conftest import AT, member, words
from gouvernail.apps.accounts import oidc as ours
from gouvernail.apps.accounts.models import OidcIdentity, User
from gouvernail.apps.journal.models import Entry
from gouvernail.environment import EnvironmentRefused, OidcProvider, read
from services import oidc

GO, BACK = "/compte/oidc/connexion", "/compte/oidc/retour"


@pytest.fixture(scope="session")
def issuer():
    with oidc.running() as address:
        yield address


@pytest.fixture
def provider(issuer, settings):
    """Return the provider, without faults, known to the installation."""
    oidc.order(issuer, "")
    settings.OIDC = OidcProvider(issuer, "gouvernail", "secret", "ProConnect")
    settings.ALLOWED_HOSTS = ["*"]
    return issuer


@pytest.fixture
def dgs(exempleville):
    return member(exempleville, "alice", "dgs")


@pytest.fixture
def linked(dgs, provider):
    """Return Alice, linked to the subject the provider knows as « sujet-alice »."""
    OidcIdentity.objects.create(user=dgs, issuer=provider, subject="sujet-alice", linked_at=AT)
    return dgs


def browser():
    return Client(headers={"accept-language": "fr"})


def at_provider(departure, sub="sujet-alice"):
    """Give one's name at the provider and return the query with which one is sent back."""
    assert departure.status_code == 302
    answer = requests.post(
        departure["Location"], data={"sub": sub}, allow_redirects=False, timeout=10
    )
    assert answer.status_code == 302, answer.text
    return urlsplit(answer.headers["Location"]).query


def come_back(client, query):
    return client.get(f"{BACK}?{query}")


def signed_in(client):
    return client.get("/faits/").status_code == 200


def test_a_linked_person_signs_in_with_everything_checked(linked, provider):
    client = browser()
    departure = client.get(f"{GO}?next=/faits/")
    asked = parse_qs(urlsplit(departure["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) >= 32
    assert len(asked["state"][0]) >= 32
    before = client.session.session_key
    assert come_back(client, at_provider(departure))["Location"] == "/faits/"
    assert signed_in(client)
    assert client.session.session_key != before
    assert Entry.objects.filter(act="signed-in", actor_name="Alice").count() == 1


def test_the_button_is_there_only_with_a_provider(client, db, provider, settings):
    assert "Se connecter avec ProConnect" in words(browser().get("/compte/connexion"))
    settings.OIDC = None
    assert "ProConnect" not in words(browser().get("/compte/connexion"))
    for path in (GO, BACK):
        assert client.get(path).status_code == 404


def test_an_unknown_subject_gets_a_kind_page_and_no_account(dgs, provider):
    User.objects.update(email="alice@exempleville.example")
    client = browser()
    answer = come_back(client, at_provider(client.get(GO), sub="alice@exempleville.example"))
    assert answer.status_code == 403
    assert "Aucun compte n’a été créé" in words(answer)
    assert not signed_in(client)
    assert User.objects.count() == 1


def test_a_closed_account_stays_closed(linked, provider):
    User.objects.update(is_active=False)
    client = browser()
    assert come_back(client, at_provider(client.get(GO))).status_code == 403
    assert not signed_in(client)


@pytest.mark.parametrize(
    "fault",
    [
        "audience",
        "audience-shared",
        "expired",
        "issuer",
        "nonce",
        "no-nonce",
        "no-expiry",
        "key",
        "none",
        "hmac",
        "unsigned-userinfo",
        "userinfo-subject",
        "userinfo-audience",
        "userinfo-key",
    ],
)
def test_refuses_what_the_provider_should_not_have_said(linked, provider, fault):
    oidc.order(provider, fault)
    client = browser()
    answer = come_back(client, at_provider(client.get(GO)))
    assert answer.status_code == 403
    assert "Nous n’avons pas pu vérifier votre identité" in words(answer)
    assert not signed_in(client)
    assert not Entry.objects.filter(act="signed-in").exists()


def test_refuses_a_code_replayed_in_the_same_session(linked, provider):
    client = browser()
    query = at_provider(client.get(GO))
    assert come_back(client, query).status_code == 302
    client.post("/compte/deconnexion")
    assert come_back(client, query).status_code == 403
    assert not signed_in(client)


def test_refuses_a_code_already_used_even_with_a_fresh_state(linked, provider):
    first = browser()
    used = at_provider(first.get(GO))
    come_back(first, used)
    client = browser()
    fresh = parse_qs(at_provider(client.get(GO)))
    query = urlencode({"code": parse_qs(used)["code"][0], "state": fresh["state"][0]})
    assert come_back(client, query).status_code == 403
    assert not signed_in(client)


def test_refuses_a_code_stolen_from_another_session(linked, provider):
    victim, thief = browser(), browser()
    stolen = at_provider(victim.get(GO))
    assert come_back(thief, stolen).status_code == 403
    thief.get(GO)
    assert come_back(thief, stolen).status_code == 403
    assert not signed_in(thief)


def test_refuses_a_stolen_code_under_the_thiefs_own_state(linked, provider):
    """The thief has a state of their own, but not the verifier whose challenge the code carries."""
    victim, thief = browser(), browser()
    code = parse_qs(at_provider(victim.get(GO)))["code"][0]
    own = parse_qs(urlsplit(thief.get(GO)["Location"]).query)["state"][0]
    assert come_back(thief, urlencode({"code": code, "state": own})).status_code == 403
    assert not signed_in(thief)


@pytest.mark.parametrize(
    "query", ["", "code=x", "state=x", "code=x&state=x", "error=access_denied"]
)
def test_refuses_an_answer_nobody_asked_for(linked, provider, query):
    client = browser()
    assert come_back(client, query).status_code == 403
    client.get(GO)
    assert come_back(client, query).status_code == 403


def test_unsigned_userinfo_is_admitted_only_by_setting(linked, provider, settings):
    settings.OIDC = OidcProvider(
        provider, "gouvernail", "secret", "ProConnect", signed_userinfo=False
    )
    oidc.order(provider, "unsigned-userinfo")
    client = browser()
    assert come_back(client, at_provider(client.get(GO))).status_code == 302


def test_the_strength_asked_for_is_required(linked, provider, settings):
    settings.OIDC = OidcProvider(provider, "gouvernail", "secret", "ProConnect", acr="eidas2")
    client = browser()
    departure = client.get(GO)
    assert "acr_values=eidas2" in departure["Location"]
    assert come_back(client, at_provider(departure)).status_code == 403
    oidc.order(provider, "acr")
    assert come_back(client, at_provider(client.get(GO))).status_code == 302


def test_who_has_a_second_factor_here_is_asked_for_it(linked, provider):
    totp.TOTP.activate(linked, totp.generate_totp_secret())
    client = browser()
    answer = come_back(client, at_provider(client.get(GO)))
    assert answer["Location"] == "/compte/connexion/verification"
    assert not signed_in(client)


def test_a_signed_in_person_links_their_account(dgs, provider, client_of):
    client = client_of(dgs)
    departure = client.post("/compte/oidc/relier")
    assert come_back(client, at_provider(departure, "sujet-neuf"))["Location"] == "/compte/"
    assert OidcIdentity.objects.get().subject == "sujet-neuf"
    assert Entry.objects.filter(act="identity-linked", subject="ProConnect").count() == 1
    fresh = browser()
    assert come_back(fresh, at_provider(fresh.get(GO), "sujet-neuf")).status_code == 302
    assert signed_in(fresh)


def test_an_identity_belongs_to_one_account(linked, exempleville, provider, client_of):
    client = client_of(member(exempleville, "bruno", "director"))
    come_back(client, at_provider(client.post("/compte/oidc/relier")))
    assert OidcIdentity.objects.get().user == linked


def test_a_link_asked_by_one_is_not_given_to_another(dgs, exempleville, provider, client_of):
    client = client_of(dgs)
    query = at_provider(client.post("/compte/oidc/relier"), "sujet-neuf")
    bruno = client_of(member(exempleville, "bruno", "director"))
    assert come_back(bruno, query).status_code == 403
    assert not OidcIdentity.objects.exists()


def test_the_link_is_undone(linked, provider, client_of):
    client_of(linked).post("/compte/oidc/delier")
    assert not OidcIdentity.objects.exists()
    assert Entry.objects.filter(act="identity-unlinked").count() == 1


def test_a_person_without_a_password_keeps_their_only_door(linked, provider, client_of):
    linked.set_unusable_password()
    linked.save()
    client_of(linked).post("/compte/oidc/delier")
    assert OidcIdentity.objects.exists()


def test_signing_out_here_signs_out_there(linked, provider):
    client = browser()
    come_back(client, at_provider(client.get(GO)))
    away = client.post("/compte/deconnexion")["Location"]
    assert away.startswith(f"{provider}/oauth2/end_session?id_token_hint=ey")
    assert "post_logout_redirect_uri=http%3A%2F%2Ftestserver%2Fcompte%2Fconnexion" in away
    assert urllib.request.urlopen(away, timeout=10).status == 200
    assert not signed_in(client)


def test_a_provider_that_does_not_answer_is_said_kindly(db, settings):
    settings.OIDC = OidcProvider("http://127.0.0.1:9", "gouvernail", "secret", "ProConnect")
    assert browser().get(GO).status_code == 502


def test_a_document_of_another_issuer_is_refused(provider, settings):
    other = provider.replace("127.0.0.1", "localhost") + "/."
    with pytest.raises(ours.REFUSED):
        ours.addresses(other)


SET = {
    "GOUVERNAIL_OIDC_ISSUER": "https://idp.example/",
    "GOUVERNAIL_OIDC_CLIENT_ID": "x",
    "GOUVERNAIL_OIDC_CLIENT_SECRET": "y",
}


def test_the_provider_is_read_from_the_environment():
    found = read(SET).oidc
    assert (found.issuer, found.name, found.algorithm) == (
        "https://idp.example",
        "idp.example",
        "RS256",
    )
    assert found.signed_userinfo
    assert read({}).oidc is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"GOUVERNAIL_OIDC_CLIENT_SECRET": ""},
        {"GOUVERNAIL_OIDC_ISSUER": "http://idp.example"},
        {"GOUVERNAIL_OIDC_ALGORITHM": "HS256"},
        {"GOUVERNAIL_OIDC_ALGORITHM": "none"},
        {"GOUVERNAIL_REQUIRE_MFA": "maybe"},
        {"GOUVERNAIL_TRUSTED_PROXIES": "-1"},
    ],
)
def test_a_half_set_or_unsafe_sign_in_is_refused_with_the_remedy(wrong):
    with pytest.raises(EnvironmentRefused) as refused:
        read({**SET, **wrong})
    assert any(word in str(refused.value) for word in ("écrivez", "choisissez", "renseigner"))
