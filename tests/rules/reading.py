"""How the situations of this folder are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gouvernail.formats.obligations import read
from gouvernail_core.knowledge.loader import load_facts
from gouvernail_core.knowledge.schema import FactType
from gouvernail_core.obligations import Situation

#: The day the research behind the rules was made: the cases are judged on it.
ON = date(2026, 11, 22)


def load(name: str) -> dict[str, Any]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def situation(facts: dict[str, Any], *changes: dict[str, Any]) -> Situation:
    """Return the situation of `facts`, each change replacing the facts it names."""
    merged = {section: dict(content) for section, content in facts.items()}
    for change in changes:
        for section, content in change.items():
            merged.setdefault(section, {}).update(content)
    return read(merged)


def others(more: dict[str, Any]) -> Iterator[Situation]:
    """Yield the situations of one line of `more`: one, or one for each code of `one_of`."""
    if "one_of" not in more:
        yield situation(more["facts"])
        return
    ((name, codes),) = more["one_of"].items()
    for code in codes:
        value = [code] if load_facts()[name].type is FactType.SET else code
        yield situation(more["facts"]).having(name, value)


@dataclass(frozen=True, slots=True)
class Expected:
    """What one rule must answer in one situation: one of `outcomes`, `missing` being named."""

    rule: str
    situation: Situation
    outcomes: frozenset[str]
    missing: tuple[str, ...] = ()


#: What asks for something, or for nothing, in a public case.
ASKING = frozenset({"due", "blocking", "watch"})
SILENT = frozenset({"to_examine", "not_applicable"})
#: Said to every authority, whatever the case.
ALWAYS = frozenset({"RGPD-37", "SEC-NIS2", "SEC-SREN", "SEC-CLOUD"})


@cache
def expected_answers() -> tuple[Expected, ...]:
    """Return every answer this folder expects, of each rule and of each public case."""
    return (*_of_each_rule(), *_of_public_cases())


def _of_each_rule() -> Iterator[Expected]:
    for code, each in load("each_rule.yaml").items():
        applies = frozenset({each.get("outcome", "due")})
        yield Expected(code, situation(each["positive"]), applies)
        if not each.get("always"):
            yield Expected(code, situation(each["negative"]), frozenset({"not_applicable"}))
            unknown, missing = situation(each["unknown"]), tuple(each["missing"])
            yield Expected(code, unknown, frozenset({"to_examine"}), missing)
        for other in each.get("more", []):
            for stated in others(other):
                yield Expected(code, stated, frozenset({other["outcome"]}))


def _of_public_cases() -> Iterator[Expected]:
    rules = set(load("each_rule.yaml")) - ALWAYS
    for case in load("public_cases.yaml").values():
        stated = situation(case["facts"])
        for code in sorted(rules):
            yield Expected(code, stated, ASKING if code in case["asks"] else SILENT)
        for code, outcome in case["expect"].items():
            yield Expected(code, stated, frozenset({outcome}))
        for variant in case.get("variants", []):
            changed = situation(case["facts"], variant["change"])
            for code, outcome in variant["expect"].items():
                yield Expected(code, changed, frozenset({outcome}))
