"""What every template may ask about the person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gouvernail.apps.accounts.permissions import Act, may
from gouvernail.apps.accounts.queries import here


def actor(request: HttpRequest) -> dict[str, Any]:
    """Return who acts, where, and what they may do (`may.edit_facts`, `may.run`…)."""
    who = getattr(request, "actor", None)
    return {
        "actor": who,
        "authority": getattr(request, "authority", None),
        "may": {each.value: may(who, each) for each in Act},
        "demo": settings.DEMO,
        "place": here(request),
        "places": getattr(request, "places", []),
    }
