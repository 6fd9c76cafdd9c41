"""The calendar: places checked against a second way of counting days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest

from gouvernail.apps.roadmap import presentation

pytestmark = pytest.mark.usefixtures("in_french")


def place_by_hand(day, start_year, start_quarter, count):
    """Return the place of a day by walking the calendar day by day."""
    current = date(start_year, 3 * start_quarter - 2, 1)
    place = 0.0
    while current < day:
        first = 3 * ((current.month - 1) // 3) + 1
        length = sum(monthrange(current.year, first + k)[1] for k in range(3))
        place += 1 / length
        current += timedelta(days=1)
    return 100 * place / count


@pytest.mark.parametrize(
    "day", [date(2026, 10, 1), date(2026, 11, 23), date(2027, 2, 28), date(2027, 4, 1)]
)
def test_a_day_falls_where_walking_the_calendar_puts_it(day):
    quarters = presentation.quarters_between(date(2026, 11, 1), date(2027, 8, 1))
    assert len(quarters) == 4
    assert presentation.place(day, quarters) == pytest.approx(place_by_hand(day, 2026, 4, 4))


def test_days_outside_stay_at_the_edges():
    quarters = [(2027, 1), (2027, 2)]
    assert presentation.place(date(2026, 1, 1), quarters) == 0
    assert presentation.place(date(2028, 1, 1), quarters) == 100


def test_bars_of_a_lane_never_overlap(plan):
    tasks = presentation.by_case(plan["roadmap"]["tasks"])["c1"]
    lanes = presentation.lanes_of(tasks)
    for lane in set(lanes):
        held = [task for task, place in zip(tasks, lanes, strict=True) if place == lane]
        for before, after in pairwise(held):
            assert before["end"] <= after["start"]
    assert max(lanes) == 1  # the training runs beside the trial


def test_a_bar_goes_from_its_first_day_to_the_end_of_its_last(plan):
    calendar = presentation.calendar(plan)
    row = next(row for row in calendar.rows if row.case == "c2")
    pilot = row.bars[0]
    assert float(pilot.x[:-1]) == pytest.approx(
        place_by_hand(date(2026, 11, 23), 2026, 4, 9), abs=0.01
    )
    assert float(pilot.end[:-1]) == pytest.approx(
        place_by_hand(date(2027, 6, 26), 2026, 4, 9), abs=0.01
    )


def test_places_are_written_with_a_point_in_every_language(planned):
    planned.cookies["langue"] = "fr"
    text = planned.get("/feuille-de-route").content.decode()
    assert 'x1="11.11%"' in text
    assert ',11%"' not in text


def test_every_task_is_also_said_in_words(planned, plan):
    text = planned.get("/feuille-de-route").content.decode().replace("\u00a0", " ")
    for task in plan["roadmap"]["tasks"]:
        assert task["label"]["fr"] in text
    assert "Analyse d’impact, du 30 novembre 2026 au 15 janvier 2027" in text


def test_the_critical_chain_is_in_order(plan):
    chain = presentation.chain(plan["roadmap"])
    assert [item["on"] for item in chain] == sorted(item["on"] for item in chain)
    assert len(chain) == len(plan["roadmap"]["critical"])


def test_the_budget_adds_up(plan):
    budget = presentation.budget(plan)
    for column, total in enumerate(budget.totals):
        assert sum(row.amounts[column] or 0 for row in budget.rows) == total
    assert budget.left == (10000, 8000, 3000)


def test_sittings_say_the_last_days_for_the_papers(planned):
    text = planned.get("/feuille-de-route").content.decode().replace("\u00a0", " ")
    assert "Convoquer au plus tard le 27 janvier 2027" in text
    assert "pièces au plus tard le 3 février 2027" in text
    assert "Première séance après les élections du 10 décembre 2026." in text


def test_only_documents_that_were_written_are_offered(planned):
    text = planned.get("/feuille-de-route").content.decode()
    assert "/feuille-de-route.pdf" in text
    assert "/plan.ods" in text
    assert "/feuille-de-route.odt" not in text


def test_says_when_no_calendar_holds(keep, plan, alice):
    plan["roadmap"] |= {"conflict": [{"fr": "trop court", "en": "too short"}], "tasks": []}
    keep(plan)
    text = alice.get("/feuille-de-route").content.decode()
    assert "Aucun calendrier ne tient" in text
    assert "trop court" in text


def test_says_when_nothing_is_to_be_planned(keep, plan, alice):
    plan["roadmap"] = None
    keep(plan)
    assert "Rien à planifier pour l’instant" in alice.get("/feuille-de-route").content.decode()
