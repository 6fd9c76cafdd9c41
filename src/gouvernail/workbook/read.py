"""The workbook read: rows when it can be, and every problem with its sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouvernail.workbook import layout, reading
from gouvernail.workbook.files import open_file, refuse
from gouvernail.workbook.names import closest, match
from gouvernail.workbook.reading import Grid, Outcome
from gouvernail_core.facts import Layout, Row, Rows, Sheet, sheets
from gouvernail_core.facts.values import fold
from gouvernail_core.kernel import Problem, RefusedError, Text

_OWN_SHEETS = {
    fold(text.in_(language))
    for text in (layout.HELP_SHEET, layout.LISTS_SHEET)
    for language in ("fr", "en")
}


@dataclass(frozen=True, slots=True)
class ReadRows:
    """What a workbook holds.

    `rows` are complete even when there are problems: a cell that cannot be read is left blank.
    `problems` must be corrected before the rows are used; `notes` only say what was not read.
    `unreadable` says that the file itself could not be read, so that there is nothing to check.
    """

    rows: Rows
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    unreadable: bool = False


def read_rows(source: str | Path | bytes, *, name: str = "") -> ReadRows:
    """Return the rows of a workbook, ODS or XLSX, and all that is wrong with how it is written.

    `source` is a path or the content itself; `name` is what its author calls the file, for the
    sentences. Never raises for what the file holds: a file that cannot be read at all gives no row
    and one problem. Formulas are read as the value last computed; a text that starts with ``=`` is
    a text.
    """
    try:
        opened = open_file(source)
        grids = _grids(opened.content)
    except RefusedError as refusal:
        empty: dict[str, list[Row]] = {described.code: [] for described in sheets()}
        problems = tuple(_named(problem, name) for problem in refusal.problems)
        return ReadRows(empty, problems, unreadable=True)
    outcome = Outcome(opened.survey)
    rows = _read_sheets(grids, outcome)
    return ReadRows(rows, tuple(outcome.problems), tuple(outcome.notes))


def _named(problem: Problem, name: str) -> Problem:
    if not name or problem.sheet is not None:
        return problem
    text = Text(f"« {name} » : {problem.text.fr}", f"“{name}”: {problem.text.en}")
    return Problem(problem.code, text)


def _grids(content: Any) -> list[Grid]:
    """Return the cells of every sheet, as the reader of spreadsheets gives them."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(content)
        return [
            Grid(title, book.get_sheet_by_name(title).to_python(skip_empty_area=False))
            for title in book.sheet_names
        ]
    except python_calamine.PasswordError:
        raise refuse(
            "password",
            "Ce classeur est protégé par un mot de passe. Enregistrez-en une copie sans mot de "
            "passe.",
            "This workbook is protected by a password. Save a copy of it without one.",
        ) from None
    except BaseException as error:
        # A malformed file may make the reader, which is not written in Python, panic: that
        # exception does not derive from Exception.
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit)):
            raise
        raise refuse(
            "damaged-file",
            "Ce classeur est abîmé : il s’ouvre, mais ne se lit pas. Ouvrez-le dans LibreOffice ou "
            "Excel, enregistrez-le de nouveau et recommencez.",
            "This workbook is damaged: it opens, but cannot be read. Open it in LibreOffice or "
            "Excel, save it again and retry.",
        ) from None


def _read_sheets(grids: list[Grid], outcome: Outcome) -> dict[str, list[Row]]:
    titles = [grid.title for grid in grids]
    found = match(titles, sheets())
    foreign = [title for title, _ in found.unknown if fold(title) not in _OWN_SHEETS]
    for code, place in found.twice:
        outcome.problems.append(_sheet_twice(code, titles[found.places[code]], titles[place]))
    rows: dict[str, list[Row]] = {}
    for described in sheets():
        if described.code not in found.places:
            rows[described.code] = []
            _say_missing(described, foreign, outcome)
            continue
        grid = grids[found.places[described.code]]
        read = reading.read_form if described.layout is Layout.FORM else reading.read_table
        rows[described.code] = read(described, grid, outcome)
    outcome.notes += [_foreign(title) for title in foreign]
    return rows


def _say_missing(described: Sheet, foreign: list[str], outcome: Outcome) -> None:
    """Say that a sheet is missing, when it is needed or when another looks like it."""
    alike = closest(described, foreign)
    if alike is None and not described.required:
        return
    fr = f"La feuille « {described.label.fr} » manque"
    en = f"The sheet “{described.label.en}” is missing"
    if alike is not None:
        foreign.remove(alike)
        fr += f". Une feuille s’appelle « {alike} » : si c’est elle, rendez-lui son nom."
        en += f". A sheet is called “{alike}”: if that is the one, give it its name back."
    else:
        there = ", ".join(_some(foreign))
        fr += f" ; elle est nécessaire. {_present(there, 'fr')}"
        en += f"; it is needed. {_present(there, 'en')}"
    outcome.problems.append(Problem("sheet-missing", Text(fr, en), sheet=described.label.fr))


def _some(titles: list[str]) -> Iterator[str]:
    for title in titles[:5]:
        yield f"« {title} »"
    if len(titles) > 5:
        yield "…"


def _present(there: str, language: str) -> str:
    if language == "fr":
        return (
            f"Feuilles non reconnues : {there}."
            if there
            else "Partez du classeur vide que Gouvernail vous donne."
        )
    return (
        f"Sheets not recognised: {there}."
        if there
        else "Start from the empty workbook that Gouvernail gives you."
    )


def _sheet_twice(code: str, first: str, second: str) -> Problem:
    return Problem(
        "sheet-twice",
        Text(
            f"« {first} » et « {second} » sont la même feuille. Réunissez-les en une seule.",
            f"“{first}” and “{second}” are the same sheet. Merge them into one.",
        ),
        sheet=second,
    )


def _foreign(title: str) -> Problem:
    return Problem(
        "sheet-not-read",
        Text(
            "Cette feuille n’est pas de ce classeur ; elle n’a pas été lue.",
            "This sheet does not belong to the workbook; it was not read.",
        ),
        sheet=title,
    )
