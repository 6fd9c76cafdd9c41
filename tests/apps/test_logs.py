"""The error stream tells what happened, never to whom: planted words are searched in it."""

from __future__ import annotations

import io
import json
import logging
import logging.config

import pytest
import structlog

from gouvernail.common import logs

PLANTED = ("Elise Planteuse", "elise@planted.example", "mot-de-passe-plante", "jeton-plante")


@pytest.fixture
def stream():
    """Return what the platform writes, as it would in production."""
    given = logs.configuration("json", "INFO")
    written = io.StringIO()
    given["handlers"]["stderr"]["stream"] = written
    root = logging.getLogger()
    before = root.handlers[:]
    logging.config.dictConfig(given)
    yield written
    root.handlers[:] = before


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_has_one_line_under_the_pattern_of_its_address(alice, exempleville, stream):
    answer = alice.get("/faits/people/", {"mot": PLANTED[0]})
    [line] = lines(stream)
    assert line["route"] == "faits/<slug:code>/"
    assert (line["method"], line["status"], line["authority"]) == ("GET", 200, "exempleville")
    assert line["request"] == answer["X-Request-ID"]
    assert line["ms"] > 0
    assert len(line["user"]) == 36


def test_nothing_of_a_person_is_written(alice, client, exempleville, stream, monkeypatch):
    name, mail, password, token = PLANTED
    client.post("/compte/connexion", {"username": mail, "password": password})
    alice.get(f"/faits/{mail}/", {"jeton": token, "nom": name}, headers={"x-request-id": token})
    alice.post("/faits/people/nouveau/", {"name": name, "id": mail})
    client.get("/", headers={"host": "planted.example", "authorization": f"Bearer {token}"})
    client.generic(token.upper(), "/sante")

    def fails(*_):
        local = f"{name} {password}"
        raise ValueError(f"{local} {mail}") from KeyError(token)

    monkeypatch.setattr("gouvernail.apps.facts.queries.counts", fails)
    alice.raise_request_exception = False
    assert alice.get("/faits/").status_code == 500
    logging.getLogger("library").error("Refused %s for %s", mail, name)
    logging.getLogger("library").error(f"Refused {mail} at /x?{token}")
    said = stream.getvalue()
    for word in (*PLANTED, "planted", token.upper(), "Planteuse"):
        assert word not in said
    faults = [line["fault"] for line in lines(stream) if "fault" in line]
    [told] = [fault for fault in faults if fault[0]["class"] == "builtins.ValueError"]
    assert any("fails" in place for place in told[0]["places"])
    assert told[1]["class"] == "builtins.KeyError"


@pytest.mark.django_db
def test_a_relay_is_believed_for_the_identifier_only_when_trusted(client, settings):
    given = {"x-request-id": "0123456789abcdef"}
    settings.TRUSTED_PROXIES = 0
    assert client.get("/sante", headers=given)["X-Request-ID"] != "0123456789abcdef"
    settings.TRUSTED_PROXIES = 1
    assert client.get("/sante", headers=given)["X-Request-ID"] == "0123456789abcdef"
    strange = client.get("/sante", headers={"x-request-id": "Elise Planteuse"})
    assert "Elise" not in strange["X-Request-ID"]


@pytest.mark.django_db
def test_one_request_leaves_nothing_for_the_next(client):
    client.get("/sante")
    assert structlog.contextvars.get_contextvars() == {}
