"""Equal portfolios are all listed, and the one recommended is always chosen in the same way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouvernail_core.kernel import Interval
from gouvernail_core.selection import Case, Problem, Status, solve


def case(name, quality, relief):
    return Case(
        name,
        {
            "quality": Interval(*(quality if isinstance(quality, tuple) else (quality, quality))),
            "relief": Interval(relief, relief),
        },
    )


def one_of(*cases, **changes):
    return replace(Problem(("quality", "relief"), cases, cardinality=(1, 1)), **changes)


@pytest.mark.parametrize(("quality", "expected"), [(0.7, "a"), (0.3, "b")])
def test_equal_regrets_are_decided_by_today_s_weights(quality, expected):
    reference = {"quality": quality, "relief": 1 - quality}
    result = solve(one_of(case("a", 1, 0), case("b", 0, 1), reference=reference), samples=10)
    assert result.recommended == (expected,)
    assert len(result.ties) == result.tie_count == 1


def test_full_equality_goes_to_the_fewest_then_the_first_cases_given():
    result = solve(one_of(case("z", 0.5, 0.5), case("a", 0.5, 0.5)), samples=10)
    assert result.recommended == ("z",)
    assert result.ties == (("a",),)
    free = one_of(case("z", 0, 0), case("a", 0.5, 0.5), cardinality=None)
    assert solve(free, samples=10).recommended == ("a",)


def test_equivalent_portfolios_share_the_draws_and_neither_is_core():
    result = solve(one_of(case("a", 0.5, 0.5), case("b", 0.5, 0.5)), samples=10)
    assert [told.cases for told in result.portfolios] == [("a",)]
    assert result.portfolios[0].equivalent == (("b",),)
    assert [found.acceptability for found in result.cases] == [0.5, 0.5]
    assert [found.status for found in result.cases] == [Status.BORDERLINE] * 2


def test_equal_portfolios_stay_both_non_dominated_among_uncertain_ones():
    cases = (case("a", 0.9, 0.9), case("b", 0.9, 0.9), case("c", (0.1, 0.2), 0.1))
    result = solve(one_of(*cases), samples=10)
    assert {told.cases for told in result.portfolios} == {("a",), ("b",)}
    assert [found.core_index for found in result.cases] == [0.5, 0.5, 0.0]
    assert [found.acceptability for found in result.cases] == [0.5, 0.5, 0.0]
    assert result.cases[2].status is Status.EXTERIOR


def test_a_portfolio_best_only_where_two_others_meet_is_left_out():
    result = solve(one_of(case("a", 1, 0), case("b", 0, 1), case("c", 0.5, 0.5)), samples=10)
    assert {told.cases for told in result.portfolios} == {("a",), ("b",)}
    # It is nevertheless the one least to be regretted: never more than a half is lost.
    assert result.recommended == ("c",)
    assert result.regret.value == pytest.approx(0.5)
    assert not any(told.recommended for told in result.portfolios)
    assert "compromis" in result.notes[-1].fr


def test_a_portfolio_best_only_on_the_edge_of_the_weights_is_left_out():
    result = solve(one_of(case("a", 1, 0.9), case("b", 1, 0.2)), samples=10)
    assert [told.cases for told in result.portfolios] == [("a",)]
    assert [found.status for found in result.cases] == [Status.CORE, Status.EXTERIOR]


def test_a_recommended_case_may_be_out_with_today_s_weights_and_it_is_said():
    result = solve(one_of(case("a", 1, 0), case("b", 0, 1), case("c", 0.5, 0.5)), samples=10)
    found = result.cases[2]
    assert found.recommended
    assert found.status is Status.EXTERIOR
    assert found.drop_out.distance == 0
    assert found.drop_out.criterion is None
