"""A whole page, or the part of it that htmx asks for: the same template either way."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def show(
    request: HttpRequest, page: str, part: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return `part` to htmx and `page`, which includes it, to everybody else.

    Going back in the history asks for a whole page again, even through htmx.
    """
    htmx = getattr(request, "htmx", None)
    alone = htmx and not htmx.history_restore_request and not htmx.boosted
    response = render(request, part if alone else page, context, status=status)
    patch_vary_headers(response, ("HX-Request", "HX-History-Restore-Request"))
    return response
