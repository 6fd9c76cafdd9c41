"""The calendar as a file of the iCalendar standard (RFC 5545), written and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from django.utils import timezone

from gouvernail.apps.dialogue.presentation import FOLLOW_UPS, Entry
from gouvernail.common.wording import said
from gouvernail_core.kernel import Problem, RefusedError, Text

LARGEST_BYTES = 1024 * 1024
#: Events and dates read from one file, at most, and from one meeting that comes back.
MOST_EVENTS, MOST_DATES, MOST_TIMES = 500, 500, 60
#: A meeting that comes back since longer is taken for its first day only.
OLDEST_YEARS = 5
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
NOTE_LENGTH = 200


def as_ics(
    entries: Iterable[Entry],
    *,
    name: str,
    titles: Mapping[str, str],
    authority: str,
    computed_at: datetime,
) -> bytes:
    """Return the lines as all-day events; the same line keeps its number from one file to the next.

    `authority` is the lasting number of the authority, which makes these of the events unique.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Gouvernail//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        day = date.fromisoformat(entry.on)
        cases = ", ".join(titles.get(code, code) for code in entry.cases)
        event = Event()
        # The cases a sitting waits for move from plan to plan; what follows an opinion is of one.
        of_a_case = entry.cases if entry.kind in FOLLOW_UPS.values() else ()
        about = "-".join((entry.kind, entry.body, *of_a_case, entry.on))
        event.add("uid", f"{about}@{authority}.gouvernail")
        event.add("dtstamp", computed_at)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", f"{entry.what} : {entry.body_label}")
        told = [entry.note, cases, *(said(r["text"]) for r in (*entry.reasons, *entry.warnings))]
        event.add("description", "\n".join(line for line in told if line))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def sittings_of(content: bytes, *, on: date) -> list[tuple[date, str]]:
    """Return the days of a calendar from `on`, each once with its title, by date.

    A meeting that comes back gives its next sixty days. Raises `RefusedError` for what is not a
    calendar, holds more than 500 events, or has no day to come.
    """
    from icalendar import Calendar

    if len(content) > LARGEST_BYTES:
        raise RefusedError(Problem("too-large", _TOO_LARGE))
    try:
        read = Calendar.from_ical(content, multiple=True)
        events = [event for calendar in read for event in calendar.walk("VEVENT")]
        found = sorted({pair for e in events[:MOST_EVENTS] for pair in _days_of(e, on)})
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as fault:
        raise RefusedError(Problem("not-a-calendar", _NOT_A_CALENDAR)) from fault
    if not read:
        raise RefusedError(Problem("not-a-calendar", _NOT_A_CALENDAR))
    if len(events) > MOST_EVENTS:
        raise RefusedError(Problem("too-large", _TOO_LARGE))
    if not found:
        raise RefusedError(Problem("no-day-to-come", _NO_DAY))
    once: dict[date, str] = {}
    for day, title in found[:MOST_DATES]:
        once.setdefault(day, title)
    return list(once.items())


def _days_of(event: Any, on: date) -> Iterator[tuple[date, str]]:
    """Yield the days of an event from `on`; a cancelled one has none."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or "DTSTART" not in event:
        return
    title = " ".join(str(event.get("SUMMARY", "")).split())[:NOTE_LENGTH]
    first = event.decoded("DTSTART")
    for day in _times(event, first, on):
        if day >= on:
            yield day, title


def _times(event: Any, first: date | datetime, on: date) -> Iterable[date]:
    if "RRULE" not in event:
        return [_day(first)]
    from dateutil.rrule import rrulestr

    rule, begun = event["RRULE"], _day(first)
    often = str((rule.get("FREQ") or [""])[0]).upper()
    if often not in _FREQUENCIES or begun.year < on.year - OLDEST_YEARS:
        return [begun]
    if until := rule.get("UNTIL"):
        rule["UNTIL"] = [_midnight(_day(each)) for each in until]
    without = {_day(each) for each in _excluded(event)}
    every = rrulestr(rule.to_ical().decode(), dtstart=_midnight(begun))
    ahead = every.xafter(_midnight(on), inc=True)
    return [day.date() for day in islice(ahead, MOST_TIMES) if day.date() not in without]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _excluded(event: Any) -> Iterator[date | datetime]:
    given = event.get("EXDATE")
    for group in given if isinstance(given, list) else [given] if given else []:
        yield from (each.dt for each in group.dts)


def _day(moment: date | datetime) -> date:
    """Return the day in the authority's time zone."""
    if not isinstance(moment, datetime):
        return moment
    return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).date()


def rows_with(
    rows: Mapping[str, Sequence[Mapping[str, Any]]], body: str, days: Iterable[tuple[date, str]]
) -> dict[str, list[dict[str, Any]]]:
    """Return the facts with the sittings of a body that were not there yet."""
    every = {code: [dict(row) for row in lines] for code, lines in rows.items()}
    known = {row["on"] for row in every.get("sittings", ()) if row["body"] == body}
    added = [{"body": body, "on": day, "note": title} for day, title in days if day not in known]
    return {**every, "sittings": [*every.get("sittings", ()), *added]}


_TOO_LARGE = Text(
    "Ce calendrier dépasse 1 Mo ou 500 rendez-vous. Exportez une seule année, ou les séances "
    "seules.",
    "This calendar is larger than 1 MB or 500 events. Export one year only, or the sittings alone.",
)
_NOT_A_CALENDAR = Text(
    "Ce fichier ne se lit pas comme un calendrier. Exportez-le depuis votre agenda au format "
    "iCalendar (.ics).",
    "This file does not read as a calendar. Export it from your diary in the iCalendar format "
    "(.ics).",
)
_NO_DAY = Text(
    "Ce calendrier n’a aucune date à venir. Vérifiez la période exportée.",
    "This calendar has no date to come. Check the period that was exported.",
)
