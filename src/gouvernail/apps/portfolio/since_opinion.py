"""What moved in a case since the opinion of the staff committee: it raises a new question.

Whether a new round is called for is answered by people (rule DS-REEXAMEN); the journal only says
what is no longer as the committee saw it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from gouvernail.apps.facts.history import Move, moves
from gouvernail.apps.journal.queries import FactsMoved, facts_moved
from gouvernail_core.facts import sheet

#: What a committee was told of the project and may want to hear again when it moves: the tool,
#: its place, its purpose, the people, the work.
WATCHED: Mapping[str, frozenset[str]] = {
    "use_cases": frozenset(
        {
            "tool", "tool_class", "hosting", "summary", "problem", "stores", "service",
            "agents_affected", "tasks_lifted", "stays_human",
        }
    ),
    "legal_facts": frozenset({"value"}),
}  # fmt: skip
#: Answers about the project's effect on people at work.
WATCHED_FACTS = frozenset(
    {
        "use_case.monitors_staff", "use_case.scoring", "use_case.work_impact",
        "use_case.automation", "use_case.workers_subject_to_system", "use_case.psychosocial_risk",
        "use_case.generative", "use_case.self_learning",
    }
)  # fmt: skip


def moves_since(authority_id: int, case: str, opinion_on: date) -> list[Move]:
    """Return what moved of a case after the day of its opinion, the latest first."""
    since = timezone.make_aware(datetime.combine(opinion_on, time.max))
    subjects = [_subject("use_cases", case)]
    subjects += [_subject("legal_facts", f"{case} · {fact}") for fact in sorted(WATCHED_FACTS)]
    acts = facts_moved(authority_id, since=since, subjects=subjects)
    return moves(kept for act in acts for kept in _watched(act, case))


def _subject(code: str, key: str) -> str:
    return f"{sheet(code).label.fr} : {key}"


def _watched(act: FactsMoved, case: str) -> Iterator[FactsMoved]:
    """Yield the act narrowed to what is watched, if anything is left of it."""
    if act.act == "workbook-imported":
        told = [kept for each in act.after.get("sheets") or () for kept in _imported(each, case)]
        if told:
            yield replace(act, after={"sheets": told})
        return
    if act.act != "fact-changed":
        return
    code = "use_cases" if act.subject == _subject("use_cases", case) else "legal_facts"
    after = _only(act.after, WATCHED[code])
    if after:
        yield replace(act, before=_only(act.before, WATCHED[code]), after=after)


def _imported(told: Mapping[str, Any], case: str) -> Iterator[dict[str, Any]]:
    """Yield one sheet of an import, narrowed to the case."""
    code = told["sheet"]
    if code not in WATCHED:
        return
    changed = []
    for change in told["changed"]:
        key = change["key"]
        if key[0] != case or (code == "legal_facts" and key[1] not in WATCHED_FACTS):
            continue
        after = _only(change["after"], WATCHED[code])
        if after:
            before = _only(change["before"], WATCHED[code])
            changed.append({"key": key, "before": before, "after": after})
    if changed:
        yield {"sheet": code, "changed": changed, "added": [], "removed": []}


def _only(values: Mapping[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    return {code: value for code, value in values.items() if code in columns}
