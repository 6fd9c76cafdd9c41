"""Whether the platform answers: read by what watches over the server."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

import gouvernail


@require_safe
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Return ok when the database answers; a failure there is a 500, as it should be."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True, "version": gouvernail.__version__})


# Open to all: it says nothing of anyone.
health.act = None  # type: ignore[attr-defined]
