"""A backup of the whole installation, taken while it serves, in one file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from gouvernail import __version__
from gouvernail.keeping import databases
from gouvernail.keeping.archive import LAST_BACKUP, Writer, written
from gouvernail.server import as_owner

KIND = "gouvernail-backup"
FORMAT = 1
#: The member that holds the database, by engine.
DATABASES = {databases.SQLITE: "database.sqlite3", databases.POSTGRES: "database.pgdump"}
DOCUMENTS, FILES = "documents", "files"


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup that was taken: where, how large, how many rows, and the seals of the journals."""

    path: Path
    size: int
    rows: int
    files: int
    seals: dict[str, str]


def folders() -> dict[str, Path]:
    """Return the folders that go with the database, each under its name in the backup."""
    return {DOCUMENTS: Path(settings.DOCUMENTS_DIR), FILES: Path(settings.MEDIA_ROOT)}


def back_up(path: Path, *, at: datetime) -> Saved:
    """Write a backup; raise RefusedError when it cannot be, and leave nothing then.

    The database comes first: a file added after it is kept and unused, never the other way round.
    Keys and settings are not in it: they are of the machine, and are kept elsewhere.
    """
    with written(path) as workshop:
        writer = Writer(workshop.stream)
        copy = workshop.folder / "database"
        with as_owner():
            found = databases.dump(copy)
        engine = databases.engine()
        writer.file(DATABASES[engine], copy)
        kept = sum(
            writer.file(f"{name}/{inside.relative_to(folder).as_posix()}", inside)
            for name, folder in folders().items()
            for inside in _files_of(folder)
        )
        writer.close(
            {
                "kind": KIND,
                "format": FORMAT,
                "software": __version__,
                "at": at.isoformat(),
                "engine": engine,
                "tables": found.tables,
                "migrations": found.migrations,
                "seals": found.seals,
            }
        )
    _remember(at, found.seals)
    rows = sum(found.tables.values())
    return Saved(path, path.stat().st_size, rows, kept, found.seals)


def _remember(at: datetime, seals: dict[str, str]) -> None:
    """Keep when it was taken, for those who look after the installation."""
    told = Path(settings.DATA_DIR) / LAST_BACKUP
    unfinished = told.with_suffix(".part")
    unfinished.write_text(json.dumps({"at": at.isoformat(), "seals": seals}), encoding="utf-8")
    unfinished.replace(told)


def _files_of(folder: Path) -> Iterator[Path]:
    """Yield the finished files of a folder; what a computation is still writing is not one."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        parts = path.relative_to(folder).parts
        unfinished = path.suffix == ".part" or any(part.startswith("run-") for part in parts[:-1])
        if not unfinished and path.is_file() and not path.is_symlink():
            yield path
