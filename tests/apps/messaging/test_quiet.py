"""When e-mail may leave, around nights, rest days and the nights when the clocks move."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from gouvernail.apps.messaging.quiet import USUAL, Quiet, digest_moment, opens

PARIS = ZoneInfo("Europe/Paris")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("asked", "leaves"),
    [
        ("2026-11-23T10:00", "2026-11-23T10:00"),
        ("2026-11-23T08:00", "2026-11-23T08:00"),
        ("2026-11-23T07:59", "2026-11-23T08:00"),
        ("2026-11-23T18:59", "2026-11-23T18:59"),
        ("2026-11-23T19:00", "2026-11-24T08:00"),
        ("2026-11-27T20:00", "2026-11-30T08:00"),  # Friday evening
        ("2026-11-28T12:00", "2026-11-30T08:00"),
        ("2026-12-24T19:30", "2026-12-28T08:00"),  # Christmas is a Friday
        ("2027-03-26T20:00", "2027-03-30T08:00"),  # Easter, and the clocks go forward
        ("2026-10-23T22:00", "2026-10-26T08:00"),  # the clocks go back on Sunday
        ("2027-05-05T20:00", "2027-05-07T08:00"),  # Ascension Day
    ],
)
def test_the_usual_hours(asked, leaves):
    assert opens(at(asked), USUAL, PARIS) == at(leaves)


def test_a_night_when_the_clocks_move_ends_at_eight_on_the_wall():
    every_day = Quiet(days_off=False)
    spring = opens(at("2027-03-28T01:30"), every_day, PARIS).astimezone(UTC)
    autumn = opens(at("2026-10-25T01:30"), every_day, PARIS).astimezone(UTC)
    assert (spring.hour, autumn.hour) == (6, 7)


def test_hours_within_a_day_and_none_at_all():
    lunch = Quiet(starts=time(12), ends=time(14), days_off=False)
    assert opens(at("2026-11-23T12:30"), lunch, PARIS) == at("2026-11-23T14:00")
    assert opens(at("2026-11-23T23:30"), lunch, PARIS) == at("2026-11-23T23:30")
    assert opens(at("2026-11-28T23:30"), Quiet(active=False), PARIS) == at("2026-11-28T23:30")
    same = Quiet(starts=time(8), ends=time(8), days_off=False)
    assert opens(at("2026-11-23T08:00"), same, PARIS) == at("2026-11-23T08:00")


@pytest.mark.parametrize(
    ("day", "leaves"),
    [
        (date(2026, 11, 26), "2026-11-23T08:00"),
        (date(2027, 3, 29), "2027-03-30T08:00"),  # Easter Monday
        (date(2027, 3, 28), "2027-03-22T08:00"),
    ],
)
def test_the_weekly_letter_leaves_on_the_first_working_day(day, leaves):
    assert digest_moment(day, PARIS) == at(leaves)
