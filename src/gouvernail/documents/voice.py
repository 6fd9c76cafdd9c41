"""How a document speaks: the language, the numbers, the days, the spaces of French."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gouvernail.documents.words import WEEKDAYS, WORDS
from gouvernail_core.kernel.dates import MONTHS, SHORT_MONTHS

NARROW = "\u202f"
FIXED = "\u00a0"
_BEFORE = re.compile(r" ([;?!»%€])")
_COLON = re.compile(r" :")
_OPEN = re.compile(r"« ")
_EN_THOUSANDS = re.compile(r"(?<=\d)[\u202f\xa0](?=\d{3}(?!\d))")
_EN_SPACED = re.compile(r"[\u202f\xa0]+(?=[;:?!%»])|(?<=«)[\u202f\xa0]+")
_EITHER = re.compile(r" (?:ou|or) ")


def french_spacing(text: str) -> str:
    """Return the text with the spaces French typography asks for.

    >>> french_spacing("Pourquoi ? « Voici » : 3 %")
    'Pourquoi\\u202f? «\\u202fVoici\\u202f»\\xa0: 3\\u202f%'
    """
    text = _BEFORE.sub(NARROW + r"\1", text)
    text = _COLON.sub(FIXED + ":", text)
    return _OPEN.sub("«" + NARROW, text).replace("'", "’")


def english_spacing(text: str) -> str:
    """Return an English text without the spaces French puts before signs and in numbers.

    >>> english_spacing("10\u202f000 draws\xa0: 3\u202f%")
    '10,000 draws: 3%'
    """
    return _EN_SPACED.sub("", _EN_THOUSANDS.sub(",", text))


class Voice:
    """The words of one language. Values put in a sentence are never altered."""

    def __init__(self, language: str = "fr") -> None:
        self.english = language.startswith("en")
        self.language = "en" if self.english else "fr"

    def say(self, fr: str, en: str, **values: object) -> str:
        """Return the sentence in the language, its named places filled."""
        text = en if self.english else french_spacing(fr)
        return text.format(**values) if values else text

    def word(self, key: str) -> str:
        """Return one of the fixed words (`words.py`)."""
        fr, en = WORDS[key]
        return self.say(fr, en)

    def known(self, key: str, fallback: str = "") -> str:
        """Return a fixed word, or the fallback when this code has none."""
        return self.word(key) if key in WORDS else fallback

    def text(self, value: Any, default: str = "") -> str:
        """Return a bilingual text of the plan (or a plain string), stripped."""
        if isinstance(value, Mapping):
            own = value.get(self.language)
            if self.english and own:
                own = english_spacing(str(own))
            value = own or value.get("fr") or value.get("en")
        return str(value).strip() if value not in (None, "") else default

    def colon(self, label: str) -> str:
        """Return the label followed by a colon and a space; a question needs no colon."""
        if label.endswith("?"):
            return f"{label} "
        return f"{label}: " if self.english else f"{label}{FIXED}: "

    def number(self, value: float | None, digits: int = 0) -> str:
        """Return the number with its thousands apart; a dash when there is none."""
        if value is None:
            return "–"
        text = f"{value:,.{digits}f}"
        if self.english:
            return text.replace("-", "−")
        return text.replace(",", NARROW).replace(".", ",").replace("-", "−")

    def money(self, value: float | None) -> str:
        """Return the amount in euros, without cents."""
        if value is None:
            return "–"
        amount = self.number(round(value))
        return f"€{amount}" if self.english else f"{amount}{FIXED}€"

    def percent(self, share: float | None, *, of_one: bool = True) -> str:
        """Return a share as a whole percentage; `of_one` when 1 is everything."""
        if share is None:
            return "–"
        amount = self.number(share * 100 if of_one else share)
        return f"{amount}%" if self.english else f"{amount}{NARROW}%"

    def day(self, value: str | date | None, *, short: bool = False, weekday: bool = False) -> str:
        """Return the day in words; a dash when there is none. `short` is for French columns.

        >>> Voice("fr").day("2027-02-01"), Voice("fr").day("2027-02-11", weekday=True)
        ('1er\\xa0février 2027', 'jeudi 11\\xa0février 2027')
        """
        day = as_date(value)
        if day is None:
            return "–"
        names = SHORT_MONTHS if short and not self.english else MONTHS
        month = names[self.language][day.month - 1]
        number = str(day.day) if self.english or day.day > 1 else "1er"
        words = f"{number}{FIXED}{month} {day.year}"
        return f"{WEEKDAYS[self.language][day.weekday()]} {words}" if weekday else words

    def period(self, start: str | date | None, end: str | date | None) -> str:
        """Return “du … au …”, or “le …” for one day.

        >>> Voice("fr").period("2027-02-11", "2027-02-11")
        'le 11\\xa0février 2027'
        """
        first, last = self.day(start), self.day(end)
        if first == last:
            return self.say("le {first}", "on {first}", first=first)
        return self.say("du {first} au {last}", "from {first} to {last}", first=first, last=last)

    def people(self, count: int | None) -> str:
        """Return a head count in words."""
        if count is None:
            return "–"
        fr = "{n} agent" if count < 2 else "{n} agents"
        en = "{n} staff member" if count == 1 else "{n} staff members"
        return self.say(fr, en, n=self.number(count))

    def series(self, items: Iterable[str]) -> str:
        """Return the items as a series: commas, then “and”."""
        found = [item for item in items if item]
        if len(found) < 2:
            return "".join(found)
        return ", ".join(found[:-1]) + (" and " if self.english else " et ") + found[-1]


def people_named(v: Voice, owners: Iterable[Any]) -> str:
    """Return the people named, each once: “A or B” for one choice, else a series.

    >>> people_named(Voice("fr"), ["Jean Dupuis ou Anne Roy", "Jean Dupuis", ""])
    'Jean Dupuis et Anne Roy'
    """
    said = list(dict.fromkeys(v.text(owner) for owner in owners if v.text(owner)))
    if len(said) == 1:
        names = dict.fromkeys(_EITHER.split(said[0]))
        return (" or " if v.english else " ou ").join(names)
    return v.series(dict.fromkeys(name for owner in said for name in _EITHER.split(owner)))


def as_date(value: str | date | None) -> date | None:
    """Return the date of an ISO string; None when it is absent or not a date."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
