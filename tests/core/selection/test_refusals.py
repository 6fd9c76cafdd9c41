"""Every input that cannot be read is refused, with its place and what to do, in both languages."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from gouvernail_core.kernel import Interval, RefusedError
from gouvernail_core.selection import Case, Problem, Weighting, check_problem, solve

SURE = Interval(0.5, 0.5)
GOOD = Problem(
    criteria=("quality", "relief"),
    cases=tuple(
        Case(name, {"quality": SURE, "relief": SURE}, {"days": 3}) for name in ("a", "b", "c")
    ),
    limits={"days": 6},
)


def faults(problem):
    with pytest.raises(RefusedError) as refusal:
        solve(problem, samples=10)
    for fault in refusal.value.problems:
        assert fault.text.fr
        assert fault.text.en
        assert fault.text.fr != fault.text.en
    return {(fault.code.removeprefix("selection-"), fault.path) for fault in refusal.value.problems}


def case(**changes):
    return replace(GOOD, cases=(replace(GOOD.cases[0], **changes), *GOOD.cases[1:]))


def weighting(ranking=None, **bounds):
    return replace(GOOD, weightings={"DGS": Weighting(ranking, bounds)})


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (replace(GOOD, criteria=()), ("no-criterion", "criteria")),
        (replace(GOOD, criteria=("quality", "relief", "relief")), ("duplicate", "criteria[2]")),
        (
            replace(GOOD, criteria=("quality", "relief", *(f"k{i}" for i in range(20)))),
            ("too-many-criteria", "criteria"),
        ),
        (replace(GOOD, cases=()), ("no-case", "cases")),
        (case(id="b"), ("duplicate", "cases[1].id")),
        (case(values={"cost": SURE}), ("unknown-id", "cases[0].values.cost")),
        (
            case(values={"quality": Interval(0.5, 1.2)}),
            ("value-out-of-range", "cases[0].values.quality"),
        ),
        (
            case(values={"quality": Interval(-0.1, 0.2)}),
            ("value-out-of-range", "cases[0].values.quality"),
        ),
        (case(uses={"days": -1}), ("amount", "cases[0].uses.days")),
        (case(uses={"days": math.inf}), ("amount", "cases[0].uses.days")),
        (replace(GOOD, limits={"days": -5}), ("amount", "limits.days")),
        (replace(GOOD, limits={"days": math.nan}), ("amount", "limits.days")),
        (replace(GOOD, cardinality=(2, 1)), ("cardinality", "cardinality")),
        (replace(GOOD, cardinality=(-1, 2)), ("cardinality", "cardinality")),
        (replace(GOOD, cardinality=(4, 5)), ("cardinality", "cardinality[0]")),
        (replace(GOOD, excludes=(("a", "z"),)), ("unknown-id", "excludes[0][1]")),
        (replace(GOOD, excludes=(("a", "a"),)), ("self-excludes", "excludes[0]")),
        (replace(GOOD, requires=(("z", "a"),)), ("unknown-id", "requires[0][0]")),
        (replace(GOOD, requires=(("a", "a"),)), ("self-requires", "requires[0]")),
        (
            replace(GOOD, requires=(("a", "b"), ("b", "c"), ("c", "a"))),
            ("requires-cycle", "requires"),
        ),
        (replace(GOOD, must=("z",)), ("unknown-id", "must[0]")),
        (replace(GOOD, never=("z",)), ("unknown-id", "never[0]")),
        (replace(GOOD, must=("a", "b"), never=("b",)), ("must-and-never", "must[1]")),
        (replace(GOOD, reference={"quality": 1.0}), ("reference-incomplete", "reference")),
        (
            replace(GOOD, reference={"quality": 0.5, "relief": 0.4}),
            ("reference-sum", "reference"),
        ),
        (
            replace(GOOD, reference={"quality": 1.5, "relief": -0.5}),
            ("weight-out-of-range", "reference.relief"),
        ),
        (
            replace(GOOD, reference={"quality": 0.5, "relief": 0.5, "cost": 0.0}),
            ("unknown-id", "reference"),
        ),
        (weighting((("cost",),)), ("unknown-id", "weightings.DGS.ranking[0]")),
        (weighting((("quality",), ())), ("empty-tier", "weightings.DGS.ranking[1]")),
        (weighting((("quality",), ("quality",))), ("duplicate", "weightings.DGS.ranking")),
        (weighting(cost=(0, 1)), ("unknown-id", "weightings.DGS.bounds.cost")),
        (weighting(quality=(0.6, 0.4)), ("bounds", "weightings.DGS.bounds.quality")),
        (weighting(quality=(0.2, 1.4)), ("bounds", "weightings.DGS.bounds.quality")),
        (weighting(quality=(math.nan, 1)), ("bounds", "weightings.DGS.bounds.quality")),
        (replace(GOOD, gap=1.0), ("gap", "gap")),
        (replace(GOOD, gap=math.nan), ("gap", "gap")),
        (replace(GOOD, seed=-1), ("seed", "seed")),
    ],
)
def test_refuses_and_says_where(problem, expected):
    assert expected in faults(problem)


def test_names_the_cycle_of_needs():
    with pytest.raises(RefusedError, match="a → b → a"):
        check_problem(replace(GOOD, requires=(("c", "a"), ("a", "b"), ("b", "a"))))


def test_says_every_fault_at_once():
    found = faults(replace(GOOD, limits={"days": -5}, must=("z",), seed=-1))
    assert found == {("amount", "limits.days"), ("unknown-id", "must[0]"), ("seed", "seed")}


def test_says_which_lines_of_a_weighting_conflict_and_only_those():
    problem = Problem(
        criteria=("q", "r", "f", "x"),
        cases=(Case("a", dict.fromkeys("qrfx", SURE)),),
        weightings={
            "DGS": Weighting((("q",), ("r",)), {"q": (0, 0.2), "r": (0.3, 1), "x": (0, 0.9)})
        },
    )
    with pytest.raises(RefusedError) as refusal:
        check_problem(problem)
    (fault,) = refusal.value.problems
    assert fault.path == "weightings.DGS"
    assert "“q” weighs at least as much as “r”" in fault.text.en
    assert "“q” weighs at most 0.2" in fault.text.en
    assert "“r” weighs at least 0.3" in fault.text.en
    assert "“x”" not in fault.text.en


@pytest.mark.slow
def test_refuses_bounds_whose_vertices_are_too_many():
    names = tuple(f"k{position}" for position in range(16))
    problem = Problem(
        criteria=names,
        cases=(Case("a", dict.fromkeys(names, SURE)),),
        weightings={"DGS": Weighting(bounds=dict.fromkeys(names, (0.03, 0.1)))},
    )
    with pytest.raises(RefusedError, match="trop de critères"):
        check_problem(problem)


def test_refuses_more_cases_than_a_minute_can_treat():
    cases = tuple(Case(f"c{position}", {"quality": SURE}) for position in range(2_001))
    assert ("too-many-cases", "cases") in faults(Problem(("quality",), cases))
