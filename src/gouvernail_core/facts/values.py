"""One reader of cells for the workbook and for the screen: what is typed becomes a value.

The Python value of each kind of column: ``str`` for code, text, choice and reference; ``int`` and
``float`` for numbers; ``date``; ``True``, ``False`` or ``None`` for a ternary; a list of ``str``
for choices, references and lines. A blank is ``None`` for scalars (the empty string for texts) and
the empty list for lists.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime
from typing import Any

from gouvernail_core.facts.schema import Choice, Column, Kind
from gouvernail_core.kernel import Text

#: The longest text a cell may hold; a page of a novel is about 2,000 signs.
LONGEST_TEXT = 5_000

_YES = {"oui", "o", "yes", "y", "vrai", "true", "x", "1"}
_NO = {"non", "n", "no", "faux", "false", "0"}
_UNKNOWN = {"", "?", "inconnu", "unknown", "ne sait pas", "nsp", "je ne sais pas"}
_LISTS = (Kind.CHOICES, Kind.REFS, Kind.LINES)
_TEXTS = (Kind.CODE, Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE, Kind.REF)
#: No date of the steering lies outside these years; a wrong century is a slip of the hand.
FIRST_YEAR, LAST_YEAR = 1990, 2100

_CODE = re.compile(r"[^\s,;|]{1,60}")
_EUROPEAN_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class NotReadable(ValueError):
    """What is typed cannot be read; `code` is stable and `text` says what to write instead."""

    def __init__(self, code: str, fr: str, en: str) -> None:
        super().__init__(fr)
        self.code = code
        self.text = Text(fr, en)


def blank(column: Column) -> Any:  # noqa: ANN401 - the type depends on the column
    """Return the value of an empty cell.

    >>> from gouvernail_core.facts.schema import sheet
    >>> blank(sheet("use_cases").column("requires"))
    []
    """
    if column.kind in _LISTS:
        return []
    return "" if column.kind in _TEXTS and column.kind is not Kind.CHOICE else None


def fold(text: str) -> str:
    """Return the text without accents, case, typographic marks nor double spaces.

    >>> fold("  Coût, année\u00a01 ")
    'cout, annee 1'
    """
    plain = text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE")
    decomposed = unicodedata.normalize("NFKD", plain)
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(letters.casefold().split())


def parse(raw: Any, column: Column) -> Any:  # noqa: ANN401 - a cell is anything, a value too
    """Return the value typed in a cell or a field.

    Raises NotReadable with a sentence that says what to write instead. An empty required column
    is not read as an error here: a row may be incomplete while it is typed, and `facts.build`
    says what is missing.
    """
    if isinstance(raw, str):
        raw = raw.strip()
        if len(raw) > LONGEST_TEXT:
            raise NotReadable(
                "too-long",
                f"Ce texte compte {len(raw)} signes ; {LONGEST_TEXT} au plus.",
                f"This text is {len(raw)} signs long; {LONGEST_TEXT} at most.",
            )
    if raw is None or raw == "":
        return blank(column)
    return _READERS[column.kind](raw, column)


def _text_of(raw: Any) -> str:  # noqa: ANN401
    if isinstance(raw, bool):
        return "oui" if raw else "non"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    return str(raw).strip()


def _read_text(raw: Any, column: Column) -> str:  # noqa: ANN401
    text = _text_of(raw)
    kept = "".join(s for s in text if s in "\n\t" or not _unfit(s))
    return kept if column.kind is Kind.LONG_TEXT else " ".join(kept.split())


def _unfit(sign: str) -> bool:
    """Return whether no workbook could hold it: controls, and what XML 1.0 leaves out."""
    return unicodedata.category(sign) == "Cc" or sign in "\ufffe\uffff"


def _read_code(raw: Any, column: Column) -> str:  # noqa: ANN401
    text = _text_of(raw)
    if not _CODE.fullmatch(text):
        raise NotReadable(
            "code",
            f"« {_short(text)} » ne peut pas servir de repère : 60 signes au plus, sans espace, "
            "virgule ni point-virgule.",
            f"“{_short(text)}” cannot be an id: 60 signs at most, no space, comma or semicolon.",
        )
    return text


def _read_number(raw: Any, column: Column) -> float:  # noqa: ANN401
    if isinstance(raw, (bool, date, datetime)):
        number = math.nan
    elif isinstance(raw, (int, float)):
        number = float(raw)
    else:
        compact = re.sub(r"[\s€%]", "", str(raw)).replace(",", ".")
        try:
            number = float(compact) if re.fullmatch(r"[-+]?\d*\.?\d+", compact) else math.nan
        except ValueError:
            number = math.nan
    if not math.isfinite(number):
        raise NotReadable(
            "not-a-number",
            f"« {_short(_text_of(raw))} » n’est pas un nombre. Écrivez des chiffres seuls, "
            "l’unité est déjà dans l’en-tête.",
            f"“{_short(_text_of(raw))}” is not a number. Write digits only, the unit is in the "
            "header.",
        )
    _check_bounds(number, column)
    return number


def _check_bounds(number: float, column: Column) -> None:
    shown = f"{number:g}".replace(".", ",")
    if column.low is not None and number < column.low:
        fr = (
            "ne peut pas être négatif"
            if column.low == 0
            else f"doit valoir au moins {column.low:g}"
        )
        en = "cannot be negative" if column.low == 0 else f"must be at least {column.low:g}"
        raise NotReadable("too-low", f"{shown} : ce nombre {fr}.", f"{number:g}: this number {en}.")
    if column.high is not None and number > column.high:
        raise NotReadable(
            "too-high",
            f"{shown} : ce nombre dépasse {column.high:g}, la limite de cette colonne.",
            f"{number:g}: this number is above {column.high:g}, the limit of this column.",
        )


def _read_integer(raw: Any, column: Column) -> int:  # noqa: ANN401
    number = _read_number(raw, column)
    if not number.is_integer():
        raise NotReadable(
            "not-whole",
            f"{number:g} : un nombre entier est attendu.".replace(".", ",", 1),
            f"{number:g}: a whole number is expected.",
        )
    return int(number)


def _read_date(raw: Any, column: Column) -> date:  # noqa: ANN401
    day = _day_of(raw)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotReadable(
            "year-out-of-range",
            f"L’année {day.year} est hors des années admises ({FIRST_YEAR} à {LAST_YEAR}).",
            f"The year {day.year} is outside the years allowed ({FIRST_YEAR} to {LAST_YEAR}).",
        )
    return day


def _day_of(raw: Any) -> date:  # noqa: ANN401
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = _text_of(raw)
    european = _EUROPEAN_DATE.fullmatch(text)
    try:
        if european:
            day, month, year = (int(part) for part in european.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise NotReadable(
            "not-a-date",
            f"« {_short(text)} » n’est pas une date du calendrier. Écrivez par exemple 11/02/2027.",
            f"“{_short(text)}” is not a date of the calendar. Write for example 11/02/2027.",
        ) from None


def _read_ternary(raw: Any, column: Column) -> bool | None:  # noqa: ANN401
    word = fold(_text_of(raw))
    if word in _YES:
        return True
    if word in _NO:
        return False
    if word in _UNKNOWN:
        return None
    raise NotReadable(
        "not-yes-or-no",
        f"« {_short(word)} » : répondez oui, non ou ? (nous ne savons pas).",
        f"“{_short(word)}”: answer yes, no or ? (we do not know).",
    )


def _choice_of(word: str, choices: tuple[Choice, ...]) -> str | None:
    wanted = fold(word)
    for choice in choices:
        names = {fold(choice.code), fold(choice.label.fr), fold(choice.label.en)}
        if wanted in names:
            return choice.code
    return None


def _read_choice(raw: Any, column: Column) -> str:  # noqa: ANN401
    word = _text_of(raw)
    code = _choice_of(word, column.choices)
    if code is None:
        raise _not_a_choice(word, column)
    return code


def _not_a_choice(word: str, column: Column) -> NotReadable:
    fr = ", ".join(f"« {choice.label.fr} »" for choice in column.choices)
    en = ", ".join(f"“{choice.label.en}”" for choice in column.choices)
    return NotReadable(
        "not-a-choice",
        f"« {_short(word)} » n’est pas dans la liste. Choisissez parmi : {fr}.",
        f"“{_short(word)}” is not in the list. Choose among: {en}.",
    )


def _split(text: str, separators: str) -> list[str]:
    parts = [part.strip() for part in re.split(f"[{separators}\n]", text)]
    return [part for part in parts if part]


def _read_choices(raw: Any, column: Column) -> list[str]:  # noqa: ANN401
    words = list(raw) if isinstance(raw, (list, tuple)) else _split(_text_of(raw), ",;|")
    codes: list[str] = []
    for word in words:
        code = _choice_of(str(word), column.choices)
        if code is None:
            raise _not_a_choice(str(word), column)
        if code not in codes:
            codes.append(code)
    return codes


def _read_refs(raw: Any, column: Column) -> list[str]:  # noqa: ANN401
    words = list(raw) if isinstance(raw, (list, tuple)) else _split(_text_of(raw), ",;|")
    return list(dict.fromkeys(_read_code(word, column) for word in words))


def _read_lines(raw: Any, column: Column) -> list[str]:  # noqa: ANN401
    words = list(raw) if isinstance(raw, (list, tuple)) else _split(_text_of(raw), ";|")
    return [" ".join(str(word).split()) for word in words]


def _read_value(raw: Any, column: Column) -> Any:  # noqa: ANN401 - read later, with its fact
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    return _text_of(raw)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


_READERS = {
    Kind.CODE: _read_code,
    Kind.TEXT: _read_text,
    Kind.LONG_TEXT: _read_text,
    Kind.INTEGER: _read_integer,
    Kind.NUMBER: _read_number,
    Kind.DATE: _read_date,
    Kind.TERNARY: _read_ternary,
    Kind.CHOICE: _read_choice,
    Kind.CHOICES: _read_choices,
    Kind.REF: _read_code,
    Kind.REFS: _read_refs,
    Kind.LINES: _read_lines,
    Kind.VALUE: _read_value,
}


def show(value: Any, column: Column, language: str = "fr") -> Any:  # noqa: ANN401
    """Return what a cell shows for a value: the reverse of `parse`.

    Numbers and dates stay numbers and dates, so that a spreadsheet can compute with them.

    >>> from gouvernail_core.facts.schema import sheet
    >>> show(True, sheet("stores").column("personal"))
    'oui'
    """
    if value is None or value == "" or value == []:
        return None
    if column.kind is Kind.TERNARY:
        words = ("oui", "non") if not language.startswith("en") else ("yes", "no")
        return words[0] if value else words[1]
    if column.kind is Kind.CHOICE:
        return _label(value, column, language)
    if column.kind is Kind.CHOICES:
        return ", ".join(_label(code, column, language) for code in value)
    if column.kind is Kind.REFS:
        return ", ".join(value)
    if column.kind is Kind.LINES:
        return " ; ".join(value)
    return value


def _label(code: str, column: Column, language: str) -> str:
    for choice in column.choices:
        if choice.code == code:
            return choice.label.in_(language)
    return code
