"""A request once the platform has said who asks, and where."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from gouvernail.common.actor import Actor


class Request(HttpRequest):
    """What a view behind `act` receives: somebody, in an authority.

    `authority` is the row of the authority, which only its own app may name by type.
    """

    actor: Actor
    authority: Any
    htmx: HtmxDetails
