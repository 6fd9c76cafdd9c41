"""Three-valued logic (Kleene's strong logic of indeterminacy, 1952, §64): unknown is not no."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Ternary(Enum):
    """Yes, no, or not known yet.

    >>> Ternary.of(None)
    <Ternary.UNKNOWN: 'unknown'>
    >>> Ternary.YES & Ternary.UNKNOWN
    <Ternary.UNKNOWN: 'unknown'>
    >>> Ternary.NO & Ternary.UNKNOWN
    <Ternary.NO: 'no'>
    """

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, value: bool | None) -> Ternary:
        """Return the ternary of a boolean; ``None`` is a fact nobody has stated."""
        if value is None:
            return cls.UNKNOWN
        return cls.YES if value else cls.NO

    def __and__(self, other: Ternary) -> Ternary:
        if Ternary.NO in (self, other):
            return Ternary.NO
        if Ternary.UNKNOWN in (self, other):
            return Ternary.UNKNOWN
        return Ternary.YES

    def __or__(self, other: Ternary) -> Ternary:
        if Ternary.YES in (self, other):
            return Ternary.YES
        if Ternary.UNKNOWN in (self, other):
            return Ternary.UNKNOWN
        return Ternary.NO

    def __invert__(self) -> Ternary:
        if self is Ternary.UNKNOWN:
            return self
        return Ternary.NO if self is Ternary.YES else Ternary.YES

    def __bool__(self) -> bool:
        raise TypeError("a Ternary is not a boolean: compare it with Ternary.YES or Ternary.NO")


def all_of(values: Iterable[Ternary]) -> Ternary:
    """Return the conjunction; of nothing, yes.

    >>> all_of([Ternary.YES, Ternary.UNKNOWN])
    <Ternary.UNKNOWN: 'unknown'>
    """
    result = Ternary.YES
    for value in values:
        result = result & value
    return result


def any_of(values: Iterable[Ternary]) -> Ternary:
    """Return the disjunction; of nothing, no.

    >>> any_of([Ternary.NO, Ternary.UNKNOWN])
    <Ternary.UNKNOWN: 'unknown'>
    """
    result = Ternary.NO
    for value in values:
        result = result | value
    return result
