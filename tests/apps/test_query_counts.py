"""How many questions a page asks the database: pinned, so that a loop does not slip in."""

from __future__ import annotations

import os

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.conftest import member, pk_of
from gouvernail.apps.accounts.models import User
from gouvernail.apps.facts.services import add_row
from gouvernail.apps.files.services import add_file
from gouvernail.apps.network.models import Affiliation, Network
from gouvernail.apps.steering.queries import latest_plan
from gouvernail.apps.steering.services import run_now
from gouvernail.common.inspection import inspect
from gouvernail.demo.filling import fill_network
from gouvernail_core.facts import sheet

#: Session, account, delegations in force, memberships with their authority, networks supervised.
WHO = 5
#: What PostgreSQL is told besides: the scope of the request (a savepoint, here, what it stands in,
#: and back), who asks, and where.
if os.environ.get("GV_TEST_DATABASE") == "postgres":
    WHO += 7
#: What PostgreSQL is told to count over the whole installation, and to forget it.
PLATFORM = 5 if os.environ.get("GV_TEST_DATABASE") == "postgres" else 0
#: How many messages are unread, in the rail.
UNREAD = 1


@pytest.mark.parametrize(
    ("path", "questions"),
    [
        ("/", WHO + 5),  # the plan, its run, what moved, the facts moved between, who the reader is
        ("/faits/", WHO + 3),
        ("/faits/services/", WHO + 4),
        ("/faits/use_cases/", WHO + 8),
        ("/faits/use_cases/nouveau/", WHO + 10),
        ("/faits/importer/", WHO + 2),
        ("/pour-moi/", WHO + 4),
        ("/portefeuille", WHO + 3),
        ("/explorer", WHO + 3),
        ("/ia-deja-la", WHO + 3),
        ("/proteger", WHO + 5),  # the matrix, and whether files were examined
        ("/proteger/flux", WHO + 5),
        ("/proteger/examen", WHO + 9),
        ("/consulter", WHO + 4),  # what the rules say, and of each case
        ("/consulter/calendrier", WHO + 2),
        ("/cas/courrier/questions", WHO + 9),  # the case, what is stated of it, who answered
        ("/cas/courrier/offres", WHO + 10),
        ("/papiers", WHO + 4),
        ("/preuves", WHO + 7),  # what the rules say, the proofs, the people, the files
        ("/validation", WHO + 7),  # three sheets, the duties of each case
        ("/choisir", WHO + 4),
        ("/feuille-de-route", WHO + 4),
        ("/changements", WHO + 4),
        ("/fichiers/", WHO + 3),
        ("/journal/", WHO + 4),
        ("/personnes/", WHO + 4),
        ("/compte/", WHO + 8),
        ("/compte/absence/", WHO + 5),
        ("/compte/jetons/", WHO + 7),
        ("/compte/roles/", WHO + 2),
        ("/messages/", WHO + 4),
        ("/administration/courrier/", WHO + 5 + PLATFORM),
    ],
)
def test_a_page_asks_no_more_than_it_needs(
    alice, exempleville, someone, at, path, questions, django_assert_num_queries
):
    run_now(exempleville.pk, by=someone, at=at)
    run_now(exempleville.pk, by=someone, at=at)
    alice.get(path)
    with django_assert_num_queries(questions + UNREAD):
        assert alice.get(path).status_code == 200


def test_one_case_asks_no_more_than_it_needs(
    alice, filled, exempleville, django_assert_num_queries
):
    pk = pk_of(exempleville, "use_cases", code="courrier")
    case = next(iter(latest_plan(exempleville.pk).plan["cases"]))["id"]
    for path, questions in ((f"/faits/use_cases/{pk}/", WHO + 12), (f"/cas/{case}", WHO + 4)):
        alice.get(path)
        with django_assert_num_queries(questions + UNREAD):
            assert alice.get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "questions"),
    [
        # What is told of all of them: who is hosted, plans, cases, sittings, people.
        ("/reseau/", WHO + 5 + PLATFORM),
        ("/reseau/{pk}/", WHO + 6 + PLATFORM),
        ("/reseau/{pk}/inviter", WHO + 5 + PLATFORM),
        ("/reseau/ouvrir", WHO),
    ],
)
def test_a_network_asks_no_more_than_it_needs(
    exempleville, alice, client_of, path, questions, django_assert_num_queries
):
    fill_network(4, 40, 1)
    supervisor = client_of(User.objects.get(username="reseau@demo"))
    path = path.format(pk=exempleville.pk)
    supervisor.get(path)
    with django_assert_num_queries(questions):
        assert supervisor.get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "questions"),
    [
        # Rows, people, files (2), plans, exports, entries, alone or not, base (2), migration.
        ("/administration/", WHO + 13 + PLATFORM),
        ("/administration/calculs/", WHO + 3),
        ("/administration/export/", WHO + 8),
    ],
)
def test_looking_after_the_platform_asks_no_more_than_it_needs(
    alice, exempleville, someone, at, path, questions, django_assert_num_queries
):
    for _ in range(3):
        run_now(exempleville.pk, by=someone, at=at)
    alice.get(path)
    with django_assert_num_queries(questions + UNREAD):
        assert alice.get(path).status_code == 200


def counted(browser, path):
    browser.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    "path",
    ["/faits/people/", "/faits/", "/personnes/", "/fichiers/", "/journal/", "/compte/absence/",
     "/messages/", "/administration/calculs/", "/administration/courrier/"],
)  # fmt: skip
def test_a_list_asks_as_many_questions_however_long(alice, filled, exempleville, someone, at, path):
    few = counted(alice, path)
    people = sheet("people")
    for rank in range(12):
        user = member(exempleville, f"p{rank}", "elu").name
        row = {"id": f"p{rank}", "name": user, "role": "elu"}
        add_row(exempleville.pk, people, row, by=someone, at=at)
        given = inspect(f"Note {rank}".encode(), f"note-{rank}.txt", limit=100)
        add_file(exempleville.pk, given, sheet="services", row="accueil", by=someone, at=at)
        run_now(exempleville.pk, by=someone, at=at)
    assert counted(alice, path) == few


def test_cases_ask_as_many_questions_however_many(alice, filled, exempleville, someone, at):
    pk = pk_of(exempleville, "use_cases", code="courrier")
    paths = ("/faits/use_cases/", f"/faits/use_cases/{pk}/", "/faits/use_cases/nouveau/")

    def add(ranks):
        for rank in ranks:
            row = {"id": f"c{rank}", "title": f"Cas {rank}", "requires": ["courrier"]}
            add_row(exempleville.pk, sheet("use_cases"), row, by=someone, at=at)

    add(range(1))  # the plan is out of date from the first on
    few = [counted(alice, path) for path in paths]
    add(range(1, 13))
    assert [counted(alice, path) for path in paths] == few


def test_a_network_asks_as_many_questions_for_twelve_authorities_as_for_three(
    exempleville, alice, client_of, at
):
    def of_network(authorities, seed):
        fill_network(authorities, 20 * authorities, seed)
        return client_of(User.objects.get(username="reseau@demo"))

    few = counted(of_network(3, 1), "/reseau/")
    Authority = type(exempleville)
    for rank in range(9):
        other = Authority.objects.create(code=f"autre-{rank}", name=f"Autre {rank}")
        Affiliation.objects.create(
            network=Network.objects.get(), authority=other, since="2026-01-01"
        )
    assert counted(client_of(User.objects.get(username="reseau@demo")), "/reseau/") == few


def test_creating_a_row_asks_no_more_with_more_rows(alice, exempleville, someone, at):
    def create(rank):
        with CaptureQueriesContext(connection) as asked:
            given = {"id": f"s{rank}", "name": f"Service {rank}"}
            assert alice.post("/faits/services/nouveau/", given).status_code == 302
        return len(asked)

    create(0)
    first = create(1)
    for rank in range(2, 12):
        row = {"id": f"s{rank}", "name": f"Service {rank}"}
        add_row(exempleville.pk, sheet("services"), row, by=someone, at=at)
    assert create(12) == first
