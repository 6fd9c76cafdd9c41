"""Filters of the pages: one per kind of value, so that no template formats by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import dateformat
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from gouvernail.common import wording

register = template.Library()

register.filter("said", wording.said)
register.filter("eur", wording.euros)
register.filter("ternary", wording.ternary)
register.filter("short_day", wording.short_day)
register.filter("month_abbr", wording.month)
register.filter("moment", wording.moment)


@register.simple_tag
@cache
def gate_sign(tone: str) -> SafeString:
    """Return the sign of a gate, drawn once: a page of a hundred cases shows it 800 times.

    Not the component: rendered alone, it would take its own default for the tone.
    """
    return mark_safe(render_to_string("_porte_signe.html", {"ton": tone}))  # noqa: S308 - ours


@register.simple_tag
def source_line(source: Mapping[str, Any]) -> SafeString:
    """Return where a statement comes from; a case has two hundred lines, of some fifty sources."""
    return _source_line(json.dumps(source, sort_keys=True), get_language() or "fr")


@lru_cache(maxsize=2048)
def _source_line(source: str, _language: str) -> SafeString:
    shown = render_to_string("_source.html", {"source": json.loads(source)})
    return mark_safe(shown)  # noqa: S308 - the template escapes what it is given


@register.filter
def day(value: Any) -> str:
    """Return « jeudi 11 février 2027 »."""
    return wording.day(value)


@register.filter
def day_of_year(value: Any) -> str:
    """Return « 11 février 2027 », for tables and narrow places."""
    return wording.day(value, weekday=False)


@register.filter
def weekday_abbr(value: Any) -> str:
    """Return « jeu. », for the leaf of a calendar."""
    found = wording.as_date(value)
    if found is None:
        return ""
    return (
        dateformat.format(found, "D").lower() + "."
        if wording.in_french()
        else (dateformat.format(found, "D"))
    )


@register.filter
def day_number(value: Any) -> str:
    """Return « 11 », for the leaf of a calendar."""
    found = wording.as_date(value)
    return str(found.day) if found else ""


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    """Return 33 100, with as many decimals as asked."""
    return wording.number(value, decimals)


@register.filter
def percent(value: Any, decimals: int = 0) -> str:
    """Return 92 %; `value` is already a percentage."""
    return wording.percent(value, decimals)


@register.filter
def uncapital(value: Any) -> str:
    """Return a text that goes on after a colon: without the capital of its beginning."""
    text = str(value)
    return text[:1].lower() + text[1:]


@register.filter
def at(sequence: Any, place: int) -> Any:
    """Return what a sequence holds at a place."""
    return sequence[place]


@register.filter
def entry(mapping: Any, key: Any) -> Any:
    """Return what `mapping` holds for `key`, the key itself when it holds nothing."""
    return mapping.get(key, key) if mapping else key
