"""A request once the platform has said who asks, and where."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from gouvernail.common.actor import Actor


class Request(HttpRequest):
    """What a view behind `act` receives: somebody, in an authority or in a network.

    `authority` and `network` are rows which only their own apps may name by type; one of them is
    None.
    """

    actor: Actor
    authority: Any
    network: Any
    htmx: HtmxDetails
