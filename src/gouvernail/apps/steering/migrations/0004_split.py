"""Give the plans already computed the parts of 0003; the latest two of an authority stay whole."""

from __future__ import annotations

from typing import Any

from django.db import migrations

WHOLE = 2
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


def split(apps: Any, _schema: Any) -> None:
    """Store each case of each plan in a row of its own, one plan in memory at a time."""
    results = apps.get_model("steering", "Result").objects
    rows = apps.get_model("steering", "CaseResult").objects
    seen: dict[int, int] = {}
    for number in list(results.order_by("-pk").values_list("pk", flat=True)):
        result = results.get(pk=number)
        rank = seen[result.authority_id] = seen.get(result.authority_id, 0) + 1
        cases = result.plan.get("cases") or []
        law = result.law = _law(cases)
        result.plan = {**result.plan, "cases": [_listed(case) for case in cases]}
        result.save(update_fields=["plan", "law"])
        for case in cases if rank <= WHOLE else ():
            rows.create(
                authority_id=result.authority_id,
                result_id=number,
                code=case["id"],
                detail=_detail(case, law),
                brief=_brief(case),
                duties=_duties(case),
            )


def _law(cases: list[Any]) -> dict[str, Any]:
    law: dict[str, Any] = {"rules": {}, "outcomes": {}, "questions": {}}
    for case in cases:
        duties = case.get("obligations") or {}
        for found in duties.get("findings") or ():
            words = {key: found[key] for key in OF_THE_RULE if key in found}
            law["rules"].setdefault(found["rule"], words)
            law["outcomes"].setdefault(found["outcome"], found.get("outcome_label"))
        for asked in duties.get("questions") or ():
            law["questions"].setdefault(asked["fact"], asked.get("question"))
    return law


def _detail(case: Any, law: dict[str, Any]) -> Any:
    duties = case.get("obligations") or {}
    findings = []
    for each in duties.get("findings") or ():
        words = law["rules"][each["rule"]]
        findings.append({k: v for k, v in each.items() if k not in words or words[k] != v})
    return {**case, "obligations": {**duties, "findings": findings}}


def _duties(case: Any) -> Any:
    duties = case.get("obligations") or {}
    return {
        "findings": [
            {key: each[key] for key in ("rule", "outcome", "done_on") if key in each}
            for each in duties.get("findings") or ()
        ],
        "questions": [
            {key: each.get(key) for key in ("fact", "decides")}
            for each in duties.get("questions") or ()
        ],
    }


def _brief(case: Any) -> Any:
    duties = case.get("obligations") or {}
    asked = len(duties.get("questions") or ())
    ratings = ("elu", "director", "agents", "gap")
    return {
        **case,
        "doors": [
            {
                **door,
                "missing": [m for m in door.get("missing") or () if m["what"] == door.get("text")],
                "reasons": [],
            }
            for door in case.get("doors") or ()
        ],
        "ratings": [{k: each.get(k) for k in ratings} for each in case.get("ratings") or ()],
        "consultation": {**(case.get("consultation") or {}), "reasons": []},
        "obligations": {**duties, "findings": [], "questions": [], "asked": asked},
    }


def _listed(case: Any) -> Any:
    heard = case.get("consultation") or {}
    return {
        **{key: case[key] for key in LISTED if key in case},
        "doors": [
            {key: door.get(key) for key in ("door", "state", "state_label")}
            for door in case.get("doors") or ()
        ],
        "ratings": [{k: r.get(k) for k in ("elu", "director")} for r in case.get("ratings") or ()],
        "consultation": {"due": heard.get("due"), "opinion_on": heard.get("opinion_on")},
    }


class Migration(migrations.Migration):
    dependencies = [("steering", "0003_parts")]

    operations = [migrations.RunPython(split, migrations.RunPython.noop, elidable=True)]
