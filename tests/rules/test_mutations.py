"""A rule spoilt in any way is noticed by the situations of this folder."""

import pytest

from gouvernail_core.knowledge.loader import load_rules
from gouvernail_core.obligations.engine import rules
from rules.mutations import Mutation, differs, mutations, noticed, spoilt
from rules.reading import expected_answers

ALL = list(mutations())
CODES = [rule.code for rule in load_rules()]


def ways(code: str) -> list[Mutation]:
    return [each for each in ALL if each.code == code]


def test_the_rules_as_they_are_answer_as_expected() -> None:
    assert [each for each in expected_answers() if differs(each, rules())] == []


def test_each_test_of_a_condition_is_turned_round_and_left_out() -> None:
    a, b = {"fact": "a", "is": True}, {"fact": "b", "in": ["x", "y"]}
    found = [raw for _, raw in spoilt({"all": [a, {"not": b}]})]
    assert {"not": {"all": [a, {"not": b}]}} in found
    assert {"all": [{"not": a}, {"not": b}]} in found
    assert {"all": [a, {"not": {"not": b}}]} in found
    assert {"all": [a, {"not": {"fact": "b", "in": ["x"]}}]} in found
    assert {"all": [{"not": b}]} in found
    assert {"all": [a]} in found


def test_a_rule_no_situation_speaks_of_is_not_noticed() -> None:
    spoilt_rule = next(each for each in ALL if each.code == "RGPD-44" and each.spec is not None)
    silent = [each for each in expected_answers() if each.rule != "RGPD-44"]
    assert noticed(spoilt_rule)
    assert not noticed(spoilt_rule, silent)


@pytest.mark.parametrize("code", CODES)
def test_a_rule_spoilt_in_any_way_is_noticed(code: str) -> None:
    assert len(ways(code)) >= 2
    assert [each.what for each in ways(code) if not noticed(each)] == []
