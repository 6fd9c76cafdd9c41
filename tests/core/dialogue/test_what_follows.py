"""What an opinion calls for, by when, and whether it is late."""

from datetime import date, timedelta

import pytest

from gouvernail_core.authority import Body
from gouvernail_core.dialogue import (
    CollegeVote,
    Consultation,
    FollowUpKind,
    Opinion,
    what_follows,
)
from gouvernail_core.kernel import Ternary

DAY = date(2026, 12, 3)
AGAIN, ANSWER = FollowUpKind.SECOND_EXAMINATION, FollowUpKind.WRITTEN_ANSWER


def heard(opinion: Opinion = Opinion.UNFAVOURABLE, **more: object) -> Consultation:
    return Consultation("c1", Body.CST, opinion_on=DAY, opinion=opinion, **more)  # type: ignore[arg-type]


def kinds(consultation: Consultation) -> list[FollowUpKind]:
    return [item.kind for item in what_follows(consultation)]


def test_nothing_follows_an_information() -> None:
    assert what_follows(Consultation("c1", Body.CST, information_on=DAY)) == ()


@pytest.mark.parametrize(
    "opinion", [each for each in Opinion if each is not Opinion.UNANIMOUS_UNFAVOURABLE]
)
def test_every_opinion_is_answered_in_writing(opinion: Opinion) -> None:
    assert kinds(heard(opinion)) == [ANSWER]


def test_a_unanimous_refusal_is_examined_again_first() -> None:
    again, answer = what_follows(heard(Opinion.UNANIMOUS_UNFAVOURABLE))
    assert (again.kind, again.first, again.last) == (AGAIN, date(2026, 12, 11), date(2027, 1, 2))
    assert (answer.kind, answer.first, answer.last) == (ANSWER, None, date(2027, 2, 3))
    assert all(reason.source is not None for item in (again, answer) for reason in item.reasons)


@pytest.mark.parametrize(
    ("vote", "expected"),
    [
        (CollegeVote(0, 5, 0), Ternary.YES),
        (CollegeVote(0, 5, 1), Ternary.UNKNOWN),
        (CollegeVote(1, 5, 0), Ternary.NO),
        (CollegeVote(0, 0, 6), Ternary.NO),
        (CollegeVote(0, 0, 0), Ternary.NO),
        (None, Ternary.NO),
    ],
)
def test_the_votes_say_whether_all_were_against(
    vote: CollegeVote | None, expected: Ternary
) -> None:
    assert heard(staff_vote=vote).unanimous_against is expected
    assert (AGAIN in kinds(heard(staff_vote=vote))) is (expected is not Ternary.NO)


def test_abstentions_beside_votes_against_are_for_a_jurist() -> None:
    again = what_follows(heard(staff_vote=CollegeVote(0, 5, 1)))[0]
    assert "juriste" in again.reasons[-1].text.fr
    certain = what_follows(heard(staff_vote=CollegeVote(0, 5, 0)))[0]
    assert len(certain.reasons) == 1


def test_the_authority_s_own_votes_do_not_count_in_unanimity() -> None:
    assert AGAIN not in kinds(heard(employer_vote=CollegeVote(0, 4, 0)))


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_it_is_late_the_morrow_of_the_last_day_and_never_once_done(days: int, late: bool) -> None:
    waiting = what_follows(heard())[0]
    on = waiting.last + timedelta(days=days)
    assert waiting.late(on=on) is late
    done = what_follows(heard(followed_up_on=date(2027, 1, 4)))[0]
    assert (done.done_on, done.late(on=on)) == (date(2027, 1, 4), False)


def test_a_second_examination_that_took_place_is_done() -> None:
    again = what_follows(heard(Opinion.UNANIMOUS_UNFAVOURABLE, second_on=date(2026, 12, 17)))[0]
    assert again.done_on == date(2026, 12, 17)
