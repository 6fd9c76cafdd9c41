"""The scheduling problem the chosen cases pose: tasks, means, budgets, what is already done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from gouvernail_core.authority import Body, Capacity, CapacityUnit
from gouvernail_core.dialogue import sitting_deadlines
from gouvernail_core.facts import Facts
from gouvernail_core.kernel import ConsultationStatus, Finding, Outcome, Stage, Ternary, Text
from gouvernail_core.portfolio import UseCase
from gouvernail_core.roadmap import (
    Budget,
    Period,
    PlanCalendar,
    PlannedCase,
    Problem,
    Procedure,
    Task,
    problem_for,
    service_capacity,
    week_of,
)

#: A roadmap looks three years ahead, or to the end of the last budget when that is later.
USUAL_WEEKS = 156
WEEKS_A_YEAR = 52

#: What a stage has already behind it.
_DONE_BEFORE = {
    Stage.CONSULTING: ("preparation",),
    Stage.TRIAL: ("preparation",),
    Stage.PILOT: (
        "preparation",
        "aipd",
        "trial",
        "cst_papers",
        "cst_opinion",
        "procurement",
        "purchase",
        "training",
    ),
}

_PROCEDURES = {
    "procedure:CP_GRE_A_GRE": Procedure.GRE_A_GRE,
    "procedure:CP_BOAMP": Procedure.ADAPTEE,
    "procedure:CP_FORMALISE": Procedure.ADAPTEE,
    "procedure:CP_FORMALISE-reached": Procedure.FORMALISEE,
}


def problem_of(
    facts: Facts,
    chosen: Sequence[str],
    *,
    origin: date,
    now: int,
    findings: Mapping[str, tuple[Finding, ...]],
    consultations: Mapping[str, ConsultationStatus],
    worth: Mapping[str, float],
    time_limit: float,
) -> tuple[Problem, tuple[Text, ...]]:
    """Return the scheduling problem of the `chosen` cases, and what was assumed to pose it.

    `origin` is the Monday of week 0, `now` the present week; `worth` weighs how soon each case is
    in general use.
    """
    calendar, notes = _calendar(facts, origin, now)
    cases = [facts.case(case_id) for case_id in chosen]
    planned = [
        _planned(facts, case, findings[case.id], consultations[case.id], worth[case.id], origin)
        for case in cases
    ]
    problem = problem_for(
        planned,
        calendar,
        capacities=_capacities(facts, cases),
        budgets=_budgets(facts, origin, calendar.horizon),
        labels=_labels(facts),
        now=now,
        time_limit=time_limit,
    )
    problem = _without_what_is_done(problem, {case.id: case.stage for case in cases})
    problem = _with_promises(facts, _with_group_names(facts, problem), origin)
    problem, reduced = _within_capacities(problem)
    return problem, (*notes, *reduced)


def _calendar(facts: Facts, origin: date, now: int) -> tuple[PlanCalendar, tuple[Text, ...]]:
    """Return the calendar; without known sittings any week may hold one, and a note says so."""
    horizon = USUAL_WEEKS + now
    if facts.budgets:
        last_day = date(facts.budgets[-1].year, 12, 31)
        horizon = max(horizon, week_of(last_day, origin) + 1)
    sittings = sorted(s.on for s in facts.sittings if s.body is Body.CST and s.on >= origin)
    weeks = sorted({week_of(day, origin) for day in sittings if week_of(day, origin) < horizon})
    lags = [
        week_of(day, origin)
        - week_of(sitting_deadlines(day, department=facts.authority.department).papers_by, origin)
        for day in sittings
    ]
    if weeks:
        calendar = PlanCalendar(origin, horizon, tuple(weeks), max(lags))
        return calendar, ()
    note = Text(
        "Aucune séance du CST n’est connue : le plan suppose qu’une séance se tiendra dès que "
        "le dossier est prêt. Inscrivez les dates dans « Séances ».",
        "No sitting of the CST is known: the plan assumes one as soon as the papers are ready. "
        "Enter the dates in “Sittings”.",
    )
    return PlanCalendar(origin, horizon, tuple(range(horizon))), (note,)


def _planned(
    facts: Facts,
    case: UseCase,
    findings: tuple[Finding, ...],
    consultation: ConsultationStatus,
    worth: float,
    origin: date,
) -> PlannedCase:
    by_rule = {finding.rule: finding for finding in findings}
    done = {p.rule for p in facts.proofs if p.case == case.id and p.holds(origin)}
    aipd = by_rule.get("RGPD-35")
    # An unknown is planned for: leaving the work out would be taking a blank for a no.
    needs_aipd = (
        aipd is not None
        and aipd.outcome in (Outcome.DUE, Outcome.TO_EXAMINE)
        and aipd.rule not in done
    )
    groups = {g.id: g.weeks for g in facts.training if g.id in case.training_groups}
    return PlannedCase(
        id=case.id,
        title=case.title,
        value=worth,
        needs_aipd=needs_aipd,
        needs_opinion=consultation.needed is not Ternary.NO and consultation.opinion_on is None,
        procurement=_procedure(by_rule.get("CP-SEUIL")),
        training=groups,
        trial_weeks=case.trial_weeks,
        pilot_weeks=case.pilot_weeks,
        rollout_weeks=case.rollout_weeks,
        service=case.service,
        change_load=1 if case.change_load is None else case.change_load,
        cost_eur=float(yearly_costs(case)[0]) if case.costs_eur else 0.0,
        staff_days=case.staff_days or 0.0,
    )


def yearly_costs(case: UseCase) -> list[int]:
    """Return the cost of the first, second… year of life of the case, in euros.

    The years before the first expense are not years of its life.
    """
    amounts = [case.costs_eur[year] for year in sorted(case.costs_eur)]
    while len(amounts) > 1 and amounts[0] == 0:
        amounts.pop(0)
    return amounts


def _procedure(finding: Finding | None) -> Procedure | None:
    if finding is None or finding.outcome is not Outcome.DUE:
        return None
    codes = [reason.code for reason in finding.reasons]
    return next((_PROCEDURES[code] for code in codes if code in _PROCEDURES), None)


def _capacities(facts: Facts, cases: Sequence[UseCase]) -> dict[str, float | tuple[Period, ...]]:
    """Return what is available each week: files at once as they are, days a year over 52 weeks."""
    stated: dict[str, float | tuple[Period, ...]] = {}
    for capacity in facts.capacities:
        weekly = capacity.unit is CapacityUnit.DAYS_PER_YEAR
        stated[capacity.id] = (
            round(capacity.amount / WEEKS_A_YEAR, 2) if weekly else capacity.amount
        )
    concerned = {case.service for case in cases}
    for service in facts.services:
        if service.change_capacity is not None and service.id in concerned:
            stated[service_capacity(service.id)] = service.change_capacity
    return stated


def _labels(facts: Facts) -> dict[str, Text]:
    labels = {c.id: _capacity_label(c) for c in facts.capacities}
    for service in facts.services:
        labels[service_capacity(service.id)] = Text(
            f"les changements que {service.name} peut absorber",
            f"the changes {service.name} can take",
        )
    return labels


def _capacity_label(capacity: Capacity) -> Text:
    """Return the words of a capacity; days a year are said per week, as the plan counts."""
    if capacity.unit is not CapacityUnit.DAYS_PER_YEAR:
        return Text(capacity.label, capacity.label)
    weekly = f"{capacity.amount / WEEKS_A_YEAR:.1f}"
    return Text(
        f"{capacity.label}, {weekly.replace('.', ',')} jours par semaine",
        f"{capacity.label}, {weekly} days a week",
    )


def _budgets(facts: Facts, origin: date, horizon: int) -> list[Budget]:
    """Return the envelopes by weeks; a week belongs to the year of its Monday."""
    budgets = []
    for budget in facts.budgets:
        first = -((origin - date(budget.year, 1, 1)).days // 7)
        last = -((origin - date(budget.year + 1, 1, 1)).days // 7) - 1
        if last < 0:
            continue
        label = Text(f"enveloppe {budget.year}", f"{budget.year} envelope")
        budgets.append(Budget(max(0, first), min(last, horizon), float(budget.amount_eur), label))
    first_year = min((b.year for b in facts.budgets), default=None)
    if first_year is not None and date(first_year, 1, 1) > origin:
        before = -((origin - date(first_year, 1, 1)).days // 7) - 1
        label = Text(f"avant {first_year}, sans enveloppe", f"before {first_year}, no envelope")
        budgets.insert(0, Budget(0, before, 0.0, label))
    return budgets


def _without_what_is_done(problem: Problem, stages: Mapping[str, Stage]) -> Problem:
    """Return the problem without the tasks a case has behind it, nor the waits on them."""
    gone = {
        task.id
        for task in problem.tasks
        if step_of(task.id) in _DONE_BEFORE.get(stages[task.case], ())
    }
    kept = tuple(
        replace(
            task,
            after=tuple(name for name in task.after if name not in gone),
            lag_before={name: lag for name, lag in task.lag_before.items() if name not in gone},
        )
        for task in problem.tasks
        if task.id not in gone
    )
    return replace(problem, tasks=kept)


def _within_capacities(problem: Problem) -> tuple[Problem, tuple[Text, ...]]:
    """Return the problem where no task asks for more than there ever is, and what was reduced.

    Project days squeezed into too short a time would make any calendar impossible; the reader is
    told, and the plan keeps the whole capacity busy instead.
    """
    highest = {capacity.id: capacity.highest for capacity in problem.capacities}
    labels = {capacity.id: capacity.name for capacity in problem.capacities}
    notes: list[Text] = []
    tasks = []
    for task in problem.tasks:
        excess = [name for name, asked in task.demands.items() if asked > highest[name]]
        for name in excess:
            notes.append(
                Text(
                    f"{task.name.fr} demande plus que « {labels[name].fr} »\u00a0: compté au plus.",
                    f"{task.name.en} asks for more than “{labels[name].en}”: counted at most.",
                )
            )
        demands = {name: min(asked, highest[name]) for name, asked in task.demands.items()}
        tasks.append(replace(task, demands=demands))
    return replace(problem, tasks=tuple(tasks)), tuple(notes)


def _with_group_names(facts: Facts, problem: Problem) -> Problem:
    """Return the problem where a training is called by the group, not by its id."""
    names = {group.id: group.label for group in facts.training}

    def named(task: Task) -> Task:
        if step_of(task.id) != "training":
            return task
        group = task.id.split(":", 2)[2]
        title = facts.case(task.case).title
        label = Text(f"Former : {names[group]} ({title})", f"Train: {names[group]} ({title})")
        return replace(task, label=label)

    return replace(problem, tasks=tuple(named(task) for task in problem.tasks))


def _with_promises(facts: Facts, problem: Problem, origin: date) -> Problem:
    """Return the problem with each impact assessment ending when somebody undertook to end it.

    The work has begun and is counted by whoever promised, so it no longer asks for a free place.
    """
    promised = {
        f"{proof.case}:aipd": week_of(proof.promised_on, origin)
        for proof in facts.proofs
        if proof.rule == "RGPD-35" and proof.done_on is None and proof.promised_on is not None
    }
    return replace(
        problem,
        tasks=tuple(
            replace(
                task,
                fixed_start=problem.now,
                duration=promised[task.id] - problem.now + 1,
                after=(),
                demands={},
                only_at=None,
            )
            if promised.get(task.id, -1) >= problem.now
            else task
            for task in problem.tasks
        ),
    )


def step_of(task_id: str) -> str:
    """Return the step of a task id: ``c1:procurement_adaptee`` gives ``procurement``."""
    step = task_id.split(":")[1]
    return "procurement" if step.startswith("procurement") else step
