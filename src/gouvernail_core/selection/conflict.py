"""Why nothing fits: a minimal set of requirements that cannot hold together.

Deletion filter (Chinneck 2008, Feasibility and Infeasibility in Optimization, §6.2): a
requirement is dropped when the others are still impossible without it. What remains is
irreducible: remove any one of its lines and a portfolio exists. Another minimal set may exist.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from gouvernail_core.kernel import Conflict
from gouvernail_core.selection.enumerate import satisfied_by
from gouvernail_core.selection.model import MAX_ENUMERATED_CASES, Problem
from gouvernail_core.selection.rows import Row, rows_of

_Test = Callable[[Sequence[Row]], bool]


def minimal_conflict(problem: Problem) -> tuple[Conflict, ...]:
    """Return a minimal set of requirements nothing satisfies, empty when a portfolio exists.

    Exact by enumeration up to 20 cases; beyond, each test is one feasibility solve by HiGHS.

    >>> from gouvernail_core.selection.model import Case
    >>> cases = (Case("a", {}), Case("b", {}), Case("c", {}))
    >>> found = minimal_conflict(
    ...     Problem(("relief",), cases, must=("a", "b", "c"), excludes=(("a", "b"),))
    ... )
    >>> [(line.kind, line.label) for line in found]
    [('excludes', 'a, b'), ('must', 'a'), ('must', 'b')]
    """
    rows = rows_of(problem)
    count = len(problem.cases)
    if count <= MAX_ENUMERATED_CASES:
        kept = _filtered_by_enumeration(count, rows)
    else:
        kept = _filtered(rows, lambda some: _has_solution(count, some))
    return tuple(Conflict(row.kind, row.label, row.text) for row in kept)


def _filtered(rows: Sequence[Row], is_possible: _Test) -> tuple[Row, ...]:
    """Return an irreducible impossible subset of `rows`, or nothing."""
    if is_possible(rows):
        return ()
    kept = list(rows)
    for row in rows:
        without = [other for other in kept if other is not row]
        if not is_possible(without):
            kept = without
    return tuple(kept)


def _filtered_by_enumeration(count: int, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the same by intersecting, bit by bit, the portfolios each row allows."""
    allowed = {id(row): satisfied_by(count, row) for row in rows}

    def is_possible(some: Sequence[Row]) -> bool:
        # Fewer than eight portfolios leave padding bits, which no row ever sets.
        if not some:
            return True
        together = allowed[id(some[0])].copy()
        for row in some[1:]:
            np.bitwise_and(together, allowed[id(row)], out=together)
        return bool(together.any())

    return _filtered(rows, is_possible)


def _has_solution(count: int, rows: Sequence[Row]) -> bool:
    """Return whether some portfolio satisfies `rows`, by one solve without objective."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    if not rows:
        return True
    matrix = np.array([row.coefficients for row in rows])
    answer = milp(
        np.zeros(count),
        constraints=LinearConstraint(matrix, ub=[row.slack for row in rows]),
        integrality=np.ones(count),
        bounds=Bounds(0, 1),
    )
    return bool(answer.status == 0)
