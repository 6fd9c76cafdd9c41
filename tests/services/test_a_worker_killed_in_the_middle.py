"""A worker killed without a word, or asked to stop: another takes over, the plan counts once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

#: What prepares an installation of its own: the example authority, and a run that waits.
PREPARE = """
from django.utils import timezone
from gouvernail import server
server.setup(); server.migrate()
from gouvernail.apps.facts import services
from gouvernail.apps.steering.services import request_run
from gouvernail.common.actor import command
from gouvernail.demo.example import example_rows
by, at = command("test"), timezone.now()
rows = example_rows()
pk = services.open_authority(rows["authority"][0]["code"], by=by, at=at)
services.import_rows(pk, rows, by=by, at=at)
request_run(pk, by=by, at=at)
"""
WORK = "from gouvernail import server; server.setup(); server.worker()"


@pytest.fixture
def installation(tmp_path):
    """Return the environment of an installation whose plan has just been asked for."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GOUVERNAIL_", "DJANGO_"))}
    environment = kept | {
        "GOUVERNAIL_DATA": str(tmp_path),
        "GOUVERNAIL_SECRET_KEY": "signs nothing outside of this test, no secret",
        "GOUVERNAIL_JOURNAL_KEY": "seals nothing outside of this test, no secret",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, timeout=60)
    return environment, tmp_path / "gouvernail.sqlite3"


def ask(database, question):
    with closing(sqlite3.connect(database, timeout=20)) as connection, connection:
        return connection.execute(question).fetchall()


def until(database, question, expected, *, seconds):
    end = time.monotonic() + seconds
    while (found := ask(database, question)) != expected:
        assert time.monotonic() < end, (question, found)
        time.sleep(0.1)


@pytest.mark.slow
def test_a_killed_worker_leaves_nothing_running_and_the_plan_counts_once(installation):
    environment, database = installation
    state = "SELECT state FROM jobs_run"
    first = subprocess.Popen([sys.executable, "-c", WORK], env=environment)
    try:
        until(database, state, [("running",)], seconds=30)
        time.sleep(1)
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert ask(database, state) == [("running",)]
    assert ask(database, "SELECT count(*) FROM steering_result") == [(0,)]
    # What a minute of silence does: the lease is over.
    ask(database, "UPDATE jobs_run SET lease_until = '2026-01-01 00:00:00'")
    second = subprocess.Popen([sys.executable, "-c", WORK], env=environment)
    try:
        until(database, state, [("done",)], seconds=60)
        until(
            database,
            "SELECT DISTINCT status FROM django_tasks_database_dbtaskresult"
            " WHERE status = 'RUNNING'",
            [],
            seconds=10,
        )
    finally:
        second.terminate()
        assert second.wait(timeout=20) == 0
    assert ask(database, "SELECT attempts FROM jobs_run") == [(2,)]
    assert ask(database, "SELECT count(*) FROM steering_result") == [(1,)]
    assert ask(database, "SELECT count(*) FROM journal_entry WHERE act = 'plan-computed'") == [(1,)]


@pytest.mark.slow
def test_a_worker_asked_to_stop_gives_its_run_back_at_once(installation):
    environment, database = installation
    state = "SELECT state FROM jobs_run"
    waiting = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY'"
    first = subprocess.Popen([sys.executable, "-c", WORK], env=environment)
    try:
        until(database, state, [("running",)], seconds=30)
        time.sleep(1)
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=15) == 0
    finally:
        first.kill()
        first.wait()
    assert ask(database, state) == [("queued",)]
    assert ask(database, waiting) == [(1,)]
    second = subprocess.Popen([sys.executable, "-c", WORK], env=environment)
    try:
        until(database, state, [("done",)], seconds=60)
    finally:
        second.terminate()
        assert second.wait(timeout=20) == 0
    assert ask(database, "SELECT attempts, spared FROM jobs_run") == [(2, 1)]
    assert ask(database, "SELECT count(*) FROM steering_result") == [(1,)]
    assert ask(database, "SELECT count(*) FROM journal_entry WHERE act = 'plan-computed'") == [(1,)]
