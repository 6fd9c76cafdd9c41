"""What the workbook shows, sheet by sheet, before any file format: cells, widths, lists, help."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gouvernail_core.facts import (
    Column,
    Kind,
    Layout,
    NotReadable,
    Row,
    Rows,
    Sheet,
    blank,
    parse,
    sheet,
    sheets,
    show,
)
from gouvernail_core.kernel import Text
from gouvernail_core.knowledge import read_yaml

#: Lists and formats are ready for this many lines at least.
READY_ROWS = 500

#: What marks the example row, in the column after the last one.
EXAMPLE_MARK = Text(
    "← exemple : écrivez à la place, ou effacez la ligne",
    "← example: write over it, or delete the row",
)
HELP_SHEET = Text("Aide", "Help")
LISTS_SHEET = Text("Listes", "Lists")
FORM_HEADERS = (Text("Fait", "Fact"), Text("Réponse", "Answer"), Text("Aide", "Help"))
FORM_EXAMPLE = Text("Exemple", "Example")

#: The signs that fit across one sheet of paper; beyond, the print is too small to read.
WIDEST_PAPER = 260

_ANSWERS = (Text("oui", "yes"), Text("non", "no"), Text("?", "?"))
_NARROW, _WIDE, _WIDEST, _MARK_WIDTH = 14, 30, 52, 48
_WIDTHS = {
    Kind.CODE: 24,
    Kind.TEXT: _WIDE,
    Kind.LONG_TEXT: _WIDEST,
    Kind.INTEGER: _NARROW,
    Kind.NUMBER: _NARROW,
    Kind.DATE: _NARROW,
    Kind.TERNARY: _NARROW,
    Kind.CHOICE: 28,
    Kind.CHOICES: _WIDE,
    Kind.REF: 24,
    Kind.REFS: _WIDE,
    Kind.LINES: _WIDE,
    Kind.VALUE: _WIDE,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a value, how it looks (body, header, example, title, label) and its comment.

    `form` is how the value is written: text, integer, number, date or plain (a year).
    """

    value: str | int | float | date | None = None
    look: str = "body"
    form: str = "text"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """What a cell accepts: words, or the codes written in the first column of another page.

    Rows and columns start at 0; `last_row` is included. An empty menu only shows its message.
    """

    column: int
    first_row: int
    last_row: int
    title: str
    message: str
    words: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of the file, ready to be rendered. `forms` are the formats of whole columns."""

    title: str
    rows: list[list[Cell]]
    widths: tuple[int, ...]
    forms: tuple[str, ...]
    menus: tuple[Menu, ...] = ()
    frozen_rows: int = 1
    frozen_columns: int = 0

    @property
    def across(self) -> int:
        """Return on how many sheets of paper, side by side, the page stays readable."""
        return max(1, math.ceil(sum(self.widths) / WIDEST_PAPER))


def pages(rows: Rows | None, *, language: str = "fr") -> list[Page]:
    """Return the pages of the workbook that holds `rows`, or of the empty one.

    An empty workbook has one example row on each sheet; one that holds rows has none.
    """
    return [
        _help_page(language),
        *(_page(described, rows, language) for described in sheets()),
    ]


def _page(described: Sheet, rows: Rows | None, language: str) -> Page:
    lines = None if rows is None else list(rows.get(described.code, []))
    if described.layout is Layout.FORM:
        return _form(described, lines, language)
    return _table(described, lines, language)


# ------------------------------------------------------------------------------ tables and forms


def header_of(column: Column, language: str) -> str:
    """Return the header of a column: its label, its unit in brackets, a star when it is needed.

    >>> header_of(sheet("budgets").column("amount_eur"), "fr")
    'Enveloppe (€ TTC) *'
    """
    unit = f" ({column.unit})" if column.unit else ""
    return f"{column.label.in_(language)}{unit}{' *' if column.required else ''}"


def example_row(described: Sheet) -> Row:
    """Return the values of the example row of a sheet."""
    return {column.code: example_value(column) for column in described.columns}


def example_value(column: Column) -> Any:
    """Return the value of the example of a column, blank when it has none that can be read."""
    try:
        return parse(column.example, column)
    except NotReadable:
        return blank(column)


def _table(described: Sheet, lines: list[Row] | None, language: str) -> Page:
    columns = described.columns
    header = [Cell(header_of(c, language), "header", note=c.help.in_(language)) for c in columns]
    body = [[_cell(row.get(c.code), c, language) for c in columns] for row in lines or []]
    if lines is None:
        example = example_row(described)
        shown = [_cell(example[c.code], c, language, look="example") for c in columns]
        body.append([*shown, Cell(EXAMPLE_MARK.in_(language), "example")])
    last = max(READY_ROWS, len(body) + 200)
    return Page(
        title=described.label.in_(language),
        rows=[header, *body],
        widths=(*(_WIDTHS[c.kind] for c in columns), *([_MARK_WIDTH] if lines is None else [])),
        forms=(*(_form_of(c) for c in columns), *(["text"] if lines is None else [])),
        menus=tuple(_menu(c, rank, 1, last, language) for rank, c in enumerate(columns)),
        frozen_columns=1,
    )


def _form(described: Sheet, lines: list[Row] | None, language: str) -> Page:
    row = lines[0] if lines else {}
    header = [Cell(text.in_(language), "header") for text in FORM_HEADERS]
    if lines is None:
        header.append(Cell(FORM_EXAMPLE.in_(language), "header"))
    body, menus = [], []
    for rank, column in enumerate(described.columns, start=1):
        cells = [
            Cell(header_of(column, language), "label"),
            _cell(row.get(column.code), column, language),
            Cell(column.help.in_(language), "help"),
        ]
        if lines is None:
            cells.append(_cell(example_value(column), column, language, look="example"))
        body.append(cells)
        menus.append(_menu(column, 1, rank, rank, language))
    return Page(
        title=described.label.in_(language),
        rows=[header, *body],
        widths=(_WIDE, _WIDE, 60, _WIDE)[: len(header)],
        forms=("text",) * len(header),
        menus=tuple(menus),
        frozen_columns=1,
    )


def _cell(value: Any, column: Column, language: str, *, look: str = "body") -> Cell:
    shown = show(value, column, language)
    if isinstance(shown, bool) or not isinstance(shown, (int, float, date, str, type(None))):
        shown = str(shown)
    form = _form_of(column)
    if isinstance(shown, str):
        form = "text"
    return Cell(shown, look, form)


def _form_of(column: Column) -> str:
    if column.kind is Kind.INTEGER:
        is_year = (column.low or 0) >= 1000 and (column.high or 0) <= 3000
        return "plain" if is_year else "integer"
    return {Kind.NUMBER: "number", Kind.DATE: "date"}.get(column.kind, "text")


def _menu(column: Column, at: int, first: int, last: int, language: str) -> Menu:
    words: tuple[str, ...] = ()
    source = ""
    if column.kind is Kind.CHOICE:
        words = tuple(choice.label.in_(language) for choice in column.choices)
    elif column.kind is Kind.TERNARY:
        words = tuple(answer.in_(language) for answer in _ANSWERS)
    elif column.kind is Kind.REF:
        source = sheet(column.target).label.in_(language)
    elif column.kind is Kind.CODE and column.code == "fact":
        words = tuple(code for code, _ in _legal_facts())
    return Menu(
        at, first, last, column.label.in_(language), column.help.in_(language), words, source
    )


# ------------------------------------------------------------------------------ the help page

_HOW_TO = (
    Text(
        "Ce classeur dit tout ce qu’il faut à Gouvernail. Remplissez ce que vous savez ; une case "
        "vide veut dire « nous ne savons pas encore », jamais « non ».",
        "This workbook says all that Gouvernail needs. Fill in what you know; an empty cell means "
        "“we do not know yet”, never “no”.",
    ),
    Text(
        "Une étoile * marque une case nécessaire. L’unité est dans l’en-tête : écrivez le nombre "
        "seul.",
        "A star * marks a needed cell. The unit is in the header: write the number alone.",
    ),
    Text(
        "Commencez par « Collectivité », « Personnes », « Services » et « Cas d’usage ». Le reste "
        "peut attendre.",
        "Start with “Authority”, “People”, “Services” and “Use cases”. The rest can wait.",
    ),
    Text(
        "Un repère est un nom court, sans espace, qui ne change pas : il relie les feuilles entre "
        "elles. Plusieurs repères se séparent par des virgules.",
        "An id is a short name without spaces that does not change: it links the sheets. Several "
        "ids are separated by commas.",
    ),
    Text(
        "La ligne grise de chaque feuille est un exemple : elle n’est pas lue tant que vous n’y "
        "touchez pas.",
        "The grey row of each sheet is an example: it is not read as long as it is untouched.",
    ),
    Text(
        "Vous pouvez changer l’ordre des colonnes et des feuilles, ou en ajouter. Gardez les noms.",
        "You may reorder columns and sheets, or add some. Keep the names.",
    ),
    Text(
        "N’écrivez jamais de nom d’habitant ni de donnée sur un dossier dans ce classeur.",
        "Never write an inhabitant’s name or data about a file in this workbook.",
    ),
)
_COLUMN_HEADERS = (
    Text("Feuille", "Sheet"),
    Text("Colonne", "Column"),
    Text("Ce qu’on y écrit", "What to write"),
    Text("Unité", "Unit"),
    Text("Valeurs possibles", "Possible values"),
    Text("Exemple", "Example"),
)
_FACT_HEADERS = (
    Text("Feuille", "Sheet"),
    Text("Code du fait", "Fact code"),
    Text("Question", "Question"),
    Text("Unité", "Unit"),
    Text("Réponses possibles", "Possible answers"),
)
_FACT_ANSWERS = {
    "ternary": Text("oui, non, ?", "yes, no, ?"),
    "int": Text("un nombre entier", "a whole number"),
    "decimal": Text("un nombre", "a number"),
    "date": Text("une date", "a date"),
    "dates": Text("des dates, séparées par des virgules", "dates, separated by commas"),
}


def _help_page(language: str) -> Page:
    rows = [[Cell(HELP_SHEET.in_(language), "title")]]
    rows += [[Cell(), Cell(), Cell(line.in_(language), "help")] for line in _HOW_TO]
    title = Text("Les colonnes, feuille par feuille", "The columns, sheet by sheet")
    rows += [[], [Cell(title.in_(language), "title")]]
    rows.append([Cell(text.in_(language), "header") for text in _COLUMN_HEADERS])
    for described in sheets():
        rows.append(
            [
                Cell(described.label.in_(language), "label"),
                Cell("", "label"),
                Cell(described.help.in_(language), "help"),
            ]
        )
        rows += [_described(described, column, language) for column in described.columns]
    rows += list(_fact_rows(language))
    return Page(
        title=HELP_SHEET.in_(language),
        rows=rows,
        widths=(22, 34, 70, 12, 60, 40),
        forms=("text",) * len(_COLUMN_HEADERS),
        frozen_rows=0,
    )


def _described(described: Sheet, column: Column, language: str) -> list[Cell]:
    star = " *" if column.required else ""
    texts = (
        described.label.in_(language),
        column.label.in_(language) + star,
        column.help.in_(language),
        column.unit,
        values_of(column, language),
        example_of(column, language),
    )
    return [Cell(text, "help") for text in texts]


def values_of(column: Column, language: str) -> str:
    """Return, in words, what a column accepts; empty when any text will do.

    >>> values_of(sheet("sittings").column("on"), "fr")
    'une date'
    """
    if column.kind in (Kind.CHOICE, Kind.CHOICES):
        separator = " ; " if column.kind is Kind.CHOICE else ", "
        return separator.join(choice.label.in_(language) for choice in column.choices)
    if column.kind in (Kind.REF, Kind.REFS):
        title = sheet(column.target).label.in_(language)
        one = Text(f"un repère de « {title} »", f"an id of “{title}”")
        many = Text(f"des repères de « {title} »", f"ids of “{title}”")
        return (one if column.kind is Kind.REF else many).in_(language)
    if column.kind in (Kind.INTEGER, Kind.NUMBER):
        return _range_of(column).in_(language)
    words = {
        Kind.TERNARY: Text("oui, non, ?", "yes, no, ?"),
        Kind.DATE: Text("une date", "a date"),
        Kind.CODE: Text("un repère, sans espace", "an id, no space"),
        Kind.LINES: Text("des textes séparés par « ; »", "texts separated by “;”"),
    }
    return words[column.kind].in_(language) if column.kind in words else ""


def _range_of(column: Column) -> Text:
    whole = column.kind is Kind.INTEGER
    one = Text("un nombre entier" if whole else "un nombre", f"a {'whole ' * whole}number")
    if column.low is None:
        return one
    if column.high is None or column.high > 10_000:
        return Text(
            f"{one.fr}, {column.low:g} ou plus",
            f"{one.en}, {column.low:g} or more",
        )
    return Text(
        f"{one.fr}, de {column.low:g} à {column.high:g}",
        f"{one.en}, {column.low:g} to {column.high:g}",
    )


def example_of(column: Column, language: str) -> str:
    """Return the example of a column as a person types it in that language."""
    shown = show(example_value(column), column, language)
    if isinstance(shown, date):
        return shown.strftime("%d/%m/%Y")
    if isinstance(shown, float):
        return f"{shown:g}".replace(".", "." if language.startswith("en") else ",")
    return "" if shown is None else str(shown)


def _fact_rows(language: str) -> Iterator[list[Cell]]:
    title = Text("Les faits de droit", "The legal facts")
    yield []
    yield [Cell(title.in_(language), "title")]
    yield [Cell(text.in_(language), "header") for text in _FACT_HEADERS]
    place = sheet("legal_facts").label.in_(language)
    for code, fact in _legal_facts():
        answers = _FACT_ANSWERS.get(fact["type"])
        words = (
            answers.in_(language)
            if answers
            else " ; ".join(
                f"{option['code']} ({option['label'][language]})"
                for option in fact.get("codes", [])
            )
        )
        texts = (place, code, fact["question"][language], "", words)
        yield [Cell(text, "help") for text in texts]


def _legal_facts() -> Sequence[tuple[str, dict[str, Any]]]:
    return tuple(read_yaml("facts.yaml").items())
