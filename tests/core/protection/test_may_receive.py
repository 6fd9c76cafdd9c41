"""Which data may go to which tool, and which store to look at first."""

from itertools import product

import pytest

from gouvernail_core.kernel import Ternary
from gouvernail_core.protection import (
    DataClass,
    DataStore,
    Hosting,
    ToolClass,
    may_receive,
    protect_first,
)

#: The matrix as a table one can sign: the highest class each tool may receive.
SIGNED = {"T0": "C4", "T1": "C3", "T2": "C1", "T3": "C0"}


@pytest.mark.parametrize(("tool", "data"), list(product(ToolClass, DataClass)))
def test_the_matrix_says_what_may_go_where(tool, data):
    answer, reasons = may_receive(tool, [DataStore("s", "Dossiers", data_class=data)])
    assert answer is Ternary.of(data.value <= SIGNED[tool.value])
    assert reasons


def test_a_store_nobody_looked_at_is_never_said_to_be_clean():
    answer, reasons = may_receive(ToolClass.T0, [DataStore("s", "Commun")])
    assert answer is Ternary.UNKNOWN
    assert [r.code for r in reasons] == ["store-unexamined"]


def test_one_store_too_high_is_enough_to_refuse_whatever_the_others():
    stores = [DataStore("a", "A", data_class=DataClass.C4), DataStore("b", "B")]
    assert may_receive(ToolClass.T3, stores)[0] is Ternary.NO


def test_a_tool_without_a_class_leaves_the_answer_unknown():
    stores = [DataStore("a", "A", data_class=DataClass.C0)]
    assert may_receive(None, stores)[0] is Ternary.UNKNOWN


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
