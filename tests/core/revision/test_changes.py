"""What a new computation changes is said: the choice, the dates, the duties, the doors."""

import pytest

from core.steering.small_authority import case, steered
from gouvernail_core.revision import changes_between
from gouvernail_core.steering import to_plan

pytestmark = pytest.mark.slow

CASES = (case("a", 1_000, 4), case("b", 2_000, 3), case("c", 3_000, 2))


def test_nothing_changes_when_nothing_changed():
    plan = to_plan(steered(*CASES))
    assert changes_between(plan, plan) == ()


def test_a_first_plan_changes_nothing():
    assert changes_between(None, to_plan(steered(*CASES))) == ()


def test_a_dearer_case_leaves_the_proposal_and_it_is_said():
    four = (*CASES, case("d", 1_000, 3))
    before = to_plan(steered(*four))
    dearer = (case("a", 1_000, 4), case("b", 2_000, 3), case("c", 30_000, 2), case("d", 1_000, 3))
    changes = changes_between(before, to_plan(steered(*dearer)))
    choice = [(c.case, c.before.fr, c.after.fr) for c in changes if c.kind == "choice"]
    assert choice == [("c", "proposé", "hors proposition")]


def test_a_fact_of_the_law_changes_a_duty_and_a_door():
    before = to_plan(steered(*CASES))
    said = [{"case": "a", "fact": "use_case.work_impact", "value": "organisation"}]
    changes = changes_between(before, to_plan(steered(*CASES, legal_facts=said)))
    assert any(c.kind == "duty" and c.case == "a" for c in changes)
    assert any(c.kind == "door" and c.title.fr == "Cas a : Dialogue" for c in changes)
