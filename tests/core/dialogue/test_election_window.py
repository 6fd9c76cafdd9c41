"""Between the vote of 10 December 2026 and the installation of the new body."""

from datetime import date

import pytest

from gouvernail_core.dialogue import election_window
from gouvernail_core.kernel import Ternary

INSTALLED = date(2027, 1, 20)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 12, 9), Ternary.NO, id="eve"),
        pytest.param(date(2026, 12, 10), Ternary.YES, id="vote"),
        pytest.param(date(2026, 12, 11), Ternary.UNKNOWN, id="morrow"),
        pytest.param(date(2027, 3, 18), Ternary.UNKNOWN, id="later"),
    ],
)
def test_later_days_stay_unknown_while_the_installation_is_not_known(
    day: date, expected: Ternary
) -> None:
    found, reasons = election_window(day)
    assert found is expected
    assert reasons[0].source is not None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 9), Ternary.NO),
        (date(2026, 12, 11), Ternary.YES),
        (date(2027, 1, 19), Ternary.YES),
        (date(2027, 1, 20), Ternary.NO),
        (date(2027, 1, 21), Ternary.NO),
    ],
)
def test_the_window_closes_on_the_day_of_the_installation(day: date, expected: Ternary) -> None:
    assert election_window(day, installed_on=INSTALLED)[0] is expected
