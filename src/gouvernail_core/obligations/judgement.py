"""A three-valued answer that remembers what made it, and how answers combine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gouvernail_core.kernel import Reason, Ternary

# Looked up hundreds of times in one assessment, and an enum's members are slow to reach.
_YES, _NO, _UNKNOWN = Ternary.YES, Ternary.NO, Ternary.UNKNOWN


class Judgement(NamedTuple):
    """Yes, no or unknown; the reasons that decided; the facts that are missing.

    `missing` is never empty when the value is unknown, and empty otherwise. `presumed` names the
    facts nobody stated and on whose presumption the value rests.
    """

    value: Ternary
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    presumed: tuple[str, ...] = ()

    @property
    def yes(self) -> bool:
        """Return whether the answer is a known yes."""
        return self.value is _YES

    @property
    def no(self) -> bool:
        """Return whether the answer is a known no."""
        return self.value is _NO

    @property
    def unknown(self) -> bool:
        """Return whether a missing fact decides."""
        return self.value is _UNKNOWN

    def because(self, *reasons: Reason) -> Judgement:
        """Return the same answer with `reasons` said first."""
        return Judgement(self.value, (*reasons, *self.reasons), self.missing, self.presumed)


def yes(*reasons: Reason) -> Judgement:
    """Return a plain yes.

    >>> yes().value
    <Ternary.YES: 'yes'>
    """
    return Judgement(_YES, reasons)


def no(*reasons: Reason) -> Judgement:
    """Return a plain no."""
    return Judgement(_NO, reasons)


def unknown(*missing: str, reasons: Sequence[Reason] = ()) -> Judgement:
    """Return an unknown that names the facts it lacks.

    >>> unknown("use_case.profiling").missing
    ('use_case.profiling',)
    """
    return Judgement(_UNKNOWN, tuple(reasons), missing)


def all_judged(items: Iterable[Judgement]) -> Judgement:
    """Return the conjunction; the reasons kept are those of the items that decided.

    >>> all_judged([yes(), unknown("use_case.profiling"), no()]).value
    <Ternary.NO: 'no'>
    """
    return combined(list(items), _NO, _YES)


def any_judged(items: Iterable[Judgement]) -> Judgement:
    """Return the disjunction; the reasons kept are those of the items that decided."""
    return combined(list(items), _YES, _NO)


def not_judged(item: Judgement) -> Judgement:
    """Return the negation, for the same reasons."""
    return Judgement(~item.value, item.reasons, item.missing, item.presumed)


def combined(items: list[Judgement], decisive: Ternary, otherwise: Ternary) -> Judgement:
    """Return the value of a conjunction (`decisive` no) or of a disjunction, and what decided it.

    One decisive item settles alone: the others are left out. Without one, every item counted;
    an unknown keeps the facts of the unknown items, the only ones worth asking for.
    """
    value: Ternary = otherwise
    kept = [item for item in items if item.value is decisive]
    missing: dict[str, None] = {}
    if kept:
        value = decisive
    else:
        kept = items
        for item in items:
            if item.value is _UNKNOWN:
                value = _UNKNOWN
                missing.update(dict.fromkeys(item.missing))
    if len(kept) == 1:
        return kept[0]
    reasons: dict[Reason, None] = {}
    presumed: dict[str, None] = {}
    for item in kept:
        for reason in item.reasons:
            reasons[reason] = None
        if item.presumed:
            presumed.update(dict.fromkeys(item.presumed))
    return Judgement(value, tuple(reasons), tuple(missing), tuple(presumed))
