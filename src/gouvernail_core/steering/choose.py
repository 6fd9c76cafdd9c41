"""From facts to the question the selection answers: which cases, under which limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gouvernail_core.authority import CapacityUnit
from gouvernail_core.facts import Facts, sheet
from gouvernail_core.kernel import Finding, Outcome, Stage, Text
from gouvernail_core.kernel import Problem as Refusal
from gouvernail_core.portfolio import Criterion, Rater, UseCase, value_of
from gouvernail_core.selection import Case, Problem, Weighting

#: How many cases a seminar's short list leads to (need N02: deploy only three or four).
FEWEST_CASES, MOST_CASES = 3, 4
RATERS = tuple(Rater)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A case that takes no part in the choice, and why."""

    case: UseCase
    why: Text


@dataclass(frozen=True, slots=True)
class Limit:
    """One scarce thing of the choice: its words and its unit."""

    id: str
    label: Text
    unit: Text


@dataclass(frozen=True, slots=True)
class Choice:
    """The selection problem, its limits in words, and who stays out of it."""

    problem: Problem
    limits: tuple[Limit, ...]
    criteria: tuple[Criterion, ...]
    left_out: tuple[LeftOut, ...]


def weighing_criteria(facts: Facts) -> tuple[Criterion, ...]:
    """Return the criteria that weigh: a weight of 0 means shown, not counted (need N04)."""
    return tuple(c for c in facts.criteria if c.weight is None or c.weight > 0)


def choice_of(facts: Facts, findings: Mapping[str, tuple[Finding, ...]], *, seed: int) -> Choice:
    """Return the selection problem the facts pose; `findings` are those of each case."""
    limits = _limits(facts)
    left_out = _left_out(facts, findings)
    out = {item.case.id for item in left_out}
    cases = [case for case in facts.use_cases if case.id not in out]
    criteria = weighing_criteria(facts)
    inside = {case.id for case in cases}
    problem = Problem(
        criteria=tuple(c.id for c in criteria),
        cases=tuple(_case(facts, case, criteria) for case in cases),
        limits={limit.id: _amount(facts, limit.id) for limit in limits},
        cardinality=(min(FEWEST_CASES, len(cases)), min(MOST_CASES, len(cases))),
        excludes=tuple(
            sorted({_pair(case.id, other) for case in cases for other in case.excludes
                    if other in inside})
        ),
        requires=tuple(
            (case.id, other) for case in cases for other in case.requires if other in inside
        ),
        reference=_reference(criteria),
        weightings=_weightings(facts, criteria),
        seed=seed,
    )  # fmt: skip
    return Choice(problem, limits, criteria, left_out)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _left_out(facts: Facts, findings: Mapping[str, tuple[Finding, ...]]) -> tuple[LeftOut, ...]:
    out: dict[str, Text] = {}
    for case in facts.use_cases:
        why = _why_out(facts, case, findings.get(case.id, ()))
        if why is not None:
            out[case.id] = why
    in_use = {case.id for case in facts.use_cases if case.stage is Stage.GENERAL}
    changed = True
    while changed:
        changed = False
        for case in facts.use_cases:
            lost = [need for need in case.requires if need in out and need not in in_use]
            if case.id not in out and lost:
                title = facts.case(lost[0]).title
                out[case.id] = Text(
                    f"Il a besoin de « {title} », qui n’est pas en lice.",
                    f"It needs “{title}”, which is not in the running.",
                )
                changed = True
    return tuple(LeftOut(case, out[case.id]) for case in facts.use_cases if case.id in out)


def _why_out(facts: Facts, case: UseCase, findings: tuple[Finding, ...]) -> Text | None:
    if not case.in_the_running:
        reason = f" : {case.stage_reason}" if case.stage_reason else "."
        return Text(
            f"{case.stage.label.fr}{reason}", f"{case.stage.label.en}{reason.replace(' :', ':')}"
        )
    blocking = [f for f in findings if f.outcome is Outcome.BLOCKING]
    if blocking:
        return Text(
            f"Porte « droit » fermée : {blocking[0].title.fr}.",
            f"“Law” door closed: {blocking[0].title.en}.",
        )
    weighing = {c.id for c in weighing_criteria(facts)}
    rated = any(
        rating.case == case.id
        and rating.criterion in weighing
        and value_of(rating).silent != RATERS
        for rating in facts.ratings
    )
    if not rated:
        return Text(
            "Personne ne l’a encore noté\u00a0: à explorer d’abord.",
            "Nobody has rated it yet: to be explored first.",
        )
    unstated = [str(b.year) for b in facts.budgets if b.year not in case.costs_eur]
    if unstated:
        years = ", ".join(unstated)
        return Text(f"Coût à chiffrer : {years}.", f"Cost to be stated: {years}.")
    if case.staff_days is None and _project_days(facts) is not None:
        return Text("Jours de projet à estimer.", "Project days to be estimated.")
    return None


def _limits(facts: Facts) -> tuple[Limit, ...]:
    limits = [
        Limit(
            f"budget_{budget.year}",
            Text(f"Enveloppe {budget.year}", f"{budget.year} envelope"),
            Text("€ TTC", "€ incl. tax"),
        )
        for budget in facts.budgets
    ]
    if _project_days(facts) is not None:
        years = f"{facts.budgets[0].year}-{facts.budgets[-1].year}" if facts.budgets else ""
        limits.append(
            Limit(
                "staff_days",
                Text(f"Conduite de projet {years}".strip(), f"Project work {years}".strip()),
                Text("jours", "days"),
            )
        )
    concerned = {case.service for case in facts.use_cases}
    limits += [
        Limit(
            f"load_{service.id}",
            Text(f"Changements, {service.name}", f"Changes, {service.name}"),
            Text("cas", "cases"),
        )
        for service in facts.services
        if service.change_capacity is not None and service.id in concerned
    ]
    return tuple(limits)


def _project_days(facts: Facts) -> float | None:
    """Return the project days over the years of the budgets, ``None`` when nobody stated them."""
    stated = [
        c.amount
        for c in facts.capacities
        if c.id == "projet" and c.unit is CapacityUnit.DAYS_PER_YEAR
    ]
    return sum(stated) * max(1, len(facts.budgets)) if stated else None


def _amount(facts: Facts, limit: str) -> float:
    if limit == "staff_days":
        return _project_days(facts) or 0.0
    if limit.startswith("budget_"):
        year = int(limit.removeprefix("budget_"))
        return float(next(b.amount_eur for b in facts.budgets if b.year == year))
    service = limit.removeprefix("load_")
    return float(next(s.change_capacity or 0 for s in facts.services if s.id == service))


def _case(facts: Facts, case: UseCase, criteria: tuple[Criterion, ...]) -> Case:
    ratings = {r.criterion: r for r in facts.ratings if r.case == case.id}
    uses: dict[str, float] = {f"budget_{year}": float(c) for year, c in case.costs_eur.items()}
    if _project_days(facts) is not None:
        uses["staff_days"] = float(case.staff_days or 0.0)
    service = next((s for s in facts.services if s.id == case.service), None)
    if service is not None and service.change_capacity is not None:
        uses[f"load_{service.id}"] = float(1 if case.change_load is None else case.change_load)
    values = {c.id: value_of(ratings.get(c.id)).interval for c in criteria}
    return Case(case.id, values, uses)


def _reference(criteria: tuple[Criterion, ...]) -> dict[str, float] | None:
    """Return today's weights summing to 1, or ``None`` when no weight is stated."""
    stated = [c.weight for c in criteria if c.weight is not None]
    if len(stated) < len(criteria) or not stated:
        return None
    total = sum(stated)
    return {c.id: (c.weight or 0.0) / total for c in criteria}


def _weightings(facts: Facts, criteria: tuple[Criterion, ...]) -> dict[str, Weighting]:
    known = {c.id for c in criteria}
    weightings: dict[str, Weighting] = {}
    for actor in dict.fromkeys(p.actor for p in facts.priorities):
        own = [p for p in facts.priorities if p.actor == actor and p.criterion in known]
        ranked: dict[int, list[str]] = {}
        for priority in own:
            if priority.rank is not None:
                ranked.setdefault(priority.rank, []).append(priority.criterion)
        bounds = {
            p.criterion: ((p.low or 0.0) / 100, 1.0 if p.high is None else p.high / 100)
            for p in own
            if p.low is not None or p.high is not None
        }
        tiers = tuple(tuple(ranked[rank]) for rank in sorted(ranked))
        weightings[actor] = Weighting(ranking=tiers or None, bounds=bounds)
    return weightings


def in_workbook_words(problem: Refusal, labels: Mapping[str, str]) -> Refusal:
    """Return a problem of the weightings as one of the sheet where people wrote them."""
    actor = (problem.path or "").removeprefix("weightings.").split(".")[0]
    where = sheet("priorities").label.fr
    fr, en = problem.text.fr, problem.text.en
    for code, label in labels.items():
        fr = fr.replace(f"«\u202f{code}\u202f»", f"«\u202f{label}\u202f»")
        fr = fr.replace(f"« {code} »", f"«\u202f{label}\u202f»")
        en = en.replace(f"“{code}”", f"“{label}”")
    if not (problem.path or "").startswith("weightings."):
        return Refusal(problem.code, Text(fr, en))
    return Refusal(problem.code, Text(f"{actor}, {fr}", f"{actor}, {en}"), sheet=where)
