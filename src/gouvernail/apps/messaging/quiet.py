"""When e-mail may leave: pure functions of a moment and of what an authority chose.

Hours are those of the clock on the wall. A moment is compared as an instant, so that the night
when the clocks move, an hour longer or shorter, ends when the clock says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

#: The weekly letter leaves on the first working day of the week, at this hour.
DIGEST_AT = time(8, 0)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours without e-mail, from `starts` to `ends`; `days_off` keeps rest days whole."""

    active: bool = True
    starts: time = time(19, 0)
    ends: time = time(8, 0)
    days_off: bool = True


USUAL = Quiet()


def opens(at: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """Return `at` when e-mail may leave then, else the first moment after it when it may."""
    for _turn in range(60):
        later = _after(at, quiet, zone)
        if later is None:
            return at
        at = later
    return at


def is_off(day: date) -> bool:
    """Return whether `day` is of a weekend or a public holiday of France."""
    return day.weekday() >= 5 or day in _holidays(day.year)


def digest_moment(day: date, zone: ZoneInfo) -> datetime | None:
    """Return when the weekly letter of the week of `day` leaves; None in a week without work."""
    monday = day - timedelta(days=day.weekday())
    working = [each for n in range(5) if not is_off(each := monday + n * _DAY)]
    return datetime.combine(working[0], DIGEST_AT, zone) if working else None


def week_of(day: date) -> str:
    """Return the name of a week.

    >>> week_of(date(2027, 1, 1))
    '2026-W53'
    """
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def _after(at: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime | None:
    """Return the end of the quiet that holds at `at`, None when none does."""
    local = at.astimezone(zone)
    day, hour = local.date(), local.time()
    if not quiet.active:
        return None
    if quiet.days_off and is_off(day):
        return datetime.combine(day + _DAY, time(), zone)
    if quiet.starts == quiet.ends:
        return None
    if quiet.starts < quiet.ends:
        inside = quiet.starts <= hour < quiet.ends
    else:
        inside = hour >= quiet.starts or hour < quiet.ends
    if not inside:
        return None
    end = day + _DAY if hour >= quiet.ends else day
    return datetime.combine(end, quiet.ends, zone)


@lru_cache(maxsize=8)
def _holidays(year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays("FR", years=year))
