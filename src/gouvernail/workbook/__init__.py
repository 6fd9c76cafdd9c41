"""The workbook of an authority, in ODS and XLSX: written to be filled, read with its problems."""

from gouvernail.workbook.read import ReadRows, problems_of, read_rows
from gouvernail.workbook.write import write_workbook

__all__ = ["ReadRows", "problems_of", "read_rows", "write_workbook"]
