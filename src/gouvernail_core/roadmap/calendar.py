"""Weeks of a plan: numbered from 0, from a Monday; and the dates that are not ours to choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class PlanCalendar:
    """The dates of a plan, in weeks after `origin`, a Monday.

    `sittings` are the weeks in which the staff committee sits, `lag_weeks` the full weeks between
    the end of the papers and the week of the sitting (from the legal notice), `closed_weeks` the
    weeks in which nothing is started (what has begun goes on).
    """

    origin: date
    horizon: int
    sittings: tuple[int, ...] = ()
    lag_weeks: int = 3
    closed_weeks: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _check_monday(self.origin)

    @property
    def open_weeks(self) -> tuple[int, ...] | None:
        """Return the weeks in which something may start, ``None`` when all may."""
        if not self.closed_weeks:
            return None
        closed = set(self.closed_weeks)
        return tuple(week for week in range(self.horizon + 1) if week not in closed)


def week_of(day: date, origin: date) -> int:
    """Return the number of the week that holds `day`, 0 for the week of `origin`.

    Raises `ValueError` when `origin` is not a Monday. Days before it have negative weeks.

    >>> [week_of(date(2026, 12, day), date(2026, 11, 23)) for day in (6, 7)]
    [1, 2]
    """
    _check_monday(origin)
    return (day - origin).days // 7


def monday(index: int, origin: date) -> date:
    """Return the Monday of week `index`.

    >>> monday(2, date(2026, 11, 23))
    datetime.date(2026, 12, 7)
    """
    _check_monday(origin)
    return origin + timedelta(weeks=index)


def _check_monday(day: date) -> None:
    if day.weekday() != 0:
        raise ValueError(f"the origin of a plan is a Monday, {day.isoformat()} is not")
