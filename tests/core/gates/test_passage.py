"""May a case go to its next stage? Yes, or what is missing, with its owner."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from gouvernail_core.gates import (
    NEEDED,
    CaseSituation,
    Door,
    DoorState,
    ProofState,
    doors,
    passage,
)
from gouvernail_core.gates.rules import DATA_KEYS
from gouvernail_core.kernel import (
    ConsultationStatus,
    Finding,
    Outcome,
    Reason,
    Stage,
    Ternary,
    Text,
)
from gouvernail_core.kernel.stages import NEXT_STAGE
from gouvernail_core.protection import DataClass, DataStore, ToolClass, may_receive

TODAY = date(2026, 11, 23)
NOT_NEEDED = ConsultationStatus(Ternary.NO, Text("CST", "CST"))


def finding(rule="RGPD-35", outcome=Outcome.DUE, **more):
    values = {"before": ("pilot",), "who": ("DPO",), "reasons": (), **more}
    return Finding(rule=rule, outcome=outcome, title=Text("Faire l’AIPD", "Do the AIPD"), **values)


def ready(stage=Stage.TRIAL, **more):
    """A case with every door open."""
    values = {
        "stage": stage,
        "pair": Ternary.YES,
        "data": Ternary.YES,
        "dialogue": NOT_NEEDED,
        "costs_known": Ternary.YES,
        "budget_fits": Ternary.YES,
        "owners": {"DPO": "Julien Ferrand", "DRH": "Nadia Benali"},
        **more,
    }
    return CaseSituation(**values)


def state(situation, door):
    return next(a.state for a in doors(situation, on=TODAY) if a.door is door)


def test_a_case_with_every_door_open_passes():
    answer = passage(ready(), on=TODAY)
    assert (answer.to, answer.open, answer.missing) == (Stage.PILOT, Ternary.YES, ())


def test_the_pilot_waits_for_the_opinion_even_when_the_committee_was_informed():
    told = ConsultationStatus(
        Ternary.YES, Text("CST", "CST"), informed_on=date(2026, 11, 5),
        next_sitting=date(2027, 2, 11), papers_by=date(2027, 2, 3),
    )  # fmt: skip
    answer = passage(ready(dialogue=told), on=TODAY)
    assert answer.open is Ternary.NO
    assert [m.owner for m in answer.missing] == ["Nadia Benali"]
    assert "3 février 2027" in answer.missing[0].what.fr


def test_an_opinion_opens_the_dialogue_whatever_it_says():
    heard = ConsultationStatus(
        Ternary.YES, Text("CST", "CST"), opinion_on=date(2027, 2, 11), opinion="unfavourable"
    )
    assert state(ready(dialogue=heard), Door.DIALOGUE) is DoorState.OPEN


@pytest.mark.parametrize("status", [None, ConsultationStatus(Ternary.UNKNOWN, Text("", ""))])
def test_an_empty_line_of_dialogue_never_opens_the_pilot(status):
    answer = passage(ready(dialogue=status), on=TODAY)
    assert answer.open is Ternary.UNKNOWN
    assert answer.missing[0].door is Door.DIALOGUE


def test_a_trial_on_fictive_data_asks_neither_data_nor_dialogue():
    situation = ready(Stage.CONSULTING, data=Ternary.NO, dialogue=None)
    assert passage(situation, on=TODAY).open is Ternary.YES


def test_a_tool_that_must_not_receive_the_data_closes_the_pilot():
    why = Reason("class-too-high", Text("Données C4, outil T2.", "C4 data, T2 tool."))
    answer = passage(ready(data=Ternary.NO, data_reasons=(why,)), on=TODAY)
    assert answer.open is Ternary.NO
    assert answer.missing[0].what.fr == "Données C4, outil T2."


def test_an_unexamined_store_leaves_the_answer_unknown():
    why = Reason("store-unexamined", Text("Jamais examiné.", "Never examined."))
    answer = passage(ready(data=Ternary.UNKNOWN, data_reasons=(why,)), on=TODAY)
    assert answer.open is Ternary.UNKNOWN


def test_until_its_door_opens_only_the_sandbox_is_allowed_and_what_opens_it_is_told():
    why = [
        Reason(code, Text("…", "…"))
        for code in ("class-allowed", "store-partly-examined", "masked-unknown", "aipd-missing")
    ]
    situation = ready(data=Ternary.NO, data_reasons=tuple(why))
    door = next(d for d in doors(situation, on=TODAY) if d.door is Door.DATA)
    assert "seul le bac à sable est permis, avec des données fictives" in door.text.fr
    assert [r.code for r in door.reasons if r.code.startswith("opens-")] == [
        "opens-examination", "opens-masking", "opens-aipd"
    ]  # fmt: skip
    assert len(door.missing) == 3
    assert door.state is DoorState.WAITING, "each is lifted by doing what is asked"


@pytest.mark.parametrize("tool", ToolClass)
@pytest.mark.parametrize("data", DataClass)
def test_every_obstacle_of_the_data_says_what_opens_it(tool, data):
    for examined, secret in product(Ternary, ((), ("s",))):
        store = DataStore("s", "S", examined=examined, data_class=data)
        answer, reasons = may_receive(tool, [store], with_secrets=secret)
        situation = ready(data=answer, data_reasons=reasons)
        door = next(d for d in doors(situation, on=TODAY) if d.door is Door.DATA)
        against = {r.code for r in reasons} - {"class-allowed"}
        assert (door.state is DoorState.OPEN) is not bool(against)
        assert against <= set().union(*(codes for codes, _ in DATA_KEYS.values()))


def test_no_stage_with_real_data_goes_without_the_door_of_the_data():
    fictive = {Stage.EXPLORING, Stage.CANDIDATE, Stage.CHOSEN, Stage.CONSULTING, Stage.TRIAL}
    assert {stage for stage, needed in NEEDED.items() if Door.DATA in needed} == set(
        NEEDED
    ) - fictive
    closed = ready(Stage.TRIAL, data=Ternary.NO, data_reasons=(
        Reason("class-too-high", Text("…", "…")),
    ))  # fmt: skip
    assert passage(closed, on=TODAY).to is Stage.PILOT
    assert passage(closed, on=TODAY).open is Ternary.NO


def test_a_duty_waits_for_its_proof_and_names_who_promised_it():
    promised = {"RGPD-35": ProofState(promised_on=date(2027, 1, 15), owner="Julien Ferrand")}
    answer = passage(ready(findings=(finding(),), proofs=promised), on=TODAY)
    assert answer.open is Ternary.UNKNOWN
    assert "15 janvier 2027" in answer.missing[0].what.fr
    assert answer.missing[0].owner == "Julien Ferrand"


def test_a_proven_duty_opens_the_law():
    done = {"RGPD-35": ProofState(done_on=date(2026, 11, 1))}
    assert state(ready(findings=(finding(),), proofs=done), Door.LAW) is DoorState.OPEN


@pytest.mark.parametrize(
    ("applies_from", "expected"),
    [
        pytest.param(date(2026, 11, 22), DoorState.WAITING, id="eve"),
        pytest.param(TODAY, DoorState.WAITING, id="day"),
        pytest.param(date(2026, 11, 24), DoorState.OPEN, id="morrow"),
    ],
)
def test_a_duty_that_does_not_bind_yet_does_not_hold_the_case(applies_from, expected):
    assert state(ready(findings=(finding(applies_from=applies_from),)), Door.LAW) is expected


def test_a_duty_that_precedes_nothing_does_not_hold_the_case():
    assert state(ready(findings=(finding(before=()),)), Door.LAW) is DoorState.OPEN


@pytest.mark.parametrize("stage", [s for s in NEXT_STAGE if s is not Stage.IDEA])
def test_a_blocking_rule_stops_every_stage_after_the_exploration(stage):
    blocked = finding("AIA-05", Outcome.BLOCKING)
    answer = passage(ready(stage, findings=(blocked,)), on=TODAY)
    assert answer.open is Ternary.NO
    assert any(m.door is Door.LAW for m in answer.missing)


def test_an_incomplete_pair_is_asked_of_the_general_director():
    why = Reason("elu-missing", Text("Aucun élu.", "No elected member."))
    situation = ready(Stage.EXPLORING, pair=Ternary.NO, pair_reasons=(why,))
    answer = passage(replace(situation, owners={"DGS": "Hélène Vasseur"}), on=TODAY)
    assert [(m.what.fr, m.owner) for m in answer.missing] == [("Aucun élu.", "Hélène Vasseur")]


def test_a_general_case_has_no_next_stage():
    assert passage(ready(Stage.GENERAL), on=TODAY) is None


def test_every_stage_one_can_enter_names_its_doors():
    assert set(NEEDED) == set(NEXT_STAGE.values())


def test_no_shut_door_is_without_something_missing():
    bare = CaseSituation(Stage.TRIAL, pair=Ternary.NO, pair_reasons=(
        Reason("elu-missing", Text("Aucun élu.", "None.")),
    ), blanks=(Text("le problème", "the problem"),), data_reasons=(
        Reason("store-unexamined", Text("Jamais examiné.", "Never.")),
    ))  # fmt: skip
    for answer in doors(bare, on=TODAY):
        if answer.state in (DoorState.WAITING, DoorState.CLOSED):
            assert answer.missing, answer.door


def test_a_project_that_changed_since_its_opinion_waits_for_a_new_round_until_it_is_settled():
    heard = ConsultationStatus(
        Ternary.YES, Text("CST", "CST"), opinion_on=date(2027, 2, 11), opinion="favourable"
    )
    changed = ready(dialogue=heard, findings=(finding("DS-REEXAMEN"),))
    assert state(changed, Door.DIALOGUE) is DoorState.WAITING
    assert "11 février 2027" in passage(changed, on=TODAY).missing[0].what.fr
    settled = replace(changed, proofs={"DS-REEXAMEN": ProofState(done_on=TODAY)})
    assert state(settled, Door.DIALOGUE) is DoorState.OPEN
    unknown = replace(changed, findings=(finding("DS-REEXAMEN", Outcome.TO_EXAMINE),))
    assert state(unknown, Door.DIALOGUE) is DoorState.OPEN
