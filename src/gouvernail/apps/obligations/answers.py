"""What has been answered about one case, and the only writer of an answer to a question.

Answers are facts: they are written where each fact lives, in the sheet of the legal facts or in
that of the authority, in one act.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import Http404

from gouvernail.apps.accounts.queries import person_code
from gouvernail.apps.facts import queries as facts
from gouvernail.apps.facts import services
from gouvernail.apps.facts.queries import Record
from gouvernail.common.actor import Actor
from gouvernail_core.facts import build, parse, sheet
from gouvernail_core.facts.answers import written_answer
from gouvernail_core.kernel import Problem, RefusedError, Text
from gouvernail_core.obligations import Situation
from gouvernail_core.steering.law import AUTHORITY_COLUMNS, situation_of

LEGAL_FACTS = "legal_facts"
_NO_KIND = Problem(
    "authority-kind",
    Text(
        "Dites d’abord quel est le type de votre collectivité : ce que le droit demande en dépend.",
        "Say first what kind of authority you are: what the law asks depends on it.",
    ),
)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer somebody gave: `version` is what a writer must have read to change it."""

    value: str
    who: str
    on: date | None
    version: int


@dataclass(frozen=True, slots=True)
class CaseAnswers:
    """What is known of one case for the law: its title, its situation, the answers by fact.

    `authority_version` is that of the authority's own sheet, which holds some of the facts.
    """

    code: str
    title: str
    situation: Situation
    given: Mapping[str, Given]
    authority_version: int


def case_answers(authority_id: int, code: str) -> CaseAnswers:
    """Return what is known of a case of this authority, or 404.

    Raises RefusedError while the kind of the authority is not known: every rule begins with it.
    """
    case = facts.record_of_code(sheet("use_cases"), authority_id, code)
    if case is None:
        raise Http404(code)
    legal = facts.records_of(sheet(LEGAL_FACTS), authority_id, case__in=("", code))
    consultations = facts.records_of(sheet("consultations"), authority_id, case=code)
    authority = facts.record_for(sheet("authority"), authority_id, authority_id)
    if not authority.row["kind"]:
        raise RefusedError(_NO_KIND)
    rows = {
        "authority": [authority.row],
        "use_cases": [case.row],
        "stores": facts.rows_of_sheet(sheet("stores"), authority_id),
        "sittings": facts.rows_of_sheet(sheet("sittings"), authority_id),
        LEGAL_FACTS: [record.row for record in legal],
        "consultations": [record.row for record in consultations],
    }
    known = build(rows, whole=False)
    return CaseAnswers(
        code,
        case.row["title"],
        situation_of(known, known.use_cases[0]),
        _given(legal, _names(authority_id)),
        authority.version,
    )


def _names(authority_id: int) -> dict[str, str]:
    return {
        record.row["id"]: record.row["name"]
        for record in facts.records_of(sheet("people"), authority_id)
    }


def _given(records: list[Record], names: Mapping[str, str]) -> dict[str, Given]:
    """Return the answers by fact; one about the case comes before one about the authority."""
    found = {}
    for record in sorted(records, key=lambda each: bool(each.row["case"])):
        row = record.row
        who = names.get(row["by"] or "", row["by"] or "")
        found[row["fact"]] = Given(row["value"] or "?", who, row["on"], record.version)
    return found


@transaction.atomic
def answer(
    authority_id: int,
    code: str,
    answers: Mapping[str, object],
    *,
    seen: Mapping[str, int],
    authority_version: int = 0,
    by: Actor,
    at: datetime,
) -> tuple[str, ...]:
    """Keep the answers to facts of one case, and return the facts somebody answered meanwhile.

    ``None`` is « I do not know », which is kept with the name of who was asked. `seen` holds the
    version of each answer as it was read, 0 for none, and `authority_version` that of the
    authority's own sheet, where some answers are written. When another person answered one of
    them meanwhile, nothing is written. Raises RefusedError for an answer that cannot be kept.
    """
    person = person_code(authority_id, by.user_id) if by.user_id else ""
    own = {
        name: value
        for name, value in answers.items()
        if name in AUTHORITY_COLUMNS and value is not None
    }
    rows = [
        _row("" if name.startswith("authority.") else code, name, value)
        | {"by": person, "on": at.date()}
        for name, value in answers.items()
        if name not in own
    ]
    _drop_old_evidence(authority_id, code, rows)
    versions = [seen.get(str(row["fact"]), 0) for row in rows]
    stopped = services.write_rows(
        authority_id, sheet(LEGAL_FACTS), rows, seen=versions, by=by, at=at
    )
    if stopped:
        return tuple(record.row["fact"] for record in stopped)
    if not own:
        return ()
    conflict = services.change_row(
        authority_id,
        sheet("authority"),
        authority_id,
        dict(_in_its_column(name, value) for name, value in own.items()),
        version=authority_version,
        by=by,
        at=at,
    )
    if conflict is None:
        return ()
    transaction.set_rollback(True)
    return tuple(own)


def _row(case: str, name: str, value: object) -> dict[str, Any]:
    return {"case": case, "fact": name, "value": written_answer(name, value)}


def _drop_old_evidence(authority_id: int, code: str, rows: Iterable[dict[str, Any]]) -> None:
    """Empty the evidence of an answer that changes: it supported another one."""
    there = facts.records_of(sheet(LEGAL_FACTS), authority_id, case__in=("", code))
    said = {(old.row["case"], old.row["fact"]): old.row["value"] for old in there}
    for row in rows:
        if said.get((row["case"], row["fact"]), row["value"]) != row["value"]:
            row["evidence"] = ""


def _in_its_column(name: str, value: object) -> tuple[str, object]:
    """Return the column of the authority's sheet that holds a fact, and its value there."""
    column = sheet("authority").column(AUTHORITY_COLUMNS[name])
    return column.code, parse(written_answer(name, value), column)
