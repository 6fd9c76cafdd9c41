"""The constraints of a problem as labelled linear rows ``coefficients . x <= bound``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gouvernail_core.kernel import Text
from gouvernail_core.selection.model import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One requirement, in the words a conflict is told with."""

    kind: str
    label: str
    text: Text
    coefficients: NDArray[np.float64]
    bound: float

    @property
    def slack(self) -> float:
        """Return `bound` widened by what adding decimals costs: 0.1 + 0.2 fits in 0.3."""
        return self.bound + 1e-9 * max(1.0, abs(self.bound))


def rows_of(problem: Problem) -> tuple[Row, ...]:
    """Return every constraint of `problem`, in the order in which it is given.

    >>> from gouvernail_core.selection.model import Case
    >>> cases = (Case("a", {}), Case("b", {}))
    >>> [row.label for row in rows_of(Problem(("relief",), cases, must=("b",)))]
    ['b']
    """
    return (
        *_limit_rows(problem),
        *_cardinality_rows(problem),
        *_pair_rows(problem),
        *_wish_rows(problem),
    )


def _limit_rows(problem: Problem) -> Iterator[Row]:
    for label, limit in problem.limits.items():
        uses = np.array([float(case.uses.get(label, 0.0)) for case in problem.cases])
        text = Text(f"la limite « {label} » est de {limit:g}", f"the limit “{label}” is {limit:g}")
        yield Row("limits", label, text, uses, float(limit))


def _cardinality_rows(problem: Problem) -> Iterator[Row]:
    if problem.cardinality is None:
        return
    low, high = problem.cardinality
    ones = np.ones(len(problem.cases))
    if low > 0:
        text = Text(f"il faut au moins {low} cas", f"at least {low} cases are needed")
        yield Row("cardinality", "min", text, -ones, -float(low))
    if high < len(problem.cases):
        text = Text(f"il faut au plus {high} cas", f"at most {high} cases are allowed")
        yield Row("cardinality", "max", text, ones, float(high))


def _pair_rows(problem: Problem) -> Iterator[Row]:
    for one, other in problem.excludes:
        text = Text(f"« {one} » et « {other} » s’excluent", f"“{one}” and “{other}” exclude")
        yield Row("excludes", f"{one}, {other}", text, _signs(problem, {one: 1, other: 1}), 1.0)
    for one, other in problem.requires:
        text = Text(f"« {one} » a besoin de « {other} »", f"“{one}” needs “{other}”")
        yield Row("requires", f"{one}, {other}", text, _signs(problem, {one: 1, other: -1}), 0.0)


def _wish_rows(problem: Problem) -> Iterator[Row]:
    for name in problem.must:
        text = Text(f"« {name} » doit être retenu", f"“{name}” must be chosen")
        yield Row("must", name, text, _signs(problem, {name: -1}), -1.0)
    for name in problem.never:
        text = Text(f"« {name} » est écarté", f"“{name}” is ruled out")
        yield Row("never", name, text, _signs(problem, {name: 1}), 0.0)


def _signs(problem: Problem, entries: dict[str, int]) -> NDArray[np.float64]:
    """Return the row with these entries, by id of case."""
    return np.array([float(entries.get(case.id, 0)) for case in problem.cases])
