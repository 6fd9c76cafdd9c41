"""From the chosen cases to the roadmap: tasks, means, budgets, dates, and what each year pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gouvernail_core.authority import Body, Capacity, CapacityUnit, Role
from gouvernail_core.dialogue import sitting_deadlines
from gouvernail_core.facts import Facts
from gouvernail_core.kernel import ConsultationStatus, Finding, Outcome, Stage, Ternary, Text
from gouvernail_core.kernel.dates import day_text
from gouvernail_core.portfolio import UseCase
from gouvernail_core.roadmap import (
    Binding,
    Budget,
    Period,
    Plan,
    PlanCalendar,
    PlannedCase,
    Problem,
    Procedure,
    Task,
    critical_chain,
    monday,
    problem_for,
    schedule,
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

#: Reasons that go without saying: a step follows the one before it.
_ORDINARY = ("predecessor", "now")

KINDS = {
    "preparation": "data",
    "aipd": "aipd",
    "cst_papers": "papers",
    "cst_opinion": "cst",
    "procurement": "procurement",
    "purchase": "procurement",
    "training": "training",
    "trial": "trial",
    "pilot": "pilot",
    "evaluation": "evaluation",
    "rollout": "rollout",
}

_PROCEDURES = {
    "procedure:CP_GRE_A_GRE": Procedure.GRE_A_GRE,
    "procedure:CP_BOAMP": Procedure.ADAPTEE,
    "procedure:CP_FORMALISE": Procedure.ADAPTEE,
    "procedure:CP_FORMALISE-reached": Procedure.FORMALISEE,
}


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """One task with its dates: `start` is a Monday, `end` the Friday of its last week."""

    id: str
    case: str
    kind: str
    label: Text
    start: date
    end: date
    start_week: int
    weeks: int
    who: str
    cost_eur: float
    critical: bool


@dataclass(frozen=True, slots=True)
class YearOfBudget:
    """What a calendar year pays for each chosen case, in euros, against its envelope.

    A case pays the cost of its first year in the year it starts, then its following years.
    """

    year: int
    envelope_eur: int
    cases: Mapping[str, int]

    @property
    def planned_eur(self) -> int:
        """Return the sum of the year."""
        return sum(self.cases.values())


@dataclass(frozen=True, slots=True)
class Planning:
    """The roadmap: the problem, its solution, and both in dates."""

    origin: date
    problem: Problem
    plan: Plan
    tasks: tuple[PlannedTask, ...]
    critical: tuple[str, ...]
    binding: tuple[Text, ...]
    years: tuple[YearOfBudget, ...]
    notes: tuple[Text, ...]


def plan_of(
    facts: Facts,
    chosen: Sequence[str],
    *,
    on: date,
    findings: Mapping[str, tuple[Finding, ...]],
    consultations: Mapping[str, ConsultationStatus],
    worth: Mapping[str, float],
    time_limit: float,
) -> Planning:
    """Return the roadmap of the `chosen` cases; `worth` weighs how soon each is in general use."""
    start = facts.authority.plan_from or on
    origin = start - timedelta(days=start.weekday())
    now = max(0, week_of(on, origin))
    calendar, notes = _calendar(facts, origin, now)
    cases = [facts.case(case_id) for case_id in chosen]
    planned = [
        _planned(facts, case, findings[case.id], consultations[case.id], worth[case.id])
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
    problem, clipped = _within_capacities(problem)
    plan = schedule(problem)
    chain = _chain(problem, plan)
    lasting = {task.id for task in problem.tasks if task.duration > 0}
    critical = tuple(dict.fromkeys(b.task for b in chain if b.task in lasting))
    return Planning(
        origin=origin,
        problem=problem,
        plan=plan,
        tasks=_dated(facts, problem, plan, origin, critical),
        critical=critical,
        binding=tuple(
            dict.fromkeys(
                (
                    *_missed_sittings(facts, problem, plan, origin),
                    *(
                        _held_back(facts, problem, b, origin)
                        for b in chain
                        if b.kind not in _ORDINARY
                    ),
                )
            )
        ),
        years=_years(facts, problem, plan, origin),
        notes=(*notes, *clipped),
    )


def _chain(problem: Problem, plan: Plan) -> tuple[Binding, ...]:
    """Return the chain of the case that ends last: a day lost there is a day lost for the plan."""
    if not plan.starts:
        return ()
    last = max(problem.tasks, key=lambda t: (plan.starts[t.id] + t.duration, t.id))
    return critical_chain(problem, plan.starts, ends=[last.id])


def _missed_sittings(facts: Facts, problem: Problem, plan: Plan, origin: date) -> list[Text]:
    """Return, for each opinion, the earlier sitting its papers come too late for, if any."""
    lines = []
    durations = {task.id: task.duration for task in problem.tasks}
    for task in problem.tasks:
        papers = f"{task.case}:cst_papers"
        if _code(task.id) != "cst_opinion" or papers not in plan.starts or not task.only_at:
            continue
        earlier = [week for week in task.only_at if problem.now < week < plan.starts[task.id]]
        missed = _sitting_of_week(facts, monday(max(earlier), origin)) if earlier else None
        if missed is None:
            continue
        ready = monday(plan.starts[papers] + durations[papers], origin) - timedelta(days=3)
        last = sitting_deadlines(missed, department=facts.authority.department).papers_by
        if ready <= last:
            continue
        title = facts.case(task.case).title
        ready_on, last_on, of = day_text(ready), day_text(last), day_text(missed)
        lines.append(
            Text(
                f"Le dossier de « {title} » sera prêt le {ready_on.fr}, après le dernier jour "
                f"({last_on.fr}) pour la séance du {of.fr}\u00a0: l’avis attend la suivante.",
                f"The papers of “{title}” will be ready on {ready_on.en}, after the last day "
                f"({last_on.en}) for the sitting of {of.en}: the opinion waits for the next.",
            )
        )
    return lines


def _held_back(facts: Facts, problem: Problem, binding: Binding, origin: date) -> Text:
    """Return why a task waits, with a date in place of a number of week."""
    if binding.kind != "calendar":
        return binding.text
    week = monday(binding.start, origin)
    day = day_text(_sitting_of_week(facts, week) or week)
    name = next(task.name for task in problem.tasks if task.id == binding.task)
    return Text(
        f"{name.fr} attend la séance du {day.fr}.", f"{name.en} waits for the sitting of {day.en}."
    )


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
) -> PlannedCase:
    by_rule = {finding.rule: finding for finding in findings}
    done = {p.rule for p in facts.proofs if p.case == case.id and p.done_on is not None}
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
        cost_eur=float(_yearly(case)[0]) if case.costs_eur else 0.0,
        staff_days=case.staff_days or 0.0,
    )


def _yearly(case: UseCase) -> list[int]:
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
        if _code(task.id) in _DONE_BEFORE.get(stages[task.case], ())
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
        if _code(task.id) != "training":
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


def _code(task_id: str) -> str:
    """Return the step of a task id: ``c1:procurement_adaptee`` gives ``procurement``."""
    step = task_id.split(":")[1]
    return "procurement" if step.startswith("procurement") else step


def _dated(
    facts: Facts, problem: Problem, plan: Plan, origin: date, critical: tuple[str, ...]
) -> tuple[PlannedTask, ...]:
    planned = []
    for task in problem.tasks:
        if task.id not in plan.starts or task.duration == 0:
            continue
        week = plan.starts[task.id]
        kind = KINDS[_code(task.id)]
        start = monday(week, origin)
        if kind == "cst":
            start = _sitting_of_week(facts, start) or start
        planned.append(
            PlannedTask(
                id=task.id,
                case=task.case,
                kind=kind,
                label=_short_label(facts, task.case, task.name),
                start=start,
                end=start if kind == "cst" else start + timedelta(weeks=task.duration, days=-3),
                start_week=week,
                weeks=task.duration,
                who=_who(facts, task.case, kind),
                cost_eur=task.cost,
                critical=task.id in critical,
            )
        )
    return tuple(sorted(planned, key=lambda t: (t.case, t.start_week, t.id)))


def _sitting_of_week(facts: Facts, week_start: date) -> date | None:
    days = [
        s.on
        for s in facts.sittings
        if s.body is Body.CST and week_start <= s.on < week_start + timedelta(days=7)
    ]
    return min(days, default=None)


def _short_label(facts: Facts, case: str, label: Text) -> Text:
    """Return the words of the task without the title of its case, which stands beside it."""
    suffix = f" ({facts.case(case).title})"
    return Text(label.fr.removesuffix(suffix), label.en.removesuffix(suffix))


def _who(facts: Facts, case_id: str, kind: str) -> str:
    case = facts.case(case_id)
    roles = {
        "data": Role.RSSI,
        "aipd": Role.DPO,
        "papers": Role.DRH,
        "cst": Role.DRH,
        "training": Role.DRH,
    }
    if kind in roles:
        named = next((p.name for p in facts.people if p.role is roles[kind]), None)
        return named or roles[kind].label.fr
    return facts.person_name(case.director) if case.director else ""


def _years(facts: Facts, problem: Problem, plan: Plan, origin: date) -> tuple[YearOfBudget, ...]:
    paid: dict[int, dict[str, int]] = {budget.year: {} for budget in facts.budgets}
    for case_id in dict.fromkeys(task.case for task in problem.tasks):
        case = facts.case(case_id)
        first = _first_year(problem, plan, origin, case)
        for rank, amount in enumerate(_yearly(case) if case.costs_eur else []):
            if first + rank in paid:
                paid[first + rank][case_id] = amount
    return tuple(YearOfBudget(b.year, b.amount_eur, paid[b.year]) for b in facts.budgets)


def _first_year(problem: Problem, plan: Plan, origin: date, case: UseCase) -> int:
    """Return the calendar year a case starts to be paid for."""
    paying = [
        plan.starts[task.id]
        for task in problem.tasks
        if task.case == case.id and task.cost > 0 and task.id in plan.starts
    ]
    if paying:
        return monday(min(paying), origin).year
    spent = [year for year, amount in sorted(case.costs_eur.items()) if amount]
    return spent[0] if spent else origin.year
