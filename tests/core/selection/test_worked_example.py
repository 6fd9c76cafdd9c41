"""The example of docs/algorithms/selection.md, with the numbers found there by hand."""

from __future__ import annotations

import pytest

from gouvernail_core.kernel import Interval
from gouvernail_core.selection import Case, Problem, Status, Weighting, solve
from gouvernail_core.selection.words import drop_out_sentence, regret_sentence

SAMPLES = 10_000


@pytest.fixture(scope="module")
def result():
    def case(name, quality, relief, days):
        values = {"quality": Interval(quality, quality), "relief": Interval(relief, relief)}
        return Case(name, values, {"days": days})

    return solve(
        Problem(
            criteria=("quality", "relief"),
            cases=(case("A", 0.9, 0.2, 3), case("B", 0.3, 0.8, 2), case("C", 0.6, 0.6, 3)),
            limits={"days": 5},
            reference={"quality": 0.6, "relief": 0.4},
            weightings={
                "DGS": Weighting((("quality",), ("relief",))),
                "élus": Weighting(bounds={"quality": (0.2, 0.6)}),
            },
        ),
        samples=SAMPLES,
    )


def test_examines_the_six_possible_portfolios(result):
    assert result.feasible_count == 6
    assert {told.cases for told in result.portfolios} == {("A", "B"), ("B", "C")}


def test_recommends_the_least_regret(result):
    assert result.recommended == ("A", "B")
    assert result.regret.value == pytest.approx(0.26)
    assert result.regret.percent == pytest.approx(20)
    assert result.regret.weights == pytest.approx({"quality": 0.2, "relief": 0.8})
    assert (result.regret.actor, result.regret.instead) == ("élus", ("B", "C"))
    regrets = {told.cases: told.regret for told in result.portfolios}
    assert regrets[("B", "C")] == pytest.approx(0.30)
    assert result.actors["DGS"].regret.value == pytest.approx(0.05)
    assert result.actors["élus"].recommended == ("B", "C")


def test_proves_the_core(result):
    status = {case.id: case.status for case in result.cases}
    assert status == {"A": Status.BORDERLINE, "B": Status.CORE, "C": Status.BORDERLINE}
    assert result.cases[1].acceptability == 1
    assert result.cases[1].drop_out is None


@pytest.mark.parametrize(("actor", "share"), [("DGS", 6 / 7), ("élus", 1 / 14)])
def test_shares_are_within_four_standard_errors(result, actor, share):
    case = result.actors[actor].cases[0]
    assert case.acceptability == pytest.approx(
        share, abs=4 * (share * (1 - share) / SAMPLES) ** 0.5
    )


def test_the_overall_share_counts_each_actor_for_as_much(result):
    assert result.cases[0].acceptability == pytest.approx(13 / 28, abs=0.01)


def test_tells_the_nearest_change(result):
    found = result.cases[0].drop_out
    assert found.distance == pytest.approx(2 / 35)
    assert (found.criterion, found.replaced_by) == ("relief", ("C",))
    assert found.start == pytest.approx(0.4)
    assert found.end == pytest.approx(3 / 7)
    assert drop_out_sentence(result.cases[0]).fr == (
        "Il ne sortirait que si le poids de «\u202frelief\u202f» dépassait 43\u202f% "
        "(40\u202f% aujourd’hui). Prendrait sa place\u202f: «\u202fC\u202f»."
    )
    assert regret_sentence(result.regret).fr == (
        "Au pire des pondérations admises, ce choix vaut 20,0\u202f% de moins que le meilleur."
    )
