"""One sheet read: its header found, its cells parsed, what is wrong said where it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gouvernail.workbook.layout import EXAMPLE_MARK, FORM_HEADERS, example_row
from gouvernail.workbook.names import Matches, closest, match
from gouvernail.workbook.survey import Survey
from gouvernail_core.facts import LINE, Column, NotReadable, Row, Sheet, blank, parse
from gouvernail_core.facts.values import fold
from gouvernail_core.kernel import Problem, Text

#: The header is looked for in these first lines, so that a title may stand above it.
HEADER_WITHIN = 10

_MARKS = {fold(EXAMPLE_MARK.fr), fold(EXAMPLE_MARK.en)}


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a sheet, line after line, and its title in the file."""

    title: str
    lines: list[list[Any]]


@dataclass(slots=True)
class Outcome:
    """What the reading of a workbook has found so far."""

    survey: Survey
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def say(
        self, where: Sheet, row: int | None, column: Column | None, code: str, text: Text
    ) -> None:
        """Add a problem located by the French names of the workbook."""
        name = None if column is None else column.label.fr
        self.problems.append(Problem(code, text, sheet=where.label.fr, row=row, column=name))

    def note(self, where: Sheet, column: str | None, code: str, text: Text) -> None:
        """Add what is not an error, but should be known."""
        self.notes.append(Problem(code, text, sheet=where.label.fr, column=column))


def read_table(where: Sheet, grid: Grid, outcome: Outcome) -> list[Row]:
    """Return the rows of a table sheet, each with the line it came from."""
    lines = grid.lines
    if not any(_filled(cell) for line in lines for cell in line):
        return []
    at, found = _header(where, lines)
    if not found.places:
        outcome.say(where, None, None, "no-header", _NO_HEADER)
        return []
    _say_columns(where, lines[at], found, outcome)
    places = {code: place for code, place in found.places.items()}
    rows = []
    for number, line in enumerate(lines[at + 1 :], start=at + 1):
        row = _read_line(where, grid.title, places, line, number, outcome)
        if row is not None and not _is_example(where, row, line, number == at + 1):
            rows.append(row)
    return rows


def read_form(where: Sheet, grid: Grid, outcome: Outcome) -> list[Row]:
    """Return the one row of a form sheet (a fact a line), or nothing when no fact is answered."""
    labels = [line[0] if line else "" for line in grid.lines]
    header = {fold(text.in_(language)) for text in FORM_HEADERS[:1] for language in ("fr", "en")}
    named = ["" if fold(str(label)) in header else str(label) for label in labels]
    found = match(named, where.columns)
    _say_columns(where, named, found, outcome, in_a_form=True)
    row: Row = {column.code: blank(column) for column in where.columns}
    for code, place in found.places.items():
        line = grid.lines[place]
        raw = line[1] if len(line) > 1 else ""
        row[code] = _read_cell(where, grid.title, where.column(code), raw, (place, 1), outcome)
    answered = any(value not in (None, "", []) for value in row.values())
    return [row] if answered else []


def _header(where: Sheet, lines: list[list[Any]]) -> tuple[int, Matches]:
    """Return the line that names the most columns among the first ones, and what it names."""
    best = (0, match([str(cell) for cell in lines[0]], where.columns))
    for at, line in enumerate(lines[1:HEADER_WITHIN], start=1):
        found = match([str(cell) for cell in line], where.columns)
        if len(found.places) > len(best[1].places):
            best = (at, found)
    return best


_NO_HEADER = Text(
    "Aucun en-tête n’est reconnu dans cette feuille. Remettez les noms des colonnes sur la "
    "première ligne, comme dans le classeur vide.",
    "No header is recognised in this sheet. Put the names of the columns back on the first row, as "
    "in the empty workbook.",
)


def _say_columns(
    where: Sheet,
    header: list[Any],
    found: Matches,
    outcome: Outcome,
    *,
    in_a_form: bool = False,
) -> None:
    """Say which columns are missing, renamed, written twice or foreign."""
    foreign = [name for name, _ in found.unknown]
    if in_a_form:
        one, one_en = "La ligne", "The row"
    else:
        one, one_en = "La colonne", "The column"
    for column in where.columns:
        if column.code in found.places:
            continue
        alike = closest(column, foreign)
        if alike is not None:
            foreign.remove(alike)
            text = Text(
                f"{one} « {column.label.fr} » manque ; « {alike} » lui ressemble. Si c’est elle, "
                "rendez-lui son nom.",
                f"{one_en} “{column.label.en}” is missing; “{alike}” looks like it. If that is the "
                "one, give it its name back.",
            )
            outcome.say(where, None, column, "column-renamed", text)
        elif column.required:
            text = Text(
                f"{one} « {column.label.fr} » manque ; elle est nécessaire. {_listed(foreign).fr}",
                f"{one_en} “{column.label.en}” is missing; it is needed. {_listed(foreign).en}",
            )
            outcome.say(where, None, column, "column-missing", text)
        else:
            text = Text(
                f"{one} « {column.label.fr} » n’y est pas : elle est lue comme vide.",
                f"{one_en} “{column.label.en}” is not there: it is read as empty.",
            )
            outcome.note(where, column.label.fr, "column-absent", text)
    for code, place in found.twice:
        column = where.column(code)
        name = str(header[place]).strip()
        text = Text(
            f"{one} « {name} » est écrite deux fois. Gardez-en une.",
            f"{one_en} “{name}” is written twice. Keep one.",
        )
        outcome.say(where, None, column, "column-twice", text)
    for name in foreign:
        text = Text(
            f"{one} n’est pas de ce classeur ; elle n’a pas été lue.",
            f"{one_en} does not belong to the workbook; it was not read.",
        )
        outcome.note(where, name, "column-not-read", text)


def _listed(names: list[str]) -> Text:
    if not names:
        return Text("Reprenez-la du classeur vide.", "Take it from the empty workbook.")
    shown = names[:4]
    fr = ", ".join(f"« {name} »" for name in shown)
    en = ", ".join(f"“{name}”" for name in shown)
    return Text(f"En-têtes non reconnus : {fr}.", f"Headers not recognised: {en}.")


def _read_line(
    where: Sheet,
    title: str,
    places: dict[str, int],
    line: list[Any],
    number: int,
    outcome: Outcome,
) -> Row | None:
    """Return the row of one line (`number` from 0), or nothing when it is blank."""
    lost = outcome.survey.errors.get(title, set()) | outcome.survey.uncomputed.get(title, set())
    seen = {code: line[place] if place < len(line) else "" for code, place in places.items()}
    anything = any(_filled(cell) for cell in seen.values())
    if not anything and not any((number, place) in lost for place in places.values()):
        return None
    row: Row = {LINE: number + 1, **{column.code: blank(column) for column in where.columns}}
    for code, raw in seen.items():
        place = (number, places[code])
        row[code] = _read_cell(where, title, where.column(code), raw, place, outcome)
    return row


def _read_cell(
    where: Sheet,
    title: str,
    column: Column,
    raw: Any,
    place: tuple[int, int],
    outcome: Outcome,
) -> Any:
    number = place[0] + 1
    if place in outcome.survey.errors.get(title, ()):
        outcome.say(where, number, column, "formula-error", _FORMULA_ERROR)
        return blank(column)
    if place in outcome.survey.uncomputed.get(title, ()):
        outcome.say(where, number, column, "formula-not-computed", _NOT_COMPUTED)
        return blank(column)
    try:
        return parse(raw, column)
    except NotReadable as error:
        outcome.say(where, number, column, error.code, error.text)
        return blank(column)


_FORMULA_ERROR = Text(
    "La formule de cette case donne une erreur. Corrigez-la, ou écrivez la valeur.",
    "The formula of this cell gives an error. Correct it, or write the value.",
)
_NOT_COMPUTED = Text(
    "La formule de cette case n’a jamais été calculée. Ouvrez le classeur, enregistrez-le, ou "
    "écrivez la valeur.",
    "The formula of this cell was never computed. Open the workbook and save it, or write the "
    "value.",
)


def _filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _is_example(where: Sheet, row: Row, line: list[Any], is_first: bool) -> bool:
    """Return whether this is the example row of the empty workbook, untouched.

    It bears its mark, and every value is still the example's: a row somebody wrote over the
    example counts, mark or not.
    """
    if not is_first or not any(fold(str(cell)) in _MARKS for cell in line):
        return False
    example = example_row(where)
    return all(row[code] == value for code, value in example.items())
