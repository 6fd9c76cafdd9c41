"""What a hurried, careless or hostile program sends: told as its fault, never ours, never kept."""

from __future__ import annotations

import pytest
from django.utils import timezone

from apps.api.conftest import Program, key_of
from apps.api.test_every_operation import OPERATIONS
from apps.api.test_problems import told
from apps.conftest import member, pk_of
from gouvernail.apps.accounts import members
from gouvernail.apps.accounts.models import ApiToken, Invitation, Membership
from gouvernail.apps.facts.queries import rows_of
from gouvernail.common.actor import command


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("journal?until=9999-12-31", 422),
        ("journal?since=0001-01-01", 422),
        ("journal?until=2999-12-31", 200),
        ("journal?kind=%00", 400),
        ("journal?act=%00", 400),
        ("cases/%00", 400),
        ("cases?%00=1", 400),
        ("facts/people/99999999999999999999999999", 404),
        ("facts/people?offset=10000000", 200),
    ],
)
def test_an_address_that_leads_nowhere_is_no_fault_of_ours(alices, filled, path, status):
    assert alices("GET", path).status_code == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"values":{"id":"p","name":"\\ud800"}}', 400),
        (b'{"values":{"id":"p","name":NaN}}', 422),
        (b'{"values":{"id":"p","name":"x","agents":1e999}}', 422),
        (b'{"values":{"id":["p"],"name":"x"}}', 422),
        (b'{"values":{"id":"p","name":["x","y"]}}', 422),
        (b"[" * 100_000, 400),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_whole(alices, exempleville, body, status):
    before = rows_of(exempleville.pk)
    told(alices("POST", "facts/services", body), status)
    assert rows_of(exempleville.pk) == before


@pytest.mark.parametrize("given", ["courriels", ["courriels"]])
def test_a_column_of_several_takes_one_or_a_list(alices, exempleville, given):
    values = {"id": "neuf", "title": "Neuf", "stores": given, "tasks_lifted": ["trier", "lire"]}
    made = alices("POST", "facts/use_cases", {"values": values})
    assert made.status_code == 201, made.content
    kept = made.json()["values"]
    assert (kept["stores"], kept["tasks_lifted"]) == (["courriels"], ["trier", "lire"])


def test_a_number_where_names_are_expected_is_refused(alices):
    values = {"id": "neuf", "title": "Neuf", "stores": 5}
    body = told(alices("POST", "facts/use_cases", {"values": values}), 422)
    assert body["errors"]


def test_a_change_leaves_alone_what_it_does_not_name(alices, exempleville):
    """Even a value that an earlier workbook brought and that could not be typed today."""
    from gouvernail.apps.facts.tables import of_authority
    from gouvernail_core.facts import sheet

    of_authority(sheet("people"), exempleville.pk).filter(code="bruno").update(role="archiviste")
    path = f"facts/people/{pk_of(exempleville, 'people', code='bruno')}"
    etag = alices("GET", path)["ETag"]
    done = alices("PATCH", path, {"values": {"title": "Chef"}}, **{"if-match": etag})
    assert done.status_code == 200, done.content
    assert done.json()["values"]["role"] == "archiviste"


@pytest.mark.parametrize("name", ["a\x00b", "   ", ""])
def test_nobody_is_invited_without_a_name_to_read(alices, name):
    told(alices("POST", "invitations", {"name": name, "roles": ["elu"]}), 422)
    assert not Invitation.objects.exists()


def test_an_address_with_a_null_sign_invites_nobody(alices):
    given = {"name": "Nadia", "roles": ["elu"], "email": "a\x00@b.fr"}
    told(alices("POST", "invitations", given), 422)


def test_another_format_than_json_is_said(alices):
    answer = alices.client.generic(
        "POST", "/api/v1/facts/services", b"id=x", content_type="text/plain",
        headers={"authorization": f"Bearer {alices.key}"},
    )  # fmt: skip
    told(answer, 415)


def test_a_body_too_large_is_said(alices, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    told(alices("POST", "facts/services", {"values": {"id": "x" * 2000, "name": "x"}}), 413)


def test_a_file_too_large_is_not_read_whole(alices, exempleville, settings, monkeypatch):
    from ninja.files import UploadedFile

    read, asked = UploadedFile.read, []
    monkeypatch.setattr(
        UploadedFile, "read", lambda self, n=None: asked.append(n) or read(self, n), raising=False
    )
    settings.FILE_LIMIT = 10
    pk = pk_of(exempleville, "services", code="accueil")
    told(alices.send(f"facts/services/{pk}/files", "file", b"x" * 50, "note.txt"), 422)
    assert None not in asked


def test_what_is_wrong_is_said_in_french_and_in_english(alices):
    asked = "facts/people?limit=0"
    french = told(alices("GET", asked), 422)["errors"][0]["detail"]
    english = told(Program(alices.key, "en")("GET", asked), 422)["errors"][0]["detail"]
    assert french == "Il faut au moins 1."
    assert english == "At least 1 is expected."


def test_before_the_first_plan_it_says_to_ask_for_one(alices, exempleville):
    assert "demandez" in told(alices("GET", "week"), 404)["detail"]


@pytest.mark.parametrize("shown", ["*", "W/{etag}", '"x", {etag}'])
def test_who_has_it_already_is_told_so(alices, exempleville, shown):
    etag = alices("GET", "facts")["ETag"]
    same = alices("GET", "facts", **{"if-none-match": shown.format(etag=etag)})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    assert same["Cache-Control"] == "private, no-cache"


def test_a_hurried_program_is_asked_to_wait(alices, exempleville, monkeypatch):
    from gouvernail.apps.accounts.api_access import Calm

    monkeypatch.setattr(Calm, "num_requests", property(lambda _self: 2, lambda *_: None), False)
    other = Program(key_of(member(exempleville, "paul", "dgs"), authority=exempleville))
    assert [alices("GET", "me").status_code for _ in range(2)] == [200, 200]
    answer = alices("GET", "me")
    told(answer, 429)
    assert int(answer["Retry-After"]) > 0
    assert alices("GET", "me", authorization=f"bEARER {alices.key}").status_code == 429
    assert other("GET", "me").status_code == 200


def test_a_key_does_not_wake_up_when_its_maker_is_invited_again(exempleville, at):
    user = member(exempleville, "dan", "dgs")
    member(exempleville, "lea", "dgs")
    program = Program(key_of(user, authority=exempleville))
    assert program("GET", "me").status_code == 200
    pk = Membership.objects.get(user=user).pk
    members.withdraw(exempleville.pk, pk, by=command("test"), at=timezone.now())
    assert program("GET", "me").status_code == 401
    member(exempleville, "dan", "dgs")
    assert program("GET", "me").status_code == 401
    assert ApiToken.objects.get(creator=user).revoked_at is not None


def test_says_on_which_column_the_facts_refuse_a_row(alices):
    values = {"id": "neuf", "title": "Neuf", "service": "unheard-of"}
    body = told(alices("POST", "facts/use_cases", {"values": values}), 422)
    assert [each["pointer"] for each in body["errors"]] == ["/values/service"]


def test_says_where_in_the_body_something_is_wrong(alices):
    body = told(alices("POST", "invitations", {"name": "Nadia", "roles": ["unheard-of"]}), 422)
    assert [each["pointer"] for each in body["errors"]] == ["/roles/0"]


def test_a_new_row_says_where_it_is_and_at_which_version(alices, exempleville):
    made = alices("POST", "facts/services", {"values": {"id": "ccas", "name": "CCAS"}})
    where = made["Location"].removeprefix("/api/v1/")
    done = alices("PATCH", where, {"values": {"name": "CIAS"}}, **{"if-match": made["ETag"]})
    assert done.json()["values"]["name"] == "CIAS"


LISTS = [
    path
    for method, path, _act in OPERATIONS
    if method == "get" and "{" not in path and not path.startswith("network")
]


@pytest.mark.parametrize("path", LISTS)
def test_a_longer_part_asks_no_more_questions(alices, filled, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    alices("GET", path)
    with CaptureQueriesContext(connection) as one:
        alices("GET", f"{path}?limit=1")
    with CaptureQueriesContext(connection) as all_:
        alices("GET", f"{path}?limit=200")
    assert len(all_) == len(one)
    assert len(one) < 40


def test_the_page_names_each_part_in_words_and_is_put_together_once(client, db):
    from gouvernail.api_page import titles
    from gouvernail.api_urls import _document

    tags = {told["tags"][0] for each in _document()["paths"].values() for told in each.values()}
    assert tags <= set(titles())
    assert _document() is _document()
    page = client.get("/api/v1/", headers={"accept-language": "fr"}).content.decode()
    assert ">La semaine, ce qui a bougé, le journal</h2>" in page
