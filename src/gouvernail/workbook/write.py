"""The workbook written: empty with its examples, filled with the rows given, or the example one."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from gouvernail.workbook.layout import pages
from gouvernail_core.facts import Rows

FORMATS = ("ods", "xlsx")


def write_workbook(
    rows: Rows | None,
    destination: str | Path | BinaryIO,
    *,
    format: str | None = None,
    example: bool = False,
    language: str = "fr",
) -> None:
    """Write the workbook that holds `rows`, or the one to fill when `rows` is ``None``.

    `format` is ``ods`` or ``xlsx``; by default the suffix of the path says it, ODS otherwise.
    `example` writes the example authority in place of nothing. What is written reads back the
    same. Raises ValueError for another format, and OSError when the place cannot be written.
    """
    chosen = format or _format_of(destination)
    if chosen not in FORMATS:
        raise ValueError(f"a workbook is written in {' or '.join(FORMATS)}, not in {chosen}")
    if example and rows is None:
        from gouvernail.demo.example import example_rows

        rows = example_rows()
    target = Path(destination) if isinstance(destination, str) else destination
    content = pages(rows, language=language)
    if chosen == "xlsx":
        from gouvernail.workbook.xlsx import write_xlsx

        write_xlsx(content, target, language=language)
    else:
        from gouvernail.workbook.ods import write_ods

        write_ods(content, target, language=language)


def _format_of(destination: str | Path | BinaryIO) -> str:
    if isinstance(destination, (str, Path)) and Path(destination).suffix.lower() == ".xlsx":
        return "xlsx"
    return "ods"
