"""From a chosen case to its tasks: the steps, their order, their usual length (decision.md §4.2).

Two orders are not ours to bend: nothing in real conditions before the committee's opinion, the
impact assessment and the training; and papers sent long enough before the sitting. The trial on
fictive data needs none of them and may run at once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache

from gouvernail_core.kernel import Provenance, Source, Text
from gouvernail_core.knowledge import read_yaml
from gouvernail_core.roadmap.calendar import PlanCalendar
from gouvernail_core.roadmap.model import Budget, Capacity, Pay, Period, Problem, Task

#: Capacities the template knows; one that is not stated limits nothing.
DPO, PROJECT, IT, TRAINERS, BUYERS = "dpo", "projet", "informatique", "formation", "achat"

WEEKS_A_YEAR = 52


class Procedure(StrEnum):
    """How a contract is awarded; decides how long it takes."""

    GRE_A_GRE = "gre_a_gre"
    ADAPTEE = "adaptee"
    FORMALISEE = "formalisee"


@dataclass(frozen=True, slots=True)
class Duration:
    """The usual length of a step, in weeks; `source` is ``None`` when it is our proposal."""

    code: str
    label: Text
    low: int
    typical: int
    high: int
    source: Source | None

    @property
    def basis(self) -> Text:
        """Return the words that say where the length comes from."""
        if self.source is None:
            return Text("notre proposition", "our proposal")
        return Text(self.source.text, self.source.text)


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """A chosen case as the plan needs it. A length left ``None`` takes the usual one.

    `value` weighs how soon the case is in general use. `cost_eur` is paid when the contract
    starts (or the pilot, without contract), `running_eur_per_year` from the pilot to the end of
    the roll-out. `staff_days` of project work are spread over the steps that need it.
    `training` gives the weeks of each group to train.
    """

    id: str
    title: str
    value: float = 1.0
    needs_aipd: bool = True
    needs_opinion: bool = True
    procurement: Procedure | None = None
    data_weeks: int | None = None
    training: Mapping[str, int] = field(default_factory=dict)
    trial_weeks: int | None = None
    pilot_weeks: int | None = None
    evaluation_weeks: int | None = None
    rollout_weeks: int | None = None
    service: str = ""
    change_load: float = 1.0
    cost_eur: float = 0.0
    running_eur_per_year: float = 0.0
    staff_days: float = 0.0


def service_capacity(service: str) -> str:
    """Return the capacity that counts the changes a service carries at once."""
    return f"service:{service}"


def group_capacity(group: str) -> str:
    """Return the capacity that keeps a group from two trainings at once."""
    return f"groupe:{group}"


@cache
def usual_durations() -> Mapping[str, Duration]:
    """Return the usual length of each step, by code.

    >>> usual_durations()["cst_papers"].basis.fr
    'notre proposition'
    """
    content = read_yaml("parameters/task_template.yaml")
    durations = {code: _duration(code, item) for code, item in content.items()}
    wrong = [d.code for d in durations.values() if not 0 <= d.low <= d.typical <= d.high]
    if wrong:
        raise ValueError(f"task_template.yaml: min, typical, max out of order for {wrong}")
    return durations


def _duration(code: str, item: Mapping[str, object]) -> Duration:
    """Return one length as the file gives it; a published one without a source is refused."""
    label, source = item["label"], item.get("source")
    if not isinstance(label, dict) or (item["basis"] == "ours") == isinstance(source, dict):
        raise ValueError(
            f"task_template.yaml: {code} needs a label, and a source unless it is ours"
        )
    low, typical, high = (int(str(item[name])) for name in ("min", "typical", "max"))
    origin = None
    if isinstance(source, dict):
        read_on = source["read_on"]
        origin = Source(
            source["text"],
            source["url"],
            read_on if isinstance(read_on, date) else None,
            Provenance(source["provenance"]),
        )
    return Duration(code, Text(label["fr"], label["en"]), low, typical, high, origin)


def tasks_for(case: PlannedCase, calendar: PlanCalendar) -> tuple[Task, ...]:
    """Return the tasks of one case in working order, each labelled with its step and its case.

    The opinion takes the week of a sitting; without sittings in the calendar a case that needs
    one gets no allowed date, which `schedule` refuses with its place.

    >>> from datetime import date
    >>> calendar = PlanCalendar(date(2026, 11, 23), 104, sittings=(11, 30))
    >>> [task.id for task in tasks_for(PlannedCase("c1", "Guichet"), calendar)]
    ['c1:preparation', 'c1:aipd', 'c1:trial', 'c1:cst_papers', 'c1:cst_opinion', 'c1:pilot', \
'c1:evaluation', 'c1:rollout']
    """
    usual = {code: duration.typical for code, duration in usual_durations().items()}
    steps = _before_opinion(case, calendar, usual)
    settled = "aipd" if case.needs_aipd else "preparation"
    if case.needs_opinion:
        settled = "cst_opinion"
    steps += _means(case, usual, after=settled)
    before_pilot = [step.id for step in steps if step.id != f"{case.id}:cst_papers"]
    steps += _real_conditions(case, usual, after=tuple(before_pilot))
    return tuple(_in_open_weeks(step, calendar) for step in _with_project_work(case, steps))


def _step(case: PlannedCase, code: str, weeks: int, after: Sequence[str] = ()) -> Task:
    """Return one step of a case; `after` gives codes of its steps or whole identifiers."""
    usual = usual_durations()
    words = usual[code].label if code in usual else Text("Avis du CST", "Opinion of the committee")
    return Task(
        id=f"{case.id}:{code}",
        case=case.id,
        duration=weeks,
        after=tuple(name if ":" in name else f"{case.id}:{name}" for name in after),
        label=Text(f"{words.fr} ({case.title})", f"{words.en} ({case.title})"),
    )


def _before_opinion(
    case: PlannedCase, calendar: PlanCalendar, usual: Mapping[str, int]
) -> list[Task]:
    """Return the steps up to the opinion: data, assessment, trial, papers, opinion."""
    data_weeks = usual["preparation"] if case.data_weeks is None else case.data_weeks
    steps = [replace(_step(case, "preparation", data_weeks), demands={IT: 1})]
    if case.needs_aipd:
        aipd = _step(case, "aipd", usual["aipd"], ["preparation"])
        steps.append(replace(aipd, demands={DPO: 1}))
    trial_weeks = usual["trial"] if case.trial_weeks is None else case.trial_weeks
    if trial_weeks > 0:
        steps.append(_step(case, "trial", trial_weeks, ["preparation"]))
    if case.needs_opinion:
        ready = "aipd" if case.needs_aipd else "preparation"
        steps.append(_step(case, "cst_papers", usual["cst_papers"], [ready]))
        opinion = _step(case, "cst_opinion", 1)
        lags = {f"{case.id}:cst_papers": calendar.lag_weeks}
        steps.append(replace(opinion, only_at=calendar.sittings, lag_before=lags))
    return steps


def _means(case: PlannedCase, usual: Mapping[str, int], *, after: str) -> list[Task]:
    """Return what the pilot needs once the case is settled: a contract, trained people."""
    steps = []
    if case.procurement is not None:
        code = f"procurement_{case.procurement.value}"
        contract = _step(case, code, usual[code], [after])
        steps.append(replace(contract, demands={BUYERS: 1}, cost=case.cost_eur))
    for group, weeks in case.training.items():
        training = _step(case, "training", weeks, [after])
        steps.append(
            replace(
                training,
                id=f"{case.id}:training:{group}",
                demands={TRAINERS: 1, group_capacity(group): 1},
                label=Text(f"Former {group} ({case.title})", f"Train {group} ({case.title})"),
            )
        )
    return steps


def _real_conditions(
    case: PlannedCase, usual: Mapping[str, int], *, after: tuple[str, ...]
) -> list[Task]:
    """Return the pilot, its review and the roll-out."""

    def weeks(code: str, own: int | None) -> int:
        return usual[code] if own is None else own

    pilot = _step(case, "pilot", weeks("pilot", case.pilot_weeks), after)
    evaluation = _step(case, "evaluation", weeks("evaluation", case.evaluation_weeks), ["pilot"])
    rollout = _step(case, "rollout", weeks("rollout", case.rollout_weeks), ["evaluation"])
    load = {service_capacity(case.service): case.change_load} if case.service else {}
    once = case.cost_eur if case.procurement is None else 0.0
    steps = [
        replace(pilot, demands=load),
        evaluation,
        replace(rollout, demands=load, value=case.value),
    ]
    running = [replace(step, cost=_running(case, step.duration), pay=Pay.SPREAD) for step in steps]
    if once:
        start = Task(
            id=f"{case.id}:purchase",
            case=case.id,
            duration=0,
            after=after,
            cost=once,
            label=Text(f"Achat ({case.title})", f"Purchase ({case.title})"),
        )
        running[0] = replace(running[0], after=(*after, start.id))
        return [start, *running]
    return running


def _running(case: PlannedCase, weeks: int) -> float:
    """Return the running cost of so many weeks, to the cent."""
    return round(case.running_eur_per_year * weeks / WEEKS_A_YEAR, 2)


def _with_project_work(case: PlannedCase, steps: Sequence[Task]) -> list[Task]:
    """Return the steps with the project days spread over those of the project team, per week.

    Rounded up to a hundredth of a day, so that the days are never understated.
    """
    team = {f"{case.id}:{code}" for code in _TEAM_STEPS}
    weeks = sum(step.duration for step in steps if step.id in team)
    if case.staff_days <= 0 or weeks == 0:
        return list(steps)
    rate = math.ceil(round(case.staff_days / weeks * 100, 6)) / 100
    return [
        replace(step, demands={**step.demands, PROJECT: rate}) if step.id in team else step
        for step in steps
    ]


_TEAM_STEPS = ("preparation", "trial", "cst_papers", "pilot", "evaluation", "rollout")


def _in_open_weeks(step: Task, calendar: PlanCalendar) -> Task:
    """Return the step kept from starting in a closed week; sittings keep their own dates."""
    if calendar.open_weeks is None or step.only_at is not None or step.duration == 0:
        return step
    return replace(step, only_at=calendar.open_weeks)


def problem_for(
    cases: Sequence[PlannedCase],
    calendar: PlanCalendar,
    *,
    capacities: Mapping[str, float | tuple[Period, ...]],
    budgets: Sequence[Budget] = (),
    labels: Mapping[str, Text] | None = None,
    current: Mapping[str, int] | None = None,
    now: int = 0,
    time_limit: float = 30.0,
) -> Problem:
    """Return the roadmap of several cases under the capacities and budgets that are stated.

    A demand on a capacity nobody has stated is left out: what is not known limits nothing, and
    the page says that it was not counted. A group trained for two cases is never in both
    trainings at once, stated or not.
    """
    tasks = [task for case in cases for task in tasks_for(case, calendar)]
    groups = {group_capacity(group): 1.0 for case in cases for group in case.training}
    stated = {**groups, **capacities}
    names = labels or {}
    return Problem(
        tasks=tuple(
            replace(task, demands={k: v for k, v in task.demands.items() if k in stated})
            for task in tasks
        ),
        horizon=calendar.horizon,
        capacities=tuple(Capacity(name, stated[name], names.get(name)) for name in stated),
        budgets=tuple(budgets),
        current=dict(current or {}),
        now=now,
        time_limit=time_limit,
    )
