"""What an administrator reads: exports, computations, how much is kept, which versions run."""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import django
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404

from gouvernail import __version__
from gouvernail.apps.administration.models import Export
from gouvernail.apps.facts.queries import counts
from gouvernail.apps.files.queries import files_of, weight_of
from gouvernail.apps.jobs import queries as jobs
from gouvernail.apps.jobs.queries import Progress
from gouvernail.apps.journal.queries import seal_of
from gouvernail.apps.steering.queries import folder_of as documents_of
from gouvernail.common.tenancy import owned, scoped
from gouvernail.keeping.archive import LAST_BACKUP
from gouvernail_core.knowledge.loader import rules_version

EXPORT = "export"
#: Computations shown: the older ones are in the journal.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Backup:
    """The last backup of the installation, with the seal of this authority's journal in it."""

    at: datetime
    seal: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much an authority keeps. `rows` is by sheet, `database` that of the installation.

    The whole database is told only to an authority that has it for itself.
    """

    rows: dict[str, int]
    people: int
    files: int
    file_bytes: int
    plans: int
    document_bytes: int
    export_bytes: int
    entries: int
    database: int | None


@dataclass(frozen=True, slots=True)
class Versions:
    """What runs here."""

    gouvernail: str
    rules: str
    python: str
    django: str
    database: str
    migration: str
    migrated_at: datetime | None


def exports_root() -> Path:
    """Return the folder of every export."""
    return Path(settings.DATA_DIR) / ("demo-exports" if settings.DEMO else "exports")


def path_of(export: Export) -> Path:
    """Return where the bytes of an export are."""
    return exports_root() / export.place


def exports_of(authority_id: int, *, at: datetime) -> list[Export]:
    """Return the exports that can still be taken, the latest first."""
    found = owned(Export, authority_id).filter(until__gt=at)
    return [export for export in found if path_of(export).is_file()]


def export_for(authority_id: int, uid: UUID, *, at: datetime) -> Export:
    """Return an export of this authority that can be taken, or 404."""
    found: Export | None = owned(Export, authority_id).filter(uid=uid, until__gt=at).first()
    if found is None or not path_of(found).is_file():
        raise Http404("export")
    return found


def latest_export(authority_id: int) -> Progress | None:
    """Return the latest export asked for, ended or not."""
    return jobs.latest(authority_id, EXPORT)


def latest_run(authority_id: int, kind: str) -> Progress:
    """Return the latest computation of a kind, or 404."""
    found = jobs.latest(authority_id, kind)
    if found is None:
        raise Http404(kind)
    return found


def runs_of(authority_id: int) -> list[Progress]:
    """Return the latest computations, the latest first."""
    return jobs.runs_of(authority_id, limit=SHOWN)


def sizes_of(authority_id: int) -> Sizes:
    """Return how much an authority keeps, counted now."""
    places = owned(Export, authority_id)
    return Sizes(
        rows={code: n for code, n in counts(authority_id).items() if n},
        people=_count("accounts.Membership", authority_id),
        files=len(files_of(authority_id)),
        file_bytes=weight_of(authority_id),
        plans=_count("steering.Result", authority_id),
        document_bytes=weight(documents_of(0, authority_id).parent),
        export_bytes=sum(export.size for export in places),
        entries=_count("journal.Entry", authority_id),
        database=database_bytes() if alone() else None,
    )


def _count(label: str, authority_id: int) -> int:
    return int(owned(apps.get_model(label), authority_id).count())


def alone() -> bool:
    """Return whether this installation holds one authority only."""
    with scoped(platform=True):
        return len(apps.get_model("authority.Authority").objects.order_by()[:2]) == 1


def weight(folder: Path) -> int:
    """Return how many bytes a folder holds."""
    total = 0
    for path in folder.rglob("*") if folder.is_dir() else ():
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:  # a computation moves what it made
            continue
    return total


def database_bytes() -> int:
    """Return how many bytes the whole database takes."""
    asked = (
        "SELECT pg_database_size(current_database())"
        if connection.vendor == "postgresql"
        else "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    )
    return int(_one(asked))


def versions() -> Versions:
    """Return what runs here, and the last change made to the database."""
    last = MigrationRecorder(connection).migration_qs.order_by("-pk").first()
    return Versions(
        gouvernail=__version__,
        rules=rules_version(),
        python=platform.python_version(),
        django=django.get_version(),
        database=_database(),
        migration=f"{last.app} {last.name}" if last else "",
        migrated_at=last.applied if last else None,
    )


def _database() -> str:
    if connection.vendor == "postgresql":
        return f"PostgreSQL {str(_one('SHOW server_version')).split()[0]}"
    return f"SQLite {_one('SELECT sqlite_version()')}"


def _one(asked: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return cursor.fetchone()[0]


def last_backup(authority: Any) -> Backup | None:
    """Return the last backup taken on this machine, None when none is known."""
    try:
        told = json.loads((Path(settings.DATA_DIR) / LAST_BACKUP).read_text(encoding="utf-8"))
        return Backup(datetime.fromisoformat(told["at"]), told["seals"].get(authority.code, ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def export_holds(authority_id: int) -> dict[str, Any]:
    """Return what an export made now would hold."""
    return {
        "facts": sum(counts(authority_id).values()),
        "files": len(files_of(authority_id)),
        "weight": weight_of(authority_id),
        "seal": seal_of(authority_id),
    }
