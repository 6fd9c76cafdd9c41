"""Which portfolio is recommended: least maximum regret, ties broken always in the same way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gouvernail_core.selection.enumerate import Masks, SubsetSums, members
from gouvernail_core.selection.regret import WorstLoss, worst_loss, worst_loss_in_intervals
from gouvernail_core.selection.results import Regret
from gouvernail_core.selection.setting import Setting
from gouvernail_core.selection.weights import WeightSet, named

Array = NDArray[np.float64]
_TOLERANCE = 1e-9


def least_regret(
    setting: Setting, examined: Masks, regrets: Array, *, only: WeightSet | None = None
) -> tuple[int, NDArray[np.intp]]:
    """Return the position of the recommended portfolio and those of the others tied with it.

    Among equal regrets: the best with today's weighting, then the best on the mean of the
    vertices of the sets, then the fewest cases, then the first cases in the order given. Ties are
    the portfolios of equal regret that the recommended one does not surpass for every weighting.
    """
    tied = np.flatnonzero(regrets <= regrets.min() + _TOLERANCE)
    values = SubsetSums.of(setting.middle).at(examined[tied])
    sets = [only] if only is not None else list(setting.actors.values())
    held = members(examined[tied], len(setting.low))
    centre = np.mean([weights.centre for weights in sets], axis=0)
    keys = [values @ setting.reference, values @ centre, -held.sum(axis=1).astype(np.float64)]
    left = np.arange(len(tied))
    for key in keys:
        left = left[key[left] >= key[left].max() - _TOLERANCE]
    # Rows in decreasing order of membership: the portfolio that holds the first cases given.
    order = np.lexsort(~held[left].T[::-1])
    winner = int(left[order[0]])
    vertices = np.vstack([weights.vertices for weights in sets])
    ahead = ((values - values[winner]) @ vertices.T).max(axis=1) > _TOLERANCE
    same = np.abs((values - values[winner]) @ vertices.T).max(axis=1) <= _TOLERANCE
    others = tied[(ahead | same) & (np.arange(len(tied)) != winner)]
    return int(tied[winner]), others


def regret_at(
    setting: Setting, examined: Masks, recommended: int, names: Sequence[str], complete: bool
) -> Regret:
    """Return what `recommended` loses at worst over the sets of `names`, and where."""
    portfolio = int(np.flatnonzero(examined == recommended)[0])
    found: tuple[WorstLoss, str] | None = None
    for name in names:
        loss = _worst_loss(setting, examined, setting.actors[name].vertices, portfolio)
        if found is None or loss.value > found[0].value + _TOLERANCE:
            found = (loss, name)
    if found is None:
        raise ValueError("a regret needs at least one weight set")
    loss, name = found
    instead = int(examined[loss.instead])
    return Regret(
        value=loss.value,
        percent=100.0 * loss.value / loss.best if loss.best > 0 else 0.0,
        best=loss.best,
        weights=named(setting.problem.criteria, setting.actors[name].vertices[loss.vertex]),
        instead=tuple(case.id for j, case in enumerate(setting.problem.cases) if instead >> j & 1),
        actor=name or None,
        exact=complete,
        bound=None if complete else "lower",
    )


def _worst_loss(setting: Setting, examined: Masks, vertices: Array, portfolio: int) -> WorstLoss:
    """Return the worst loss on one set, with intervals when there are some."""
    if setting.is_uncertain:
        held = members(examined, len(setting.low))
        return worst_loss_in_intervals(held, setting.low, setting.high, vertices, portfolio)
    return worst_loss(SubsetSums.of(setting.low).at(examined), vertices, portfolio)
