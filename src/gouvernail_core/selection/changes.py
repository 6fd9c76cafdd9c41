"""« Il ne sortirait que si… »: the nearest weighting at which a case changes sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gouvernail_core.selection.drop_out import most_moved, nearest_switch
from gouvernail_core.selection.enumerate import Masks, SubsetSums, members
from gouvernail_core.selection.results import DropOut, DropOutValues
from gouvernail_core.selection.setting import Setting
from gouvernail_core.selection.weights import WeightSet, named

Array = NDArray[np.float64]

#: Beyond, the programmes with adverse values are too many; the absence of change is not proven.
MAX_ADVERSE = 150
_HERE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A portfolio, and the weighting nearest to today's that makes it the best."""

    mask: int
    distance: float
    weights: Array
    values: DropOutValues


def middle_changes(
    setting: Setting,
    weights: WeightSet,
    leaders: Masks,
    classes: Sequence[NDArray[np.intp]],
    masks: Masks,
) -> tuple[Change, ...]:
    """Return one change per portfolio of the pool, values at the middle of their intervals."""
    values = SubsetSums.of(setting.middle).at(leaders)
    found = []
    for position, group in enumerate(classes):
        leads = values[position] - np.delete(values, position, axis=0)
        switch = nearest_switch(weights, setting.reference, leads)
        if switch is not None:
            found += [
                Change(int(masks[one]), switch.distance, switch.weights, DropOutValues.MIDDLE)
                for one in group
            ]
    return tuple(found)


def adverse_changes(
    setting: Setting, sets: Iterable[WeightSet], masks: Masks
) -> tuple[Change, ...]:
    """Return the changes when the values may lie anywhere in their intervals.

    A portfolio p may be the best at w exactly when it is with its own cases at their high values
    and all others at their low ones. Empty when the portfolios are too many.
    """
    if len(masks) > MAX_ADVERSE:
        return ()
    held = members(masks, len(setting.low))
    found = []
    for weights in sets:
        for position, mask in enumerate(masks.tolist()):
            own = held[position]
            others = np.delete(held, position, axis=0)
            gains = (own & ~others).astype(np.float64) @ setting.high
            losses = (others & ~own).astype(np.float64) @ setting.low
            switch = nearest_switch(weights, setting.reference, gains - losses)
            if switch is not None:
                found.append(Change(mask, switch.distance, switch.weights, DropOutValues.ADVERSE))
    return tuple(found)


def drop_out_of(
    setting: Setting, changes: Iterable[Change], recommended: int, position: int
) -> DropOut | None:
    """Return the nearest change that puts the case at `position` on the other side.

    At equal distances, the portfolio that differs least from the recommendation is told.
    """
    inside = recommended >> position & 1
    other_side = [change for change in changes if change.mask >> position & 1 != inside]
    if not other_side:
        return None
    nearest = min(
        other_side,
        key=lambda change: (
            round(change.distance, 9),
            (change.mask ^ recommended).bit_count(),
            change.mask,
        ),
    )
    ids = [case.id for case in setting.problem.cases]
    entering, leaving = nearest.mask & ~recommended, recommended & ~nearest.mask
    moved = most_moved(setting.reference, nearest.weights)
    here = nearest.distance <= _HERE
    return DropOut(
        distance=0.0 if here else nearest.distance,
        criterion=None if here else setting.problem.criteria[moved],
        start=None if here else float(setting.reference[moved]),
        end=None if here else float(nearest.weights[moved]),
        weights=named(setting.problem.criteria, nearest.weights),
        replaced_by=tuple(name for j, name in enumerate(ids) if entering >> j & 1),
        replaces=tuple(name for j, name in enumerate(ids) if leaving >> j & 1),
        values=nearest.values,
    )
