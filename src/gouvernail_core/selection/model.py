"""What a selection is asked: cases, constraints, admissible weightings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gouvernail_core.kernel import Interval

#: Up to this number of cases every portfolio is examined (2^20 is about a million).
MAX_ENUMERATED_CASES = 20
#: Above it the question is refused: two thousand solves of this size no longer fit in a minute.
MAX_CASES = 2_000
#: The vertices of a weight set with bounds grow like K × C(K-1, K/2).
MAX_CRITERIA = 16
#: The values a case has on a criterion nobody has judged: unknown is not zero.
UNKNOWN_VALUE = Interval(0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Case:
    """One candidate: its value on each criterion in [0, 1] (more is better), and what it uses.

    A criterion absent from `values` is unknown: the whole of [0, 1] is considered. `uses` is in
    the unit of the limit of the same name (EUR, days, points).
    """

    id: str
    values: Mapping[str, Interval]
    uses: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weighting:
    """What one actor says of the weights; everything unsaid stays free.

    `ranking` goes from the most to the least important criterion; each item is a tier, and the
    criteria of one tier have equal weights. A criterion left out of the ranking is not ranked.
    `bounds` gives the least and the greatest admissible weight of a criterion.
    """

    ranking: tuple[tuple[str, ...], ...] | None = None
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Which cases may be taken together, and which weightings are admissible.

    `requires` holds pairs (a, b): a needs b. `cardinality` is the least and the greatest number
    of cases, ``None`` when free. `reference` is the weighting of today; by default the centre of
    the weightings common to all actors. `gap` is the relative gap tolerated of the solver above
    20 cases. `seed` makes the draws repeatable.
    """

    criteria: tuple[str, ...]
    cases: tuple[Case, ...]
    limits: Mapping[str, float] = field(default_factory=dict)
    cardinality: tuple[int, int] | None = None
    excludes: tuple[tuple[str, str], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    reference: Mapping[str, float] | None = None
    weightings: Mapping[str, Weighting] = field(default_factory=dict)
    gap: float = 0.0
    seed: int = 0

    def value(self, case: Case, criterion: str) -> Interval:
        """Return the value of `case` on `criterion`, the whole of [0, 1] when unknown.

        >>> Problem(criteria=("relief",), cases=()).value(Case("a", {}), "relief")
        Interval(low=0.0, high=1.0, unit='')
        """
        return case.values.get(criterion, UNKNOWN_VALUE)
