"""All the portfolios that respect the constraints, up to 20 cases, without missing one.

A portfolio is an unsigned integer: bit j is set when case j is taken (cases in the order given).
Sums over the cases of a portfolio come from two tables, one for the ten low bits and one for the
others, so that a million portfolios cost two look-ups each and little memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gouvernail_core.selection.model import MAX_ENUMERATED_CASES
from gouvernail_core.selection.rows import Row

Array = NDArray[np.float64]
Masks = NDArray[np.uint32]

_LOW_BITS = 10
#: Portfolios looked at together: a few megabytes of temporary arrays.
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class SubsetSums:
    """Sums of rows over the cases of a portfolio."""

    low: Array
    high: Array

    @classmethod
    def of(cls, values: Array) -> SubsetSums:
        """Return the tables of `values`, one row per case.

        >>> SubsetSums.of(np.array([[1.0], [10.0], [100.0]])).at(np.array([5], dtype=np.uint32))
        array([[101.]])
        """
        return cls(_all_sums(values[:_LOW_BITS]), _all_sums(values[_LOW_BITS:]))

    def at(self, masks: Masks) -> Array:
        """Return one row of sums per portfolio."""
        sums: Array = self.low[masks & ((1 << _LOW_BITS) - 1)]
        if len(self.high) > 1:
            sums = sums + self.high[masks >> _LOW_BITS]
        return sums


def feasible_portfolios(count: int, rows: Sequence[Row]) -> Masks:
    """Return every portfolio of `count` cases that satisfies all `rows`, in increasing order.

    Exact: the 2^count portfolios are examined, in chunks. Raises ``ValueError`` above 20 cases.

    >>> feasible_portfolios(2, ())
    array([0, 1, 2, 3], dtype=uint32)
    """
    if count > MAX_ENUMERATED_CASES:
        raise ValueError(f"{count} cases are too many to enumerate")
    tables = [(SubsetSums.of(row.coefficients[:, None]), row.slack) for row in rows]
    kept = []
    for masks in _chunks(count):
        for table, slack in tables:
            masks = masks[table.at(masks)[:, 0] <= slack]
        kept.append(masks)
    return np.concatenate(kept)


def satisfied_by(count: int, row: Row) -> NDArray[np.uint8]:
    """Return, packed in bits, which of the 2^count portfolios satisfy `row`."""
    table = SubsetSums.of(row.coefficients[:, None])
    return np.concatenate(
        [np.packbits(table.at(masks)[:, 0] <= row.slack) for masks in _chunks(count)]
    )


def members(masks: Masks, count: int) -> NDArray[np.bool_]:
    """Return one row of `count` booleans per portfolio: which cases it holds.

    >>> members(np.array([5], dtype=np.uint32), 3).tolist()
    [[True, False, True]]
    """
    shifts = np.arange(count, dtype=np.uint32)
    return np.asarray((masks[:, None] >> shifts) & 1, dtype=np.bool_)


def _chunks(count: int) -> Iterator[Masks]:
    """Yield the 2^count portfolios in increasing order."""
    total = 1 << count
    for start in range(0, total, CHUNK):
        yield np.arange(start, min(start + CHUNK, total), dtype=np.uint32)


def _all_sums(values: Array) -> Array:
    """Return the sums of `values` over its 2^n subsets, by doubling."""
    sums = np.zeros((1, values.shape[1]))
    for row in values:
        sums = np.vstack([sums, sums + row])
    return sums
