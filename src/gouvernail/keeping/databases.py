"""The two databases seen as something to copy: dumped while they serve, counted, brought back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from gouvernail.keeping.archive import refused
from gouvernail_core import journal

SQLITE, POSTGRES = "sqlite", "postgresql"
#: What begins the name of what a return sets aside.
ASIDE = "before-"
#: Who is signed in is no content: a copy that lies about would let its finder go on as them.
SESSIONS = ("django_session", "usersessions_usersession")
_MIGRATIONS = "django_migrations"
_CHAINS = "journal_chain"
_AUTHORITIES = "authority_authority"

Fetch = Callable[[str], Sequence[Sequence[Any]]]


@dataclass(slots=True)
class Content:
    """What a database holds: rows of each table, migrations of each app, seals of each journal."""

    tables: dict[str, int] = field(default_factory=dict)
    migrations: dict[str, list[str]] = field(default_factory=dict)
    seals: dict[str, str] = field(default_factory=dict)


def engine() -> str:
    """Return which of the two this installation has."""
    return str(connection.vendor)


def content() -> Content:
    """Return what the installation's database holds."""
    return _content(connection.introspection.table_names(), _fetch)


def is_empty() -> bool:
    """Return whether nothing was ever put in the database; a prepared one is still empty."""
    names = connection.introspection.table_names()
    if not names:
        return True
    if _AUTHORITIES not in names:
        return False
    return not any(_count(name, _fetch) for name in names if name in _AUTHORITIES_AND_PEOPLE)


_AUTHORITIES_AND_PEOPLE = (_AUTHORITIES, "accounts_user", "network_network", "journal_entry")


def dump(to: Path) -> Content:
    """Write a coherent copy of the database while it serves; return what the copy holds."""
    return _dump_sqlite(to) if engine() == SQLITE else _dump_postgres(to)


def _content(names: Sequence[str], fetch: Fetch) -> Content:
    found = Content({name: _count(name, fetch) for name in sorted(names)})
    if _MIGRATIONS in found.tables:
        for app, name in fetch("SELECT app, name FROM django_migrations ORDER BY app, name"):
            found.migrations.setdefault(app, []).append(name)
    if _CHAINS in found.tables:
        chains = fetch(
            "SELECT a.code, c.uid, c.seq, c.digest FROM journal_chain c"
            " LEFT JOIN authority_authority a ON a.id = c.authority_id WHERE c.seq > 0"
            " ORDER BY a.code"
        )
        key = settings.JOURNAL_KEY
        found.seals = {
            code or "platform": journal.seal(key, uid, seq, digest)
            for code, uid, seq, digest in chains
        }
    return found


def _count(name: str, fetch: Fetch) -> int:
    quoted = '"' + name.replace('"', '""') + '"'
    return int(fetch(f"SELECT count(*) FROM {quoted}")[0][0])  # noqa: S608 - the database's own


def _fetch(sql: str) -> Sequence[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


# SQLite


def sqlite_path() -> Path:
    """Return the file of the embedded database."""
    return Path(str(connection.settings_dict["NAME"]))


def sqlite_content(path: Path) -> Content:
    """Return what a file of SQLite holds; refuse one that is not sound."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]:
                return _content(_sqlite_tables(copy), lambda sql: copy.execute(sql).fetchall())
    except sqlite3.DatabaseError as wrong:
        raise _unsound(path) from wrong
    raise _unsound(path)


def _unsound(path: Path) -> Exception:
    return refused(
        "database-unsound",
        f"La base {path.name} n’est pas saine (PRAGMA integrity_check). Prenez une autre "
        "sauvegarde.",
        f"The database {path.name} is not sound (PRAGMA integrity_check). Take another backup.",
    )


def _sqlite_tables(copy: sqlite3.Connection) -> list[str]:
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
    return [name for (name,) in copy.execute(named + " ESCAPE '\\'")]


def _dump_sqlite(to: Path) -> Content:
    with closing(sqlite3.connect(sqlite_path(), timeout=60)) as live:
        live.execute("VACUUM INTO ?", (str(to),))
    to.chmod(0o600)
    with closing(sqlite3.connect(to, isolation_level=None)) as copy:
        copy.execute("PRAGMA secure_delete = ON")
        for name in set(SESSIONS) & set(_sqlite_tables(copy)):
            copy.execute(f'DELETE FROM "{name}"')  # noqa: S608 - two names of ours
        copy.execute("VACUUM")
    return sqlite_content(to)


def sqlite_alone(path: Path) -> None:
    """Put in one file what SQLite holds in three; refuse while another process uses them."""
    with closing(sqlite3.connect(path, timeout=1)) as live:
        try:
            alone = live.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
        except sqlite3.OperationalError:
            alone = False
    if not alone:
        raise refused(
            "database-served",
            "Un autre programme se sert encore de la base. Arrêtez gouvernail serve et "
            "gouvernail worker, puis recommencez.",
            "Another program still uses the database. Stop gouvernail serve and gouvernail "
            "worker, then try again.",
        )


# PostgreSQL


def _dump_postgres(to: Path) -> Content:
    """Dump and count one and the same moment: a snapshot shared with pg_dump."""
    with transaction.atomic():
        _fetch_nothing("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        _fetch_nothing("SELECT set_config('gouvernail.platform', 'on', true)")
        snapshot = _fetch("SELECT pg_export_snapshot()")[0][0]
        _run(
            "pg_dump",
            "--format=custom",
            f"--snapshot={snapshot}",
            "--enable-row-security",
            "--no-owner",
            "--no-privileges",
            f"--exclude-schema={ASIDE}*",
            *(f"--exclude-table-data={name}" for name in SESSIONS),
            f"--file={to}",
        )
        found = content()
    for name in set(SESSIONS) & set(found.tables):
        found.tables[name] = 0
    return found


def load_postgres(source: Path) -> None:
    """Fill the empty schema from a dump, all or nothing."""
    _run(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={connection.settings_dict['NAME']}",
        str(source),
    )


@contextmanager
def postgres_aside(name: str) -> Iterator[None]:
    """Keep the former tables under another schema while new ones come; put them back on a fault."""
    _fetch_nothing(f'ALTER SCHEMA public RENAME TO "{name}"')
    try:
        _fetch_nothing("CREATE SCHEMA public")
        yield
    except BaseException:
        _fetch_nothing("DROP SCHEMA IF EXISTS public CASCADE")
        _fetch_nothing(f'ALTER SCHEMA "{name}" RENAME TO public')
        raise


def drop_schema(name: str) -> None:
    """Remove the schema of an installation that held nothing."""
    _fetch_nothing(f'DROP SCHEMA "{name}" CASCADE')


def _fetch_nothing(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def program(name: str) -> str:
    """Return where a program of PostgreSQL is; refuse when it is nowhere, with the remedy."""
    given = settings.ENVIRONMENT.postgres_bin
    found = shutil.which(name, path=given or None)
    if found is None:
        where = f" dans {given} (GOUVERNAIL_PG_BIN)" if given else ""
        where_en = f" in {given} (GOUVERNAIL_PG_BIN)" if given else ""
        raise refused(
            "program-missing",
            f"Le programme {name} de PostgreSQL ne se trouve pas{where}. Installez-le "
            "(apt install postgresql-client), ou donnez son dossier dans GOUVERNAIL_PG_BIN.",
            f"PostgreSQL’s program {name} was not found{where_en}. Install it (apt install "
            "postgresql-client), or give its folder in GOUVERNAIL_PG_BIN.",
        )
    return found


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, our own arguments
        [program(name), "--no-password", *arguments],
        env={**os.environ, **_address()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [""])[0][:300]
        raise refused(
            "program-failed",
            f"{name} a échoué : {said}",
            f"{name} failed: {said}",
        )


def _address() -> dict[str, str]:
    """Return where the database is, as PostgreSQL's programs read it: never in their arguments."""
    told = connection.settings_dict
    given = {
        "PGHOST": told["HOST"],
        "PGPORT": told["PORT"],
        "PGUSER": told["USER"],
        "PGPASSWORD": told["PASSWORD"],
        "PGDATABASE": told["NAME"],
        "PGOPTIONS": "-c gouvernail.platform=on",
    }
    options = told.get("OPTIONS") or {}
    given |= {f"PG{k.upper()}": v for k, v in options.items() if k.startswith("ssl")}
    return {name: str(value) for name, value in given.items() if value}
