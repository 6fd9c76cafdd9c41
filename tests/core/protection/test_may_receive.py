"""Which data may go to which tool, and which store to look at first."""

from dataclasses import dataclass
from datetime import date
from itertools import product

import pytest

from gouvernail_core.kernel import Ternary
from gouvernail_core.protection import (
    DataClass,
    DataStore,
    Hosting,
    MatrixAnswer,
    MatrixChoice,
    ToolClass,
    matrix_answer,
    may_receive,
    protect_first,
    uses_at_fault,
    whole_matrix,
)

#: The matrix as a table one can sign, T0 to T3.
SIGNED = {
    "C0": ["yes", "yes", "yes", "yes"],
    "C1": ["yes", "yes", "yes", "no"],
    "C2": ["yes", "yes", "if_masked", "no"],
    "C3": ["yes", "if_masked", "no", "no"],
    "C4": ["after_aipd", "no", "no", "no"],
}
CELLS = list(product(DataClass, ToolClass))


def holding(data, examined=Ternary.YES, code="s"):
    return DataStore(code, "Dossiers", examined=examined, data_class=data)


@pytest.mark.parametrize(("data", "tool"), CELLS)
def test_the_proposal_is_the_table_one_signs(data, tool):
    said, reasons = matrix_answer(data, tool)
    assert said.value == SIGNED[data.value][int(tool.value[1])]
    assert "notre proposition" in reasons[0].text.fr
    assert whole_matrix()[data, tool] is said


@pytest.mark.parametrize(("data", "tool"), CELLS)
@pytest.mark.parametrize("aipd", Ternary)
@pytest.mark.parametrize("masked", Ternary)
def test_a_condition_that_is_met_opens_and_one_nobody_stated_asks(data, tool, aipd, masked):
    answer, reasons = may_receive(tool, [holding(data)], aipd_done=aipd, masked=masked)
    said = SIGNED[data.value][int(tool.value[1])]
    expected = {
        "yes": Ternary.YES, "no": Ternary.NO, "if_masked": masked, "after_aipd": aipd
    }[said]  # fmt: skip
    assert answer is expected
    assert (reasons[0].code == "class-allowed") is (expected is Ternary.YES)
    if expected is Ternary.UNKNOWN:
        assert reasons[0].text.fr.endswith("?")


@pytest.mark.parametrize("choice", MatrixAnswer)
def test_a_choice_of_the_authority_stands_before_the_proposal(choice):
    rows = [MatrixChoice(DataClass.C3, ToolClass.T1, choice, "Débat du bureau", date(2026, 3, 2))]
    said, reasons = matrix_answer(DataClass.C3, ToolClass.T1, rows)
    assert said is choice
    assert "2 mars 2026" in reasons[0].text.fr
    assert "Débat du bureau" in reasons[0].text.fr
    assert (len(reasons) == 2) is (choice is MatrixAnswer.YES), "wider than the proposal says so"
    assert matrix_answer(DataClass.C3, ToolClass.T2, rows)[0] is MatrixAnswer.NO


def test_the_last_decided_choice_holds_then_the_last_given():
    def chosen(*rows):
        return matrix_answer(DataClass.C2, ToolClass.T2, rows)[0]

    early = MatrixChoice(DataClass.C2, ToolClass.T2, MatrixAnswer.YES, "a", date(2026, 1, 1))
    late = MatrixChoice(DataClass.C2, ToolClass.T2, MatrixAnswer.NO, "b", date(2026, 2, 1))
    undated = MatrixChoice(DataClass.C2, ToolClass.T2, MatrixAnswer.AFTER_AIPD, "c")
    assert chosen(late, early, undated) is MatrixAnswer.NO
    assert chosen(undated, MatrixChoice(DataClass.C2, ToolClass.T2, MatrixAnswer.YES, "d")) is (
        MatrixAnswer.YES
    )


def test_a_choice_is_told_in_the_answer_about_the_tool():
    rows = [MatrixChoice(DataClass.C0, ToolClass.T3, MatrixAnswer.NO, "Un temps d’attente.")]
    answer, reasons = may_receive(ToolClass.T3, [holding(DataClass.C0)], rows)
    assert answer is Ternary.NO
    assert "Un temps d’attente)." in reasons[0].text.fr


@pytest.mark.parametrize("tool", [None, *ToolClass])
def test_secrets_go_nowhere_before_they_are_changed(tool):
    answer, reasons = may_receive(tool, [holding(DataClass.C0)], with_secrets={"s"})
    assert answer is Ternary.NO
    assert "secrets-first" in [r.code for r in reasons]


@pytest.mark.parametrize("data", DataClass)
def test_the_class_of_a_store_seen_in_part_never_opens(data):
    for examined in (Ternary.UNKNOWN, Ternary.NO):
        answer, reasons = may_receive(
            ToolClass.T0, [holding(data, examined)], aipd_done=Ternary.YES
        )
        assert answer is Ternary.UNKNOWN
        assert reasons[-1].code.startswith("store-")
    assert may_receive(ToolClass.T3, [holding(DataClass.C2, Ternary.UNKNOWN)])[0] is Ternary.NO


@dataclass(frozen=True)
class Use:
    id: str
    name: str
    tool_class: ToolClass | None
    stores: tuple[str, ...] = ()
    personal: Ternary = Ternary.UNKNOWN


def test_a_tool_in_use_gets_the_same_answer_as_a_case():
    stores = [holding(DataClass.C3, code="rh"), holding(DataClass.C1, code="fiches")]
    uses = [
        Use("ok", "Chercher une fiche", ToolClass.T2, ("fiches",)),
        Use("masque", "Résumer", ToolClass.T1, ("rh", "fiches")),
        Use("cv", "Classer", ToolClass.T3, ("rh",)),
    ]
    found = uses_at_fault(uses, stores)
    assert [(item.use, item.answer) for item in found] == [
        ("cv", Ternary.NO), ("masque", Ternary.UNKNOWN)
    ]  # fmt: skip
    for item in found:
        use = next(u for u in uses if u.id == item.use)
        read = [store for store in stores if store.id in use.stores]
        assert (item.answer, item.reasons) == may_receive(use.tool_class, read)
    told = uses_at_fault(uses, stores, masked={"masque": Ternary.YES})
    assert [item.use for item in told] == ["cv"]


def test_a_use_whose_reading_nobody_stated_is_not_said_to_be_clean():
    uses = [
        Use("a", "Écrire", ToolClass.T3, personal=Ternary.YES),
        Use("b", "Traduire", ToolClass.T1, personal=Ternary.YES),
        Use("c", "Illustrer", ToolClass.T3, personal=Ternary.NO),
        Use("d", "Chercher", None, ("perdu",), Ternary.YES),
    ]
    found = {item.use: item.answer for item in uses_at_fault(uses, [])}
    assert found == {
        "a": Ternary.NO, "b": Ternary.UNKNOWN, "c": Ternary.UNKNOWN, "d": Ternary.UNKNOWN
    }  # fmt: skip


def test_existing_uses_of_the_portfolio_are_read_as_they_are():
    from gouvernail_core.portfolio import ExistingUse

    use = ExistingUse("cv", "Classer", stores=("s",), tool_class=ToolClass.T3)
    assert uses_at_fault([use], [holding(DataClass.C4)])[0].answer is Ternary.NO


def test_a_store_nobody_looked_at_is_never_said_to_be_clean():
    answer, reasons = may_receive(ToolClass.T0, [DataStore("s", "Commun")])
    assert answer is Ternary.UNKNOWN
    assert [r.code for r in reasons] == ["store-unexamined"]


def test_one_store_too_high_is_enough_to_refuse_whatever_the_others():
    stores = [DataStore("a", "A", data_class=DataClass.C4), DataStore("b", "B")]
    assert may_receive(ToolClass.T3, stores)[0] is Ternary.NO


def test_a_tool_without_a_class_leaves_the_answer_unknown():
    assert may_receive(None, [holding(DataClass.C0)])[0] is Ternary.UNKNOWN


def test_the_highest_class_comes_first_then_what_somebody_reads():
    stores = [
        DataStore("a", "A", data_class=DataClass.C2),
        DataStore("b", "B", data_class=DataClass.C2),
        DataStore("c", "C", data_class=DataClass.C4),
    ]
    ranked = protect_first(stores, {"b": ["Guichet"]})
    assert [item.store.id for item in ranked] == ["c", "b", "a"]


def test_not_examined_and_nobody_said_are_told_apart():
    known, unsaid = protect_first(
        [DataStore("a", "A", examined=Ternary.NO), DataStore("b", "B")], {}
    )
    assert known.reasons[0].code == "never-examined"
    assert unsaid.reasons[0].code == "examination-unknown"


def test_a_store_never_examined_counts_at_the_highest():
    stores = [DataStore("a", "A", data_class=DataClass.C3), DataStore("b", "B")]
    assert [item.store.id for item in protect_first(stores, {})] == ["b", "a"]


def test_data_outside_the_union_come_first_among_equals():
    stores = [
        DataStore("a", "A", data_class=DataClass.C3, hosting=Hosting.PREMISES),
        DataStore("b", "B", data_class=DataClass.C3, hosting=Hosting.OUTSIDE_EU),
    ]
    assert [item.store.id for item in protect_first(stores, {})] == ["b", "a"]


def test_every_rank_says_why():
    assert all(item.reasons for item in protect_first([DataStore("a", "A")], {}))
