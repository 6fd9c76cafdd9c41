"""Say values in the reader's language: texts of the domain, days, amounts, shares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django.utils import dateformat, timezone
from django.utils.translation import get_language, gettext, pgettext

from gouvernail_core.kernel import Text
from gouvernail_core.kernel.dates import SHORT_MONTHS

#: Between thousands and before a unit, in French.
NO_BREAK = "\u00a0"
#: A day as the core's sentences write it.
_DAY = re.compile(r"\b(\d{2})/(\d{2})/(\d{4})\b")
#: The spaces of French thousands and of French quotation marks.
_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}\b)")
_PLAIN_THOUSANDS = re.compile(r"(?<![\d/])(\d{1,3}) (?=\d{3}\b)")
_EUROS = re.compile(r"(\d[\d,]*)[\u00a0\u202f ]€")
_OPENING = re.compile("«[ \u00a0]")
_CLOSING = re.compile("[ \u00a0]»")


def in_french() -> bool:
    """Return whether the active language is French; it is the default of the product."""
    return not (get_language() or "fr").startswith("en")


def language() -> str:
    """Return the active language, in the core's terms."""
    return "fr" if in_french() else "en"


def said(text: Any) -> str:
    """Return a text of the plan (``{"fr": …, "en": …}``) in the active language.

    A plain string (a name, a sentence somebody typed) is returned as it is, nothing gives "".
    """
    if text is None:
        return ""
    if isinstance(text, Mapping):
        wanted, other = ("fr", "en") if in_french() else ("en", "fr")
        return tidy(str(text.get(wanted) or text.get(other) or ""))
    return tidy(str(text))


def said_text(text: Text) -> str:
    """Return a text of the core in the active language."""
    return tidy(text.in_(language()))


def tidy(text: str) -> str:
    """Return a sentence with its days, numbers and quotation marks as the reader writes them.

    >>> tidy("Séance du 11/02/2027 : « oui »").replace(chr(0x202F), "_")
    'Séance du 11 février 2027 : «_oui_»'
    """
    return _tidied(text, in_french())


@lru_cache(maxsize=8192)
def _tidied(text: str, french: bool) -> str:
    """Return the sentence, once for each: the words of the rules are on every page."""
    text = _PLAIN_THOUSANDS.sub(rf"\1{NO_BREAK}", _DAY.sub(_day_in_words, text))
    if french:
        return _CLOSING.sub("\u202f»", _OPENING.sub("«\u202f", text))
    return _EUROS.sub(r"€\1", _THOUSANDS.sub(",", text))


def _day_in_words(found: re.Match[str]) -> str:
    number, month_, year = (int(part) for part in found.groups())
    try:
        return day(date(year, month_, number), weekday=False)
    except ValueError:
        return found[0]


def moment(value: datetime) -> str:
    """Return « 23 novembre 2026 à 10 h 05 », in the time of the place."""
    local = timezone.localtime(value)
    hour = f"{local.hour}{NO_BREAK}h{NO_BREAK}{local:%M}" if in_french() else f"{local:%H:%M}"
    return gettext("%(day)s at %(hour)s") % {"day": day(local, weekday=False), "hour": hour}


def as_date(value: Any) -> date | None:
    """Return the day of an ISO string, a date or a datetime; ``None`` when there is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10]) if value else None


def day(value: Any, *, weekday: bool = True, year: bool = True) -> str:
    """Return « jeudi 11 février 2027 »; the first of a month is « 1er » in French."""
    found = as_date(value)
    if found is None:
        return ""
    number = "1er" if in_french() and found.day == 1 else str(found.day)
    parts = [number, dateformat.format(found, "F")]
    if weekday:
        parts.insert(0, dateformat.format(found, "l").lower() if in_french() else _english(found))
    if year:
        parts.append(str(found.year))
    return " ".join(parts)


def _english(found: date) -> str:
    return dateformat.format(found, "l")


def short_day(value: Any) -> str:
    """Return « 11 févr. 2027 »."""
    found = as_date(value)
    if found is None:
        return ""
    number = "1er" if in_french() and found.day == 1 else str(found.day)
    return f"{number} {month(found)} {found.year}"


def month(value: Any) -> str:
    """Return « févr. », the month as a diary writes it."""
    found = as_date(value)
    if found is None:
        return ""
    return SHORT_MONTHS["fr"][found.month - 1] if in_french() else dateformat.format(found, "M")


def in_words(count: int, gender: str = "masculine") -> str:
    """Return a count as a title says it: in words up to ten, in figures beyond.

    In French one agrees with what is counted: `gender` is "masculine" or "feminine".
    """
    feminine = gender == "feminine"
    words = {
        0: pgettext("feminine", "no") if feminine else pgettext("masculine", "no"),
        1: pgettext("feminine", "one") if feminine else pgettext("masculine", "one"),
        2: gettext("two"),
        3: gettext("three"),
        4: gettext("four"),
        5: gettext("five"),
        6: gettext("six"),
        7: gettext("seven"),
        8: gettext("eight"),
        9: gettext("nine"),
        10: gettext("ten"),
    }
    return words.get(count) or number(count)


def sentence(text: str) -> str:
    """Return a text with a capital at its beginning.

    >>> sentence("deux cas s’imposent")
    'Deux cas s’imposent'
    """
    return text[:1].upper() + text[1:]


def number(value: Any, decimals: int = 0) -> str:
    """Return 33 100 in French and 33,100 in English; nothing gives a dash."""
    if value is None or value == "":
        return "–"
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    written = f"{exact:,.{decimals}f}".replace("-", "\u2212")
    if in_french():
        written = written.replace(",", NO_BREAK).replace(".", ",")
    return written


def euros(value: Any) -> str:
    """Return 24 000 € in French and €24,000 in English, without cents."""
    if value is None or value == "":
        return "–"
    return f"{number(value)}{NO_BREAK}€" if in_french() else f"€{number(value)}"


def percent(value: Any, decimals: int = 0) -> str:
    """Return 92 % in French and 92% in English; `value` is already a percentage."""
    if value is None or value == "":
        return "–"
    return number(value, decimals) + (f"{NO_BREAK}%" if in_french() else "%")


def ternary(value: Any) -> str:
    """Return the word of yes, no, unknown: a fact nobody stated is not a *no*."""
    return {"yes": gettext("Yes"), "no": gettext("No")}.get(str(value), gettext("Not known yet"))
