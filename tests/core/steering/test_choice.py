"""Who takes part in the choice, and why the others do not."""

import pytest

from core.steering.small_authority import case, rows, steered
from gouvernail_core.facts import build
from gouvernail_core.kernel import RefusedError
from gouvernail_core.steering import to_plan
from gouvernail_core.steering.choose import choice_of

pytestmark = pytest.mark.slow


def why_left_out(steering, code):
    return next(i.why.fr for i in steering.choice.left_out if i.case.id == code)


def test_the_best_three_that_fit_are_proposed():
    """Four cases of 10 000 € in an envelope of 30 000 €: the weakest stays out."""
    steering = steered(
        case("a", 10_000, 4), case("b", 10_000, 3), case("c", 10_000, 2), case("d", 10_000, 1)
    )
    assert set(steering.selection.recommended) == {"a", "b", "c"}


def test_a_stopped_case_does_not_compete_and_its_reason_is_said():
    stopped = case("d", 1, 4, stage="stopped", stage_reason="Aucun gain ne le justifie.")
    steering = steered(case("a", 1, 1), case("b", 1, 1), case("c", 1, 1), stopped)
    assert "d" not in steering.selection.recommended
    assert "Aucun gain ne le justifie." in why_left_out(steering, "d")


def test_a_case_whose_cost_is_not_stated_is_not_taken_for_free():
    uncosted = case("d", 0, 4, cost_year_2=None)
    steering = steered(case("a", 1, 1), case("b", 1, 1), case("c", 1, 1), uncosted)
    assert why_left_out(steering, "d") == "Coût à chiffrer : 2028."


def test_a_prohibited_practice_does_not_compete():
    facts = [{"case": "d", "fact": "use_case.prohibited_flags", "value": "f"}]
    steering = steered(
        case("a", 1, 1), case("b", 1, 1), case("c", 1, 1), case("d", 1, 4), legal_facts=facts
    )
    assert "fermée" in why_left_out(steering, "d")


def test_a_case_that_needs_one_left_out_is_left_out_too():
    stopped = case("d", 1, 4, stage="stopped")
    steering = steered(case("a", 1, 1), case("b", 1, 1), case("c", 1, 4, requires=["d"]), stopped)
    assert "Cas d" in why_left_out(steering, "c")


def test_savings_weighing_nothing_are_shown_and_not_counted():
    criteria = [
        {"id": "qualite", "label": "Qualité", "weight": 100},
        {"id": "economies", "label": "Économies", "weight": 0},
    ]
    steering = steered(case("a", 1, 1), case("b", 1, 1), case("c", 1, 1), criteria=criteria)
    assert steering.choice.problem.criteria == ("qualite",)


def test_an_actor_may_rank_two_criteria_equal():
    criteria = [{"id": c, "label": c} for c in ("qualite", "agents", "cout")]
    priorities = [
        {"actor": "DGS", "criterion": "qualite", "rank": 1},
        {"actor": "DGS", "criterion": "agents", "rank": 2},
        {"actor": "DGS", "criterion": "cout", "rank": 2},
        {"actor": "Élus", "criterion": "cout", "low": 20, "high": 45},
    ]
    own = build(rows(case("a", 1, 1), criteria=criteria, priorities=priorities))
    weightings = choice_of(own, {}, seed=1).problem.weightings
    assert weightings["DGS"].ranking == (("qualite",), ("agents", "cout"))
    assert weightings["Élus"].bounds == {"cout": (0.2, 0.45)}


def test_limits_nothing_can_meet_end_in_a_refusal_in_words_not_in_a_plan():
    steering = steered(case("a", 20_000, 1), case("b", 20_000, 1), case("c", 20_000, 1))
    assert steering.planning is None
    said = [line["fr"] for line in to_plan(steering)["selection"]["conflict"]]
    assert any("Enveloppe 2027" in line or "Enveloppe 2028" in line for line in said)
    assert not any("budget_" in line for line in said)


def test_without_any_case_in_the_running_there_is_nothing_to_choose():
    steering = steered(case("a", 1, 1, stage="stopped"))
    assert steering.selection is None
    assert steering.planning is None


def test_fewer_than_three_cases_are_all_that_can_be_proposed():
    assert set(steered(case("a", 1, 1), case("b", 1, 2)).selection.recommended) == {"a", "b"}


def test_a_case_nobody_rated_is_explored_before_it_competes():
    """Unknown ratings could be worth anything: they would win whenever money runs short."""
    unrated = case("d", 1, None)
    steering = steered(case("a", 1, 1), case("b", 1, 1), case("c", 1, 1), unrated)
    assert "noté" in why_left_out(steering, "d")


def test_priorities_that_contradict_each_other_name_their_sheet_and_actor():
    criteria = [{"id": c, "label": f"Critère {c}"} for c in ("x", "y")]
    priorities = [
        {"actor": "Mme la maire", "criterion": "x", "rank": 1},
        {"actor": "Mme la maire", "criterion": "y", "rank": 2, "low": 60},
    ]
    ratings = [{"case": "a", "criterion": "x", "elu": 2}]
    with pytest.raises(RefusedError) as refused:
        steered(case("a", 1, 1), criteria=criteria, priorities=priorities, ratings=ratings)
    said = refused.value.problems[0]
    assert said.sheet == "Priorités"
    assert "Mme la maire" in said.text.fr
    assert "Critère y" in said.text.fr
