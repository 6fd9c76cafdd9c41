"""A passkey, from its making to signing in with nothing else: a virtual device on localhost."""

from __future__ import annotations

import pytest

from apps.conftest import member
from browser.conftest import listen, overflow, violations
from gouvernail.apps.accounts import factors

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def alice(page, context, live_server, authority):
    """Return Alice's page, with a device that holds passkeys; the console must stay silent."""
    member(authority, "alice", "dgs")
    port = live_server.url.rsplit(":", 1)[1]
    page.base = f"http://localhost:{port}"
    page.device = context.new_cdp_session(page)
    page.device.send("WebAuthn.enable")
    given = page.device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.device_id = given["authenticatorId"]
    page.heard = listen(page)
    page.set_default_timeout(8000)
    sign_in(page)
    return page


def sign_in(page):
    page.goto(f"{page.base}/compte/connexion")
    page.locator("[name=username]").fill("alice@test")
    page.locator("[name=password]").fill("pas à pas")
    page.get_by_role("button", name="Se connecter", exact=True).click()


def add_passkey(page):
    page.goto(f"{page.base}/compte/facteurs/cle")
    page.get_by_label("Nom de cette clé d’accès").fill("Ordinateur du bureau")
    page.get_by_role("button", name="Ajouter cette clé d’accès").click()
    page.get_by_role("heading", name="Gardez ces codes de secours").wait_for()


def sign_out(page):
    page.goto(f"{page.base}/compte/")
    page.get_by_role("button", name="Se déconnecter partout").click()
    page.wait_for_url("**/compte/connexion")


def test_a_passkey_is_made_then_opens_the_account_alone(alice):
    add_passkey(alice)
    assert len(alice.locator(".codes li").all()) == 10
    alice.goto(f"{alice.base}/compte/")
    assert alice.get_by_text("Ordinateur du bureau").is_visible()
    sign_out(alice)
    alice.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    alice.wait_for_url(f"{alice.base}/")
    alice.goto(f"{alice.base}/faits/")
    assert alice.get_by_role("heading", level=1).first.is_visible()
    assert alice.heard == []


def test_a_passkey_is_the_second_step_after_a_password(alice):
    add_passkey(alice)
    sign_out(alice)
    sign_in(alice)
    alice.wait_for_url("**/compte/connexion/verification")
    alice.get_by_role("button", name="Utiliser une clé d’accès").click()
    alice.wait_for_url(f"{alice.base}/")
    assert alice.heard == []


def test_a_passkey_of_nobody_opens_nothing(alice):
    add_passkey(alice)
    user = factors.User.objects.get(username="alice@test")
    factors.remove(user, factors.factors_of(user)[0].pk)
    sign_out(alice)
    alice.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    alice.get_by_text("Cette clé d’accès n’ouvre aucun compte ici").wait_for()


def test_a_person_the_device_does_not_recognise_gets_nowhere(alice):
    add_passkey(alice)
    sign_out(alice)
    given = {"authenticatorId": alice.device_id, "isUserVerified": False}
    alice.device.send("WebAuthn.setUserVerified", given)
    alice.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    alice.get_by_text("La clé d’accès n’a pas répondu").wait_for()
    assert alice.url.endswith("/compte/connexion")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    "path",
    [
        "/compte/",
        "/compte/facteurs/application",
        "/compte/facteurs/cle",
        "/compte/mot-de-passe",
        "/compte/confirmer",
    ],
)
def test_the_pages_of_the_account_are_accessible_and_fit(alice, path, width):
    alice.set_viewport_size({"width": width, "height": 900})
    alice.goto(alice.base + path)
    assert violations(alice) == []
    assert overflow(alice) == 0
    assert alice.heard == []


@pytest.mark.parametrize("path", ["/compte/connexion", "/compte/mot-de-passe/oublie"])
def test_the_pages_of_a_visitor_are_accessible_and_fit(page, live_server, path):
    page.set_viewport_size({"width": 390, "height": 800})
    heard = listen(page)
    page.goto(live_server.url + path)
    assert violations(page) == []
    assert overflow(page) == 0
    assert heard == []
