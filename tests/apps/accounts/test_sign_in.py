"""Signing in: with a password, or in one click in a demonstration only."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import get_hasher, make_password
from django.test import Client
from django.urls import reverse

from apps.conftest import member, words
from gouvernail.apps.accounts.models import User
from gouvernail.apps.journal.models import Entry

LOGIN = "/compte/connexion"


@pytest.fixture
def dgs(exempleville):
    return member(exempleville, "alice", "dgs")


def test_every_page_asks_who_you_are(client, db):
    answer = client.get("/faits/")
    assert answer.status_code == 302
    assert answer["Location"] == f"{LOGIN}?next=/faits/"


def test_a_name_and_a_password_open_the_page_one_was_going_to(client, dgs):
    given = {"username": "alice@test", "password": "pas à pas", "next": "/faits/"}
    answer = client.post(LOGIN, given)
    assert answer["Location"] == "/faits/"
    assert client.get("/faits/").status_code == 200
    assert Entry.objects.first().act == "signed-in"


@pytest.mark.parametrize(
    "target",
    [
        "https://ailleurs.example/", "//ailleurs.example", "javascript:x", "/\\ailleurs.example",
        "\\\\ailleurs.example", "///ailleurs.example", "https:ailleurs.example",
        "\t//ailleurs.example", "https://testserver@ailleurs.example", " //ailleurs.example",
        "ftp://testserver/", "//ailleurs.example\x00", "http://testserver:80@ailleurs.example",
    ],
)  # fmt: skip
def test_one_is_never_sent_elsewhere(client, dgs, target):
    given = {"username": "alice@test", "password": "pas à pas", "next": target}
    assert client.post(LOGIN, given)["Location"] == "/"
    for path in ("/compte/confirmer", "/langue"):
        given = {"password": "pas à pas", "language": "fr", "next": target}
        assert client.post(path, given)["Location"] == "/"


@pytest.mark.parametrize(
    ("name", "word"), [("alice@test", "faux"), ("personne", "pas à pas"), ("", "")]
)
def test_a_wrong_pair_is_refused_without_saying_which_is_wrong(client, dgs, name, word):
    answer = client.post(LOGIN, {"username": name, "password": word})
    assert answer.status_code == 422
    assert not Entry.objects.filter(act="signed-in").exists()


@pytest.mark.parametrize("kind", ["known", "unknown", "closed", "without a password"])
def test_a_refusal_costs_and_says_the_same_whoever_is_named(client, dgs, monkeypatch, kind):
    account = type(dgs).objects.filter(pk=dgs.pk)
    if kind == "unknown":
        account.update(username="other@test")
    if kind == "closed":
        account.update(is_active=False)
    if kind == "without a password":
        account.update(password=make_password(None))
    hasher, hashed = type(get_hasher()), []
    encode = hasher.encode

    def counted(*args, **kwargs):
        hashed.append(args)
        return encode(*args, **kwargs)

    monkeypatch.setattr(hasher, "encode", counted)
    answer = client.post(LOGIN, {"username": "alice@test", "password": "faux"})
    assert (answer.status_code, len(hashed)) == (422, 1)
    assert "Ce nom et ce mot de passe ne vont pas ensemble" in words(answer)


def test_a_closed_account_does_not_open(client, dgs):
    User.objects.filter(pk=dgs.pk).update(is_active=False)
    given = {"username": "alice@test", "password": "pas à pas"}
    assert client.post(LOGIN, given).status_code == 422


def demo(user):
    """Make an account one that a demonstration shows."""
    user.username = "alice@demo"
    user.save()


def test_a_demonstration_opens_in_one_click(client, dgs, settings):
    settings.DEMO = True
    demo(dgs)
    page = client.get(LOGIN).content.decode()
    assert "<span>Alice</span>" in page
    assert "Direction générale" in page
    assert client.post("/compte/connexion/essai", {"person": dgs.pk}).status_code == 302
    assert client.get("/faits/").status_code == 200


def test_a_demonstration_says_the_title_of_each_person(client, dgs, settings):
    from django.apps import apps

    settings.DEMO = True
    demo(dgs)
    dgs.memberships.update(person="alice")
    people = apps.get_model("authority.Person").objects
    people.filter(code="alice").update(title="Directrice générale des services")
    assert "Directrice générale des services" in client.get(LOGIN).content.decode()


def test_a_production_has_no_one_click_door(client, dgs):
    demo(dgs)
    page = client.get(LOGIN).content.decode()
    assert "Alice" not in page
    assert client.post("/compte/connexion/essai", {"person": dgs.pk}).status_code == 404
    assert client.get("/faits/").status_code == 302


@pytest.mark.parametrize("person", ["", "999999", "x", "1 OR 1=1"])
def test_the_demonstration_knows_only_its_people(client, dgs, settings, person):
    settings.DEMO = True
    assert client.post("/compte/connexion/essai", {"person": person}).status_code == 404


def test_signing_out_closes_the_session(alice):
    assert alice.get("/compte/deconnexion").status_code == 405
    assert alice.post("/compte/deconnexion").status_code == 302
    assert alice.get("/faits/").status_code == 302
    assert Entry.objects.first().act == "signed-out"


def test_forms_are_refused_without_their_token(dgs):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "fr"})
    client.force_login(dgs)
    answer = client.post("/plan/calculer")
    assert answer.status_code == 403
    assert "Ce formulaire a expiré" in answer.content.decode()


def test_the_language_is_kept_with_the_person(alice):
    back = {"next": "/faits/", "language": "en"}
    assert alice.post("/langue", back)["Location"] == "/faits/"
    assert "The facts" in alice.get("/faits/").content.decode()
    assert User.objects.get().language == "en"


def test_a_visitor_reads_in_their_language(client, db):
    assert 'lang="fr"' in client.get(LOGIN).content.decode()
    client.post("/langue", {"language": "en", "next": LOGIN})
    assert 'lang="en"' in client.get(LOGIN).content.decode()


def test_an_account_of_nowhere_is_told_so_kindly(db):
    user = User.objects.create_user("seule@test", name="Seule")
    client = Client(headers={"accept-language": "fr"})
    client.force_login(user)
    answer = client.get("/faits/")
    assert answer.status_code == 403
    assert "rattaché à aucune collectivité" in answer.content.decode()


def test_one_works_in_one_authority_at_a_time(exempleville, elsewhere, client_of, dgs):
    member(elsewhere, "alice", "elu")
    client = client_of(dgs)
    chosen = client.post(reverse("accounts:place"), {"place": f"authority-{elsewhere.pk}"})
    assert chosen.status_code == 302
    assert "Accueil d’Ailleurs" in client.get("/faits/services/").content.decode()
    assert client.get("/faits/importer/").status_code == 403
    client.post(reverse("accounts:place"), {"place": f"authority-{exempleville.pk}"})
    assert client.get("/faits/importer/").status_code == 200


def test_an_authority_one_left_is_no_longer_open(exempleville, elsewhere, client_of, dgs):
    member(elsewhere, "alice", "dgs")
    client = client_of(dgs)
    client.post(reverse("accounts:place"), {"place": f"authority-{elsewhere.pk}"})
    dgs.memberships.filter(authority=elsewhere).delete()
    assert "Accueil d’Ailleurs" not in client.get("/faits/services/").content.decode()
    again = client.post(reverse("accounts:place"), {"place": f"authority-{elsewhere.pk}"})
    assert again.status_code == 404
