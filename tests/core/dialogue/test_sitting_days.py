"""The days before a sitting, counted backwards, and brought forward when nobody works."""

from datetime import date, timedelta

import pytest

from gouvernail_core.dialogue import next_sitting, sitting_deadlines

#: Public holidays of mainland France around these tests, from article L. 3133-1 of the labour
#: code and the date of Easter (28 March 2027): a second list, written by hand.
HOLIDAYS_2026_2027 = {
    date(2026, 11, 1), date(2026, 11, 11), date(2026, 12, 25), date(2027, 1, 1),
    date(2027, 3, 29), date(2027, 5, 1), date(2027, 5, 6), date(2027, 5, 8), date(2027, 5, 17),
    date(2027, 7, 14), date(2027, 8, 15), date(2027, 11, 1), date(2027, 11, 11),
    date(2027, 12, 25),
}  # fmt: skip


def naive(sitting: date, days: int) -> date:
    """Walk back one day at a time, then back again while it is a day off."""
    day = sitting
    for _ in range(days):
        day -= timedelta(days=1)
    while day.isoweekday() > 5 or day in HOLIDAYS_2026_2027:
        day -= timedelta(days=1)
    return day


@pytest.mark.parametrize("offset", range(300))
def test_agrees_with_a_day_by_day_count(offset: int) -> None:
    sitting = date(2026, 12, 1) + timedelta(days=offset)
    days = sitting_deadlines(sitting)
    assert days.convene_by == naive(sitting, 15)
    assert days.papers_by == naive(sitting, 8)
    assert days.legal_convene_by == sitting - timedelta(days=15)
    assert days.convene_by <= days.legal_convene_by
    assert days.papers_by <= days.legal_papers_by


def test_an_ordinary_sitting_keeps_the_days_of_the_text() -> None:
    days = sitting_deadlines(date(2027, 3, 18))
    assert (days.convene_by, days.papers_by) == (date(2027, 3, 3), date(2027, 3, 10))
    assert [reason.code for reason in days.reasons] == ["delay-convene", "delay-papers"]
    assert all(reason.source is not None for reason in days.reasons)


def test_a_weekend_is_brought_forward_and_said_to_be_prudence() -> None:
    days = sitting_deadlines(date(2027, 3, 15))  # a Monday: 8 days before is a Sunday
    assert days.legal_papers_by == date(2027, 3, 7)
    assert days.papers_by == date(2027, 3, 5)
    said = [reason for reason in days.reasons if reason.code == "prudence"]
    assert said
    assert "aucun texte ne l’impose" in said[-1].text.fr


def test_a_holiday_is_brought_forward() -> None:
    days = sitting_deadlines(date(2026, 11, 19))  # 8 days before is 11 November
    assert days.papers_by == date(2026, 11, 10)


def test_a_place_with_its_own_holidays_keeps_them() -> None:
    sitting = date(2027, 4, 10)  # 15 days before is Good Friday, off in Alsace and Moselle
    assert sitting_deadlines(sitting).convene_by == date(2027, 3, 26)
    for department in ("67", "68", "57"):
        assert sitting_deadlines(sitting, department=department).convene_by == date(2027, 3, 25)


#: A day off in one place only, a Monday to Friday, from the law that made it (labour code
#: L. 3422-2 and L. 3134-13 for the days of abolition and the local law; read again by hand).
LOCAL = [
    ("971", date(2027, 5, 27)), ("972", date(2028, 5, 22)), ("973", date(2027, 6, 10)),
    ("974", date(2027, 12, 20)), ("976", date(2027, 4, 27)), ("57", date(2028, 12, 26)),
    ("67", date(2028, 4, 14)), ("68", date(2028, 4, 14)),
]  # fmt: skip


@pytest.mark.parametrize(("department", "off"), LOCAL)
@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_a_local_day_off_is_kept_in_its_place_and_nowhere_else(
    department: str, off: date, shift: int
) -> None:
    papers = off + timedelta(days=shift)
    sitting = papers + timedelta(days=8)
    there = sitting_deadlines(sitting, department=department).papers_by
    elsewhere = sitting_deadlines(sitting, department="01").papers_by
    if shift == 0:
        assert there < elsewhere == papers
    else:
        assert there <= papers
    assert there.isoweekday() <= 5
    assert there != off


@pytest.mark.parametrize("department", ["", "01", "2A", "75", "974", "nowhere"])
def test_any_other_department_has_the_common_holidays_at_least(department: str) -> None:
    days = sitting_deadlines(date(2027, 1, 9), department=department)
    assert days.papers_by == date(2026, 12, 31)


def test_an_emergency_shortens_the_notice_and_not_the_papers() -> None:
    days = sitting_deadlines(date(2027, 3, 18), urgent=True)
    assert (days.convene_by, days.papers_by) == (date(2027, 3, 10), date(2027, 3, 10))


SITTINGS = [date(2027, 3, 18), date(2026, 12, 3)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2026, 11, 17), date(2026, 12, 3), id="eve"),
        pytest.param(date(2026, 11, 18), date(2026, 12, 3), id="last-day"),
        pytest.param(date(2026, 11, 19), date(2027, 3, 18), id="morrow"),
        pytest.param(date(2027, 3, 4), None, id="none-left"),
    ],
)
def test_finds_the_first_sitting_that_can_still_be_convened(
    on: date, expected: date | None
) -> None:
    assert next_sitting(SITTINGS, on=on) == expected


def test_waits_for_the_file_to_be_ready() -> None:
    on = date(2026, 11, 1)
    assert next_sitting(SITTINGS, on=on, ready_on=date(2027, 1, 1)) == date(2027, 3, 18)
    assert next_sitting([], on=on) is None
