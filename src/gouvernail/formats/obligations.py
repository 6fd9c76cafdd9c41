"""The JSON of `gouvernail obligations`: facts in, findings out."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from gouvernail_core.kernel import Finding, Problem, RefusedError, Source, Text
from gouvernail_core.knowledge.loader import load_facts
from gouvernail_core.knowledge.schema import FactSpec, FactType
from gouvernail_core.obligations import Assessment, Situation

#: The parts of the document, in order; every one may be left out.
SECTIONS = ("authority", "use_case", "contract")


def read(document: object) -> Situation:
    """Return the situation of a document, or refuse with every faulty place.

    >>> read({"authority": {"agents": 48}}).facts["authority.agents"]
    48
    """
    if not isinstance(document, Mapping):
        raise RefusedError(_not_an_object(None, document))
    problems = [_unknown_section(str(name)) for name in document if name not in SECTIONS]
    facts: dict[str, object] = {}
    for section in SECTIONS:
        content = document.get(section)
        if content is None:
            continue
        if not isinstance(content, Mapping):
            problems.append(_not_an_object(section, content))
            continue
        facts.update({f"{section}.{name}": value for name, value in content.items()})
    try:
        situation = Situation.of(facts)
    except RefusedError as refusal:
        problems.extend(refusal.problems)
    if problems:
        raise RefusedError(*problems)
    return situation


def to_json(assessment: Assessment, *, lang: str = "fr") -> dict[str, Any]:
    """Return the assessment as the contract of the command line writes it.

    `lang` chooses the language of the titles, reasons and evidence; codes never change.
    ``staff_body`` is null while the staff is not known.
    """
    derived = assessment.derived
    return {
        "rules_version": assessment.rules_version,
        "on": assessment.on.isoformat(),
        "derived": {
            "role": list(derived.role),
            "high_risk": derived.high_risk.value,
            "staff_body": derived.staff_body,
        },
        "findings": [_finding(item, lang) for item in assessment.findings],
        "questions": [
            {"fact": item.fact, "decides": item.decides} for item in assessment.questions
        ],
    }


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the input, made from the facts themselves."""
    sections: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS}
    for spec in load_facts().values():
        section, _, name = spec.name.partition(".")
        sections[section][name] = _property(spec)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gouvernail obligations",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"type": "object", "additionalProperties": False, "properties": properties}
            for name, properties in sections.items()
        },
    }


def _finding(item: Finding, lang: str) -> dict[str, Any]:
    return {
        "rule": item.rule,
        "outcome": item.outcome.value,
        "title": item.title.in_(lang),
        "reasons": [reason.text.in_(lang) for reason in item.reasons],
        "missing": list(item.missing),
        "applies_from": item.applies_from.isoformat() if item.applies_from else None,
        "who": list(item.who),
        "evidence": [text.in_(lang) for text in item.evidence],
        "sources": [_source(source) for source in item.sources],
        "confidence": item.confidence.value,
        "jurist": item.jurist,
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "text": source.text,
        "url": source.url,
        "read_on": source.read_on.isoformat() if source.read_on else None,
        "provenance": source.provenance.value,
    }


def _property(spec: FactSpec) -> dict[str, Any]:
    """Return the schema of one fact; accents may be left out when reading, not in the schema."""
    text = {"title": spec.label.fr, "description": spec.question.fr}
    codes: dict[str, Any] = {"type": "string"}
    if spec.codes and not spec.open:
        codes["enum"] = [code.code for code in spec.codes]
    elif spec.codes:
        codes["examples"] = [code.code for code in spec.codes]
    match spec.type:
        case FactType.TERNARY:
            return {**text, "type": ["boolean", "null"]}
        case FactType.CODE:
            return {**text, "anyOf": [codes, {"type": "null"}]}
        case FactType.SET:
            return {**text, "type": ["array", "null"], "items": codes, "uniqueItems": True}
        case FactType.DATES:
            day = {"type": "string", "format": "date"}
            return {**text, "type": ["array", "null"], "items": day}
        case FactType.DATE:
            return {**text, "type": ["string", "null"], "format": "date"}
        case FactType.INT:
            return {**text, "type": ["integer", "null"], "minimum": 0}
        case FactType.DECIMAL:
            return {**text, "type": ["number", "null"], "minimum": 0}


def _unknown_section(name: str) -> Problem:
    known = {"auth": "authority", "use": "use_case", "k": "contract"}
    near = known.get(name) or next(iter(get_close_matches(name, SECTIONS, n=1)), None)
    listed = ", ".join(SECTIONS)
    fr = f"cette partie n’est pas connue ; les parties sont {listed}."
    en = f"this part is not known; the parts are {listed}."
    if near is not None:
        fr += f" Vouliez-vous dire « {near} » ?"
        en += f" Did you mean “{near}”?"
    return Problem(code="section-name", text=Text(fr, en), path=name)


def _not_an_object(path: str | None, found: object) -> Problem:
    shown = type(found).__name__
    return Problem(
        code="not-an-object",
        text=Text(
            f"un objet {{…}} est attendu ; trouvé : {shown}.",
            f"an object {{…}} is expected; found: {shown}.",
        ),
        path=path,
    )
