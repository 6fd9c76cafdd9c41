"""Where somebody lands: the network, what concerns them, or their week."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gouvernail.apps.accounts.permissions import Act, may


def lands(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send those whom the week is not for to their own page; the view keeps its act."""

    @wraps(view)
    def landing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = getattr(request, "actor", None)
        if actor is not None and actor.network_id is not None:
            return redirect("network:index")
        if actor is not None and not may(actor, Act.READ) and may(actor, Act.READ_OWN):
            return redirect("home:mine")
        return view(request, *args, **kwargs)

    return landing
