"""To inform and to hear an opinion are two facts; what follows an opinion has its days."""

from datetime import date

import pytest

from gouvernail_core.authority import Body
from gouvernail_core.dialogue import Consultation, Opinion, follow_up_by, second_examination
from gouvernail_core.kernel import RefusedError, Ternary


def heard(day: date, opinion: Opinion | None) -> Consultation:
    return Consultation("c1", Body.CST, opinion_on=day, opinion=opinion)


def test_a_body_that_was_informed_has_not_been_heard() -> None:
    told = Consultation("c1", Body.CST, information_on=date(2026, 12, 3))
    assert told.informed(on=date(2026, 12, 3)) is Ternary.YES
    assert told.heard(on=date(2027, 6, 1)) is Ternary.NO


def test_a_planned_day_is_not_a_past_one() -> None:
    planned = heard(date(2026, 12, 3), Opinion.FAVOURABLE)
    assert planned.heard(on=date(2026, 12, 2)) is Ternary.NO
    assert planned.heard(on=date(2026, 12, 3)) is Ternary.YES


def test_a_sitting_held_without_a_recorded_opinion_is_unknown() -> None:
    assert heard(date(2026, 12, 3), None).heard(on=date(2027, 1, 1)) is Ternary.UNKNOWN


def test_refuses_an_opinion_without_its_day() -> None:
    with pytest.raises(RefusedError, match="sans sa date"):
        Consultation("c1", Body.CST, opinion=Opinion.FAVOURABLE)


def test_only_a_unanimous_refusal_is_examined_again() -> None:
    day = date(2026, 12, 3)
    again = second_examination(heard(day, Opinion.UNANIMOUS_UNFAVOURABLE))
    assert again == (date(2026, 12, 11), date(2027, 1, 2))
    for opinion in set(Opinion) - {Opinion.UNANIMOUS_UNFAVOURABLE}:
        assert second_examination(heard(day, opinion)) is None
    assert second_examination(Consultation("c1", Body.CST)) is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 3), date(2027, 2, 3)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2027, 10, 15), date(2027, 12, 15)),
    ],
)
def test_what_followed_is_written_within_two_months(day: date, expected: date) -> None:
    assert follow_up_by(heard(day, Opinion.FAVOURABLE)) == expected
    assert follow_up_by(Consultation("c1", Body.CST)) is None


def test_every_opinion_has_its_words() -> None:
    assert all(opinion.label.fr and opinion.label.en for opinion in Opinion)
