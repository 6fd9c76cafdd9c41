"""Whether the platform answers: read by what watches over the server."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import gouvernail
from gouvernail_core.access import Act, may

#: The worker shows itself every minute: past two, something is wrong.
SILENCE = timedelta(minutes=2)
LEAST_FREE_BYTES = 500 * 1024 * 1024
SIGN_OF_LIFE = "worker-alive"
_LOOPBACK = frozenset({"127.0.0.1", "::1"})


@require_safe
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Return ok when the database answers; a failure there is a 500, as it should be."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True, "version": gouvernail.__version__})


@never_cache
@require_safe
@login_not_required
def detail(request: HttpRequest) -> JsonResponse:
    """Return each thing that must be right, 503 when one is not.

    For the machine itself and for who runs the platform; it does not exist for the others.
    """
    if not _on_the_machine(request) and not _administers(request):
        raise Http404
    at = timezone.now()
    free = shutil.disk_usage(settings.DATA_DIR).free
    found: dict[str, Any] = {
        "database": True,
        "migrations": _migrated(),
        "worker": worker_heard(at),
        "disk": free >= LEAST_FREE_BYTES,
    }
    ok = all(found.values())
    said = {"ok": ok, **found, "free_bytes": free, "version": gouvernail.__version__}
    return JsonResponse(said, status=200 if ok else 503)


# Open to all: one says nothing of anyone, the other guards itself.
health.act = detail.act = None  # type: ignore[attr-defined]


def heard(*, at: datetime) -> None:
    """Keep when the worker last showed itself."""
    file = _sign_of_life()
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    unfinished.write_text(at.isoformat(), encoding="ascii")
    unfinished.replace(file)


def _sign_of_life() -> Path:
    return Path(settings.DATA_DIR) / SIGN_OF_LIFE


def worker_heard(at: datetime) -> bool:
    """Return whether the worker showed itself lately."""
    try:
        last = datetime.fromisoformat(_sign_of_life().read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    return at - last <= SILENCE


def _migrated() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _on_the_machine(request: HttpRequest) -> bool:
    """Return whether the call comes from the server itself, through no relay."""
    relayed = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "Via"))
    return request.META.get("REMOTE_ADDR") in _LOOPBACK and not relayed


def _administers(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    if actor is None or (actor.acts is not None and Act.ADMINISTER.value not in actor.acts):
        return False
    return may(actor.roles, Act.ADMINISTER)
