"""What a change of the rules changes for cases that did not move."""

from __future__ import annotations

from datetime import date

from gouvernail_core.kernel import Outcome
from gouvernail_core.knowledge.loader import load_rules
from gouvernail_core.obligations import Situation, assess
from gouvernail_core.obligations.engine import compile_rules, find
from gouvernail_core.revision import rule_changes_between

ON = date(2026, 11, 22)
KNOWN = Situation.of({"use_case.personal_data": True, "use_case.processor": False})


def stored(findings):
    return {finding.rule: finding.outcome.value for finding in findings}


def today():
    return assess(KNOWN, on=ON, ask=False).findings


def test_the_same_rules_move_nothing():
    assert rule_changes_between({"c1": stored(today())}, {"c1": today()}) == ()


def test_a_rule_that_says_something_else_is_told_with_why():
    before = stored(today()) | {"RGPD-30": "not_applicable"}
    (move,) = rule_changes_between({"c1": before}, {"c1": today()})
    assert (move.case, move.rule) == ("c1", "RGPD-30")
    assert (move.before, move.after) == (Outcome.NOT_APPLICABLE, Outcome.DUE)
    assert move.why.fr


def test_a_rule_added_is_told_when_it_asks_for_something_and_one_removed_when_it_did():
    outcomes = stored(today())
    added = {rule: outcome for rule, outcome in outcomes.items() if rule != "RGPD-30"}
    (move,) = rule_changes_between({"c1": added}, {"c1": today()})
    assert (move.rule, move.before) == ("RGPD-30", None)
    less = [finding for finding in today() if finding.rule != "RGPD-30"]
    (gone,) = rule_changes_between({"c1": outcomes}, {"c1": less})
    assert (gone.rule, gone.after) == ("RGPD-30", None)
    quiet = {rule: outcome for rule, outcome in outcomes.items() if rule != "RGPD-28"}
    assert outcomes["RGPD-28"] == "not_applicable"
    assert rule_changes_between({"c1": quiet}, {"c1": today()}) == ()


def test_a_case_the_plan_did_not_know_is_not_touched():
    assert rule_changes_between({}, {"c1": today()}) == ()


def test_a_condition_turned_over_is_found_by_judging_the_same_facts_again():
    specs = [rule for rule in load_rules() if rule.code in ("RGPD-30", "RGPD-32")]
    from dataclasses import replace

    turned = [
        replace(rule, applies_if={"not": rule.applies_if}) if rule.code == "RGPD-30" else rule
        for rule in specs
    ]
    before = stored(find(KNOWN, on=ON, among=compile_rules(specs)))
    after = find(KNOWN, on=ON, among=compile_rules(turned))
    assert [
        (m.rule, m.before, m.after) for m in rule_changes_between({"c": before}, {"c": after})
    ] == [("RGPD-30", Outcome.DUE, Outcome.NOT_APPLICABLE)]
