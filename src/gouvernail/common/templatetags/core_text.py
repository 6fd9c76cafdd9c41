"""Texts of the core in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from gouvernail_core.kernel import Text

register = template.Library()


@register.filter
def text(value: Text | str | None) -> str:
    """Return a text of the core in the active language; a plain string as it is."""
    if isinstance(value, Text):
        return value.in_(get_language() or "fr")
    return value or ""
