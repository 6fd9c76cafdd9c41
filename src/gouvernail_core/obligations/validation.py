"""Who validates what an AI prepared, what they look at, and what shows that it is looked at.

Figures are those of an act of the work, over periods, never of a person: an act that one person
alone validates gives no rate to anybody else, since the rate would be theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt

from gouvernail_core.kernel import Finding, Outcome, Ternary, Text

#: Rules that only a person who looks can satisfy: human oversight by name, no decision by a machine
#: alone, no discrimination, neutrality. A named validator is one of the proofs they ask, never all
#: of them, so a row here closes none of them.
ASKING_RULES = ("AIA-26-2", "RGPD-22", "VAL-DISCR", "VAL-NEUTRE")
#: Under ten, an interval covers nearly everything and a small team is recognised.
FEWEST_VALIDATED = 10
#: A period of that length without one change nor one second reading shows nothing of a reading.
FEWEST_TO_WONDER = 20
#: The quantile of the normal law for an interval at 95 %.
_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class ActValidation:
    """Who validates an act of a case, under which text, and what they must have looked at.

    `sample_percent` is the part to be read again by `second_reader`.
    """

    case: str
    act: str
    validators: tuple[str, ...] = ()
    legal_basis: str = ""
    look_at: tuple[str, ...] = ()
    sample_percent: float | None = None
    second_reader: str = ""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What was counted of an act over a period that ends `on`; a figure left out is unknown.

    `changed` by the person who validated; `read_again` by another, `wrong` among these.
    """

    case: str
    act: str
    on: date
    validated: int | None = None
    changed: int | None = None
    read_again: int | None = None
    wrong: int | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its interval at 95 %, or why it is not given. Shares are in [0, 1]."""

    count: int
    of: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    refused: Text | None = None


@dataclass(frozen=True, slots=True)
class ValidatedAct:
    """A line of the map: an act, who validates it, and what its periods show.

    `validation` is none where a case asks for a validator and none is named; `asked` says whether
    it does, `rules` which of its duties say so. `expected` readings are unknown without a sample.
    """

    case: str
    act: str
    asked: Ternary
    rules: tuple[str, ...]
    validation: ActValidation | None
    overridden: Rate
    wrong: Rate
    expected: int | None
    read_again: int


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return the interval at 95 % of a share of `count` out of `of`, both ends in [0, 1].

    Wilson's score interval (E. B. Wilson, 1927, JASA 22, 209-212): it stays within [0, 1] and is
    right for few events, where the usual one is not. Raises ValueError when nothing was counted.

    >>> low, high = wilson(0, 20)
    >>> round(low, 3), round(high, 3)
    (0.0, 0.161)
    """
    if of <= 0 or not 0 <= count <= of:
        raise ValueError(f"{count} out of {of} is no share")
    share, square = count / of, _Z95 * _Z95
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z95 / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def rate(count: int, of: int, *, people: int) -> Rate:
    """Return the share with its interval; refused for fewer than ten, or when one person validates.

    >>> rate(2, 9, people=3).share is None, rate(3, 12, people=1).share is None
    (True, True)
    >>> rate(3, 12, people=2).share
    0.25
    """
    if people == 1:
        return Rate(count, of, refused=Text(
            "Une seule personne valide cet acte : ce taux serait le sien. Il n’est pas montré.",
            "One person alone validates this act: the rate would be theirs. It is not shown.",
        ))  # fmt: skip
    if of < FEWEST_VALIDATED:
        return Rate(count, of, refused=Text(
            f"Trop peu pour un taux : {of} sur les {FEWEST_VALIDATED} qu’il faut au moins.",
            f"Too few for a rate: {of} of the {FEWEST_VALIDATED} needed at least.",
        ))  # fmt: skip
    low, high = wilson(count, of)
    return Rate(count, of, count / of, low, high)


def to_read_again(validated: int, sample_percent: float) -> int:
    """Return how many to read again for a sample in percent, rounded up.

    >>> to_read_again(41, 10), to_read_again(0, 10), to_read_again(3, 100)
    (5, 0, 3)
    """
    # Rounded first: 35 × 0.2 is a hair above 7 for a machine.
    return min(validated, ceil(round(validated * sample_percent / 100, 9)))


def validator_asked(findings: Iterable[Finding]) -> tuple[Ternary, tuple[str, ...]]:
    """Return whether the duties of a case ask for a named validator, and which of them do.

    A rule that still lacks a fact gives unknown: it is asked, not taken for no.
    """
    return asked_by({f.rule: f.outcome for f in findings})


def asked_by(outcomes: Mapping[str, Outcome]) -> tuple[Ternary, tuple[str, ...]]:
    """Return the same from the outcomes by rule.

    >>> asked_by({"VAL-NEUTRE": Outcome.DUE})
    (<Ternary.YES: 'yes'>, ('VAL-NEUTRE',))
    >>> asked_by({"VAL-NEUTRE": Outcome.TO_EXAMINE})[0]
    <Ternary.UNKNOWN: 'unknown'>
    """
    sure = (Outcome.DUE, Outcome.BLOCKING, Outcome.WATCH)
    due = tuple(rule for rule in ASKING_RULES if outcomes.get(rule) in sure)
    if due:
        return Ternary.YES, due
    open_ = tuple(rule for rule in ASKING_RULES if outcomes.get(rule) is Outcome.TO_EXAMINE)
    return (Ternary.UNKNOWN, open_) if open_ else (Ternary.NO, ())


def validation_map(
    validations: Iterable[ActValidation],
    readings: Iterable[SecondReading],
    asked: Mapping[str, tuple[Ternary, tuple[str, ...]]],
) -> tuple[ValidatedAct, ...]:
    """Return a line for each act, and one for each case that asks for a validator and has none.

    `asked` is what `validator_asked` gives, by case. The order is that of the rows, then of
    `asked`; nobody is ranked.
    """
    rows, periods = tuple(validations), tuple(readings)
    found = [_line(row, periods, asked.get(row.case, (Ternary.NO, ()))) for row in rows]
    named = {row.case for row in rows}
    nothing = Rate(0, 0)
    found += [
        ValidatedAct(case, "", needed, rules, None, nothing, nothing, None, 0)
        for case, (needed, rules) in asked.items()
        if needed is not Ternary.NO and case not in named
    ]
    return tuple(found)


def _line(
    row: ActValidation,
    readings: tuple[SecondReading, ...],
    asked: tuple[Ternary, tuple[str, ...]],
) -> ValidatedAct:
    own = [each for each in readings if (each.case, each.act) == (row.case, row.act)]
    people = len(row.validators)
    changed, validated = _sums((each.changed, each.validated) for each in own)
    wrong, read = _sums((each.wrong, each.read_again) for each in own)
    expected = None
    if row.sample_percent is not None:
        expected = sum(to_read_again(each.validated or 0, row.sample_percent) for each in own)
    return ValidatedAct(
        case=row.case,
        act=row.act,
        asked=asked[0],
        rules=asked[1],
        validation=row,
        overridden=rate(changed, validated, people=people),
        wrong=rate(wrong, read, people=people),
        expected=expected,
        read_again=sum(each.read_again or 0 for each in own),
    )


def _sums(pairs: Iterable[tuple[int | None, int | None]]) -> tuple[int, int]:
    """Return the sums of the pairs both known: a period with a blank counts on neither side."""
    known = [(few, many) for few, many in pairs if few is not None and many is not None]
    return sum(few for few, _ in known), sum(many for _, many in known)


def unshown_periods(
    person: str, validations: Iterable[ActValidation], readings: Iterable[SecondReading]
) -> tuple[SecondReading, ...]:
    """Return the periods in which nothing shows that what this person validates is read.

    For that person's eyes alone: a period of at least twenty, nothing changed, nothing read again.
    It says nothing of how they work, only that nothing would prove it. An unknown figure is not a
    nought.
    """
    if not person:
        return ()
    own = {(row.case, row.act) for row in validations if person in row.validators}
    return tuple(
        each
        for each in readings
        if (each.case, each.act) in own
        and (each.validated or 0) >= FEWEST_TO_WONDER
        and each.changed == 0
        and each.read_again == 0
    )
