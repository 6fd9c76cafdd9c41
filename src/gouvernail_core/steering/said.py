"""Values of the core as plain JSON values: texts in both languages, dates in ISO form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from gouvernail_core.authority import Role
from gouvernail_core.gates import ProofState
from gouvernail_core.kernel import Finding, Outcome, Reason, Source, Text
from gouvernail_core.knowledge.loader import load_facts, load_rules
from gouvernail_core.knowledge.schema import RuleSpec
from gouvernail_core.obligations.currency import is_old, last_read

Json = dict[str, Any]

OUTCOME_LABELS = {
    Outcome.DUE: Text("À faire", "Due"),
    Outcome.TO_EXAMINE: Text("À examiner", "To examine"),
    Outcome.NOT_APPLICABLE: Text("Sans objet", "Not applicable"),
    Outcome.WATCH: Text("À suivre", "To watch"),
    Outcome.BLOCKING: Text("Bloquant", "Blocking"),
}

#: The words for the role codes of the findings, in the order the rules list them.
WHO_LABELS = {
    "EXE": Text("Exécutif", "Executive"),
    "DGS": Role.DGS.label,
    "DRH": Role.DRH.label,
    "DSI": Text("Informatique", "IT"),
    "DPO": Role.DPO.label,
    "RSSI": Role.RSSI.label,
    "MET": Text("Direction métier", "Head of service"),
    "ACH": Text("Achats", "Procurement"),
    "COM": Text("Communication", "Communication"),
}


def text(value: Text) -> Json:
    """Return both languages."""
    return {"fr": value.fr, "en": value.en}


def text_or_none(value: Text | None) -> Json | None:
    """Return both languages, or ``None``."""
    return None if value is None else text(value)


def day(value: date | None) -> str | None:
    """Return the date as ``2027-02-11``, or ``None``."""
    return None if value is None else value.isoformat()


def source(value: Source) -> Json:
    """Return a source with the words of its provenance."""
    return {
        "text": value.text,
        "url": value.url,
        "read_on": day(value.read_on),
        "provenance": value.provenance.value,
        "provenance_label": text(value.provenance.label),
    }


def reasons(values: Iterable[Reason]) -> list[Json]:
    """Return the reasons with their sources."""
    return [
        {
            "code": reason.code,
            "text": text(reason.text),
            "source": None if reason.source is None else source(reason.source),
        }
        for reason in values
    ]


def question(fact: str) -> Json:
    """Return the question that asks for a fact, its code when the fact is not described."""
    spec = load_facts().get(fact)
    return text(Text(fact, fact) if spec is None else spec.question)


@cache
def _specs() -> Mapping[str, RuleSpec]:
    return {rule.code: rule for rule in load_rules()}


def reading(rule: str, *, on: date) -> Json:
    """Return when a rule was last read against its texts, by whom, and whether too long ago.

    A rule never read says so by the provenance of its sources.
    """
    spec = _specs().get(rule)
    read = None if spec is None else last_read(spec)
    by = None if spec is None else spec.validated
    return {
        "last_read": day(read),
        "read_again": read is not None and is_old(read, on=on),
        "validated": None if by is None else {"by": by.by, "on": day(by.on)},
    }


def finding(value: Finding, proof: ProofState, *, on: date) -> Json:
    """Return one finding as the pages and the documents read it, with what is done of it."""
    return {
        "rule": value.rule,
        "outcome": value.outcome.value,
        "outcome_label": text(OUTCOME_LABELS[value.outcome]),
        "title": text(value.title),
        "explanation": text_or_none(value.explanation),
        "reasons": reasons(value.reasons),
        "missing": [{"fact": fact, "question": question(fact)} for fact in value.missing],
        "applies_from": day(value.applies_from),
        "before": list(value.before),
        "who": [text(WHO_LABELS.get(code, Text(code, code))) for code in value.who],
        "evidence": [text(item) for item in value.evidence],
        "sources": [source(item) for item in value.sources],
        "confidence": value.confidence.value,
        "jurist": value.jurist,
        **reading(value.rule, on=on),
        "done_on": day(proof.done_on),
        "promised_on": day(proof.promised_on),
        "expired_on": day(proof.expired_on),
        "owner": proof.owner,
    }


def findings(
    values: Iterable[Finding],
    questions: Mapping[str, int],
    proofs: Mapping[str, ProofState],
    *,
    on: date,
) -> Json:
    """Return findings with their counts, and the questions with how many rules each decides.

    `due` counts what remains to be done, `done` what has its proof.
    """
    listed = list(values)
    nothing = ProofState()
    done = {
        item.rule
        for item in listed
        if item.outcome is Outcome.DUE and proofs.get(item.rule, nothing).done_on is not None
    }
    counts = {outcome.value: sum(item.outcome is outcome for item in listed) for outcome in Outcome}
    counts[Outcome.DUE.value] -= len(done)
    return {
        "findings": [finding(item, proofs.get(item.rule, nothing), on=on) for item in listed],
        "questions": [
            {"fact": fact, "question": question(fact), "decides": decides}
            for fact, decides in questions.items()
        ],
        "counts": {**counts, "done": len(done)},
    }
