"""What a selection answers, each figure with what is proven of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gouvernail_core.kernel import Conflict, Text


class Status(StrEnum):
    """Whether a case belongs to all, some or none of the portfolios that may be the best."""

    CORE = "core"
    BORDERLINE = "borderline"
    EXTERIOR = "exterior"


class Basis(StrEnum):
    """Which portfolios a status is read on; the three are different notions, never mixed.

    ``OPTIMAL``: those that are the best for some admissible weighting. ``NON_DOMINATED``: those
    that no other surpasses whatever the weighting and the values in their intervals (the set of
    Liesiö, Mild & Salo 2007). ``SAMPLED``: those found by solving a sample of weightings.
    """

    OPTIMAL = "optimal_for_some_weighting"
    NON_DOMINATED = "non_dominated_under_intervals"
    SAMPLED = "found_on_a_sample"


class Method(StrEnum):
    """How portfolios were found."""

    ENUMERATION = "enumeration"
    SAMPLED_MILP = "sampled_milp"


class ReferenceSource(StrEnum):
    """Where today's weighting comes from."""

    GIVEN = "given"
    COMMON_CENTRE = "centre_of_common_set"
    MEAN_OF_CENTRES = "mean_of_actor_centres"


class DropOutValues(StrEnum):
    """Which values of the intervals the nearest change is computed with."""

    MIDDLE = "middle"
    ADVERSE = "adverse"


@dataclass(frozen=True, slots=True)
class DropOut:
    """The nearest admissible weighting at which a case changes sides.

    `distance` is the sum of the absolute changes of weights (L1) from the reference; at 0 the
    case is already on the other side with today's weights, and `criterion` is ``None``. Otherwise
    `criterion` is the one whose weight must move most, `start` and `end` its weights. `replaced_by`
    are the cases that come in, `replaces` those that go out, compared with the recommendation.
    """

    distance: float
    criterion: str | None
    start: float | None
    end: float | None
    weights: Mapping[str, float]
    replaced_by: tuple[str, ...]
    replaces: tuple[str, ...]
    values: DropOutValues = DropOutValues.MIDDLE


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What is known of one case.

    `acceptability` is the share of the sampled weightings (and values, when uncertain) whose best
    portfolio holds the case, with its `standard_error`; equivalent portfolios share the weighting
    equally. `core_index` is the share of non-dominated portfolios that hold it (RPM core index),
    only with the basis ``NON_DOMINATED``. `drop_out` is ``None`` when no admissible weighting makes
    the case change sides; `drop_out_proven` says whether that, or the distance, is exact.
    """

    id: str
    recommended: bool
    acceptability: float
    standard_error: float
    status: Status
    proven: bool
    drop_out: DropOut | None = None
    drop_out_proven: bool = False
    core_index: float | None = None


@dataclass(frozen=True, slots=True)
class PortfolioResult:
    """One portfolio that may be the best: its cases, its share of the draws, its worst regret.

    `equivalent` portfolios have the same value whatever the admissible weighting.
    """

    cases: tuple[str, ...]
    share: float
    regret: float
    recommended: bool
    equivalent: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Regret:
    """What is lost at worst by holding one portfolio.

    `value` is in units of portfolio value (sum of the weighted values of the cases); `percent`
    relates it to the best value `best` at the weighting `weights` of `actor` where it is reached,
    `instead` being the best portfolio there. `exact` is false when `value` is only a bound:
    `bound` then says on which side (``upper`` or ``lower``).
    """

    value: float
    percent: float
    best: float
    weights: Mapping[str, float]
    instead: tuple[str, ...]
    actor: str | None = None
    exact: bool = True
    bound: str | None = None


@dataclass(frozen=True, slots=True)
class ActorResult:
    """The same indices for the weightings of one actor alone.

    `recommended` is the portfolio of least maximum regret on this actor's set; `regret` is what
    the common recommendation costs this actor at worst.
    """

    name: str
    recommended: tuple[str, ...]
    cases: tuple[CaseResult, ...]
    regret: Regret
    portfolios: tuple[PortfolioResult, ...]
    portfolio_count: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Use:
    """What the recommendation uses of one limit."""

    label: str
    used: float
    limit: float


@dataclass(frozen=True, slots=True)
class Selection:
    """The answer: what is recommended, how sure each case is, and what is proven.

    When nothing fits, `conflict` is a minimal set of requirements (removing any one of them makes
    a portfolio possible) and everything else is empty. `complete` says that no other portfolio
    can be the best: only then is a status proven. `samples` is the number of draws per actor.
    """

    recommended: tuple[str, ...]
    cases: tuple[CaseResult, ...]
    actors: Mapping[str, ActorResult]
    regret: Regret | None
    portfolios: tuple[PortfolioResult, ...]
    portfolio_count: int
    complete: bool
    certified_gap: float | None
    conflict: tuple[Conflict, ...]
    ties: tuple[tuple[str, ...], ...]
    tie_count: int
    uses: tuple[Use, ...]
    reference: Mapping[str, float]
    reference_source: ReferenceSource
    method: Method
    basis: Basis
    feasible_count: int | None
    samples: int
    seed: int
    notes: tuple[Text, ...] = ()
