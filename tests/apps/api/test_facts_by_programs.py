"""A program reads and writes the facts as a person does: the same checks, nothing written over."""

from __future__ import annotations

import io

import pytest

from apps.conftest import pk_of, small
from gouvernail.apps.facts.queries import rows_of
from gouvernail.apps.journal.models import Entry
from gouvernail.workbook import write_workbook
from gouvernail_core.facts import sheet

NEW = {"values": {"id": "ccas", "name": "CCAS"}}


@pytest.fixture
def service(alices):
    """Return the address of a service that was just added, and its ETag."""
    told = alices("POST", "facts/services", NEW)
    assert told.status_code == 201
    path = f"facts/services/{told.json()['id']}"
    return path, alices("GET", path)["ETag"]


def test_lists_the_sheets_with_their_columns(alices):
    told = {each["code"]: each for each in alices("GET", "facts").json()}
    assert told["people"]["rows"] == 2
    assert {c["code"] for c in told["people"]["columns"]} == {
        c.code for c in sheet("people").columns
    }


def test_gives_a_list_by_parts_until_its_end(alices, exempleville):
    for rank in range(5):
        alices("POST", "facts/services", {"values": {"id": f"s{rank}", "name": f"S {rank}"}})
    seen, path, parts = [], "facts/services?limit=2", 0
    while path:
        told = alices("GET", path).json()
        seen += [row["values"]["id"] for row in told["items"]]
        path, parts = (told["next"] or "").removeprefix("/api/v1/"), parts + 1
    assert sorted(seen) == sorted(row["id"] for row in rows_of(exempleville.pk)["services"])
    assert parts == 3


@pytest.mark.parametrize("asked", ["limit=0", "limit=201", "offset=-1", "limit=x"])
def test_refuses_a_part_that_cannot_be(alices, asked):
    told = alices("GET", f"facts/services?{asked}")
    assert told.status_code == 422
    assert told.json()["errors"][0]["pointer"].startswith("/query/")


def test_a_change_shows_the_version_it_read(alices, service):
    path, etag = service
    told = alices("PATCH", path, {"values": {"name": "CIAS"}}, **{"if-match": etag})
    assert told.status_code == 200
    assert told.json()["values"]["name"] == "CIAS"
    assert told["ETag"] != etag
    entry = Entry.objects.get(act="fact-changed")
    assert (entry.before, entry.after) == ({"name": "CCAS"}, {"name": "CIAS"})


def test_a_change_without_a_version_is_refused_and_says_how(alices, service):
    told = alices("PATCH", service[0], {"values": {"name": "CIAS"}})
    assert told.status_code == 428
    assert "If-Match" in told.json()["detail"]


def test_a_change_of_what_moved_meanwhile_is_refused_with_what_is_there_now(alices, service):
    path, etag = service
    alices("PATCH", path, {"values": {"name": "CIAS"}}, **{"if-match": etag})
    told = alices("PATCH", path, {"values": {"name": "Autre"}}, **{"if-match": etag})
    assert told.status_code == 412
    assert told.json()["current"]["values"]["name"] == "CIAS"


@pytest.mark.parametrize("shown", ['"x"', "*", '"999999999999"', 'W/"0"', '"-1"'])
def test_a_version_that_is_none_of_ours_never_matches(alices, service, shown):
    told = alices("PATCH", service[0], {"values": {"name": "CIAS"}}, **{"if-match": shown})
    assert told.status_code == 412


def test_removes_what_nothing_refers_to(alices, service, exempleville):
    path, etag = service
    assert alices("DELETE", path, **{"if-match": etag}).status_code == 204
    assert alices("DELETE", path, **{"if-match": etag}).status_code == 404
    used = pk_of(exempleville, "services", code="accueil")
    told = alices("DELETE", f"facts/services/{used}", **{"if-match": '"1"'})
    assert told.status_code == 422
    assert told.json()["errors"]


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"id": "x", "nom": "y"}, "/values/nom"),
        ({"id": "x"}, "/values/name"),
        ({"id": "x", "name": ""}, "/values/name"),
    ],
)
def test_says_which_value_to_correct(alices, values, pointer):
    told = alices("POST", "facts/services", {"values": values})
    assert told.status_code == 422
    assert pointer in [each.get("pointer") for each in told.json()["errors"]]


def test_reads_numbers_dates_and_yes_or_no_as_json_writes_them(alices):
    wrong = alices("POST", "facts/budgets", {"values": {"year": "bientôt", "amount_eur": 10}})
    assert wrong.status_code == 422
    right = {"values": {"year": 2031, "amount_eur": 1000}}
    assert alices("POST", "facts/budgets", right).json()["values"]["amount_eur"] == 1000
    case = {"id": "essai", "title": "Essai", "personal_data": True}
    known = {column.code for column in sheet("use_cases").columns}
    given = {code: value for code, value in case.items() if code in known}
    told = alices("POST", "facts/use_cases", {"values": given})
    assert told.status_code == 201, told.content


def test_what_did_not_move_is_not_sent_again(alices):
    first = alices("GET", "facts/people")
    assert alices("GET", "facts/people", **{"if-none-match": first["ETag"]}).status_code == 304
    alices("POST", "facts/people", {"values": {"id": "n", "name": "Nadia", "role": "drh"}})
    assert alices("GET", "facts/people", **{"if-none-match": first["ETag"]}).status_code == 200


def test_a_workbook_is_read_then_imported_once(alices, exempleville):
    rows = small()
    rows["services"].append({"id": "ccas", "name": "CCAS"})
    stream = io.BytesIO()
    write_workbook(rows, stream, format="ods", language="fr")
    read = alices.send("imports", "workbook", stream.getvalue(), "faits.ods")
    assert read.status_code == 201, read.content
    assert {"sheet": "services", "added": 1, "changed": 0, "absent": 0} in read.json()["moved"]
    path = f"imports/{read.json()['id']}"
    for _twice in range(2):
        told = alices("POST", f"{path}/apply", {"remove": False})
        assert told.status_code == 200, told.content
        assert told.json()["imported_at"]
    assert Entry.objects.filter(act="workbook-imported").count() == 2  # the fixture, then this
    assert "ccas" in [row["id"] for row in rows_of(exempleville.pk)["services"]]


def test_a_workbook_that_is_none_says_why_and_changes_nothing(alices, exempleville):
    before = rows_of(exempleville.pk)
    read = alices.send("imports", "workbook", b"not a workbook", "faits.ods")
    assert read.status_code == 201
    told = alices("POST", f"imports/{read.json()['id']}/apply", {"remove": True})
    assert told.status_code == 422
    assert told.json()["errors"]
    assert rows_of(exempleville.pk) == before


def test_asks_for_the_plan_and_follows_it(alices):
    told = alices("POST", "plan/runs")
    assert told.status_code == 202
    followed = alices("GET", f"plan/runs/{told.json()['id']}").json()
    assert followed["state"] == "done"
    plan = alices("GET", "plan").json()
    assert plan["computed"]["stale"] is False
    assert plan["plan"]["cases"]


@pytest.mark.parametrize("path", ["facts/people", "people", "files", "journal", "cases"])
def test_a_list_asks_as_many_questions_however_long(
    alices, filled, path, django_assert_num_queries, exempleville, at, someone
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from apps.conftest import member

    alices("GET", path)
    with CaptureQueriesContext(connection) as few:
        alices("GET", path)
    for rank in range(5):
        member(exempleville, f"p{rank}", "elu")
        values = {"id": f"p{rank}", "name": f"Personne {rank}", "role": "elu"}
        alices("POST", "facts/people", {"values": values})
    with CaptureQueriesContext(connection) as many:
        alices("GET", path)
    assert len(many) == len(few)
