"""The facts as pages show them: lists with few columns, rows in words, what an import moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gouvernail.apps.facts.difference import SheetDifference
from gouvernail.apps.facts.queries import Record, name_column
from gouvernail.common import wording
from gouvernail.common.listing import (
    Anchor,
    Filters,
    Heading,
    Select,
    folded,
    headings,
    ordered,
)
from gouvernail.common.wording import language
from gouvernail_core.facts import Choice, Column, Kind, Row, Sheet, show
from gouvernail_core.kernel import Problem

#: Columns a list shows; the row's own page and the exports have them all.
SHOWN = 6
#: Rows of one sheet a dry run names; the rest are counted.
NAMED = 20
_WORDY = (Kind.LONG_TEXT, Kind.LINES)
_NUMERIC = (Kind.INTEGER, Kind.NUMBER)

Options = Mapping[str, tuple[Choice, ...]]
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a list shows of one column."""

    label: str
    text: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list: its name, where it is changed, the rest of what is shown."""

    name: str
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The list of a sheet, filtered and sorted as the address says."""

    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    filters: Filters
    exports: tuple[Anchor, ...]
    total: int


def shown_columns(sheet: Sheet) -> list[Column]:
    """Return the few columns a list shows, the naming one first."""
    first = name_column(sheet)
    if sheet.key[0] != first.code and len(sheet.key) > 1:
        first = sheet.column(sheet.key[0])
    rest = [c for c in sheet.columns if c is not first and c.kind not in _WORDY]
    rest.sort(key=lambda c: (c.code not in sheet.key and not c.required, c.kind is Kind.TEXT))
    kept = {first.code, *(c.code for c in rest[: SHOWN - 1])}
    return [first, *(c for c in sheet.columns if c.code in kept and c is not first)]


def named(options: Options) -> Names:
    """Return the words of what each column may point to, in the reader's language."""
    spoken = language()
    return {
        column: {choice.code: choice.label.in_(spoken) for choice in choices}
        for column, choices in options.items()
    }


def said(value: Any, column: Column, names: Names | None = None) -> str:
    """Return a value in words, "–" when nobody has stated it."""
    if column.kind is Kind.TERNARY:
        return wording.ternary({True: "yes", False: "no"}.get(value))
    if value is None or value == "" or value == []:
        return "–"
    if column.kind in (Kind.REF, Kind.REFS) and names:
        known = names.get(column.code, {})
        codes: list[str] = value if isinstance(value, list) else [str(value)]
        return ", ".join(known.get(code, code) for code in codes)
    if isinstance(value, date):
        return wording.short_day(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value) if column.code == "year" else _number(value)
    return str(show(value, column, language()))


def adding(sheet: Sheet) -> str:
    """Return the title of the page that adds a row to a sheet."""
    words = {
        "people": _("Add a person"),
        "services": _("Add a service"),
        "stores": _("Add a data store"),
        "flows": _("Add a flow between services"),
        "matrix": _("Add a choice on data and tools"),
        "scan_duties": _("Answer a duty of the examination"),
        "protection_efforts": _("Add hours of protection"),
        "existing_uses": _("Add an existing use of AI"),
        "use_cases": _("Add a use case"),
        "legal_facts": _("Add a legal fact"),
        "criteria": _("Add a criterion"),
        "ratings": _("Add a rating"),
        "priorities": _("Add a priority"),
        "capacities": _("Add a capacity"),
        "budgets": _("Add a budget year"),
        "sittings": _("Add a sitting"),
        "consultations": _("Add a consultation"),
        "overrides": _("Override a missing opinion"),
        "training": _("Add a training group"),
        "proofs": _("Add a proof"),
        "validations": _("Add a validated act"),
        "second_readings": _("Add a second reading"),
        "offers": _("Paste an offer"),
        "offer_answers": _("Add a vendor’s answer"),
    }
    return words.get(sheet.code) or _("Add a row")


def stated(sheet: Sheet, row: Row, options: Options) -> list[tuple[str, str]]:
    """Return what somebody has stated of a row: label, value."""
    names = named(options)
    return [
        (column.label.in_(language()), said(row.get(column.code), column, names))
        for column in sheet.columns
        if row.get(column.code) not in (None, "", [])
    ]


def _number(value: float) -> str:
    return wording.number(value, 0 if float(value).is_integer() else 1)


def table(
    sheet: Sheet, records: Sequence[Record], options: Options, params: Mapping[str, str]
) -> Table:
    """Return the list of a sheet."""
    columns = shown_columns(sheet)
    here = reverse("facts:sheet", args=[sheet.code])
    filters, names = _filters(sheet, options, params, here), named(options)
    kept = [record for record in records if _passes(record.row, sheet, filters, names)]
    keys = {column.code: _sort_key(column, names) for column in columns}
    kept = (
        ordered(kept, params.get("tri", ""), keys, columns[0].code) if params.get("tri") else kept
    )
    exports = tuple(
        Anchor(form.upper(), reverse("facts:export", args=[sheet.code, form]))
        for form in ("ods", "xlsx", "csv")
    )
    headed = [(c.code, c.label.in_(language()), c.kind in _NUMERIC) for c in columns]
    labels = [label for _code, label, _numeric in headed]
    lines = tuple(_line(here, record, columns, labels, names) for record in kept)
    return Table(headings(here, params, headed), lines, filters, exports, len(records))


def _line(
    here: str, record: Record, columns: list[Column], labels: list[str], names: Names
) -> Line:
    cells = tuple(
        Cell(label, said(record.row[c.code], c, names), c.kind in _NUMERIC)
        for label, c in zip(labels, columns, strict=True)
    )
    name = cells[0].text if cells[0].text != "–" else _("The authority")
    return Line(name, f"{here}{record.pk}/", cells[1:])


def _filters(sheet: Sheet, options: Options, params: Mapping[str, str], here: str) -> Filters:
    selects: list[Select] = []
    for column in sheet.columns:
        choices = options.get(column.code) or column.choices
        if column.kind in (Kind.CHOICE, Kind.REF) and choices and len(selects) < 2:
            pairs = [(choice.code, choice.label.in_(language())) for choice in choices]
            label = column.label.in_(language())
            selects.append(Select.of(column.code, label, _("All"), pairs, params))
    kept = (("tri", params["tri"]),) if params.get("tri") else ()
    return Filters(here, tuple(selects), _("Word"), params.get("mot", ""), kept)


def _passes(row: Row, sheet: Sheet, filters: Filters, names: Names) -> bool:
    if any(select.value and row.get(select.name) != select.value for select in filters.selects):
        return False
    word = folded(filters.word)
    return not word or any(word in folded(said(row[c.code], c, names)) for c in sheet.columns)


def _sort_key(column: Column, names: Names) -> Any:
    def key(record: Record) -> tuple[bool, Any]:
        value = record.row[column.code]
        if value is None or value == "":
            return (True, "")
        if isinstance(value, (int, float, date)):
            return (False, value)
        return (False, folded(said(value, column, names)))

    return key


def export_rows(sheet: Sheet, rows: Sequence[Row]) -> tuple[list[str], list[list[Any]]]:
    """Return headings and cells with every column, as the workbook would write them."""
    head = [column.label.in_(language()) for column in sheet.columns]
    cells = [[_exported(row[c.code], c) for c in sheet.columns] for row in rows]
    return head, cells


def _exported(value: Any, column: Column) -> Any:
    shown = show(value, column, language())
    return shown.isoformat() if isinstance(shown, date) else shown


@dataclass(frozen=True, slots=True)
class Moved:
    """What an import moves in one sheet, in words."""

    label: str
    added: tuple[str, ...]
    changed: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
    absent: tuple[str, ...]
    counts: tuple[int, int, int, int]


def moved(differences: Sequence[SheetDifference]) -> list[Moved]:
    """Return what an import moves, sheet by sheet, naming the first rows."""
    return [_moved(d) for d in differences if d.moves]


def _moved(difference: SheetDifference) -> Moved:
    sheet = difference.sheet
    return Moved(
        sheet.label.in_(language()),
        tuple(row_name(row, sheet) for row in difference.added[:NAMED]),
        tuple(
            (row_name(change.after, sheet), tuple(_cell(sheet, cell) for cell in change.cells))
            for change in difference.changed[:NAMED]
        ),
        tuple(row_name(row, sheet) for row in difference.absent[:NAMED]),
        (
            len(difference.added),
            len(difference.changed),
            len(difference.absent),
            difference.same,
        ),
    )


def _cell(sheet: Sheet, cell: tuple[str, Any, Any]) -> tuple[str, str, str]:
    column = sheet.column(cell[0])
    return (column.label.in_(language()), said(cell[1], column), said(cell[2], column))


def row_name(row: Row, sheet: Sheet) -> str:
    """Return what people call a row."""
    named = name_column(sheet)
    if named.code not in sheet.key and row.get(named.code):
        return str(row[named.code])
    parts = [said(row[code], sheet.column(code)) for code in sheet.key if row.get(code)]
    return " · ".join(parts)


def both(sheet: Sheet, theirs: Row, ours: Row) -> list[tuple[str, str, str]]:
    """Return the columns on which two versions of a row differ: label, theirs, ours."""
    return [
        (c.label.in_(language()), said(theirs[c.code], c), said(ours[c.code], c))
        for c in sheet.columns
        if c.code in ours and theirs.get(c.code) != ours[c.code]
    ]


def as_typed(values: Mapping[str, Sequence[str]]) -> QueryDict:
    """Return what a draft holds as a browser would send it."""
    typed = QueryDict(mutable=True)
    for name, given in values.items():
        typed.setlist(name, list(given))
    return typed


def problems(kept: Sequence[Mapping[str, str]], found: Sequence[Problem]) -> list[str]:
    """Return what forbids an import, in the reader's language."""
    return [each[language()] for each in kept] or [p.sentence(language()) for p in found]
