"""To the identity provider and back: sign in, or link the account one is signed in to."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gouvernail.apps.accounts import entering, factors, identity, oidc
from gouvernail.apps.accounts.permissions import Act, act, public
from gouvernail.common.request import Request

LOGGER = logging.getLogger("gouvernail.accounts")


@require_safe
@public
@never_cache
def depart(request: HttpRequest) -> HttpResponse:
    """Go and sign in at the provider."""
    return _leave(request, {})


@require_POST
@act(Act.OWN_ACCOUNT)
@entering.fresh
def link(request: Request) -> HttpResponse:
    """Go and prove who one is there, so that both accounts become one."""
    return _leave(request, {"link": entering.person(request).pk})


@require_POST
@act(Act.OWN_ACCOUNT)
@entering.fresh
def unlink(request: Request) -> HttpResponse:
    """Undo the link."""
    if not settings.OIDC:
        raise Http404
    chosen = settings.OIDC
    identity.unlink(
        entering.person(request), chosen.issuer, chosen.name, by=request.actor, at=timezone.now()
    )
    return redirect("accounts:account")


@require_safe
@public
@never_cache
def callback(request: HttpRequest) -> HttpResponse:
    """Come back from the provider: everything is checked before anybody is let in."""
    if not settings.OIDC:
        raise Http404
    try:
        kept = oidc.take_state(request)
        claims, id_token = oidc.prove(request, kept)
    except oidc.REFUSED as error:
        LOGGER.warning("sign-in by the provider refused: %s", type(error).__name__)
        return render(request, "accounts/oidc_refused.html", {"oidc": settings.OIDC}, status=403)
    if "link" in kept:
        return _linked(request, kept["link"], claims)
    user = identity.account_of(claims, at=timezone.now())
    if user is None:
        return render(request, "accounts/oidc_unknown.html", {"oidc": settings.OIDC}, status=403)
    target = request.session.get("oidc_login_next") or ""
    if factors.has_factor(user) and not oidc.provider().acr:
        return entering.ask_second_step(request, user, target)
    response = entering.enter(request, user, target, strong=bool(oidc.provider().acr))
    request.session[oidc.ID_TOKEN] = id_token
    return response


def _leave(request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
    if not settings.OIDC:
        raise Http404
    try:
        response = oidc.Departure().get(request) if not kept else _departure(request, kept)
    except oidc.REFUSED as error:
        LOGGER.warning("the identity provider does not answer: %s", type(error).__name__)
        page = "accounts/oidc_refused.html"
        return render(request, page, {"oidc": settings.OIDC}, status=502)
    return response


def _departure(request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
    known = set(request.session.get("oidc_states") or {})
    response: HttpResponse = oidc.Departure().get(request)
    for state in set(request.session["oidc_states"]) - known:
        request.session["oidc_states"][state] |= kept
    request.session.modified = True
    return response


def _linked(request: HttpRequest, pk: int, claims: oidc.Claims) -> HttpResponse:
    """Link the account that left, provided it is still the one signed in here."""
    if not request.user.is_authenticated or entering.person(request).pk != pk:
        return redirect("accounts:login")
    by = request.actor  # type: ignore[attr-defined]
    name = oidc.provider().name
    if identity.link(entering.person(request), claims, name, by=by, at=timezone.now()):
        messages.success(request, _("Your account is linked."))
    else:
        messages.error(request, _("This identity is already linked otherwise."))
    return redirect("accounts:account")
