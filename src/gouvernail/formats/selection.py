"""The JSON of `gouvernail select`: what is read, what is written."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from gouvernail.formats.problems import model_from
from gouvernail_core.kernel import Interval, RefusedError, Text
from gouvernail_core.kernel import Problem as Fault
from gouvernail_core.selection import (
    ActorResult,
    Case,
    CaseResult,
    DropOut,
    PortfolioResult,
    Problem,
    Regret,
    Selection,
    Weighting,
    check_problem,
)
from gouvernail_core.selection.words import (
    acceptability_sentence,
    drop_out_sentence,
    proof_sentence,
    regret_sentence,
)

Name = Annotated[str, Field(min_length=1, max_length=200)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Pair = Annotated[list[Name], Field(min_length=2, max_length=2)]
Range = Annotated[list[Number], Field(min_length=2, max_length=2)]
Count = Annotated[int, Field(ge=0)]


class _Document(BaseModel):
    """A JSON object whose fields are all known and of the right type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class CaseDocument(_Document):
    """One candidate: values in [0, 1] by criterion (or [low, high]), uses by limit."""

    id: Name
    values: dict[Name, Number | Range]
    uses: dict[Name, Number] = {}


class WeightingDocument(_Document):
    """What one actor says: an order of criteria (a list inside means equal weights), bounds."""

    ranking: list[Name | list[Name]] | None = None
    bounds: dict[Name, Range] = {}


class SelectionProblemDocument(_Document):
    """The question asked of `gouvernail select`."""

    criteria: list[Name]
    cases: list[CaseDocument]
    limits: dict[Name, Number] = {}
    cardinality: Annotated[list[Count], Field(min_length=2, max_length=2)] | None = None
    excludes: list[Pair] = []
    requires: list[Pair] = []
    must: list[Name] = []
    never: list[Name] = []
    reference: dict[Name, Number] | None = None
    weightings: dict[Name, WeightingDocument] = {}
    gap: Number = 0.0
    seed: int = 0


class DropOutDocument(_Document):
    """The nearest weighting at which the case changes sides; `from` and `to` are weights."""

    criterion: str | None
    from_: float | None = Field(alias="from")
    to: float | None
    replaced_by: list[str]
    replaces: list[str]
    distance: float
    weights: dict[str, float]
    values: Literal["middle", "adverse"]


class CaseResultDocument(_Document):
    """What is known of one case, and the sentences that say it."""

    id: str
    recommended: bool
    acceptability: float
    standard_error: float
    status: Literal["core", "borderline", "exterior"]
    proven: bool
    core_index: float | None
    drop_out: DropOutDocument | None
    drop_out_proven: bool
    sentences: list[str]


class RegretDocument(_Document):
    """What the recommendation loses at worst, where, and what would be better there."""

    value: float
    percent: float
    best: float
    weights: dict[str, float]
    instead: list[str]
    actor: str | None
    exact: bool
    bound: Literal["upper", "lower"] | None
    sentence: str


class PortfolioDocument(_Document):
    """One portfolio that may be the best."""

    cases: list[str]
    share: float
    regret: float
    recommended: bool
    equivalent: list[list[str]]


class ActorDocument(_Document):
    """The same indices for one actor alone."""

    recommended: list[str]
    cases: list[CaseResultDocument]
    regret: RegretDocument
    portfolios: list[PortfolioDocument]
    portfolio_count: int
    complete: bool


class ConflictDocument(_Document):
    """One line of a minimal set of requirements that cannot hold together."""

    kind: Literal["limits", "cardinality", "excludes", "requires", "must", "never"]
    label: str
    text: str


class UseDocument(_Document):
    """What the recommendation uses of one limit."""

    used: float
    limit: float


class SelectionDocument(_Document):
    """The answer of `gouvernail select`."""

    recommended: list[str]
    cases: list[CaseResultDocument]
    actors: dict[str, ActorDocument]
    regret: RegretDocument | None
    portfolios: list[PortfolioDocument]
    portfolio_count: int
    complete: bool
    certified_gap: float | None
    conflict: list[ConflictDocument] | None
    ties: list[list[str]]
    tie_count: int
    uses: dict[str, UseDocument]
    reference: dict[str, float]
    reference_source: Literal["given", "centre_of_common_set", "mean_of_actor_centres"]
    method: Literal["enumeration", "sampled_milp"]
    basis: Literal[
        "optimal_for_some_weighting", "non_dominated_under_intervals", "found_on_a_sample"
    ]
    feasible_count: int | None
    samples: int
    seed: int
    notes: list[str]


def read_problem(document: object) -> Problem:
    """Return the problem a JSON document asks, or refuse with every fault and its place."""
    return to_problem(model_from(SelectionProblemDocument, document))


def to_problem(model: SelectionProblemDocument) -> Problem:
    """Return the core's problem, checked; refuses what no selection can be made of."""
    faults: list[Fault] = []
    problem = Problem(
        criteria=tuple(model.criteria),
        cases=tuple(_case(case, position, faults) for position, case in enumerate(model.cases)),
        limits=dict(model.limits),
        cardinality=_pair(model.cardinality) if model.cardinality is not None else None,
        excludes=tuple(_pair(pair) for pair in model.excludes),
        requires=tuple(_pair(pair) for pair in model.requires),
        must=tuple(model.must),
        never=tuple(model.never),
        reference=dict(model.reference) if model.reference is not None else None,
        weightings={name: _weighting(item) for name, item in model.weightings.items()},
        gap=float(model.gap),
        seed=model.seed,
    )
    if faults:
        raise RefusedError(*faults)
    check_problem(problem)
    return problem


def to_json(selection: Selection, *, language: str = "fr") -> dict[str, Any]:
    """Return the answer as the JSON of the contract; sentences are in `language`.

    `conflict` is ``None`` when something fits.
    """
    draws = selection.samples * max(1, len(selection.actors))
    return {
        "recommended": list(selection.recommended),
        "cases": [_case_json(case, draws, language) for case in selection.cases],
        "actors": {
            name: _actor_json(actor, selection.samples, language)
            for name, actor in selection.actors.items()
        },
        "regret": _regret_json(selection.regret, language) if selection.regret else None,
        "portfolios": [_portfolio_json(item) for item in selection.portfolios],
        "portfolio_count": selection.portfolio_count,
        "complete": selection.complete,
        "certified_gap": selection.certified_gap,
        "conflict": [
            {"kind": line.kind, "label": line.label, "text": line.text.in_(language)}
            for line in selection.conflict
        ]
        or None,
        "ties": [list(tie) for tie in selection.ties],
        "tie_count": selection.tie_count,
        "uses": {use.label: {"used": use.used, "limit": use.limit} for use in selection.uses},
        "reference": dict(selection.reference),
        "reference_source": selection.reference_source.value,
        "method": selection.method.value,
        "basis": selection.basis.value,
        "feasible_count": selection.feasible_count,
        "samples": selection.samples,
        "seed": selection.seed,
        "notes": [note.in_(language) for note in selection.notes],
    }


def _case(case: CaseDocument, position: int, faults: list[Fault]) -> Case:
    """Return one case; an interval given backwards is a fault with its place."""
    values: dict[str, Interval] = {}
    for name, value in case.values.items():
        low, high = _pair(value) if isinstance(value, list) else (value, value)
        if low > high:
            faults.append(
                Fault(
                    code="selection-interval",
                    path=f"cases[{position}].values.{name}",
                    text=Text(
                        f"la première borne, {low:g}, dépasse la seconde, {high:g}. "
                        "Donnez la plus petite d’abord.",
                        f"the first bound, {low:g}, is above the second, {high:g}. "
                        "Give the smaller first.",
                    ),
                )
            )
            continue
        values[name] = Interval(float(low), float(high))
    return Case(case.id, values, {name: float(use) for name, use in case.uses.items()})


def _weighting(item: WeightingDocument) -> Weighting:
    ranking = item.ranking
    return Weighting(
        ranking=None
        if ranking is None
        else tuple((tier,) if isinstance(tier, str) else tuple(tier) for tier in ranking),
        bounds={name: _pair(bounds) for name, bounds in item.bounds.items()},
    )


def _pair(values: list[Any]) -> tuple[Any, Any]:
    first, second = values
    return first, second


def _case_json(case: CaseResult, draws: int, language: str) -> dict[str, Any]:
    sentences = (
        acceptability_sentence(case),
        proof_sentence(case, draws=draws),
        drop_out_sentence(case),
    )
    return {
        "id": case.id,
        "recommended": case.recommended,
        "acceptability": case.acceptability,
        "standard_error": case.standard_error,
        "status": case.status.value,
        "proven": case.proven,
        "core_index": case.core_index,
        "drop_out": _drop_out_json(case.drop_out) if case.drop_out else None,
        "drop_out_proven": case.drop_out_proven,
        "sentences": [sentence.in_(language) for sentence in sentences],
    }


def _drop_out_json(found: DropOut) -> dict[str, Any]:
    return {
        "criterion": found.criterion,
        "from": found.start,
        "to": found.end,
        "replaced_by": list(found.replaced_by),
        "replaces": list(found.replaces),
        "distance": found.distance,
        "weights": dict(found.weights),
        "values": found.values.value,
    }


def _regret_json(regret: Regret, language: str) -> dict[str, Any]:
    return {
        "value": regret.value,
        "percent": regret.percent,
        "best": regret.best,
        "weights": dict(regret.weights),
        "instead": list(regret.instead),
        "actor": regret.actor,
        "exact": regret.exact,
        "bound": regret.bound,
        "sentence": regret_sentence(regret).in_(language),
    }


def _portfolio_json(portfolio: PortfolioResult) -> dict[str, Any]:
    return {
        "cases": list(portfolio.cases),
        "share": portfolio.share,
        "regret": portfolio.regret,
        "recommended": portfolio.recommended,
        "equivalent": [list(other) for other in portfolio.equivalent],
    }


def _actor_json(actor: ActorResult, samples: int, language: str) -> dict[str, Any]:
    return {
        "recommended": list(actor.recommended),
        "cases": [_case_json(case, samples, language) for case in actor.cases],
        "regret": _regret_json(actor.regret, language),
        "portfolios": [_portfolio_json(item) for item in actor.portfolios],
        "portfolio_count": actor.portfolio_count,
        "complete": actor.complete,
    }
