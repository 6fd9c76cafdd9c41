"""The settings and the one page of a bare Django: what the same server gives at the very least."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET_KEY = "only-for-this-measure"  # noqa: S105
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "bare_page"
MIDDLEWARE: list[str] = []


def bare(request: HttpRequest) -> HttpResponse:
    """Answer, without a template, a session nor a database."""
    return HttpResponse("<!doctype html><title>Bare</title><p>Bare</p>")


urlpatterns = [path("", bare)]


def application(environ: object, start_response: object) -> object:
    """Serve the page; the application is made at the first request, once settings are known."""
    return _made()(environ, start_response)


_kept: list[object] = []


def _made() -> object:
    if not _kept:
        _kept.append(get_wsgi_application())
    return _kept[0]
