"""Workbooks made for the tests: good ones by the product, bad ones by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from gouvernail.demo.example import example_rows
from gouvernail.workbook import write_workbook
from gouvernail.workbook.layout import Cell, Page, pages
from gouvernail.workbook.ods import write_ods
from gouvernail.workbook.xlsx import write_xlsx
from gouvernail_core.facts import sheets

Grid = list[list[Any]]
FORMATS = ("ods", "xlsx")


def base_rows() -> dict[str, list[Any]]:
    """The example with a few of its legal facts: small enough to be written a hundred times."""
    rows = dict(example_rows())
    rows["legal_facts"] = rows["legal_facts"][:12]
    return rows


def example(kind: str, change: Callable[[dict[str, Grid]], None] | None = None) -> bytes:
    """The example workbook, its cells changed by `change` before it is written."""
    book = pages(base_rows())[1:]  # the help sheet is not read: the tests go faster without
    grids = {page.title: [[cell.value for cell in row] for row in page.rows] for page in book}
    if change is not None:
        change(grids)
    return write_grids(grids, kind)


def write_grids(grids: dict[str, Grid], kind: str) -> bytes:
    """A workbook with these cells and nothing else, under these titles, in this order."""
    sheets = []
    for title, grid in grids.items():
        width = max((len(row) for row in grid), default=1)
        rows = [[_cell(value) for value in row] for row in grid]
        sheets.append(Page(title, rows, (10,) * width, ("text",) * width, frozen_rows=0))
    content = io.BytesIO()
    writer = write_xlsx if kind == "xlsx" else write_ods
    writer(sheets, content, language="fr")
    return content.getvalue()


def _cell(value: Any) -> Cell:
    if isinstance(value, (int, float)):
        return Cell(value, form="number")
    return Cell(value, form="text" if isinstance(value, (str, type(None))) else "date")


def written(rows: Any, kind: str, **options: Any) -> bytes:
    """The workbook the product writes for these rows."""
    content = io.BytesIO()
    write_workbook(rows, content, format=kind, **options)
    return content.getvalue()


def with_part(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with one of its parts changed."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in source.namelist():
            data = source.read(name)
            copy.writestr(name, change(data) if name == part else data)
    return target.getvalue()


def part_of(code: str) -> str:
    """The part of an XLSX of `example` or `write_grids` that holds a sheet."""
    return f"xl/worksheets/sheet{[each.code for each in sheets()].index(code) + 1}.xml"


def at(grids: dict[str, Grid], title: str, column: str, row: int) -> tuple[Grid, int]:
    """The grid and the place of a column, for a test that changes the cell of line `row`."""
    grid = grids[title]
    place = next(i for i, name in enumerate(grid[0]) if str(name).startswith(column))
    line = grid[row - 1]
    line += [None] * (place + 1 - len(line))
    return grid, place


def put(title: str, column: str, row: int, value: Any) -> Callable[[dict[str, Grid]], None]:
    """A change: `value` in the column of that name, on line `row` (1 is the header)."""

    def change(grids: dict[str, Grid]) -> None:
        grid, place = at(grids, title, column, row)
        grid[row - 1][place] = value

    return change
