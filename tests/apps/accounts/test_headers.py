"""What every answer says to the browser."""

from __future__ import annotations

import json

import pytest

from apps.conftest import member
from gouvernail.apps.accounts.models import User


def policy(answer):
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("path", ["/compte/connexion", "/faits/", "/nulle-part"])
def test_the_policy_lets_nothing_in_from_elsewhere(alice, path):
    said = policy(alice.get(path))
    assert said["default-src"] == ["'none'"]
    assert said["script-src"] == said["style-src"] == said["img-src"] == ["'self'"]
    assert said["frame-ancestors"] == said["base-uri"] == ["'none'"]
    assert not any("unsafe" in v or v in ("*", "data:") for values in said.values() for v in values)


def test_pages_write_no_script_and_no_style_of_their_own(alice):
    for path in ("/compte/connexion", "/faits/", "/faits/services/", "/faits/importer/"):
        page = alice.get(path).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert "<script>" not in page


def test_the_other_headers_are_closed_as_well(alice):
    answer = alice.get("/faits/")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "said"),
    [("/", "no-cache"), ("/faits/", "no-cache"), ("/personnes/", "no-cache"),
     ("/nulle-part", "no-cache"), ("/journal/export/csv", "no-store"), ("/compte/", "no-store")],
)  # fmt: skip
def test_no_relay_keeps_a_page_of_somebody_and_no_browser_shows_it_unasked(alice, path, said):
    kept = alice.get(path)["Cache-Control"]
    assert {"private", said} <= {each.strip() for each in kept.split(",")}


@pytest.mark.parametrize("path", ["/compte/deconnexion", "/compte/sessions/fermer"])
def test_signing_out_empties_what_the_browser_kept(alice, path):
    assert alice.post(path)["Clear-Site-Data"] == '"cache"'


def test_cookies_are_not_read_by_scripts(client, exempleville):
    member(exempleville, "alice", "dgs")
    client.post("/compte/connexion", {"username": "alice@test", "password": "pas à pas"})
    for name in ("gouvernail", "langue"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_a_page_that_does_not_exist_says_so_in_french(alice):
    answer = alice.get("/nulle-part")
    assert answer.status_code == 404
    assert "Cette page n’existe pas, ou pas ici" in answer.content.decode()


def test_a_fault_of_ours_says_so_and_shows_nothing_inside(alice, monkeypatch):
    from gouvernail.apps.facts import queries

    def broken(authority_id):
        raise RuntimeError("secret inside")

    monkeypatch.setattr(queries, "counts", broken)
    alice.raise_request_exception = False
    answer = alice.get("/faits/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "de notre côté" in page
    assert "<h1>" in page
    assert "secret inside" not in page


def test_health_says_ok_and_nothing_else(client, db):
    answer = client.get("/sante")
    assert answer.status_code == 200
    assert set(json.loads(answer.content)) == {"ok", "version"}


def test_passwords_are_hashed_with_argon2_outside_of_the_tests():
    import gouvernail.settings

    assert gouvernail.settings.PASSWORD_HASHERS == [
        "django.contrib.auth.hashers.Argon2PasswordHasher"
    ]


def test_an_account_without_a_password_cannot_be_signed_into(client, db):
    User.objects.create_user("sans@test", name="Sans")
    for word in ("", "None", "!"):
        given = {"username": "sans@test", "password": word}
        assert client.post("/compte/connexion", given).status_code == 422
