"""A written reason passes the dialogue gate and nothing else, and the opinion stays due."""

from datetime import date

import pytest

from core.gates.test_passage import finding, ready, state
from gouvernail_core.gates import Door, DoorState, doors, passage
from gouvernail_core.kernel import ConsultationStatus, Outcome, Override, Ternary, Text

TODAY = date(2026, 11, 23)
REASON = "La séance de décembre est reportée faute de quorum."


def waiting(override=None, **more):
    values = {"needed": Ternary.YES, "body": Text("CST", "CST"), "override": override, **more}
    return ConsultationStatus(**values)


def decided(on=date(2026, 11, 20), until=None):
    return Override("c1", on, "Hélène Vasseur", REASON, until)


def dialogue(situation):
    return next(a for a in doors(situation, on=TODAY) if a.door is Door.DIALOGUE)


def test_the_gate_stays_shut_while_the_line_is_empty_and_says_what_opens_it():
    answer = dialogue(ready(dialogue=waiting()))
    assert answer.state is DoorState.CLOSED
    assert "Avis à recueillir" in answer.missing[0].what.fr


def test_an_overridden_gate_lets_through_without_looking_open():
    answer = passage(ready(dialogue=waiting(decided())), on=TODAY)
    assert answer.open is Ternary.YES
    assert dialogue(ready(dialogue=waiting(decided()))).state is DoorState.OVERRIDDEN


def test_it_says_who_when_why_and_that_the_opinion_is_still_missing():
    answer = dialogue(ready(dialogue=waiting(decided(until=date(2026, 12, 31)))))
    for word in (
        "Hélène Vasseur",
        "20 novembre 2026",
        REASON,
        "31 décembre",
        "manque toujours",
        "Nanterre, 14 février 2025",
        "ne lie pas",
    ):
        assert word in answer.text.fr
    assert "still missing" in answer.text.en
    risk = next(r for r in answer.reasons if r.code == "override-risk")
    assert "Nanterre, 14 février 2025" in risk.source.text
    assert "ne lie pas" in risk.text.fr


def test_the_passage_it_opens_still_asks_for_the_opinion():
    answer = passage(ready(dialogue=waiting(decided())), on=TODAY)
    assert [item.door for item in answer.missing] == [Door.DIALOGUE]


@pytest.mark.parametrize(
    "override",
    [
        decided(until=date(2026, 11, 22)),  # over
        decided(on=date(2026, 11, 24)),  # not decided yet
    ],
)
def test_an_override_that_does_not_hold_leaves_the_gate_shut(override):
    situation = ready(dialogue=waiting(override))
    assert state(situation, Door.DIALOGUE) is DoorState.CLOSED
    assert passage(situation, on=TODAY).open is Ternary.NO


def test_it_holds_until_the_end_of_its_last_day():
    assert state(ready(dialogue=waiting(decided(until=TODAY))), Door.DIALOGUE) is (
        DoorState.OVERRIDDEN
    )


def test_it_passes_neither_the_data_nor_a_blocking_duty():
    overridden = waiting(decided())
    assert passage(ready(dialogue=overridden, data=Ternary.NO), on=TODAY).open is Ternary.NO
    blocked = ready(dialogue=overridden, findings=(finding(outcome=Outcome.BLOCKING),))
    assert passage(blocked, on=TODAY).open is Ternary.NO


def test_one_does_not_override_a_question_nor_an_opinion_that_was_given():
    unknown = waiting(decided(), needed=Ternary.UNKNOWN)
    assert state(ready(dialogue=unknown), Door.DIALOGUE) is DoorState.WAITING
    heard = waiting(decided(), opinion_on=date(2026, 11, 21), opinion="favourable")
    assert state(ready(dialogue=heard), Door.DIALOGUE) is DoorState.OPEN
    no = waiting(decided(), needed=Ternary.NO)
    assert state(ready(dialogue=no), Door.DIALOGUE) is DoorState.NONE
