"""Everything to correct in a workbook: how it is written, then what it says."""

from __future__ import annotations

from gouvernail.workbook.read import ReadRows
from gouvernail_core.facts import check
from gouvernail_core.kernel import Problem


def all_problems(found: ReadRows) -> tuple[Problem, ...]:
    """Return the problems of the cells, then those between the rows, each told once.

    A file that gave no row at all is not checked further: its one problem says it all.
    """
    if found.problems and not any(found.rows.values()):
        return found.problems
    told = {(p.sheet, p.row, p.column) for p in found.problems}
    whole = {p.sheet for p in found.problems if p.row is None}
    return (
        *found.problems,
        *(
            p
            for p in check(found.rows)
            if (p.sheet, p.row, p.column) not in told and not (p.row is None and p.sheet in whole)
        ),
    )
