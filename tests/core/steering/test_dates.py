"""The roadmap of the chosen cases keeps the law's order and the authority's calendar."""

from datetime import date, timedelta

import pytest

from core.steering.small_authority import FIRST_CST, TODAY, case, facts, steered
from gouvernail_core.dialogue import sitting_deadlines
from gouvernail_core.kernel import Outcome
from gouvernail_core.steering import steer
from gouvernail_core.steering.law import law_of_cases

pytestmark = pytest.mark.slow

WORK = {"case": "a", "fact": "use_case.work_impact", "value": "organisation"}
TRAINING = [{"id": "g", "label": "Groupe", "people": 10, "weeks": 3}]


@pytest.fixture(scope="module")
def heard():
    """A case that changes the organisation of work, so that the committee is heard."""
    return steered(
        case("a", 1_000, 4, training_groups=["g"]), legal_facts=[WORK], training=TRAINING
    )


def task(steering, kind, of="a"):
    return next(t for t in steering.planning.tasks if t.case == of and t.kind == kind)


def test_the_opinion_falls_on_a_sitting(heard):
    assert task(heard, "cst").start in {FIRST_CST, date(2027, 6, 10)}


def test_the_papers_are_ready_on_the_last_day_to_send_them(heard):
    sitting = task(heard, "cst").start
    assert task(heard, "papers").end <= sitting_deadlines(sitting).papers_by


def test_nothing_real_begins_before_the_opinion_and_the_training(heard):
    pilot = task(heard, "pilot").start
    assert pilot > task(heard, "cst").start
    assert pilot > task(heard, "training").end


def test_the_page_and_the_plan_aim_at_the_same_sitting(heard):
    assert heard.consultations["a"].next_sitting == task(heard, "cst").start


def test_an_opinion_already_given_is_not_asked_again():
    given = [{"case": "a", "body": "cst", "opinion_on": date(2026, 6, 25), "opinion": "favourable"}]
    steering = steered(case("a", 1_000, 4), legal_facts=[WORK], consultations=given)
    assert all(t.kind not in ("cst", "papers") for t in steering.planning.tasks)


def test_a_change_after_the_opinion_asks_for_a_new_one():
    changed = {"case": "a", "fact": "use_case.changes_since_opinion", "value": "généralisation"}
    given = [{"case": "a", "body": "cst", "opinion_on": date(2026, 6, 25), "opinion": "favourable"}]

    def again(consultations):
        found = facts(case("a", 1_000, 4), legal_facts=[WORK, changed], consultations=consultations)
        return law_of_cases(found, on=TODAY)["a"].assessment.finding("DS-REEXAMEN").outcome

    assert again(given) is Outcome.DUE
    assert again([]) is Outcome.NOT_APPLICABLE


def test_without_known_sittings_the_plan_says_what_it_assumes():
    steering = steered(case("a", 1_000, 4), legal_facts=[WORK], sittings=[])
    assert any("Aucune séance du CST" in note.fr for note in steering.planning.notes)
    assert task(steering, "cst")


def test_a_case_in_pilot_does_not_start_over():
    steering = steered(case("a", 1_000, 4, stage="pilot"))
    assert {t.kind for t in steering.planning.tasks} == {"pilot", "evaluation", "rollout"}


def test_an_assessment_somebody_promised_ends_that_week():
    personal = [{"id": "s", "name": "Dossiers", "personal": True, "data": ["santé"]}]
    proof = [{"case": "a", "rule": "RGPD-35", "promised_on": date(2027, 1, 15)}]
    steering = steered(case("a", 1_000, 4, stores=["s"]), stores=personal, proofs=proof)
    assert task(steering, "aipd").end == date(2027, 1, 15)


def test_each_year_pays_what_the_sheet_says_from_the_year_the_case_starts():
    steering = steered(case("a", 1_000, 4))
    started = task(steering, "pilot").start.year
    paid = {year.year: year.planned_eur for year in steering.planning.years}
    assert paid[started] == 1_000


def test_the_plan_starts_on_a_monday_not_before_today(heard):
    assert heard.planning.origin.weekday() == 0
    assert all(t.start >= TODAY - timedelta(days=6) for t in heard.planning.tasks)


def test_papers_too_late_for_a_sitting_are_said_with_their_dates():
    personal = [{"id": "s", "name": "Dossiers", "personal": True, "data": ["santé"]}]
    late = [{"case": "a", "rule": "RGPD-35", "promised_on": date(2027, 1, 29)}]
    steering = steered(
        case("a", 1_000, 4, stores=["s"]), stores=personal, proofs=late, legal_facts=[WORK]
    )
    assert task(steering, "cst").start == date(2027, 6, 10)
    assert any("11 février 2027" in line.fr for line in steering.planning.binding)


def test_days_squeezed_into_no_time_are_counted_at_most_and_said():
    projet = [{"id": "projet", "label": "Projet", "unit": "days_per_year", "amount": 52}]
    hurried = case("a", 1_000, 4, staff_days=40, trial_weeks=0, pilot_weeks=1, rollout_weeks=1)
    steering = steered(hurried, capacities=projet)
    assert steering.planning.plan.starts
    assert any("compté au plus" in note.fr for note in steering.planning.notes)


def test_a_plan_looked_at_years_later_still_has_a_horizon():
    from core.steering.small_authority import facts

    late = steer(facts(case("a", 1_000, 4)), on=date(2031, 5, 5), samples=50)
    assert late.planning.plan.starts


def test_what_holds_the_calendar_back_is_said_in_sentences(heard):
    lines = [line for text in heard.planning.binding for line in (text.fr, text.en)]
    assert lines
    assert not any("Text(" in line for line in lines)
