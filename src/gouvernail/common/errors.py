"""The pages of what went wrong: what happened, what to do, never a blame."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from gouvernail.common.problems import API, problem


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page of a request that could not be read."""
    return _page(
        request,
        400,
        _("This request could not be read"),
        _("Go back to the previous page and try again. Nothing was changed."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page of what a person's role does not open."""
    said = str(exception) if exception else ""
    return _page(
        request,
        403,
        _("This page is not open to your role"),
        said or _("If you need it, ask your general director. Nothing was changed."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page of an address that leads nowhere, for this person at least."""
    return _page(
        request,
        404,
        _("This page does not exist, or not here"),
        _("The address may have changed. The home page leads to everything."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Return the page of a fault of ours; it asks nothing of what may be broken."""
    title = _("Something did not work on our side")
    said = _("Nothing was half-written. Try again in a moment; the fault is in the server’s log.")
    if request.path.startswith(API):
        return problem(request, 500, title, said)
    page = render_to_string("error.html", {"title": title, "said": said})
    return HttpResponse(page, status=500)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page of a form that was open for too long, or sent from elsewhere."""
    return _page(
        request,
        403,
        _("This form has expired"),
        _("Go back, reload the page and send it again. Nothing was changed."),
    )


def _page(request: HttpRequest, status: int, title: str, said: str) -> HttpResponse:
    if request.path.startswith(API):
        return problem(request, status, title, said)
    return render(request, "error.html", {"title": title, "said": said}, status=status)
