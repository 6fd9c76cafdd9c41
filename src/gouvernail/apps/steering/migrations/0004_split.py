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
        result.plan = {**result.plan, "cases": [_short(case) for case in cases]}
        result.save(update_fields=["plan", "law"])
        for case in cases if rank <= WHOLE else ():
            rows.create(
                authority_id=result.authority_id,
                result_id=number,
                code=case["id"],
                detail=_detail(case, law),
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


def _short(case: Any) -> Any:
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


class Migration(migrations.Migration):
    dependencies = [("steering", "0003_parts")]

    operations = [migrations.RunPython(split, migrations.RunPython.noop, elidable=True)]
