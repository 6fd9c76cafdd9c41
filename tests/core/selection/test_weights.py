"""Weight sets: vertices against all bases, draws against the moments of the uniform law."""

from __future__ import annotations

import random

import numpy as np
import pytest

from core.selection import naive_selection as naive
from gouvernail_core.selection import Weighting
from gouvernail_core.selection.weights import _draw_by_walk, conflicting_lines, draw, weight_set

NAMES = ("q", "r", "f", "s")


def same_points(found, expected):
    expected = np.array(expected)
    distance = np.abs(found[:, None, :] - expected[None, :, :]).max(axis=2)
    return len(found) == len(expected) and (distance.min(axis=1) < 1e-8).all()


@pytest.mark.parametrize("seed", range(40))
def test_vertices_are_those_of_all_the_bases(seed):
    rng = random.Random(seed)
    bounds = {
        name: (rng.choice([0, 0.05, 0.1, 0.2]), rng.choice([0.25, 0.3, 0.5, 1]))
        for name in rng.sample(NAMES, rng.randint(0, 4))
    }
    ranking = tuple((name,) for name in rng.sample(NAMES, rng.randint(0, 4)))
    weighting = Weighting(ranking, bounds)
    expected = naive.vertices(NAMES, weighting)
    found = weight_set(NAMES, weighting)
    assert found.is_empty == (not expected) == bool(conflicting_lines(NAMES, weighting))
    if expected:
        assert same_points(found.vertices, expected)


def test_a_full_ranking_has_the_rank_order_centroid_as_centre():
    found = weight_set(("a", "b", "c"), Weighting((("a",), ("b",), ("c",))))
    # Barron & Barrett 1996: 11/18, 5/18, 2/18.
    assert found.centre == pytest.approx([11 / 18, 5 / 18, 2 / 18])


def test_criteria_of_one_tier_have_equal_weights():
    found = weight_set(NAMES, Weighting((("q", "r"), ("f",))))
    assert found.vertices[:, 0] == pytest.approx(found.vertices[:, 1])
    drawn = draw(found, 100, np.random.default_rng(0))
    assert found.holds(drawn).all()


@pytest.mark.parametrize(
    "bounds",
    [
        {"q": (0.25, 0.25), "r": (0.25, 0.25), "f": (0.25, 0.25)},
        {"q": (0.4, 0.4)},
        {"q": (0.4, 1), "r": (0.6, 1)},
    ],
)
def test_a_flat_set_is_drawn_inside_itself(bounds):
    found = weight_set(NAMES, Weighting(bounds=bounds))
    drawn = draw(found, 200, np.random.default_rng(0))
    assert found.holds(drawn).all()


def test_walks_have_the_moments_of_exact_rejection():
    found = weight_set(NAMES, Weighting((("q",), ("r",)), {"q": (0.3, 0.5), "s": (0.1, 1)}))
    exact = draw(found, 40_000, np.random.default_rng(1))
    walked = _draw_by_walk(found, 10_000, np.random.default_rng(2))
    assert found.holds(exact).all()
    assert found.holds(walked).all()
    error = exact.std(axis=0) * np.sqrt(1 / 40_000 + 1 / 10_000)
    assert (np.abs(exact.mean(axis=0) - walked.mean(axis=0)) < 5 * error + 1e-12).all()
    assert walked.std(axis=0) == pytest.approx(exact.std(axis=0), rel=0.05)


def test_draws_of_a_ranking_have_the_moments_of_sorted_dirichlet():
    found = weight_set(("a", "b", "c"), Weighting((("a",), ("b",), ("c",))))
    drawn = draw(found, 40_000, np.random.default_rng(1))
    sorted_draws = -np.sort(-np.random.default_rng(2).dirichlet([1, 1, 1], 40_000), axis=1)
    assert drawn.mean(axis=0) == pytest.approx(sorted_draws.mean(axis=0), abs=0.005)
    assert drawn.std(axis=0) == pytest.approx(sorted_draws.std(axis=0), abs=0.005)


def test_the_box_of_seven_criteria_has_140_vertices():
    names = tuple("abcdefg")
    found = weight_set(names, Weighting(bounds=dict.fromkeys(names, (0.5 / 7, 1.5 / 7))))
    # Six weights at a bound, three low and three high, the seventh in the middle: 7 × C(6, 3).
    assert len(found.vertices) == 140


@pytest.mark.parametrize(
    "shares", [(0.1, 0.2, 0.3, 0.4), (0.7, 0.1, 0.1, 0.1), (1 / 3, 1 / 3, 0.3333, 0)]
)
def test_lower_bounds_that_fill_the_whole_leave_one_weighting(shares):
    found = weight_set(
        NAMES, Weighting(bounds={n: (s, 1) for n, s in zip(NAMES, shares, strict=True)})
    )
    if sum(shares) > 0.99999:
        assert np.allclose(found.vertices, [shares])
    assert not found.is_empty
    assert found.holds(draw(found, 10, np.random.default_rng(0))).all()
