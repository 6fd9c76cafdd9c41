"""Links that several pages make in the same way."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from gouvernail.common.listing import Anchor, address


def exports(page: str, params: Mapping[str, str]) -> list[Anchor]:
    """Return the links to the same list as a file, with the filters in force."""
    return [
        Anchor(form.upper(), address(reverse(page, args=[form]), params))
        for form in ("ods", "xlsx", "csv")
    ]
