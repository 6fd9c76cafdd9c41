"""Signing in and out, the language, the authority one works in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from gouvernail.apps.accounts import entering, factors, oidc, queries, services, sessions
from gouvernail.apps.accounts.forms import LanguageForm, LoginForm
from gouvernail.apps.accounts.permissions import Act, act, public
from gouvernail.apps.journal.services import record


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, and in a demonstration the people one may be."""
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user, target = form.get_user(), request.POST.get("next", "")
        if factors.has_factor(user):
            return entering.ask_second_step(request, user, target)
        return entering.enter(request, user, target)
    people = queries.demo_people() if settings.DEMO else []
    wanted = request.POST.get("next", request.GET.get("next", ""))
    context = {"form": form, "people": people, "next": wanted, "oidc": settings.OIDC}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/login.html", context, status=status)


@public
@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    """Be one of the demonstration's people; elsewhere this page does not exist."""
    if not settings.DEMO:
        raise Http404
    wanted = request.POST.get("person", "")
    for person in queries.demo_people():
        if str(person.id) == wanted:
            return entering.enter(request, person.user, request.POST.get("next", ""))
    raise Http404


@require_POST
@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    with transaction.atomic():
        if request.actor is not None:  # type: ignore[attr-defined]
            record("signed-out", by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
        id_token = request.session.get(oidc.ID_TOKEN, "")
        if request.user.is_authenticated:
            sessions.close(request.user, only_key=request.session.session_key)
        logout(request)
    back = request.build_absolute_uri(resolve_url(settings.LOGOUT_REDIRECT_URL))
    away = oidc.farewell(id_token, back) if id_token and settings.OIDC else ""
    return sessions.forget_pages(redirect(away or settings.LOGOUT_REDIRECT_URL))


@require_POST
@public
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language asked for, and go back to the page."""
    form = LanguageForm(request.POST)
    if form.is_valid() and request.user.is_authenticated:
        services.choose_language(request.user, form.cleaned_data["language"])
    return set_language(request)


@require_POST
@act(Act.CHOOSE_PLACE)
def choose_place(request: HttpRequest) -> HttpResponse:
    """Work in another place one belongs to; one of others does not exist."""
    wanted = request.POST.get("place", "")
    if wanted not in {place.code for place in request.places}:  # type: ignore[attr-defined]
        raise Http404
    request.session[queries.SESSION_KEY] = wanted
    return redirect("/")
