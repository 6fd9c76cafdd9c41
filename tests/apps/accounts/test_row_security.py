"""Isolation twice: the explicit filter on both databases, PostgreSQL's own guard behind it.

The leak suite is `test_permissions.py`; here it is run again with the filter taken away: on
PostgreSQL it must still pass, on SQLite it must fail, or it would prove nothing.
"""

from __future__ import annotations

import importlib
import os

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from apps.accounts.test_permissions import look_everywhere
from gouvernail.common import row_security, tenancy
from services.roles import serving

ON_POSTGRES = os.environ.get("GV_TEST_DATABASE") == "postgres"
#: Five queries whose filter is taken away, one at a time: module, and an address that shows it.
QUERIES = ("facts.tables", "facts.queries", "steering.queries", "jobs.queries", "files.queries")


def unfiltered(model, authority_id):
    return model.objects.all() if hasattr(model, "objects") else model


def without_filter(monkeypatch, module):
    monkeypatch.setattr(importlib.import_module(f"gouvernail.apps.{module}"), "owned", unfiltered)


def test_every_table_is_closed_or_left_open_for_a_reason():
    assert row_security.unsorted_tables() == [], (
        "a table with an authority is closed by itself; another one goes to row_security.WRITTEN "
        "with its policy, or to OUTSIDE with its reason"
    )


def test_no_table_is_both_closed_and_open():
    assert set(row_security.policies()).isdisjoint(row_security.OUTSIDE)


def test_every_policy_written_is_of_a_table_that_exists():
    for label in (*row_security.WRITTEN, *row_security.APPEND_ONLY):
        assert apps.get_model(label)


def test_nobody_owns_nothing(exempleville):
    people = apps.get_model("authority.Person")
    assert tenancy.owned(people, exempleville.pk).count() == 2
    assert tenancy.owned(people, None).count() == 0


@pytest.mark.parametrize("module", QUERIES)
def test_taking_a_filter_away_is_caught_by_the_database_or_by_the_leak_suite(
    chloe,
    filled,
    monkeypatch,
    module,
):
    without_filter(monkeypatch, module)
    if ON_POSTGRES:
        look_everywhere(chloe, filled)
        return
    with pytest.raises(AssertionError):
        look_everywhere(chloe, filled)


def test_with_every_filter_gone_postgresql_still_shows_nothing(
    chloe,
    filled,
    monkeypatch,
):
    for module in QUERIES:
        without_filter(monkeypatch, module)
    if ON_POSTGRES:
        look_everywhere(chloe, filled)
    else:
        assert not tenancy.on_postgres()  # nothing stands behind the filter here


def seen(model):
    return apps.get_model(model).objects.count()


def test_outside_of_any_scope_nothing_is_seen(exempleville, elsewhere):
    with tenancy.scoped():
        found = {m: seen(m) for m in ("authority.Authority", "authority.Person", "journal.Entry")}
    assert all(found.values()) is not ON_POSTGRES
    assert not ON_POSTGRES or set(found.values()) == {0}


def test_inside_a_scope_only_its_authority_is_seen(exempleville, elsewhere):
    people = apps.get_model("authority.Person")
    with tenancy.scoped(authority=exempleville.pk):
        owners = set(people.objects.values_list("authority", flat=True))
    expected = {exempleville.pk} if ON_POSTGRES else {exempleville.pk, elsewhere.pk}
    assert owners == expected


def test_a_scope_inside_another_gives_way_to_it_again(exempleville, elsewhere):
    people = apps.get_model("authority.Person")
    with tenancy.scoped(authority=exempleville.pk):
        with tenancy.scoped(authority=elsewhere.pk):
            inner = set(people.objects.values_list("authority", flat=True))
        outer = set(people.objects.values_list("authority", flat=True))
    if ON_POSTGRES:
        assert (inner, outer) == ({elsewhere.pk}, {exempleville.pk})
    else:
        assert inner == outer == {exempleville.pk, elsewhere.pk}


def test_writing_for_another_authority_is_refused_by_postgresql(exempleville, elsewhere):
    people = apps.get_model("authority.Person")

    def write():
        with tenancy.scoped(authority=exempleville.pk), transaction.atomic():
            people.objects.create(authority_id=elsewhere.pk, code="x", name="x", role="dgs")

    if ON_POSTGRES:
        with pytest.raises(ProgrammingError, match="row-level security"):
            write()
    else:
        write()
        assert people.objects.filter(code="x").count() == 1


def test_moving_a_row_to_another_authority_is_refused_by_postgresql(exempleville, elsewhere):
    people = apps.get_model("authority.Person")

    def move():
        with tenancy.scoped(authority=exempleville.pk), transaction.atomic():
            mine = people.objects.filter(authority=exempleville.pk, code="bruno")
            mine.update(authority_id=elsewhere.pk, code="y")

    if ON_POSTGRES:
        with pytest.raises(ProgrammingError, match="row-level security"):
            move()
    else:
        move()
        assert people.objects.filter(authority=elsewhere.pk, code="y").count() == 1


FORBIDDEN = (
    "ALTER TABLE authority_person DISABLE ROW LEVEL SECURITY",
    "DROP POLICY readers ON authority_person",
    "SET ROLE gv_owner",
    "DELETE FROM django_migrations",
    "CREATE TABLE x (y int)",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_serving_role_cannot_open_the_doors(db, statement):
    if not ON_POSTGRES:
        assert not row_security.bypassed()
        return
    assert not row_security.bypassed()
    own = connection.copy()  # its own session: that of the tests is the owner's
    own.settings_dict["USER"] = serving()
    try:
        with pytest.raises(ProgrammingError), own.cursor() as cursor:
            cursor.execute(statement)
    finally:
        own.close()
