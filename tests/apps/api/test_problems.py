"""What goes wrong is told to a program as a problem, in the language it asks."""

from __future__ import annotations

import pytest

from apps.api.conftest import Program

FIELDS = {"type", "title", "status", "detail", "instance"}


def told(answer, status):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert set(body) >= FIELDS
    assert body["status"] == status
    return body


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "unheard-of", None, 404),
        ("GET", "facts/unheard-of", None, 404),
        ("GET", "facts/people/999999", None, 404),
        ("GET", "cases/unheard-of", None, 404),
        ("DELETE", "facts", None, 405),
        ("POST", "facts/services", b"{not json", 400),
        ("POST", "facts/services", b"\xff\xfe", 400),
        ("POST", "facts/services", {"values": "x"}, 422),
        ("POST", "facts/services", {"values": {"id": {"a": 1}}}, 422),
        ("POST", "facts/services", {}, 422),
        ("POST", "facts/authority", {"values": {"code": "x"}}, 404),
        ("PUT", "people/1/roles", {"roles": ["unheard-of"]}, 422),
        ("GET", "journal?since=hier", None, 422),
        ("GET", "workbook.exe", None, 404),
    ],
)
def test_each_fault_has_its_problem(alices, method, path, body, status):
    body = told(alices(method, path, body), status)
    assert body["instance"] == f"/api/v1/{path}".split("?")[0]


def test_says_it_in_the_language_asked(alices):
    french = told(alices("GET", "facts/unheard-of"), 404)["title"]
    english = told(Program(alices.key, "en")("GET", "facts/unheard-of"), 404)["title"]
    assert english == "Nothing there, for this token at least"
    assert french == "Rien à cet endroit, pour ce jeton du moins"


def test_a_fault_of_ours_says_nothing_inside(alices, monkeypatch, settings):
    from gouvernail.apps.facts import queries

    def broken(_authority):
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr(queries, "counts", broken)
    alices.client.raise_request_exception = False
    body = told(alices("GET", "facts"), 500)
    assert "secret" not in str(body)


def test_a_file_too_large_is_said(alices, monkeypatch):
    monkeypatch.setattr("gouvernail.apps.facts.api.LARGEST_FILE_BYTES", 10)
    told(alices.send("imports", "workbook", b"x" * 11, "faits.ods"), 413)


def test_without_a_key_it_says_how_to_show_one(client, db):
    body = told(client.get("/api/v1/facts", headers={"accept-language": "fr"}), 401)
    assert "Authorization: Bearer" in body["detail"]


def test_what_an_act_refuses_is_said_problem_by_problem(alices, exempleville):
    from gouvernail.apps.accounts.models import Membership

    mine = Membership.objects.get(user__username="alice@test")
    body = told(alices("DELETE", f"people/{mine.pk}"), 422)
    assert [each["code"] for each in body["errors"]] == ["last-leader"]
