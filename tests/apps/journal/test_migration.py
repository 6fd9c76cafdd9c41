"""A journal written before the chain is numbered and sealed in the order it was written."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from apps.conftest import AT
from gouvernail.apps.journal.queries import verified
from services.roles import behind, let_flush


@pytest.fixture
def before(transactional_db):
    """Return the applications of the state before the chain; go back to the present at the end."""
    with behind():
        executor = MigrationExecutor(connection)
        executor.migrate([("journal", "0001_initial")])
    yield executor.loader.project_state([("journal", "0001_initial")]).apps
    with behind():
        call_command("migrate", verbosity=0)
    let_flush()


def test_a_database_with_entries_moves_forward_and_verifies(before):
    from django.apps import apps

    authorities = apps.get_model("authority.Authority").objects
    users = apps.get_model("accounts.User").objects
    here, there = (authorities.create(code=code) for code in ("ici", "ailleurs"))
    alice = users.create(username="alice@test", name="Alice")
    entry = before.get_model("journal", "Entry").objects
    for rank, authority in enumerate((here, there, here, None, here)):
        entry.create(
            authority_id=authority and authority.pk, at=AT, actor_kind="person",
            actor_name="Alice", actor_user_id=alice.pk, act="fact-added", subject=f"{rank}",
            after={"name": "é", "amount": 1.5, "whole": 3.0},
        )  # fmt: skip
    with behind():
        call_command("migrate", "journal", "0002_chain", verbosity=0)
    found = [verified(pk) for pk in (here.pk, there.pk, None)]
    assert [each.entries for each in found] == [3, 1, 1]
    assert [each.alterations for each in found] == [(), (), ()]
    ours = apps.get_model("journal.Entry").objects.filter(authority_id=here.pk).order_by("seq")
    assert [(e.seq, e.subject, e.actor_uid) for e in ours] == [
        (1, "0", str(alice.uid)), (2, "2", str(alice.uid)), (3, "4", str(alice.uid)),
    ]  # fmt: skip
