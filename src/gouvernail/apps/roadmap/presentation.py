"""The roadmap as its page shows it: a calendar by quarter, the critical chain, the budget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gouvernail.common import wording
from gouvernail.common.wording import said

Task = Mapping[str, Any]

#: What each kind of task looks like: preparation, legal waiting, trial or pilot, in service.
CSS = {"cst": "hach", "trial": "f1", "pilot": "f1", "rollout": "f3"}
PREPARATION = "f4"
#: The colour of the word written on a bar.
SHORT = {
    "data": gettext_noop("Data"),
    "aipd": gettext_noop("Assessment"),
    "papers": gettext_noop("Papers"),
    "cst": gettext_noop("Opinion"),
    "procurement": gettext_noop("Purchase"),
    "training": gettext_noop("Training"),
    "trial": gettext_noop("Trial"),
    "pilot": gettext_noop("Pilot"),
    "rollout": gettext_noop("Roll-out"),
}
#: The bodies whose sittings the calendar shows: the management team meets too often for that.
BODIES_SHOWN = ("cst", "fs", "council")
INK = {"f1": "clair", "f3": "fonce", "f4": "fonce", "hach": "pose"}
#: A word is written on a bar when the bar is at least this wide, in percent per letter.
PERCENT_PER_LETTER = 1.0
MOST_LANES = 5
#: The height of a lane and the place of its bar, in pixels.
LANE, TOP, THICK = 24, 4, 20


@dataclass(frozen=True, slots=True)
class Bar:
    """A task on the calendar; places are percentages of its width, heights are pixels."""

    css: str
    ink: str
    x: str
    width: str
    end: str
    y: int
    text_y: int
    mark_y: int
    label: str
    critical: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the calendar: an appointment."""

    x: str
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the calendar: a case, its bars and marks, and the same in words."""

    title: str
    case: str
    lanes: int
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The whole calendar; `today` is a place, "" when today is outside."""

    quarters: tuple[str, ...]
    axes: tuple[str, ...]
    today: str
    rows: tuple[Lane, ...]

    @property
    def span(self) -> int:
        """Return how many quarters the tracks cover."""
        return len(self.quarters)


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """What a case costs, year by year."""

    title: str
    amounts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget by year: cases, total, envelope and what is left."""

    years: tuple[int, ...]
    rows: tuple[BudgetRow, ...]
    totals: tuple[Any, ...]
    envelopes: tuple[Any, ...]
    left: tuple[Any, ...]


def quarter_of(day: date) -> tuple[int, int]:
    """Return the year and the quarter of a day.

    >>> quarter_of(date(2027, 2, 11))
    (2027, 1)
    """
    return day.year, (day.month - 1) // 3 + 1


def quarter_start(year: int, quarter: int) -> date:
    """Return the first day of a quarter; the fifth is the first of the next year."""
    return date(year + (quarter - 1) // 4, 3 * ((quarter - 1) % 4) + 1, 1)


def quarters_between(start: date, end: date) -> list[tuple[int, int]]:
    """Return the quarters from that of `start` to that of `end`, both included.

    >>> quarters_between(date(2026, 11, 23), date(2027, 5, 1))
    [(2026, 4), (2027, 1), (2027, 2)]
    """
    found, current, last = [], quarter_of(start), quarter_of(end)
    while current <= last:
        found.append(current)
        year, quarter = current
        current = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    return found


def place(day: date, quarters: Sequence[tuple[int, int]]) -> float:
    """Return where a day falls, in percent; every quarter is as wide as the others.

    >>> place(date(2027, 1, 1), [(2026, 4), (2027, 1)])
    50.0
    """
    first, last = quarter_start(*quarters[0]), quarter_start(quarters[-1][0], quarters[-1][1] + 1)
    if day <= first:
        return 0.0
    if day >= last:
        return 100.0
    index = quarters.index(quarter_of(day))
    begins = quarter_start(*quarters[index])
    ends = quarter_start(quarters[index][0], quarters[index][1] + 1)
    inside = (day - begins).days / (ends - begins).days
    return 100 * (index + inside) / len(quarters)


def quarter_words(quarters: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Return « T4 2026 », « T1 2027 », « T2 »: the year is said once."""
    words = []
    for position, (year, quarter) in enumerate(quarters):
        name = _("Q%(quarter)s") % {"quarter": quarter}
        words.append(f"{name} {year}" if position == 0 or quarter == 1 else name)
    return tuple(words)


def calendar(plan: Mapping[str, Any]) -> Calendar | None:
    """Return the calendar of the plan, ``None`` when nothing is planned."""
    roadmap = plan.get("roadmap")
    tasks: Sequence[Task] = (roadmap or {}).get("tasks") or ()
    if roadmap is None or not tasks:
        return None
    start = min(_day(roadmap["origin"]), min(_day(task["start"]) for task in tasks))
    quarters = quarters_between(start, max(_day(task["end"]) for task in tasks))
    today = _day(plan["on"])
    inside = quarters[0] <= quarter_of(today) <= quarters[-1]
    rows = [_row(code, found, roadmap, quarters) for code, found in by_case(tasks).items()]
    if sittings := _sittings(plan, quarters):
        rows.append(sittings)
    step = 100 / len(quarters)
    return Calendar(
        quarter_words(quarters),
        tuple(_percent(step * index) for index in range(1, len(quarters))),
        _percent(place(today, quarters)) if inside else "",
        tuple(rows),
    )


def by_case(tasks: Iterable[Task]) -> dict[str, list[Task]]:
    """Return the tasks of each case, the first to start first."""
    found: dict[str, list[Task]] = {}
    for task in sorted(tasks, key=lambda item: (item["start"], item["end"])):
        found.setdefault(task["case"], []).append(task)
    return found


def lanes_of(tasks: Sequence[Task]) -> list[int]:
    """Return the lane of each task: the first one that is free when it starts."""
    free: list[str] = []
    lanes = []
    for task in tasks:
        lane = next((i for i, end in enumerate(free) if end <= task["start"]), len(free))
        if lane == len(free):
            free.append(task["end"])
        elif lane < MOST_LANES:
            free[lane] = task["end"]
        lanes.append(min(lane, MOST_LANES - 1))
    return lanes


def _row(
    code: str,
    tasks: Sequence[Task],
    roadmap: Mapping[str, Any],
    quarters: Sequence[tuple[int, int]],
) -> Lane:
    drawn = [task for task in tasks if task["kind"] != "evaluation"]
    lanes = lanes_of(drawn)
    marks = tuple(
        Mark(_percent(place(_day(item["on"]), quarters)), said(item["label"]))
        for item in roadmap.get("milestones") or ()
        if item["case"] == code and item["kind"] == "evaluation"
    )
    return Lane(
        title=tasks[0]["case_title"],
        case=code,
        lanes=max(lanes, default=0) + 1,
        bars=tuple(_bar(task, lane, quarters) for task, lane in zip(drawn, lanes, strict=True)),
        marks=marks,
        words=in_words(tasks),
    )


def _bar(task: Task, lane: int, quarters: Sequence[tuple[int, int]]) -> Bar:
    start, end = place(_day(task["start"]), quarters), place(_after(task["end"]), quarters)
    width = max(end - start, 0.6)
    css = CSS.get(task["kind"], PREPARATION)
    label = _(SHORT.get(task["kind"], "")) if task["kind"] in SHORT else said(task["label"])
    fits = width >= PERCENT_PER_LETTER * len(label) + 1.5
    y = TOP + lane * LANE
    return Bar(
        css,
        INK[css],
        _percent(start),
        _percent(width),
        _percent(start + width),
        y,
        y + 15,
        y + THICK + 2,
        label if fits else "",
        bool(task.get("critical")),
    )


def _sittings(plan: Mapping[str, Any], quarters: Sequence[tuple[int, int]]) -> Lane | None:
    first, last = quarter_start(*quarters[0]), quarter_start(quarters[-1][0], quarters[-1][1] + 1)
    held = [
        item
        for item in (plan.get("dialogue") or {}).get("sittings") or ()
        if first <= _day(item["on"]) < last and item["body"] in BODIES_SHOWN
    ]
    if not held:
        return None
    marks = tuple(
        Mark(_percent(place(_day(item["on"]), quarters)), said(item["body_label"])) for item in held
    )
    words = [
        f"{said(item['body_label'])}, {wording.day(item['on'], weekday=False)}" for item in held
    ]
    return Lane(_("Staff bodies and council"), "", 1, (), marks, "; ".join(words) + ".")


def in_words(tasks: Sequence[Task]) -> str:
    """Return the row in a sentence, for those who do not see the bars."""
    parts = [
        _("%(task)s from %(start)s to %(end)s")
        % {
            "task": said(task["label"]),
            "start": wording.day(task["start"], weekday=False),
            "end": wording.day(task["end"], weekday=False),
        }
        for task in tasks
    ]
    return "; ".join(parts) + "."


def chain(roadmap: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the tasks that set the pace, in order, each with its day, its case and its owner."""
    wanted = set(roadmap.get("critical") or ())
    tasks = sorted(
        (task for task in roadmap["tasks"] if task["id"] in wanted or task.get("critical")),
        key=lambda task: (task["start"], task["end"]),
    )
    return [
        {
            "on": task["start"],
            "title": task["label"],
            "text": " · ".join(
                part for part in (task["case_title"], said(task.get("who"))) if part
            ),
        }
        for task in tasks
    ]


def budget(plan: Mapping[str, Any]) -> Budget:
    """Return the budget by year; a year in which a case costs nothing stays empty."""
    titles = {case["id"]: case["title"] for case in plan["cases"]}
    years = plan["roadmap"].get("budget") or ()
    cases = [code for code in titles if any(code in year["cases"] for year in years)]
    return Budget(
        years=tuple(year["year"] for year in years),
        rows=tuple(
            BudgetRow(titles[code], tuple(year["cases"].get(code) for year in years))
            for code in cases
        ),
        totals=tuple(year["planned_eur"] for year in years),
        envelopes=tuple(year["envelope_eur"] for year in years),
        left=tuple(
            None if year["envelope_eur"] is None else year["envelope_eur"] - year["planned_eur"]
            for year in years
        ),
    )


def roadmap_title(roadmap: Mapping[str, Any]) -> str:
    """Return « Feuille de route 2026-2028 »."""
    years = roadmap["years"]
    return _("Roadmap %(from)s-%(to)s") % {"from": years[0], "to": years[-1]}


def task_rows(roadmap: Mapping[str, Any]) -> list[Task]:
    """Return the tasks in the order of their dates."""
    return sorted(roadmap["tasks"], key=lambda task: (task["start"], task["end"], task["id"]))


def _day(value: str) -> date:
    return date.fromisoformat(value)


def _after(value: str) -> date:
    """Return the day after the last one, where a bar ends."""
    return _day(value) + timedelta(days=1)


def _percent(value: float) -> str:
    return f"{value:.2f}%"
