"""Puts on each request who acts and in which authority."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gouvernail.apps.accounts.queries import actor_of, current_membership


class ActorMiddleware:
    """Sets `request.actor` and `request.authority`, both None for someone from nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = request.authority = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *_: object) -> None:
        """Look it up only for a page that exists."""
        membership = current_membership(request)
        if membership is None:
            return
        membership.user = request.user  # type: ignore[assignment]  # spares a query
        request.actor = actor_of(membership)  # type: ignore[attr-defined]
        request.authority = membership.authority  # type: ignore[attr-defined]
