"""A vendor's offer: what to ask, what it speaks of, what is answered, and what answers fill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from gouvernail.apps.accounts.queries import person_code
from gouvernail.apps.facts import queries as facts
from gouvernail.apps.facts import services
from gouvernail.apps.facts.queries import Record
from gouvernail.apps.obligations.answers import LEGAL_FACTS, CaseAnswers, case_answers
from gouvernail.apps.obligations.questionnaire import Move, move_of
from gouvernail.apps.steering.queries import PlanView
from gouvernail.common.actor import Actor
from gouvernail.common.listing import Anchor
from gouvernail.common.wording import day, said_text
from gouvernail_core.facts import NotReadable, sheet
from gouvernail_core.facts.answers import read_answer, written_answer
from gouvernail_core.kernel import Finding, Problem, RefusedError, Text
from gouvernail_core.knowledge.loader import load_facts
from gouvernail_core.knowledge.schema import FactType
from gouvernail_core.knowledge.vendor import VendorQuestion, load_vendor_questions
from gouvernail_core.obligations import Situation, assess
from gouvernail_core.obligations.context import shown_value
from gouvernail_core.obligations.questionnaire import moved
from gouvernail_core.obligations.vendor import by_group, fills, spoken_of, vendor_questions

OFFERS, ANSWERS = "offers", "offer_answers"
#: What a form sends for a question nobody answered.
_SILENT = (None, "", "?")
_NO_ANSWER = Problem(
    "no-answer",
    Text(
        "Aucune réponse de l’éditeur ne remplit ce fait. Relisez ses réponses.",
        "No answer of the vendor fills this fact. Read the answers again.",
    ),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer a question whose fact has codes."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A question of the letter: what the offer says of it, what the vendor answered."""

    code: str
    number: int
    text: str
    why: str
    quotes: tuple[str, ...]
    choices: tuple[Choice, ...]
    value: str
    evidence: str
    version: int
    error: str = ""
    note: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """The questions of one kind."""

    label: str
    lines: tuple[AskedLine, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """A fact that an answer fills: what is known already, what the vendor says."""

    fact: str
    label: str
    known: str
    who: str
    proposed: str
    evidence: str
    version: int
    checked: bool


@dataclass(frozen=True, slots=True)
class OfferPage:
    """What the page of an offer shows."""

    record: Record
    case: CaseAnswers
    groups: tuple[AskedGroup, ...]
    letter: tuple[Anchor, ...]
    answered: int
    asked: int
    fillings: tuple[Filling, ...]
    effect: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    question: VendorQuestion
    value: object
    evidence: str


def offers_of(authority_id: int, case: str) -> list[Record]:
    """Return the offers received for a case, in the order they were entered."""
    return facts.records_of(sheet(OFFERS), authority_id, case=case)


def offer_page(
    authority_id: int,
    pk: int,
    view: PlanView | None,
    *,
    on: Any,
    typed: Mapping[str, tuple[str, str]] | None = None,
    errors: Mapping[str, str] | None = None,
) -> OfferPage:
    """Return the page of an offer of this authority, or 404; `typed` is shown when refused."""
    record = facts.record_for(sheet(OFFERS), authority_id, pk)
    case = case_answers(authority_id, record.row["case"])
    given = _given(authority_id, record.row["id"])
    findings = assess(case.situation, on=on, ask=False).findings
    asked = _asked(findings, given)
    quotes = spoken_of(record.row["text"] or "")
    groups, number = [], 0
    labels = dict(load_vendor_questions().groups)
    for code, questions in by_group(asked).items():
        lines = []
        for question in questions:
            number += 1
            lines.append(_asked_line(question, number, quotes, given, typed or {}, errors or {}))
        groups.append(AskedGroup(said_text(labels[code]), tuple(lines)))
    read = _read(given, asked)
    kept = {each.question.fact: each.value for each in read}
    after = case.situation
    for name, value in kept.items():
        after = after.having(name, value)
    moves = moved(findings, assess(after, on=on, ask=False).findings) if kept else ()
    return OfferPage(
        record=record,
        case=case,
        groups=tuple(groups),
        letter=_letter(view, record),
        answered=sum(_is_answered(given[q.code]) for q in asked if q.code in given),
        asked=len(asked),
        fillings=tuple(_filling(each, case) for each in read),
        effect=tuple(move_of(move) for move in moves),
    )


def _asked(findings: Iterable[Finding], given: Mapping[str, Record]) -> list[VendorQuestion]:
    """Return the questions that matter, and those already answered: no answer is put out of sight.

    A vendor who contradicts what the case says would otherwise vanish with the question.
    """
    matter = {question.code for question in vendor_questions(findings)}
    matter |= {code for code, record in given.items() if _is_answered(record)}
    return [q for q in load_vendor_questions().questions if q.code in matter]


def _is_answered(record: Record) -> bool:
    return record.row["value"] not in _SILENT or bool(record.row["evidence"])


def _given(authority_id: int, offer: str) -> dict[str, Record]:
    found = facts.records_of(sheet(ANSWERS), authority_id, offer=offer)
    return {record.row["question"]: record for record in found}


def _asked_line(
    question: VendorQuestion,
    number: int,
    quotes: Mapping[str, Sequence[Any]],
    given: Mapping[str, Record],
    typed: Mapping[str, tuple[str, str]],
    errors: Mapping[str, str],
) -> AskedLine:
    record = given.get(question.code)
    row = record.row if record else {}
    value, evidence = typed.get(question.code, (row.get("value") or "", row.get("evidence") or ""))
    kept = ", ".join(part for part in (row.get("value"), row.get("evidence")) if part)
    differs = question.code in typed and (value, evidence) != (
        row.get("value") or "", row.get("evidence") or "",
    )  # fmt: skip
    claimed = question.proof and value not in ("", "?", "aucune") and not evidence.strip()
    return AskedLine(
        code=question.code,
        number=number,
        text=said_text(question.text),
        why=said_text(question.why),
        quotes=tuple(quote.text for quote in quotes.get(question.code, ())),
        choices=_choices(question, value),
        value=value,
        evidence=evidence,
        version=record.version if record else 0,
        error=errors.get(question.code, ""),
        note=_("Without its written proof, this claim fills nothing: the tool stays high-risk.")
        if claimed
        else "",
        theirs=kept if differs else "",
    )


def _choices(question: VendorQuestion, value: str) -> tuple[Choice, ...]:
    if not question.fact:
        return ()
    spec = load_facts()[question.fact]
    if spec.type is FactType.TERNARY:
        known = [("oui", _("Yes")), ("non", _("No"))]
    elif spec.type is FactType.CODE:
        known = [(code.code, said_text(code.label)) for code in spec.codes]
    else:
        return ()
    every = [*known, ("?", _("No answer"))]
    return tuple(Choice(code, label, code == (value or "?")) for code, label in every)


def _read(given: Mapping[str, Record], asked: Sequence[VendorQuestion]) -> list[_Read]:
    """Return the answers that fill a fact, with what they say."""
    found = []
    for question in asked:
        record = given.get(question.code)
        if record is None or not question.fact:
            continue
        evidence = record.row["evidence"] or ""
        try:
            value = read_answer(question.fact, record.row["value"] or "")
        except NotReadable:  # a workbook may hold what the page refuses
            continue
        if fills(question, value, evidence):
            found.append(_Read(question, value, evidence))
    return found


def _filling(each: _Read, case: CaseAnswers) -> Filling:
    spec = load_facts()[each.question.fact]
    known = case.situation.facts.get(spec.name)
    there = spec.name in case.situation.facts
    given = case.given.get(spec.name)
    proposed = said_text(shown_value(spec, _typed(spec.name, each.value)))
    return Filling(
        fact=spec.name,
        label=said_text(spec.label),
        known=said_text(shown_value(spec, known)) if there else "",
        who=", ".join(part for part in (given.who, day(given.on, weekday=False)) if part)
        if given
        else "",
        proposed=proposed,
        evidence=each.evidence,
        version=given.version if given else 0,
        checked=not there,
    )


def _typed(name: str, value: object) -> Any:
    return Situation.of({name: value}).facts[name]


def _letter(view: PlanView | None, record: Record) -> tuple[Anchor, ...]:
    from gouvernail.documents.write import safe_name

    if view is None:
        return ()
    row = record.row
    name = f"cas/{safe_name(row['case'])}/lettre-{safe_name(row['id'])}"
    return tuple(
        Anchor(form.upper(), reverse("steering:document", args=[view.id, f"{name}.{form}"]))
        for form in ("pdf", "odt", "docx")
        if f"{name}.{form}" in view.documents
    )


def read_form(posted: Any) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """Return what was typed (answer, proof) by question, and what cannot be read."""
    typed, errors = {}, {}
    known = {question.code: question for question in load_vendor_questions().questions}
    for code in posted.getlist("question"):
        if code not in known:
            raise Http404(code)
        value = posted.get(f"reponse-{code}", "").strip()
        typed[code] = (value, posted.get(f"preuve-{code}", "").strip())
        fact = known[code].fact
        if fact and value not in ("", "?"):
            try:
                read_answer(fact, value)
            except NotReadable as unreadable:
                errors[code] = said_text(unreadable.text)
    return typed, errors


@transaction.atomic
def keep_answers(
    authority_id: int,
    pk: int,
    typed: Mapping[str, tuple[str, str]],
    *,
    seen: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> bool:
    """Keep what a vendor answered; return whether somebody wrote one of the answers meanwhile."""
    record = facts.record_for(sheet(OFFERS), authority_id, pk)
    given = _given(authority_id, record.row["id"])
    rows, versions = [], []
    for code, (value, evidence) in typed.items():
        if value in _SILENT and not evidence and code not in given:
            continue  # a list nobody touched is no answer
        row = {"offer": record.row["id"], "question": code, "value": value, "evidence": evidence}
        rows.append(row)
        versions.append(seen.get(code, 0))
    stopped = services.write_rows(authority_id, sheet(ANSWERS), rows, seen=versions, by=by, at=at)
    return bool(stopped)


@transaction.atomic
def fill_facts(
    authority_id: int,
    pk: int,
    chosen: Sequence[str],
    *,
    seen: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> int | None:
    """Write the chosen answers as facts of the case; return how many, None if one moved meanwhile.

    Each keeps where it comes from: the vendor, the day, the proof. Raises RefusedError for a fact
    no answer fills.
    """
    record = facts.record_for(sheet(OFFERS), authority_id, pk)
    row = record.row
    case = case_answers(authority_id, row["case"])
    given = _given(authority_id, row["id"])
    asked = _asked(assess(case.situation, on=at.date(), ask=False).findings, given)
    read = {each.question.fact: each for each in _read(given, asked)}
    if not set(chosen) <= set(read):
        raise RefusedError(_NO_ANSWER)
    person = person_code(authority_id, by.user_id) if by.user_id else ""
    source = " · ".join(part for part in (row["vendor"], row["tool"]) if part)
    rows = [
        {
            "case": row["case"],
            "fact": name,
            "value": written_answer(name, read[name].value),
            "by": person,
            "on": at.date(),
            "evidence": f"{source} : {read[name].evidence or 'réponse écrite'}",
        }
        for name in chosen
    ]
    versions = [seen.get(name, 0) for name in chosen]
    stopped = services.write_rows(
        authority_id, sheet(LEGAL_FACTS), rows, seen=versions, by=by, at=at
    )
    return None if stopped else len(rows)
