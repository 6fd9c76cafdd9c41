"""What a roadmap is made of: tasks, capacities, budgets; and what comes out: a plan and why.

Time is counted in whole units (weeks by default) from 0. A task that starts at ``s`` and lasts
``d`` occupies the units ``s`` to ``s + d - 1``; its *end* is ``s + d``. Periods are inclusive on
both sides: a budget from 0 to 51 is a year of 52 weeks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from gouvernail_core.kernel import Conflict, Text

#: Share of the weighted ends that may be given up so that fewer tasks move (decision.md §4.2).
TOLERANCE = 0.005


class Pay(StrEnum):
    """When the cost of a task is paid: whole at its start, or spread over its duration."""

    START = "start"
    SPREAD = "spread"


class Unit(StrEnum):
    """The unit of time of a problem; only the words of the messages depend on it."""

    DAY = "day"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"

    @property
    def label(self) -> Text:
        """Return the word for one unit."""
        return {
            Unit.DAY: Text("jour", "day"),
            Unit.WEEK: Text("semaine", "week"),
            Unit.FORTNIGHT: Text("quinzaine", "fortnight"),
            Unit.MONTH: Text("mois", "month"),
        }[self]


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work of one case.

    `after` and `lag_before` name the tasks that must have ended before this one starts, the
    second with at least so many units in between. `only_at` lists the allowed starts (``None``:
    any). `due` is the last allowed end when `due_hard`, else the end after which it is late.
    `cost` is in euros, to the cent; `value` weighs the end of the task, 0 meaning that its end
    matters only through the others.
    """

    id: str
    duration: int
    case: str = ""
    demands: Mapping[str, float] = field(default_factory=dict)
    after: tuple[str, ...] = ()
    lag_before: Mapping[str, int] = field(default_factory=dict)
    release: int = 0
    due: int | None = None
    due_hard: bool = False
    only_at: tuple[int, ...] | None = None
    cost: float = 0.0
    pay: Pay = Pay.START
    value: float = 0.0
    fixed_start: int | None = None
    label: Text | None = None

    @property
    def name(self) -> Text:
        """Return the words for the task, its identifier when it has no label.

        >>> Task("t1", 2, case="c1").name.fr
        '«\u202ft1\u202f»'
        """
        return self.label or Text(f"«\u202f{self.id}\u202f»", f"“{self.id}”")

    @property
    def waits(self) -> dict[str, int]:
        """Return every predecessor with the units that must pass after its end.

        >>> Task("c", 1, after=("a", "b"), lag_before={"b": 2}).waits
        {'a': 0, 'b': 2}
        """
        return {**dict.fromkeys(self.after, 0), **self.lag_before}


@dataclass(frozen=True, slots=True)
class Period:
    """An amount available during the units `first` to `last`, both included."""

    first: int
    last: int
    amount: float


@dataclass(frozen=True, slots=True)
class Capacity:
    """What is available of a resource at each unit of time: always the same, or by periods.

    Outside its periods a capacity is nil: nobody has said that anyone is there.
    """

    id: str
    amount: float | tuple[Period, ...]
    label: Text | None = None

    @property
    def name(self) -> Text:
        """Return the words for the capacity, its identifier when it has no label."""
        return self.label or Text(f"«\u202f{self.id}\u202f»", f"“{self.id}”")

    def at(self, unit: int) -> float:
        """Return the amount available at `unit`.

        >>> Capacity("dpo", (Period(0, 3, 1), Period(4, 9, 2))).at(4)
        2
        """
        if not isinstance(self.amount, tuple):
            return self.amount
        return next((p.amount for p in self.amount if p.first <= unit <= p.last), 0)

    @property
    def highest(self) -> float:
        """Return the largest amount ever available."""
        if not isinstance(self.amount, tuple):
            return self.amount
        return max((p.amount for p in self.amount), default=0)


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be paid, in euros, during the units `first` to `last`, both included.

    Outside every budget nothing limits the payments; two budgets may overlap, each holds.
    """

    first: int
    last: int
    amount: float
    label: Text | None = None

    @property
    def name(self) -> Text:
        """Return the words for the budget, its period when it has no label."""
        return self.label or Text(f"{self.first} à {self.last}", f"{self.first} to {self.last}")


@dataclass(frozen=True, slots=True)
class Problem:
    """A roadmap to draw. `current` is the plan in force, `now` the first unit still open.

    A task of the current plan that is no longer asked for is left out of the new one.
    `time_limit` is in seconds for the whole computation.
    """

    tasks: tuple[Task, ...]
    horizon: int
    capacities: tuple[Capacity, ...] = ()
    budgets: tuple[Budget, ...] = ()
    current: Mapping[str, int] = field(default_factory=dict)
    now: int = 0
    time_limit: float = 30.0
    unit: Unit = Unit.WEEK

    def pinned(self, task: Task) -> int | None:
        """Return the start that is no longer open: fixed by hand, or already in the past.

        >>> p = Problem((Task("a", 2),), 9, current={"a": 1}, now=3)
        >>> p.pinned(p.tasks[0])
        1
        """
        if task.fixed_start is not None:
            return task.fixed_start
        start = self.current.get(task.id)
        return start if start is not None and start < self.now else None

    @property
    def by_makespan(self) -> bool:
        """Return whether the last end is minimised, as no task has a value."""
        return all(task.value == 0 for task in self.tasks)


@dataclass(frozen=True, slots=True)
class StageProof:
    """What one stage of the lexicographic objective reached and what was proven of it."""

    name: str
    objective: float
    bound: float
    proven: bool


@dataclass(frozen=True, slots=True)
class Binding:
    """One thing that holds the plan back: why `task` does not start earlier than `start`."""

    kind: str
    label: str
    text: Text
    task: str
    start: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A dated plan, or the reason why there is none.

    `objective` is Σ value × end, or the last end when no task has a value; `bound` is what no
    plan can beat (with that lateness); `gap` is ``(objective - bound) / max(1, |objective|)``:
    up to the tolerance when a current plan was kept on purpose. `proven`: every stage was closed.
    `conflict` is empty when there is a plan; `starts` is empty and the figures ``None`` else.
    """

    starts: Mapping[str, int]
    objective: float | None
    bound: float | None
    gap: float | None
    proven: bool
    moved: tuple[str, ...] = ()
    binding: tuple[Binding, ...] = ()
    conflict: tuple[Conflict, ...] = ()
    stages: tuple[StageProof, ...] = ()
    measure: str = "value"


@lru_cache(maxsize=4096)
def exact(number: float) -> Fraction:
    """Return the number as it was written: 0.1 is one tenth, not its binary neighbour.

    >>> exact(0.1) * 3 == exact(0.3)
    True
    """
    return Fraction(str(number))


def cents(euros: float) -> int:
    """Return the amount in cents, rounded down when it has more than two decimals.

    >>> cents(12.34)
    1234
    """
    return int(exact(euros) * 100 // 1)


def paid_by(task: Task, elapsed: int) -> int:
    """Return the cents paid once `elapsed` units of the task have begun.

    Spread over ``d`` units, ``floor(cost × k / d)`` cents are paid after ``k`` of them: whole
    cents each time, and the exact cost in the end.

    >>> [paid_by(Task("t", 3, cost=1.0, pay=Pay.SPREAD), k) for k in range(4)]
    [0, 33, 66, 100]
    """
    cost = cents(task.cost)
    if task.pay is Pay.START or task.duration == 0:
        return cost if elapsed > 0 else 0
    return cost * max(0, min(elapsed, task.duration)) // task.duration


def paid_within(task: Task, start: int, budget: Budget) -> int:
    """Return the cents a task that starts at `start` pays during a budget.

    >>> paid_within(Task("t", 4, cost=1.0, pay=Pay.SPREAD), 2, Budget(0, 2, 9))
    25
    """
    return paid_by(task, budget.last + 1 - start) - paid_by(task, budget.first - start)
