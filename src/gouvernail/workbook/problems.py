"""What to correct and what to know of a workbook: how it is written, then what it says."""

from __future__ import annotations

from gouvernail.workbook.read import ReadRows
from gouvernail_core.facts import check, notes
from gouvernail_core.kernel import Problem

#: What a sheet that could not be read well would be blamed for a second time.
_FOLLOWS = ("sheet-empty", "required")


def all_problems(found: ReadRows) -> tuple[Problem, ...]:
    """Return the problems of the cells, then those between the rows, each told once.

    A file that could not be read is not checked further: its one problem says it all. A sheet
    that is missing or has lost a column is not also said to be empty, nor its rows incomplete, nor
    what refers to it to refer to nothing.
    """
    if found.unreadable:
        return found.problems
    told = {(p.sheet, p.row, p.column) for p in found.problems}
    torn = {p.sheet for p in found.problems if p.row is None}
    return (
        *found.problems,
        *(
            p
            for p in check(found.rows)
            if (p.sheet, p.row, p.column) not in told
            and not (torn and p.code == "unknown-reference")
            and not (p.sheet in torn and p.code in _FOLLOWS)
        ),
    )


def all_notes(found: ReadRows) -> tuple[Problem, ...]:
    """Return what was not read, then what is accepted and should be looked at twice."""
    return (*found.notes, *notes(found.rows))
