"""The operations of the OpenAPI document, as the page of the API shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gouvernail_core.access import Act


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: what it is called by, and what it does."""

    method: str
    path: str
    summary: str
    act: str


def titles() -> dict[str, str]:
    """Return what each part of the platform is called, in the order of the page."""
    return {
        "home": _("The week, what moved, the journal"),
        "steering": _("The plan"),
        "facts": _("The facts"),
        "files": _("Attached files"),
        "protection": _("Protection"),
        "portfolio": _("Portfolio"),
        "obligations": _("Duties"),
        "selection": _("Choose"),
        "roadmap": _("Roadmap"),
        "accounts": _("People and access"),
        "network": _("Network"),
        "administration": _("Administration"),
    }


def operations(document: Mapping[str, Any]) -> list[tuple[str, str, list[Operation]]]:
    """Return the operations by part of the platform, each with its code and its name."""
    groups: dict[str, list[Operation]] = {}
    for path, each in sorted(document["paths"].items()):
        for method, told in each.items():
            groups.setdefault(told["tags"][0], []).append(
                Operation(method.upper(), path, told["description"], _act(told))
            )
    words = titles()
    places = {tag: place for place, tag in enumerate(words)}
    tags = sorted(groups, key=lambda tag: (places.get(tag, len(places)), tag))
    return [(tag, words.get(tag, tag), groups[tag]) for tag in tags]


def _act(told: Mapping[str, Any]) -> str:
    """Return what the operation asks for, in words; any good token opens the others."""
    code = told.get("x-act")
    return Act(code).label.in_(get_language() or "fr") if code else _("Any token")
