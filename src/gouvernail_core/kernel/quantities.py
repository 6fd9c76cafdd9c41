"""Quantities that say their uncertainty and their unit."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval ``[low, high]`` in `unit`.

    >>> Interval(0.4, 0.6).width
    0.2
    """

    low: float
    high: float
    unit: str = ""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise ValueError("the bounds of an interval are finite numbers")
        if self.low > self.high:
            raise ValueError(f"the low bound {self.low} is above the high bound {self.high}")

    @property
    def width(self) -> float:
        """Return the distance between the bounds, rounded to 12 digits."""
        return round(self.high - self.low, 12)

    @property
    def middle(self) -> float:
        """Return the middle of the interval."""
        return (self.low + self.high) / 2
