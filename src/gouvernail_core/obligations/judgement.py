"""A three-valued answer that remembers what made it, and how answers combine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouvernail_core.kernel import Reason, Ternary, all_of, any_of


@dataclass(frozen=True, slots=True)
class Judgement:
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
        return self.value is Ternary.YES

    @property
    def no(self) -> bool:
        """Return whether the answer is a known no."""
        return self.value is Ternary.NO

    @property
    def unknown(self) -> bool:
        """Return whether a missing fact decides."""
        return self.value is Ternary.UNKNOWN

    def because(self, *reasons: Reason) -> Judgement:
        """Return the same answer with `reasons` said first."""
        return Judgement(self.value, (*reasons, *self.reasons), self.missing, self.presumed)


def yes(*reasons: Reason) -> Judgement:
    """Return a plain yes.

    >>> yes().value
    <Ternary.YES: 'yes'>
    """
    return Judgement(Ternary.YES, reasons)


def no(*reasons: Reason) -> Judgement:
    """Return a plain no."""
    return Judgement(Ternary.NO, reasons)


def unknown(*missing: str, reasons: Sequence[Reason] = ()) -> Judgement:
    """Return an unknown that names the facts it lacks.

    >>> unknown("use_case.profiling").missing
    ('use_case.profiling',)
    """
    return Judgement(Ternary.UNKNOWN, tuple(reasons), missing)


def all_judged(items: Iterable[Judgement]) -> Judgement:
    """Return the conjunction; the reasons kept are those of the items that decided.

    >>> all_judged([yes(), unknown("use_case.profiling"), no()]).value
    <Ternary.NO: 'no'>
    """
    judged = tuple(items)
    return _combine(judged, all_of(item.value for item in judged), decisive=Ternary.NO)


def any_judged(items: Iterable[Judgement]) -> Judgement:
    """Return the disjunction; the reasons kept are those of the items that decided."""
    judged = tuple(items)
    return _combine(judged, any_of(item.value for item in judged), decisive=Ternary.YES)


def not_judged(item: Judgement) -> Judgement:
    """Return the negation, for the same reasons."""
    return Judgement(~item.value, item.reasons, item.missing, item.presumed)


def _combine(items: tuple[Judgement, ...], value: Ternary, *, decisive: Ternary) -> Judgement:
    """Return `value` with what decided it.

    One decisive item settles alone: the others are left out. Without one, every item counted;
    an unknown keeps the facts of the unknown items, the only ones worth asking for.
    """
    kept = [item for item in items if item.value is decisive] if value is decisive else list(items)
    missing = [item for item in items if item.unknown] if value is Ternary.UNKNOWN else []
    return Judgement(
        value,
        tuple(dict.fromkeys(reason for item in kept for reason in item.reasons)),
        tuple(dict.fromkeys(name for item in missing for name in item.missing)),
        tuple(dict.fromkeys(name for item in kept for name in item.presumed)),
    )
