"""Puts on each request who acts and where, and tells the database the same."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from gouvernail.apps.accounts.queries import actor_of_place, current_place
from gouvernail.common import tenancy


class ActorMiddleware:
    """Sets `request.actor`, `request.authority` and `request.network`, None for nobody.

    On PostgreSQL the request is one transaction, in which the row-level security knows who asks:
    what a fault left half-done is rolled back with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = request.authority = request.network = None  # type: ignore[attr-defined]
        with tenancy.scoped():
            response = self.get_response(request)
            if response.status_code >= 500 and tenancy.on_postgres():
                transaction.set_rollback(True)
            return response

    def process_view(self, request: HttpRequest, view: object, *_: object) -> None:
        """Look it up only for a page that exists."""
        if not request.user.is_authenticated:
            return
        tenancy.enter(user=request.user.pk)
        place = current_place(request)
        if place is None:
            return
        request.actor = actor_of_place(request.user, place)  # type: ignore[attr-defined]
        request.authority = place.authority  # type: ignore[attr-defined]
        request.network = place.network  # type: ignore[attr-defined]
        tenancy.enter(
            user=request.user.pk,
            authority=place.authority.pk if place.authority else None,
            networks=(place.network.pk,) if place.network else (),
        )
