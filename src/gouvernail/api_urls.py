"""Addresses of the API: its operations, its OpenAPI document, the page that explains it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from gouvernail import api as all_of_it
from gouvernail.api_page import operations
from gouvernail.apps.accounts.permissions import public

api = all_of_it.build()


@public
@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """Give the OpenAPI document: it holds nothing of anybody."""
    return JsonResponse(all_of_it.document(api))


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Explain the API in one page, operation by operation."""
    return render(request, "api.html", {"groups": operations(all_of_it.document(api))})


urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("", about, name="api"),
    *all_of_it.marked(api.urls[0]),
]
