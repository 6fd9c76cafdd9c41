"""The JSON of `gouvernail schedule`: a problem in, a plan out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from gouvernail.formats.problems import model_from
from gouvernail_core.roadmap import Budget, Capacity, Pay, Period, Plan, Problem, Task, Unit

Id = Annotated[str, Field(min_length=1, max_length=200)]


class _Strict(BaseModel):
    """No unknown field, no silent conversion: « 3 » between quotes is not a number."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PeriodInput(_Strict):
    """An amount during the units `from` to `to`, both included."""

    first: int = Field(alias="from")
    last: int = Field(alias="to")
    amount: float


class TaskInput(_Strict):
    """One task. `due` is the end it must not pass; `only_at` the allowed starts, null for any."""

    id: Id
    case: str = ""
    duration: int
    demands: dict[str, float] = {}
    after: list[str] = []
    lag_before: dict[str, int] = {}
    release: int = 0
    due: int | None = None
    due_hard: bool = False
    only_at: list[int] | None = None
    cost: float = 0.0
    pay: Literal["start", "spread"] | None = Field(
        default=None, description="When the cost is paid; by default, the `pay` of the problem."
    )
    value: float = 0.0
    fixed_start: int | None = None


class ScheduleInput(_Strict):
    """A roadmap to draw; `current` is the plan in force, `now` the first unit still open."""

    unit: Literal["day", "week", "fortnight", "month"] = "week"
    horizon: int
    capacities: dict[Id, float | list[PeriodInput]] = {}
    tasks: list[TaskInput]
    budgets: list[PeriodInput] = []
    pay: Literal["start", "spread"] = "start"
    current: dict[str, int] = {}
    now: int = 0
    time_limit: float = Field(default=30.0, description="Seconds for the whole computation.")


class BindingOutput(_Strict):
    """Why `task` does not start before `start`."""

    kind: str
    label: str
    text: str
    task: str
    start: int


class ConflictOutput(_Strict):
    """One of the demands that cannot hold together."""

    kind: str
    label: str
    text: str


class StageOutput(_Strict):
    """One stage of the search: what it reached, what no plan can beat, whether that is proven."""

    name: str
    objective: float
    bound: float
    proven: bool


class ScheduleOutput(_Strict):
    """The plan, its proof, what holds it back, or the conflict that makes it impossible."""

    starts: dict[str, int]
    objective: float | None
    bound: float | None
    gap: float | None
    proven: bool
    moved: list[str]
    binding: list[BindingOutput]
    conflict: list[ConflictOutput]
    stages: list[StageOutput]


def read(document: object) -> ScheduleInput:
    """Return the document in its checked shape, or refuse with every faulty place."""
    return model_from(ScheduleInput, document)


def to_problem(document: object) -> Problem:
    """Return the problem of a JSON document, checked already or not; refuses like `read`.

    >>> to_problem({"horizon": 4, "tasks": [{"id": "a", "duration": 2}]}).tasks[0].duration
    2
    """
    given = document if isinstance(document, ScheduleInput) else read(document)
    return Problem(
        tasks=tuple(_task(task, given.pay) for task in given.tasks),
        horizon=given.horizon,
        capacities=tuple(
            Capacity(name, amount if isinstance(amount, float) else _periods(amount))
            for name, amount in given.capacities.items()
        ),
        budgets=tuple(Budget(b.first, b.last, b.amount) for b in given.budgets),
        current=dict(given.current),
        now=given.now,
        time_limit=given.time_limit,
        unit=Unit(given.unit),
    )


def _task(given: TaskInput, pay: str) -> Task:
    """Return one task of the core."""
    return Task(
        id=given.id,
        duration=given.duration,
        case=given.case,
        demands=dict(given.demands),
        after=tuple(given.after),
        lag_before=dict(given.lag_before),
        release=given.release,
        due=given.due,
        due_hard=given.due_hard,
        only_at=None if given.only_at is None else tuple(given.only_at),
        cost=given.cost,
        pay=Pay(given.pay or pay),
        value=given.value,
        fixed_start=given.fixed_start,
    )


def _periods(given: list[PeriodInput]) -> tuple[Period, ...]:
    return tuple(Period(period.first, period.last, period.amount) for period in given)


def to_json(plan: Plan, *, language: str = "fr") -> dict[str, Any]:
    """Return the plan as the document of the contract, its sentences in `language`."""
    return ScheduleOutput(
        starts=dict(plan.starts),
        objective=plan.objective,
        bound=plan.bound,
        gap=plan.gap,
        proven=plan.proven,
        moved=list(plan.moved),
        binding=[
            BindingOutput(
                kind=b.kind, label=b.label, text=b.text.in_(language), task=b.task, start=b.start
            )
            for b in plan.binding
        ],
        conflict=[
            ConflictOutput(kind=c.kind, label=c.label, text=c.text.in_(language))
            for c in plan.conflict
        ],
        stages=[
            StageOutput(name=s.name, objective=s.objective, bound=s.bound, proven=s.proven)
            for s in plan.stages
        ],
    ).model_dump()


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the problem, its fields named as they are written."""
    return ScheduleInput.model_json_schema(by_alias=True)
