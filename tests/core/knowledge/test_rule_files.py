"""A rule file that is not what it must be is refused, with the file and the key."""

import copy
from datetime import date
from typing import Any

import pytest

from gouvernail_core.knowledge import loader
from gouvernail_core.knowledge.files import read_text
from gouvernail_core.knowledge.loader import parse_yaml
from gouvernail_core.knowledge.schema import (
    KnowledgeError,
    parse_facts,
    parse_parameters,
    parse_rule,
)
from gouvernail_core.obligations.conditions import compile_condition

SOURCE = {"text": "x", "url": None, "read_on": None, "provenance": "memory"}


@pytest.fixture
def rule() -> dict[str, Any]:
    content = parse_yaml("example", read_text("obligations/acc-47.yaml"))
    assert isinstance(content, dict)
    return copy.deepcopy(content)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("code", "acc-47", "not a code"),
        ("status", "validated", "by whom and when"),
        ("validated", {"by": "Une juriste", "on": date(2026, 12, 1)}, "by whom and when"),
        ("validated", {"by": " ", "on": date(2026, 12, 1)}, "name of the jurist"),
        ("validated", {"by": "Une juriste"}, "on"),
        ("number", "80", "number"),
        ("number", True, "number"),
        ("outcome", "blocking", "outcome"),
        ("level", "case", "level"),
        ("who", ["MAIRE"], "MAIRE"),
        ("before", ["someday"], "someday"),
        ("title", {"fr": "x"}, "en"),
        ("title", {"fr": "x", "en": ""}, "both languages"),
        ("sources", [], "at least one source"),
        ("sources", [SOURCE | {"url": "http://x"}], "https"),
        ("sources", [SOURCE | {"provenance": "lu"}], "provenance"),
        ("confidence", "sure", "confidence"),
        ("why", {"due": {"fr": "x", "en": "x"}}, "not_applicable"),
        ("applies_from", {"day": 1}, "applies_from"),
        ("applies_from", {"date": "2026-01-01"}, "date"),
        ("blocking_if", {"fact": "use_case.profiling", "is": True}, "only a blocking rule"),
        ("surprise", 1, "surprise"),
    ],
)  # fmt: skip
def test_refuses_a_rule_with_one_wrong_key(
    rule: dict[str, Any], key: str, value: object, said: str
) -> None:
    parse_rule("example.yaml", rule)
    rule[key] = value
    with pytest.raises(KnowledgeError, match=said) as caught:
        parse_rule("example.yaml", rule)
    assert "example.yaml" in str(caught.value)


@pytest.mark.parametrize("key", ["code", "title", "explanation", "applies_if", "jurist", "why"])
def test_refuses_a_rule_that_lacks_a_key(rule: dict[str, Any], key: str) -> None:
    del rule[key]
    with pytest.raises(KnowledgeError, match=key):
        parse_rule("example.yaml", rule)


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"all": []},
        {"all": [], "any": []},
        {"fact": "use_case.nope", "is": True},
        {"fact": "use_case.profiling"},
        {"fact": "use_case.profiling", "is": "yes"},
        {"fact": "use_case.profiling", "contains": "x"},
        {"fact": "authority.agents", "at_least": "SEUIL_INCONNU"},
        {"fact": "authority.agents", "at_least": [50]},
        {"predicate": "no_such_predicate"},
        {"eval": "1 + 1"},
    ],
)
def test_refuses_what_the_closed_language_does_not_hold(condition: dict[str, Any]) -> None:
    with pytest.raises(KnowledgeError, match="example"):
        compile_condition("example", condition)


def test_refuses_a_key_written_twice() -> None:
    with pytest.raises(KnowledgeError, match=r"line 2.*written twice"):
        parse_yaml("example", "a: 1\na: 2\n")


def test_refuses_a_text_that_is_not_yaml_and_code_in_it() -> None:
    for text in ("a: [", "a: !!python/object/apply:os.system ['true']"):
        with pytest.raises(KnowledgeError, match="example"):
            parse_yaml("example", text)


def test_refuses_periods_that_overlap() -> None:
    source = {"text": "x", "url": None, "checked_on": None, "provenance": "memory"}
    values = [{"from": None, "until": None, "value": 1, "source": source}] * 2
    text = {"fr": "x", "en": "x"}
    with pytest.raises(KnowledgeError, match="follow one another"):
        parse_parameters("example", {"X": {"title": text, "unit": "x", "values": values}})


def test_refuses_a_fact_with_a_wrong_name_or_without_its_codes() -> None:
    text = {"fr": "x", "en": "x"}
    with pytest.raises(KnowledgeError, match="not the name of a fact"):
        parse_facts("example", {"use.profiling": {}})
    with pytest.raises(KnowledgeError, match="codes"):
        parse_facts("example", {"use_case.x": {"type": "set", "label": text, "question": text}})


def test_a_file_is_named_after_its_rule() -> None:
    names = loader._rule_files()
    assert names == sorted(f"{rule.code.lower()}.yaml" for rule in loader.load_rules())


def test_reading_twice_gives_the_same_rules_and_the_same_version() -> None:
    version = loader.rules_version()
    loader.rules_version.cache_clear()
    assert loader.rules_version() == version
    assert version.startswith(loader.last_checked().isoformat())


def test_a_jurist_validates_a_rule_in_its_file(rule: dict[str, Any]) -> None:
    rule |= {"status": "validated", "validated": {"by": "Une juriste", "on": date(2026, 12, 1)}}
    spec = parse_rule("example", rule)
    assert spec.validated is not None
    assert (spec.validated.by, spec.validated.on) == ("Une juriste", date(2026, 12, 1))
