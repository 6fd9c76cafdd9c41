"""How often each case belongs to the best portfolio, over draws of weightings and values.

Stochastic multicriteria acceptability (Lahdelma, Hokkanen & Salminen 1998, EJOR 106) applied to
portfolios. A share estimated on S independent draws has the standard error sqrt(p(1-p)/S).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Draws compared together, to keep the temporary arrays small.
_DRAWS_AT_ONCE = 1_000
_TIE = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Shares of the draws: per case (with standard errors) and per portfolio."""

    cases: Array
    errors: Array
    portfolios: Array


def case_values(draws: Array, low: Array, high: Array, rng: np.random.Generator) -> Array:
    """Return the weighted value of each case (columns) for each draw (rows).

    Values known for sure are used as they are; uncertain ones are drawn anew for each weighting,
    uniform and independent in their intervals. `low` and `high` have one row per case.
    """
    scores: Array = draws @ low.T
    uncertain = np.argwhere(high > low)
    for case, criterion in uncertain:
        spread = high[case, criterion] - low[case, criterion]
        scores[:, case] += draws[:, criterion] * spread * rng.random(len(draws))
    return scores


def shares_of(scores: Array, members: NDArray[np.bool_]) -> Shares:
    """Return how often each portfolio of `members` is the best for the rows of `scores`.

    Portfolios of equal value at a draw share it equally.

    >>> shares_of(np.array([[0.2, 0.1], [0.1, 0.2]]), np.eye(2, dtype=np.bool_)).cases.tolist()
    [0.5, 0.5]
    """
    portfolios = np.zeros(len(members))
    holdings = members.T.astype(np.float64)
    for start in range(0, len(scores), _DRAWS_AT_ONCE):
        totals = scores[start : start + _DRAWS_AT_ONCE] @ holdings
        best = totals >= totals.max(axis=1, keepdims=True) - _TIE
        portfolios += (best / best.sum(axis=1, keepdims=True)).sum(axis=0)
    portfolios /= len(scores)
    cases = np.clip(portfolios @ members, 0.0, 1.0)
    # Adding shares in floating point: 0.9999999999999999 is 1.
    cases = np.where(np.abs(cases - np.round(cases)) < 1e-12, np.round(cases), cases)
    return Shares(cases, np.sqrt(cases * (1.0 - cases) / len(scores)), portfolios)
