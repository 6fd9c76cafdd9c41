"""The two marks by which every page names its act; the matrix itself is the core's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _

from gouvernail.common.actor import Actor
from gouvernail.common.request import Request
from gouvernail_core import access
from gouvernail_core.access import Act, Profile, Scope

__all__ = ["ROLES", "Act", "act", "may", "public"]

#: What a member of an authority may be given; the public has no account, and supervising is the
#: network's to give.
ROLES = frozenset(p.value for p in Profile) - {Profile.USAGER.value, Profile.SUPERVISOR.value}

#: A page may be built or streamed from a file: what it returns is its own affair.
View = Callable[..., Any]


def may(actor: Actor | None, act: Act) -> bool:
    """Return whether `actor` may do `act` where they are; a token does only what it was given."""
    if actor is None:
        return False
    allowed = actor.acts is None or act.value in actor.acts
    return allowed and access.may(actor.roles, act)


def act(act: Act) -> Callable[[View], View]:
    """Let in only those who may do `act`; the others are told so, calmly."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
            if _elsewhere(request, act):
                return render(request, "accounts/no_authority.html", status=403)
            if request.actor is not None and not may(request.actor, act):
                raise PermissionDenied(_("Your role does not open this page."))
            return view(request, *args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]
        return guarded

    return mark


def _elsewhere(request: Request, act: Act) -> bool:
    """Return whether the page is about an authority and the person is in none.

    Somebody who supervises a network holds acts that have an authority's page too: they do them
    from the network's pages, and the authority's stay shut.
    """
    if act.scope is Scope.ONESELF:
        return False
    if request.actor is None:
        return True
    return act.scope is Scope.AUTHORITY and request.actor.authority_id is None


def public(view: View) -> View:
    """Let everyone in, signed in or not."""
    opened = login_not_required(view)
    opened.act = None  # type: ignore[attr-defined]
    return opened
