"""How many questions a page asks the database: pinned, so that a loop does not slip in."""

from __future__ import annotations

import os

import pytest

from gouvernail.apps.steering.services import run_now

#: Session, account, delegations in force, memberships with their authority, networks supervised.
WHO = 5
#: What PostgreSQL is told besides: the scope of the request (a savepoint, here, what it stands in,
#: and back), who asks, and where.
if os.environ.get("GV_TEST_DATABASE") == "postgres":
    WHO += 7


@pytest.mark.parametrize(
    ("path", "questions"),
    [
        ("/", WHO + 4),  # the plan, its run, the plan before it, the facts that moved between
        ("/faits/", WHO + 3),
        ("/faits/services/", WHO + 4),
        ("/faits/use_cases/", WHO + 8),
        ("/faits/importer/", WHO + 2),
    ],
)
def test_a_page_asks_no_more_than_it_needs(
    alice, exempleville, someone, at, path, questions, django_assert_num_queries
):
    run_now(exempleville.pk, by=someone, at=at)
    run_now(exempleville.pk, by=someone, at=at)
    alice.get(path)
    with django_assert_num_queries(questions):
        assert alice.get(path).status_code == 200


#: What PostgreSQL is told to count the authorities of the whole installation, and to forget it.
PLATFORM = 5 if os.environ.get("GV_TEST_DATABASE") == "postgres" else 0


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
    with django_assert_num_queries(questions):
        assert alice.get(path).status_code == 200
