"""Signing in and out, the language, the authority one works in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from gouvernail.apps.accounts import queries, services
from gouvernail.apps.accounts.forms import LanguageForm, LoginForm
from gouvernail.apps.accounts.models import User
from gouvernail.apps.accounts.permissions import Act, act, public
from gouvernail.apps.journal.services import record
from gouvernail.common import tenancy


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, and in a demonstration the people one may be."""
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _enter(request, form.get_user())
    people = queries.demo_people() if settings.DEMO else []
    context = {"form": form, "people": people, "next": request.GET.get("next", "")}
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
            return _enter(request, person.user)
    raise Http404


@require_POST
@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    with transaction.atomic():
        if request.actor is not None:  # type: ignore[attr-defined]
            record("signed-out", by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
        logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


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


@transaction.atomic
def _enter(request: HttpRequest, user: User) -> HttpResponse:
    """Open the session and go where the person was going."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    tenancy.enter(user=user.pk)
    place = queries.current_place(request)
    if place is not None:
        authority = place.authority.pk if place.authority else None
        tenancy.enter(user=user.pk, authority=authority)
        record("signed-in", by=queries.actor_of_place(user, place), at=timezone.now())
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(target if safe else resolve_url(settings.LOGIN_REDIRECT_URL))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        user.language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
