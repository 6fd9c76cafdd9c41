"""Who may do what: one table, and the two marks by which every page names its act."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _

from gouvernail.common.actor import Actor
from gouvernail.common.request import Request
from gouvernail_core.authority import Role

#: What a person may be besides the roles of the steering.
SECRETARY = "secretary"
ADMINISTRATOR = "administrator"
PARTNER = "partner"
ROLES = frozenset({*(role.value for role in Role), SECRETARY, ADMINISTRATOR, PARTNER})


class Act(StrEnum):
    """What can be done here."""

    READ = "read"
    EDIT_FACTS = "edit_facts"
    IMPORT = "import"
    RUN = "run"
    CHOOSE_AUTHORITY = "choose_authority"


_LEADS = frozenset({Role.DGS.value, SECRETARY, ADMINISTRATOR})
_CONTRIBUTES = _LEADS | {Role.DIRECTOR.value, Role.DRH.value, Role.DPO.value, Role.RSSI.value}

ALLOWED: dict[Act, frozenset[str]] = {
    Act.READ: ROLES,
    Act.CHOOSE_AUTHORITY: ROLES,
    Act.EDIT_FACTS: _CONTRIBUTES,
    Act.RUN: _CONTRIBUTES,
    Act.IMPORT: _LEADS,
}

#: A page may be built or streamed from a file: what it returns is its own affair.
View = Callable[..., Any]


def may(actor: Actor | None, act: Act) -> bool:
    """Return whether `actor` may do `act` in the authority they are in."""
    return actor is not None and not actor.roles.isdisjoint(ALLOWED[act])


def act(act: Act) -> Callable[[View], View]:
    """Let in only those who may do `act`; the others are told so, calmly."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
            if request.actor is None:
                return render(request, "accounts/no_authority.html", status=403)
            if not may(request.actor, act):
                raise PermissionDenied(_("Your role does not open this page."))
            return view(request, *args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]
        return guarded

    return mark


def public(view: View) -> View:
    """Let everyone in, signed in or not."""
    opened = login_not_required(view)
    opened.act = None  # type: ignore[attr-defined]
    return opened
