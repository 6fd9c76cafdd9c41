"""Addresses of the API: its operations, its OpenAPI document, the page that explains it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from gouvernail import api as all_of_it
from gouvernail.api_page import operations
from gouvernail.apps.accounts.permissions import public

api = all_of_it.build()


@cache
def _document() -> dict[str, Any]:
    """Return the document, put together once: anybody may ask for it, as often as they like."""
    return all_of_it.document(api)


@public
@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """Give the OpenAPI document: it holds nothing of anybody."""
    return JsonResponse(_document())


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Explain the API in one page, operation by operation."""
    return render(request, "api.html", {"groups": operations(_document())})


urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("", about, name="api"),
    *all_of_it.marked(api.urls[0]),
]
