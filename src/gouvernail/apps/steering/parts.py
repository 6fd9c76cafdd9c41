"""A plan in the parts it is stored in, and the plan again from its parts. Pure, JSON in and out.

A plan of 500 cases is 112 MB, nine tenths of it what each rule says of each case: a page that lists
cases would read it all to show their names. So the plan, which every page reads, keeps of a case
what lists sort, filter and count; each case has a row with its sheet in brief, what the rules say
of it in brief, and itself whole; what a rule says whatever the case is kept once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Value = dict[str, Any]

#: What a rule says whatever the case.
OF_THE_RULE = (
    "title",
    "explanation",
    "before",
    "who",
    "evidence",
    "sources",
    "confidence",
    "jurist",
)
#: What lists sort, filter and count of a case.
LISTED = (
    "id",
    "title",
    "summary",
    "service",
    "stage",
    "stage_label",
    "stage_reason",
    "elu",
    "director",
    "blocked",
    "in_the_running",
    "chosen",
    "costs_eur",
    "cost_total_eur",
    "staff_days",
)
_OF_THE_FINDING = ("rule", "outcome", "done_on")
_OF_THE_RATING = ("elu", "director", "agents", "gap")


@dataclass(frozen=True, slots=True)
class Row:
    """What is stored of a case: `whole` less what the law says, `brief` for its sheet in a list.

    `duties` are what the rules say of it in brief: enough to count, to cross rules with cases, to
    compare two plans.
    """

    whole: Value
    brief: Value
    duties: Value


@dataclass(frozen=True, slots=True)
class Parts:
    """`plan` with its cases as lists read them; `law`, what rules and questions say; `rows`."""

    plan: Value
    law: Value
    rows: tuple[Row, ...]


def parts_of(plan: Mapping[str, Any]) -> Parts:
    """Return the parts of a plan.

    >>> plan = {"on": "2026-11-23", "cases": []}
    >>> parts_of(plan).plan == plan, parts_of(plan).law
    (True, {'rules': {}, 'outcomes': {}, 'questions': {}})
    """
    law: Value = {"rules": {}, "outcomes": {}, "questions": {}}
    rows = []
    for case in plan["cases"]:
        duties = case.get("obligations") or {}
        for found in duties.get("findings") or ():
            words = {key: found[key] for key in OF_THE_RULE if key in found}
            law["rules"].setdefault(found["rule"], words)
            law["outcomes"].setdefault(found["outcome"], found["outcome_label"])
        for asked in duties.get("questions") or ():
            law["questions"].setdefault(asked["fact"], asked["question"])
        rows.append(Row(_without_law(case, law), _in_brief(case), _duties(case)))
    return Parts({**plan, "cases": [_listed(case) for case in plan["cases"]]}, law, tuple(rows))


def whole(case: Mapping[str, Any], law: Mapping[str, Any]) -> Value:
    """Return a case as the plan had it, from its row and what the law says."""
    duties = case.get("obligations")
    if not duties or "findings" not in duties:
        return dict(case)
    findings = [{**law["rules"].get(each["rule"], {}), **each} for each in duties["findings"]]
    return {**case, "obligations": {**duties, "findings": findings}}


def named(
    plan: Mapping[str, Any],
    law: Mapping[str, Any],
    duties: Mapping[str, Value],
    wholes: Iterable[Value] = (),
) -> Value:
    """Return a plan whose cases have what the rules say of them, in the words of the law.

    `duties` holds what the rules say in brief, by case. `wholes` are cases given whole; they take
    the place of theirs.
    """
    given = {case["id"]: case for case in wholes}
    cases = [
        given.get(case["id"]) or _named(case, duties.get(case["id"], {}), law)
        for case in plan["cases"]
    ]
    return {**plan, "cases": cases}


def _without_law(case: Mapping[str, Any], law: Mapping[str, Any]) -> Value:
    """Return a case whose findings leave out what the law says in the same words."""
    duties = case.get("obligations")
    if not duties or "findings" not in duties:
        return dict(case)
    findings = []
    for each in duties["findings"]:
        words = law["rules"][each["rule"]]
        findings.append({k: v for k, v in each.items() if k not in words or words[k] != v})
    return {**case, "obligations": {**duties, "findings": findings}}


def _listed(case: Mapping[str, Any]) -> Value:
    listed = {key: case[key] for key in LISTED if key in case}
    listed["doors"] = [
        {key: door.get(key) for key in ("door", "state", "state_label")}
        for door in case.get("doors") or ()
    ]
    listed["ratings"] = [
        {"elu": each.get("elu"), "director": each.get("director")}
        for each in case.get("ratings") or ()
    ]
    heard = case.get("consultation") or {}
    listed["consultation"] = {"due": heard.get("due"), "opinion_on": heard.get("opinion_on")}
    return listed


def _in_brief(case: Mapping[str, Any]) -> Value:
    brief = dict(case)
    if "doors" in case:
        brief["doors"] = [_door_in_brief(door) for door in case["doors"]]
    if "ratings" in case:
        kept = _OF_THE_RATING
        brief["ratings"] = [{key: each.get(key) for key in kept} for each in case["ratings"]]
    if "consultation" in case:
        brief["consultation"] = {**case["consultation"], "reasons": []}
    if case.get("obligations"):
        duties = case["obligations"]
        asked = len(duties.get("questions") or ())
        brief["obligations"] = {**duties, "findings": [], "questions": [], "asked": asked}
    return brief


def _door_in_brief(door: Mapping[str, Any]) -> Value:
    """Return a door with what its own sentence is about, without its reasons."""
    said = [item for item in door.get("missing") or () if item["what"] == door.get("text")]
    return {**door, "missing": said, "reasons": []}


def _duties(case: Mapping[str, Any]) -> Value:
    duties = case.get("obligations") or {}
    return {
        "findings": [
            {key: each[key] for key in _OF_THE_FINDING if key in each}
            for each in duties.get("findings") or ()
        ],
        "questions": [
            {"fact": each["fact"], "decides": each["decides"]}
            for each in duties.get("questions") or ()
        ],
    }


def _named(case: Mapping[str, Any], duties: Mapping[str, Any], law: Mapping[str, Any]) -> Value:
    findings = [
        {
            **law["rules"].get(each["rule"], {}),
            "outcome_label": law["outcomes"].get(each["outcome"]),
            **each,
        }
        for each in duties.get("findings") or ()
    ]
    questions = [
        {**each, "question": law["questions"].get(each["fact"])}
        for each in duties.get("questions") or ()
    ]
    return {**case, "obligations": {"findings": findings, "questions": questions}}
