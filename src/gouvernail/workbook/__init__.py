"""The workbook of an authority, in ODS and XLSX: written to be filled, read with its problems."""

from gouvernail.workbook.problems import all_notes, all_problems
from gouvernail.workbook.read import ReadRows, read_rows
from gouvernail.workbook.write import write_workbook

__all__ = ["ReadRows", "all_notes", "all_problems", "read_rows", "write_workbook"]
