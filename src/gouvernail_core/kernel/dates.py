"""Days in words, the one way the core writes them."""

from __future__ import annotations

from datetime import date

from gouvernail_core.kernel.text import Text

_MONTHS = Text(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "January February March April May June July August September October November December",
)


def day_text(day: date) -> Text:
    """Return a date in words.

    >>> day_text(date(2027, 12, 1)).fr
    '1er décembre 2027'
    """
    first = "1er" if day.day == 1 else str(day.day)
    return Text(
        f"{first} {_MONTHS.fr.split()[day.month - 1]} {day.year}",
        f"{day.day} {_MONTHS.en.split()[day.month - 1]} {day.year}",
    )
