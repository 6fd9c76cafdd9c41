"""Each rule has a situation where it applies, one where it does not, one where a fact decides."""

from importlib import resources

import pytest

from gouvernail_core.kernel import Outcome
from gouvernail_core.knowledge.loader import load_facts, load_parameters, load_rules
from gouvernail_core.obligations import assess
from rules.reading import ON, load, others, situation

SITUATIONS = load("each_rule.yaml")
DECIDED = [code for code, each in SITUATIONS.items() if not each.get("always")]
PUBLIC_CASES = load("public_cases.yaml")


def test_the_ninety_rules_of_the_research_note_are_there() -> None:
    assert [rule.number for rule in load_rules()] == list(range(1, 91))


def test_every_rule_has_its_situations() -> None:
    assert set(SITUATIONS) == {rule.code for rule in load_rules()}
    for code in DECIDED:
        assert {"positive", "negative", "unknown", "missing"} <= set(SITUATIONS[code]), code


@pytest.mark.parametrize("code", SITUATIONS)
def test_applies_in_its_positive_situation(code: str) -> None:
    each = SITUATIONS[code]
    found = assess(situation(each["positive"]), on=ON, ask=False).finding(code)
    assert found.outcome.value == each.get("outcome", "due")
    assert found.missing == ()
    assert found.reasons


@pytest.mark.parametrize("code", DECIDED)
def test_does_not_apply_in_its_negative_situation(code: str) -> None:
    found = assess(situation(SITUATIONS[code]["negative"]), on=ON, ask=False).finding(code)
    assert found.outcome is Outcome.NOT_APPLICABLE
    assert found.missing == ()
    assert len(found.reasons) >= 2, "the rule’s sentence, then the facts that made it so"


@pytest.mark.parametrize("code", DECIDED)
def test_asks_when_a_missing_fact_decides(code: str) -> None:
    each = SITUATIONS[code]
    found = assess(situation(each["unknown"]), on=ON, ask=False).finding(code)
    assert found.outcome is Outcome.TO_EXAMINE
    assert set(each["missing"]) <= set(found.missing)


@pytest.mark.parametrize("code", [code for code, each in SITUATIONS.items() if each.get("more")])
def test_answers_in_the_other_situations_that_tell_its_conditions_apart(code: str) -> None:
    for more in SITUATIONS[code]["more"]:
        for stated in others(more):
            found = assess(stated, on=ON, ask=False).finding(code)
            assert found.outcome.value == more["outcome"], stated.facts


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.code)
def test_names_public_cases_that_exist(rule) -> None:
    assert set(rule.cases) <= set(PUBLIC_CASES)


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.code)
def test_never_shows_a_text_as_read_without_the_day_it_was_read(rule) -> None:
    for source in rule.sources:
        assert (source.read_on is not None) or source.provenance.value == "memory"


def test_every_parameter_is_used() -> None:
    core = resources.files("gouvernail_core")
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("obligations", "dialogue", "knowledge/obligations")
        for path in (core / folder).iterdir()
        if path.name.endswith((".py", ".yaml"))
    )
    unused = [name for name in load_parameters() if name not in code]
    assert unused == []


def test_every_question_gives_an_example_and_ends_as_a_sentence() -> None:
    for spec in load_facts().values():
        assert "Exemple" in spec.question.fr or "Cochez" in spec.question.fr, spec.name
        assert spec.question.fr.endswith((".", "?")), spec.name


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.code)
def test_writes_french_with_its_typography(rule) -> None:
    texts = [rule.title, rule.explanation, *rule.why.values(), *rule.evidence]
    for text in texts:
        assert "'" not in text.fr
        assert not [mark for mark in (" ;", " ?", " !", "« ", " »", " :") if mark in text.fr]
