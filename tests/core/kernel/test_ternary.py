"""Unknown is not no."""

from itertools import product

import pytest

from gouvernail_core.kernel import Ternary, all_of, any_of

VALUES = (True, False, None)


def worlds(value: bool | None) -> tuple[bool, ...]:
    return (True, False) if value is None else (value,)


@pytest.mark.parametrize(("left", "right"), list(product(VALUES, VALUES)))
def test_a_connective_is_certain_only_when_every_completion_agrees(left, right):
    """The naive twin: replace each unknown by both values and see whether the answer moves."""
    pairs = list(product(worlds(left), worlds(right)))
    both = {a and b for a, b in pairs}
    either = {a or b for a, b in pairs}

    def expected(answers: set[bool]) -> Ternary:
        return Ternary.UNKNOWN if len(answers) > 1 else Ternary.of(answers.pop())

    assert Ternary.of(left) & Ternary.of(right) is expected(both)
    assert Ternary.of(left) | Ternary.of(right) is expected(either)


def test_the_negation_of_unknown_is_unknown():
    assert ~Ternary.UNKNOWN is Ternary.UNKNOWN
    assert ~Ternary.YES is Ternary.NO


def test_a_ternary_refuses_to_pass_for_a_boolean():
    with pytest.raises(TypeError, match="not a boolean"):
        bool(Ternary.UNKNOWN)


def test_of_nothing_all_hold_and_none_does():
    assert all_of([]) is Ternary.YES
    assert any_of([]) is Ternary.NO
