"""When nothing fits, the requirements told are impossible together and each one is needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouvernail_core.kernel import Interval
from gouvernail_core.selection import Case, Problem, minimal_conflict, solve

pytestmark = pytest.mark.slow

SURE = Interval(0.5, 0.5)


def problem(count, **changes):
    cases = tuple(
        Case(f"c{position}", {"quality": SURE}, {"days": 4, "budget": 10})
        for position in range(count)
    )
    return replace(Problem(("quality",), cases, limits={"days": 100, "budget": 1000}), **changes)


def keep(whole, lines):
    """Return `whole` with only the requirements of `lines`."""
    kinds = {(line.kind, line.label) for line in lines}
    low, high = whole.cardinality or (0, len(whole.cases))
    return replace(
        whole,
        limits={name: limit for name, limit in whole.limits.items() if ("limits", name) in kinds},
        cardinality=(
            low if ("cardinality", "min") in kinds else 0,
            high if ("cardinality", "max") in kinds else len(whole.cases),
        ),
        excludes=tuple(p for p in whole.excludes if ("excludes", ", ".join(p)) in kinds),
        requires=tuple(p for p in whole.requires if ("requires", ", ".join(p)) in kinds),
        must=tuple(name for name in whole.must if ("must", name) in kinds),
        never=tuple(name for name in whole.never if ("never", name) in kinds),
    )


IMPOSSIBLE = {
    "a limit and a number": problem(4, cardinality=(3, 4), limits={"days": 9, "budget": 1000}),
    "two wishes that exclude": problem(3, must=("c0", "c1"), excludes=(("c0", "c1"),)),
    "a need ruled out": problem(
        5, must=("c0",), requires=(("c0", "c1"), ("c1", "c2")), never=("c2", "c4")
    ),
    "too many wishes": problem(4, must=("c0", "c1", "c2"), cardinality=(0, 2)),
    "everything excludes": problem(
        4,
        cardinality=(2, 3),
        excludes=tuple((f"c{i}", f"c{j}") for i in range(4) for j in range(i)),
    ),
    "twenty-two cases": problem(
        22, must=("c0", "c21"), excludes=(("c0", "c21"), ("c1", "c2")), cardinality=(2, 5)
    ),
}


@pytest.mark.parametrize("whole", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_removing_any_one_line_of_the_conflict_makes_it_possible(whole):
    lines = minimal_conflict(whole)
    assert lines
    assert minimal_conflict(keep(whole, lines)) == lines
    for line in lines:
        others = [other for other in lines if other is not line]
        assert minimal_conflict(keep(whole, others)) == ()


@pytest.mark.parametrize("whole", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_the_answer_carries_the_conflict_and_recommends_nothing(whole):
    result = solve(whole, samples=10)
    assert result.conflict == minimal_conflict(whole)
    assert result.recommended == ()
    assert result.cases == ()
    assert result.regret is None


def test_there_is_no_conflict_when_something_fits():
    assert minimal_conflict(problem(4, cardinality=(2, 3))) == ()


def test_the_conflict_is_told_in_words():
    texts = [line.text.fr for line in minimal_conflict(IMPOSSIBLE["a limit and a number"])]
    assert texts == [
        "la limite «\u202fdays\u202f» est de 9",
        "il faut au moins 3 cas",
    ]
