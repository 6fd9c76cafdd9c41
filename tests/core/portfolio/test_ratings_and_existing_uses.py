"""Three views kept apart, and what an existing use calls for."""

import pytest

from gouvernail_core.kernel import Ternary
from gouvernail_core.portfolio import (
    ExistingUse,
    Rater,
    Rating,
    UseCase,
    Verdict,
    advise,
    pair_is_complete,
    value_of,
)
from gouvernail_core.protection import Hosting, ToolClass


def test_the_value_spans_the_views_and_is_not_their_mean():
    value = value_of(Rating("c", "q", elu=1, director=4, agents=2))
    assert (value.interval.low, value.interval.high, value.gap) == (0.25, 1.0, 3.0)


def test_a_case_nobody_rated_could_be_worth_anything():
    value = value_of(None)
    assert (value.interval.low, value.interval.high, value.gap) == (0.0, 1.0, None)
    assert set(value.silent) == set(Rater)


def test_a_silent_rater_is_named_and_does_not_widen_the_interval():
    value = value_of(Rating("c", "q", elu=3, director=3))
    assert value.interval.width == 0
    assert value.silent == (Rater.AGENTS,)


def test_the_pair_says_who_is_missing():
    complete, reasons = pair_is_complete(UseCase("c", "Courrier", director="l.perrot"))
    assert complete is Ternary.NO
    assert [r.code for r in reasons] == ["elu-missing"]


@pytest.mark.parametrize(
    ("personal", "tool", "hosting", "expected"),
    [
        (Ternary.YES, ToolClass.T3, Hosting.EU, Verdict.STOP),
        (Ternary.YES, ToolClass.T1, Hosting.OUTSIDE_EU, Verdict.STOP),
        (Ternary.UNKNOWN, ToolClass.T1, Hosting.EU, Verdict.FRAME),
        (Ternary.NO, None, Hosting.EU, Verdict.FRAME),
        (Ternary.NO, ToolClass.T1, Hosting.UNKNOWN, Verdict.FRAME),
        (Ternary.YES, ToolClass.T1, Hosting.FRANCE, Verdict.FRAME),
        (Ternary.NO, ToolClass.T0, Hosting.PREMISES, Verdict.KEEP),
    ],
)
def test_the_advice_is_prudent_and_says_why(personal, tool, hosting, expected):
    use = ExistingUse("u", "Usage", personal=personal, tool_class=tool, hosting=hosting)
    verdict, reasons = advise(use)
    assert verdict is expected
    assert reasons
