"""How a session opens: the second step when there is one, what is still due, where one goes."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from gouvernail.apps.accounts import factors, queries, sessions
from gouvernail.apps.accounts.models import User
from gouvernail.apps.accounts.permissions import Act, may
from gouvernail.apps.journal.services import record
from gouvernail.common import tenancy
from gouvernail.common.actor import Actor

BACKEND = "django.contrib.auth.backends.ModelBackend"
#: Somebody whose password was right, and whose second step is awaited.
WAITING = "second_step"
WAITS = 600
#: What protects the account is changed only within this many seconds of a proof.
FRESH = 1800
LEADS = (Act.MANAGE_PEOPLE, Act.ADMINISTER, Act.SUPERVISE)


def ask_second_step(request: HttpRequest, user: User, target: str) -> HttpResponse:
    """Keep who may go on, in a session of a new name, and ask for the second step."""
    request.session.cycle_key()
    request.session[WAITING] = {
        "user": user.pk,
        "at": int(time.time()),
        "next": target[:500],
        "hash": user.get_session_auth_hash(),
    }
    return redirect("accounts:second_step")


def waiting(request: HttpRequest) -> tuple[User, str] | None:
    """Return whose second step is awaited and where they were going; None when too late."""
    kept = request.session.get(WAITING)
    if not kept or time.time() - kept["at"] > WAITS:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != kept["hash"]:
        return None
    return user, kept["next"]


@transaction.atomic
def enter(
    request: HttpRequest,
    user: User,
    target: str,
    *,
    strong: bool = False,
    also: str = "",
) -> HttpResponse:
    """Open the session, tell the journal, and go where the person was going.

    `strong` says that a second factor was used; `also` is one more act to tell.
    """
    request.session.pop(WAITING, None)
    login(request, user, backend=BACKEND)
    tenancy.enter(user=user.pk)
    place = queries.current_place(request)
    if place is not None:
        authority = place.authority.pk if place.authority else None
        tenancy.enter(user=user.pk, authority=authority)
        actor = queries.actor_of_place(user, place)
        for act in ("signed-in", *([also] if also else [])):
            record(act, by=actor, at=timezone.now())
        if not strong and factor_needed(actor):
            request.session[sessions.FACTOR_DUE] = True
    response = redirect(safe(request, target))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        user.language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def actor_of(user: User) -> Actor | None:
    """Return the person as they act where they first belong, before any session is open."""
    tenancy.enter(user=user.pk)
    place = next(iter(queries.places_of(user, on=timezone.localdate())), None)
    if place is None:
        return None
    tenancy.enter(user=user.pk, authority=place.authority.pk if place.authority else None)
    return queries.actor_of_place(user, place)


def factor_needed(actor: Any) -> bool:
    """Return whether the installation asks a second factor of this person."""
    if settings.DEMO or settings.REQUIRE_MFA == "none":
        return False
    return settings.REQUIRE_MFA == "all" or any(may(actor, act) for act in LEADS)


def safe(request: HttpRequest, target: str) -> str:
    """Return the target when it is a page of this site, else the first page."""
    good = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return target if good else resolve_url(settings.LOGIN_REDIRECT_URL)


def person(request: HttpRequest) -> User:
    """Return the account of a request that a page has already asked to be signed in."""
    return cast("User", request.user)


def stay(request: HttpRequest, user: User) -> None:
    """Keep this session open, under a new name, after a change that closed all of them."""
    due = request.session.get(sessions.FACTOR_DUE)
    place = request.session.get(queries.SESSION_KEY)
    login(request, user, backend=BACKEND)
    for key, value in ((sessions.FACTOR_DUE, due), (queries.SESSION_KEY, place)):
        if value:
            request.session[key] = value


def fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask to prove again who one is, when that was long ago."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if time.time() - request.session.get(sessions.PROVED, 0) > FRESH:
            back = request.path if request.method == "GET" else resolve_url("accounts:account")
            return redirect(f"{resolve_url('accounts:confirm')}?next={back}")
        return view(request, *args, **kwargs)

    return guarded


def proved(request: HttpRequest) -> None:
    """Note that the person has just proved who they are."""
    request.session[sessions.PROVED] = int(time.time())


def factor_set_up(request: HttpRequest) -> None:
    """Note that the second factor is no longer due."""
    request.session.pop(sessions.FACTOR_DUE, None)
    if factors.has_factor(person(request)):
        proved(request)
