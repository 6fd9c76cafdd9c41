"""The eighteen public cases: first what their source says, then what we derive from it."""

from typing import Any

import pytest

from gouvernail_core.kernel import Outcome, Ternary
from gouvernail_core.knowledge.loader import load_rules
from gouvernail_core.obligations import assess
from rules.reading import ALWAYS, ASKING, ON, load, situation

CASES = load("public_cases.yaml")
EVIDENCE = {"use_case": {"filter_evidence": "fournisseur"}}
NO_EVIDENCE = {"use_case": {"filter_evidence": "aucune"}}


def authority_rules() -> set[str]:
    return {rule.code for rule in load_rules() if rule.level == "authority"}


def with_label(*labels: str) -> list[str]:
    return [code for code, case in CASES.items() if case["label"] in labels]


def test_all_eighteen_cases_are_there() -> None:
    assert list(CASES) == [f"T{rank:02}" for rank in range(1, 19)]


@pytest.mark.parametrize("code", with_label("high_risk"))
def test_finds_high_risk_where_the_guidelines_do(code: str) -> None:
    derived = assess(situation(CASES[code]["facts"]), on=ON, ask=False).derived
    assert derived.high_risk is Ternary.YES


@pytest.mark.parametrize("code", with_label("outside"))
def test_finds_no_high_risk_where_the_guidelines_find_none(code: str) -> None:
    derived = assess(situation(CASES[code]["facts"]), on=ON, ask=False).derived
    assert derived.high_risk is Ternary.NO


@pytest.mark.parametrize("code", with_label("filtered"))
def test_takes_an_exempted_case_out_only_with_the_evidence_of_the_provider(code: str) -> None:
    facts = CASES[code]["facts"]
    assert assess(situation(facts, EVIDENCE), on=ON, ask=False).derived.high_risk is Ternary.NO
    assert assess(situation(facts, NO_EVIDENCE), on=ON, ask=False).derived.high_risk is Ternary.YES
    assert assess(situation(facts), on=ON, ask=False).derived.high_risk is Ternary.YES


@pytest.mark.parametrize("code", with_label("notice"))
def test_asks_for_the_notice_where_the_official_answer_does(code: str) -> None:
    found = assess(situation(CASES[code]["facts"]), on=ON, ask=False)
    assert found.finding("CRPA-MENTION").outcome is Outcome.DUE


@pytest.mark.parametrize("code", with_label("no_notice"))
def test_asks_for_no_notice_where_the_official_answer_asks_for_none(code: str) -> None:
    found = assess(situation(CASES[code]["facts"]), on=ON, ask=False)
    assert found.finding("CRPA-MENTION").outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("code", with_label("unlawful"))
def test_blocks_what_the_court_found_unlawful_before_anything_else(code: str) -> None:
    found = assess(situation(CASES[code]["facts"]), on=ON, ask=False)
    assert found.finding("VID-VSA").outcome is Outcome.BLOCKING
    others = [f for f in found.findings if f.outcome is Outcome.DUE]
    assert {f.rule for f in others} <= authority_rules()
    left = found.finding("CRPA-MENTION")
    assert left.reasons[0].code == "blocked-by:VID-VSA"
    assert left.missing == ("use_case.video_analytics_public_space",)


def expectations() -> list[Any]:
    found = []
    for code, case in CASES.items():
        found.append(pytest.param(case["facts"], {}, case["expect"], id=code))
        for rank, variant in enumerate(case.get("variants", [])):
            name = f"{code}-{rank + 1}"
            found.append(pytest.param(case["facts"], variant["change"], variant["expect"], id=name))
    return found


@pytest.mark.parametrize(("facts", "change", "expected"), expectations())
def test_gives_the_outcomes_derived_from_the_texts(
    facts: dict[str, Any], change: dict[str, Any], expected: dict[str, str]
) -> None:
    found = assess(situation(facts, change), on=ON, ask=False)
    assert {code: found.finding(code).outcome.value for code in expected} == expected


@pytest.mark.parametrize("code", CASES)
def test_gives_what_the_research_note_expects_or_says_why_not(code: str) -> None:
    found = assess(situation(CASES[code]["facts"]), on=ON, ask=False)
    numbers = {rule.number: rule.code for rule in load_rules()}
    wanted = {n: outcome for outcome, each in CASES[code]["note"].items() for n in each}
    given = {number: found.finding(numbers[number]).outcome.value for number in wanted}
    differing = {number for number in wanted if given[number] != wanted[number]}
    assert differing == set(CASES[code].get("differs", {}))


@pytest.mark.parametrize("code", CASES)
def test_asks_for_the_whole_list_and_for_nothing_else(code: str) -> None:
    found = assess(situation(CASES[code]["facts"]), on=ON, ask=False)
    asked = {finding.rule for finding in found.findings if finding.outcome.value in ASKING}
    assert asked - ALWAYS == set(CASES[code]["asks"])
    assert asked >= ALWAYS


def test_sends_a_fire_service_to_its_panel_whatever_its_size() -> None:
    found = assess(situation(CASES["T13"]["facts"]), on=ON, ask=False)
    assert "panel" in [reason.code for reason in found.finding("DS-ARTIC").reasons]
