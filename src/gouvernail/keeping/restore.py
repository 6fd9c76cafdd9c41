"""A backup brought back: checked whole first, then put in place, brought up to date, recounted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from gouvernail import server
from gouvernail.common.tenancy import scoped
from gouvernail.keeping import archive, databases
from gouvernail.keeping.archive import Reader, refused
from gouvernail.keeping.backup import DATABASES, DOCUMENTS, FILES, FORMAT, KIND, folders


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that came back: from when, how much, where the former state is kept.

    `seals_hold` is False when the journals' seals are not those of the backup: another key.
    """

    at: str
    rows: int
    files: int
    seals_hold: bool
    migrated: bool
    aside: tuple[str, ...]


def restore(path: Path, *, replace: bool, at: datetime) -> Restored:
    """Bring a backup back; raise RefusedError, nothing touched, for one that cannot be used.

    What is there already is kept aside with `replace`, and refused without.
    """
    with archive.opened(path, kind=KIND, version=FORMAT) as reader:
        _check(reader, path)
        former = _former()
        if former and not replace:
            raise _not_empty(former)
        for folder in folders().values():
            archive.check_room(reader, folder)
        stamp = at.strftime("%Y%m%d-%H%M%S")
        with server.as_owner(), _folders_in_place(reader, stamp) as aside:
            aside += _database_in_place(reader, stamp, replace=bool(former))
            connection.close()
    with scoped(platform=True, lasting=True):
        seals = databases.content().seals
    told = reader.manifest
    return Restored(
        at=told["at"],
        rows=sum(told["tables"].values()),
        files=sum(1 for folder in (DOCUMENTS, FILES) for _ in reader.under(folder)),
        seals_hold=all(seals.get(code) == seal for code, seal in told["seals"].items()),
        migrated=bool(_known() - _named(told["migrations"])),
        aside=tuple(aside),
    )


def _check(reader: Reader, path: Path) -> None:
    told = reader.manifest
    wanted = {"at": str, "engine": str, "tables": dict, "migrations": dict, "seals": dict}
    if not all(isinstance(told.get(name), kind) for name, kind in wanted.items()):
        raise archive.damaged(str(path))
    if not all(isinstance(count, int) for count in told["tables"].values()) or not all(
        isinstance(names, list) and all(isinstance(name, str) for name in names)
        for names in told["migrations"].values()
    ):
        raise archive.damaged(str(path))
    engine = databases.engine()
    if told["engine"] != engine:
        names = {databases.SQLITE: "SQLite", databases.POSTGRES: "PostgreSQL"}
        theirs, ours = names.get(told["engine"], told["engine"][:20]), names[engine]
        raise refused(
            "backup-engine",
            f"Cette sauvegarde est celle d’une base {theirs}, et cette installation a une base "
            f"{ours}. Pour changer de base, passez par gouvernail export et gouvernail "
            "restore-authority, collectivité par collectivité.",
            f"This backup is of a {theirs} database, and this installation has a {ours} one. To "
            "change, use gouvernail export and gouvernail restore-authority, authority by "
            "authority.",
        )
    if DATABASES[engine] not in reader.names:
        raise archive.damaged(str(path))
    if _named(told["migrations"]) - _known():
        raise archive.later(path, told)


def _known() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).disk_migrations)


def _named(applied: dict[str, Any]) -> set[tuple[str, str]]:
    return {(app, name) for app, names in applied.items() for name in names}


def _former() -> list[str]:
    """Return what is in place already, by name."""
    found = [str(f) for f in folders().values() if f.is_dir() and any(f.iterdir())]
    if databases.engine() == databases.SQLITE:
        path = databases.sqlite_path()
        held = path.exists() and path.stat().st_size > 0
    else:
        held = True
    with server.as_owner(), scoped(platform=True, lasting=True):
        if held and not databases.is_empty():
            found.insert(0, str(connection.settings_dict["NAME"]))
    return found


def _not_empty(former: list[str]) -> Exception:
    listed = ", ".join(former)
    return refused(
        "not-empty",
        f"Cette installation contient déjà des données ({listed}). Restaurez dans une "
        "installation vide ; ou ajoutez --replace, qui met de côté ce qui s’y trouve sans "
        "l’effacer.",
        f"This installation already holds data ({listed}). Restore into an empty one; or add "
        "--replace, which sets aside what is there without erasing it.",
    )


@contextmanager
def _folders_in_place(reader: Reader, stamp: str) -> Iterator[list[str]]:
    """Unpack the folders under their names; on a fault, what was there comes back."""
    moved: list[tuple[Path, Path | None]] = []
    try:
        for name, folder in folders().items():
            coming = folder.with_name(f"{folder.name}.restoring")
            shutil.rmtree(coming, ignore_errors=True)
            coming.mkdir(mode=0o700, parents=True)
            for member, inside in reader.under(name):
                reader.unpack(member, coming / inside)
            aside = None
            if folder.exists():
                aside = folder.with_name(f"{folder.name}-{databases.ASIDE}{stamp}")
                if any(folder.iterdir()):
                    folder.rename(aside)
                else:
                    folder.rmdir()
                    aside = None
            moved.append((folder, aside))
            coming.rename(folder)
        yield [str(aside) for _folder, aside in moved if aside]
    except BaseException:
        for folder in folders().values():
            shutil.rmtree(folder.with_name(f"{folder.name}.restoring"), ignore_errors=True)
        for folder, aside in moved:
            shutil.rmtree(folder, ignore_errors=True)
            if aside:
                aside.rename(folder)
        raise


def _database_in_place(reader: Reader, stamp: str, *, replace: bool) -> list[str]:
    if databases.engine() == databases.SQLITE:
        return _sqlite_in_place(reader, stamp)
    return _postgres_in_place(reader, stamp, replace=replace)


def _sqlite_in_place(reader: Reader, stamp: str) -> list[str]:
    """Count and migrate the copy beside the database, then let it take its name."""
    path = databases.sqlite_path()
    coming = path.with_name(f"{path.name}.restoring")
    aside: list[str] = []
    connection.close()
    _unlink(coming)
    reader.unpack(DATABASES[databases.SQLITE], coming)
    try:
        _compare(reader, databases.sqlite_content(coming))
        connection.settings_dict["NAME"] = str(coming)
        try:
            server.migrate()
        finally:
            connection.close()
            connection.settings_dict["NAME"] = str(path)
        databases.sqlite_alone(coming)
        if path.exists():
            databases.sqlite_alone(path)
            former = path.with_name(f"{path.stem}-{databases.ASIDE}{stamp}{path.suffix}")
            path.rename(former)
            aside.append(str(former))
        coming.rename(path)
    finally:
        _unlink(coming)
    return aside


def _unlink(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _postgres_in_place(reader: Reader, stamp: str, *, replace: bool) -> list[str]:
    databases.program("pg_restore")
    name = f"{databases.ASIDE}{stamp}"
    source = next(iter(folders().values())).parent / "database.restoring"
    _unlink(source)
    reader.unpack(DATABASES[databases.POSTGRES], source)
    try:
        with databases.postgres_aside(name):
            databases.load_postgres(source)
            with scoped(platform=True, lasting=True):
                _compare(reader, databases.content())
            server.migrate()
    finally:
        _unlink(source)
    if not replace:
        databases.drop_schema(name)
    return [f"schema {name}"] if replace else []


def _compare(reader: Reader, found: databases.Content) -> None:
    """Refuse a database that is not the one that was counted."""
    told = reader.manifest["tables"]
    wrong = sorted(t for t in {*told, *found.tables} if told.get(t) != found.tables.get(t))
    if wrong:
        listed = ", ".join(wrong[:5])
        raise refused(
            "backup-counts",
            f"La base restaurée ne compte pas les mêmes lignes que la sauvegarde ({listed}). Rien "
            "n’a été remplacé.",
            f"The restored database does not count the rows of the backup ({listed}). Nothing was "
            "replaced.",
        )
