"""Days in words, the one way the core writes them."""

from __future__ import annotations

from datetime import date

from gouvernail_core.kernel.text import Text

_MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_MONTHS_EN = "January February March April May June July August September October November December"
#: The months by language, whole and as diaries shorten them.
MONTHS = {"fr": tuple(_MONTHS_FR.split()), "en": tuple(_MONTHS_EN.split())}
SHORT_MONTHS = {
    "fr": tuple(
        [
            "janv.",
            "févr.",
            "mars",
            "avr.",
            "mai",
            "juin",
            "juil.",
            "août",
            "sept.",
            "oct.",
            "nov.",
            "déc.",
        ]
    ),
    "en": tuple(
        [
            "Jan.",
            "Feb.",
            "Mar.",
            "Apr.",
            "May",
            "June",
            "July",
            "Aug.",
            "Sept.",
            "Oct.",
            "Nov.",
            "Dec.",
        ]
    ),
}


def day_text(day: date) -> Text:
    """Return a date in words.

    >>> day_text(date(2027, 12, 1)).fr
    '1er décembre 2027'
    """
    first = "1er" if day.day == 1 else str(day.day)
    return Text(
        f"{first} {MONTHS['fr'][day.month - 1]} {day.year}",
        f"{day.day} {MONTHS['en'][day.month - 1]} {day.year}",
    )
