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


def operations(document: Mapping[str, Any]) -> list[tuple[str, list[Operation]]]:
    """Return the operations by part of the platform, in the order of their addresses."""
    groups: dict[str, list[Operation]] = {}
    for path, each in sorted(document["paths"].items()):
        for method, told in each.items():
            groups.setdefault(told["tags"][0], []).append(
                Operation(method.upper(), path, told["description"], _act(told))
            )
    return sorted(groups.items())


def _act(told: Mapping[str, Any]) -> str:
    """Return what the operation asks for, in words; any good token opens the others."""
    code = told.get("x-act")
    return Act(code).label.in_(get_language() or "fr") if code else _("Any token")
