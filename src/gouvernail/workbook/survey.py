"""One pass over the XML of a workbook, keeping nothing but extents and the cells to be said."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from gouvernail_core.kernel import Problem, Text

#: The longest sheet and the widest; 2,000 cases rated on ten criteria make 20,000 rows.
MOST_ROWS = 20_000
MOST_COLUMNS = 500
#: The cells of a whole workbook.
MOST_CELLS = 2_000_000

_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_CHUNK = 1 << 16


class TooLargeError(Exception):
    """A sheet goes beyond what is read; `problem` says which and by how much."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text.en)
        self.problem = problem


@dataclass(slots=True)
class Survey:
    """The cells whose value the reader would lose, by sheet: (row, column), both from 0.

    `errors` show an error of computation; `uncomputed` hold a formula that was never computed.
    """

    errors: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    uncomputed: dict[str, set[tuple[int, int]]] = field(default_factory=dict)


def survey_of(archive: zipfile.ZipFile, kind: str) -> Survey:
    """Return what was seen in a workbook, ``ods`` or ``xlsx``.

    Raises TooLargeError for a sheet that is too long or too wide, ExpatError for XML that is not.
    """
    survey = Survey()
    cells = _Count()
    if kind == "ods":
        ods = _OdsPass(survey, cells)
        _parse(archive, "content.xml", ods.open, ods.close, ods.words)
        return survey
    for title, part in _xlsx_parts(archive):
        sheet = _XlsxPass(title, survey, cells)
        _parse(archive, part, sheet.open, sheet.close, sheet.words)
    return survey


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    opened: Callable[[str, dict[str, str]], None],
    closed: Callable[[str], None],
    words: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = _no_doctype
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _no_doctype(*_: Any) -> None:
    # No spreadsheet declares a document type; entities that unfold are an attack.
    raise ValueError("a document type is declared")


class _Count:
    """The cells seen so far in the whole workbook, and the refusals of what is too large."""

    def __init__(self) -> None:
        self.cells = 0

    def see(self, title: str, row: int, column: int, cells: int = 1) -> None:
        """Count cells that hold something and end at `row` and `column`, both from 0."""
        self.cells += cells
        if row >= MOST_ROWS:
            raise TooLargeError(
                Problem(
                    "too-many-rows",
                    Text(
                        f"Cette feuille a une valeur en ligne {row + 1} ; {MOST_ROWS} lignes au "
                        "plus. Effacez ce qui traîne en bas, ou partagez le classeur.",
                        f"This sheet has a value on row {row + 1}; {MOST_ROWS} rows at most. Clear "
                        "what lies at the bottom, or split the workbook.",
                    ),
                    sheet=title,
                )
            )
        if column >= MOST_COLUMNS or self.cells > MOST_CELLS:
            raise TooLargeError(
                Problem(
                    "too-many-columns",
                    Text(
                        f"Cette feuille est trop large ou trop remplie ; {MOST_COLUMNS} colonnes "
                        "au plus. Effacez ce qui traîne à droite.",
                        f"This sheet is too wide or too full; {MOST_COLUMNS} columns at most. "
                        "Clear what lies on the right.",
                    ),
                    sheet=title,
                )
            )


# ------------------------------------------------------------------------------ XLSX


def _xlsx_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return the title of each sheet and the part of the archive that holds it."""
    names = set(archive.namelist())
    book = _small_tree(archive, "xl/workbook.xml")
    rels = _small_tree(archive, "xl/_rels/workbook.xml.rels")
    targets = {item.get("Id"): item.get("Target", "") for item in rels}
    parts = []
    for item in book.iter():
        if not item.tag.endswith("}sheet"):
            continue
        target = targets.get(item.get(f"{_RELATIONS}id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            parts.append((item.get("name", ""), part))
    listed = {part for _, part in parts}
    extra = [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    return parts + [("", part) for part in sorted(set(extra) - listed)]


def _small_tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    content = archive.read(part)
    if b"<!DOCTYPE" in content:
        raise ValueError("a document type is declared")
    return ElementTree.fromstring(content)  # noqa: S314 - no document type, so no entity


class _XlsxPass:
    """What one sheet of an XLSX holds (ECMA-376, part 1, §18.3.1.4)."""

    def __init__(self, title: str, survey: Survey, cells: _Count) -> None:
        self.title, self.survey, self.cells = title, survey, cells
        self.row = self.column = -1
        self.valued = self.formula = self.computed = False
        self.inside_value = self.is_error = False

    def open(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif tag == "c":
            self._place(attributes.get("r", ""))
            self.valued = self.formula = self.computed = False
            self.is_error = attributes.get("t") == "e"
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "t"):
            self.inside_value = self.computed = True

    def _place(self, reference: str) -> None:
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            self.column += 1
            return
        self.column = 0
        for letter in found[1]:
            self.column = self.column * 26 + ord(letter) - ord("A") + 1
        self.column -= 1
        self.row = int(found[2]) - 1

    def words(self, text: str) -> None:
        if self.inside_value and text:
            self.valued = True

    def close(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag in ("v", "t"):
            self.inside_value = False
        elif tag == "c":
            place = (self.row, self.column)
            if self.valued:
                self.cells.see(self.title, *place)
            if self.is_error:
                self.survey.errors.setdefault(self.title, set()).add(place)
            elif self.formula and not self.computed:
                self.survey.uncomputed.setdefault(self.title, set()).add(place)


# ------------------------------------------------------------------------------ ODS


class _OdsPass:
    """What every sheet of an ODS holds (OpenDocument 1.3, part 3, §9.1)."""

    def __init__(self, survey: Survey, cells: _Count) -> None:
        self.survey, self.cells = survey, cells
        self.title = ""
        self.row, self.rows_repeated = 0, 1
        self.column, self.columns_repeated = 0, 1
        self.in_note = 0
        self.valued = self.formula = self.is_error = False
        self.shown = ""

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE}table":
            self.title = attributes.get(f"{_TABLE}name", "")
            self.row = 0
        elif name == f"{_TABLE}table-row":
            self.rows_repeated = _repeated(attributes, "number-rows-repeated")
            self.column = 0
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self.columns_repeated = _repeated(attributes, "number-columns-repeated")
            self.valued = f"{_OFFICE}value-type" in attributes
            self.formula = f"{_TABLE}formula" in attributes
            self.is_error = attributes.get(f"{_CALC}value-type") == "error"
            self.shown = ""
        elif name == f"{_OFFICE}annotation":
            self.in_note += 1
        elif name == f"{_TEXT}p" and not self.in_note:
            self.valued = True

    def words(self, text: str) -> None:
        if self.formula and not self.in_note and len(self.shown) < 20:
            self.shown += text.strip()

    def close(self, name: str) -> None:
        if name == f"{_OFFICE}annotation":
            self.in_note -= 1
        elif name == f"{_TABLE}table-row":
            self.row += self.rows_repeated
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._close_cell()

    def _close_cell(self) -> None:
        place = (self.row, self.column)
        self.column += self.columns_repeated
        # A formula whose result is the empty text is computed: its value type says so.
        wrong = self.is_error or (self.formula and self.shown.startswith(("#", "Err:")))
        if wrong:
            self.survey.errors.setdefault(self.title, set()).add(place)
        elif self.formula and not self.valued:
            self.survey.uncomputed.setdefault(self.title, set()).add(place)
        if self.valued:
            last_row = self.row + self.rows_repeated - 1
            count = self.rows_repeated * self.columns_repeated
            self.cells.see(self.title, last_row, self.column - 1, count)


def _repeated(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(f"{_TABLE}{name}", "1")
    return max(1, int(text)) if text.isdigit() else 1
