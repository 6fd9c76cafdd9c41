"""The roadmap of the chosen cases: dates, what each year pays, what holds the calendar back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gouvernail_core.authority import Body, Role
from gouvernail_core.dialogue import sitting_deadlines
from gouvernail_core.facts import Facts
from gouvernail_core.kernel import ConsultationStatus, Finding, Text
from gouvernail_core.kernel.dates import day_text
from gouvernail_core.portfolio import UseCase
from gouvernail_core.roadmap import (
    Binding,
    Plan,
    Problem,
    critical_chain,
    monday,
    schedule,
    week_of,
)
from gouvernail_core.steering.posing import problem_of, step_of, yearly_costs

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
    problem, notes = problem_of(
        facts,
        chosen,
        origin=origin,
        now=max(0, week_of(on, origin)),
        findings=findings,
        consultations=consultations,
        worth=worth,
        time_limit=time_limit,
    )
    plan = schedule(problem)
    chain = _chain(problem, plan)
    lasting = {task.id for task in problem.tasks if task.duration > 0}
    critical = tuple(dict.fromkeys(b.task for b in chain if b.task in lasting))
    waits = [_held_back(facts, problem, b, origin) for b in chain if b.kind not in _ORDINARY]
    missed = _missed_sittings(facts, problem, plan, origin)
    return Planning(
        origin=origin,
        problem=problem,
        plan=plan,
        tasks=_dated(facts, problem, plan, origin, critical),
        critical=critical,
        binding=tuple(dict.fromkeys((*missed, *waits))),
        years=_years(facts, problem, plan, origin),
        notes=notes,
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
        if step_of(task.id) != "cst_opinion" or papers not in plan.starts or not task.only_at:
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


def _dated(
    facts: Facts, problem: Problem, plan: Plan, origin: date, critical: tuple[str, ...]
) -> tuple[PlannedTask, ...]:
    planned = []
    for task in problem.tasks:
        if task.id not in plan.starts or task.duration == 0:
            continue
        week = plan.starts[task.id]
        kind = KINDS[step_of(task.id)]
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
        for rank, amount in enumerate(yearly_costs(case) if case.costs_eur else []):
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
