"""The JSON of `gouvernail obligations`: exactly the contract, and clear refusals."""

import json
import re
from datetime import date
from typing import Any

import pytest

from gouvernail.formats.obligations import read, schema, to_json
from gouvernail_core.kernel import RefusedError
from gouvernail_core.knowledge.loader import load_facts, load_rules
from gouvernail_core.obligations import assess

ON = date(2026, 11, 22)
DOCUMENT = {
    "authority": {"type": "commune", "agents": 300},
    "use_case": {
        "is_ai_system": True,
        "annex_iii_points": ["4a"],
        "built_in_house": False,
        "built_for_us": False,
        "data": ["identité", "RH"],
    },
}


def written(document: dict[str, Any], lang: str = "fr") -> dict[str, Any]:
    text = json.dumps(to_json(assess(read(document), on=ON), lang=lang))
    found: dict[str, Any] = json.loads(text)
    return found


def problems(document: object) -> list[str]:
    with pytest.raises(RefusedError) as caught:
        read(document)
    return [problem.sentence() for problem in caught.value.problems]


def test_writes_the_contract_and_nothing_else() -> None:
    found = written(DOCUMENT)
    assert set(found) == {"rules_version", "on", "derived", "findings", "questions"}
    assert found["on"] == "2026-11-22"
    assert found["derived"] == {
        "role": ["deployer"],
        "high_risk": "unknown",
        "staff_body": "propre",
    }
    assert set(found["findings"][0]) == {
        "rule", "outcome", "title", "reasons", "missing", "applies_from", "who", "evidence",
        "sources", "confidence", "jurist",
    }  # fmt: skip
    assert set(found["findings"][0]["sources"][0]) == {"text", "url", "read_on", "provenance"}
    assert set(found["questions"][0]) == {"fact", "decides"}


def test_gives_one_finding_per_rule_under_its_code() -> None:
    found = written({})
    assert [item["rule"] for item in found["findings"]] == [rule.code for rule in load_rules()]


def test_an_unknown_that_decides_is_named_and_asked() -> None:
    found = written(DOCUMENT)
    impact = next(item for item in found["findings"] if item["rule"] == "AIA-27")
    assert impact["outcome"] == "to_examine"
    assert impact["missing"] == ["use_case.profiling"]
    assert impact["applies_from"] == "2027-12-02"
    assert "use_case.profiling" in [item["fact"] for item in found["questions"]]


def test_the_language_changes_the_words_and_never_the_codes() -> None:
    french, english = written(DOCUMENT), written(DOCUMENT, lang="en")
    assert french["findings"][0]["title"] != english["findings"][0]["title"]
    assert [f["outcome"] for f in french["findings"]] == [f["outcome"] for f in english["findings"]]


def test_the_version_of_the_rules_is_a_day_and_a_hash() -> None:
    version = written({})["rules_version"]
    assert re.fullmatch(r"2026-11-22-[0-9a-f]{8}", version)
    assert written(DOCUMENT)["rules_version"] == version


def test_the_contract_part_is_optional_and_null_is_not_answered() -> None:
    assert read({"authority": None, "use_case": {"profiling": None}}).facts == {}


@pytest.mark.parametrize("document", [[], "x", None, 3])
def test_refuses_what_is_not_an_object(document: object) -> None:
    assert "objet" in problems(document)[0]


def test_names_every_faulty_place_at_once() -> None:
    found = problems({"use": {}, "authority": [], "use_case": {"profilling": True, "data": ["x"]}})
    assert len(found) == 4
    assert "use_case" in found[0]
    assert any("use_case.profiling" in sentence for sentence in found)


def test_the_schema_describes_every_fact() -> None:
    described = schema()
    names = {
        f"{section}.{name}"
        for section, content in described["properties"].items()
        for name in content["properties"]
    }
    assert names == set(load_facts())
    assert described["properties"]["use_case"]["properties"]["effects"]["anyOf"][0]["enum"] == [
        "aucun",
        "juridiques",
        "significatifs",
    ]
    json.dumps(described)
