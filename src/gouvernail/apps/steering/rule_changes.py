"""Which cases the rules installed today change, in plans computed with the rules of before.

The facts of a plan that is up to date are judged again with today's rules, on the day of the plan:
what differs comes from the rules alone. When the facts have moved too, only a new plan can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gouvernail.apps.facts.queries import rows_of
from gouvernail.apps.steering.models import CaseResult, Result
from gouvernail.apps.steering.queries import PlanView, latest_plan
from gouvernail.common.tenancy import owned
from gouvernail_core.kernel import RefusedError
from gouvernail_core.knowledge.loader import rules_version
from gouvernail_core.revision import RuleChange, rule_changes_between


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """What today's rules change for one authority; `moves` is none when the facts moved too."""

    authority: int
    before: str
    moves: tuple[RuleChange, ...] | None


def changed_rules(view: PlanView) -> bool:
    """Return whether a plan was computed with other rules than those installed today."""
    return bool(view.plan.get("rules_version")) and view.plan["rules_version"] != rules_version()


def rules_changed(view: PlanView) -> RulesChanged | None:
    """Return what today's rules change in a plan, None when it was computed with them."""
    if not changed_rules(view):
        return None
    before = str(view.plan["rules_version"])
    if view.stale:
        return RulesChanged(view.authority, before, None)
    try:
        after = _judged(view.authority, date.fromisoformat(view.plan["on"]))
    except RefusedError:  # facts kept from a version that asked less: the plan says it
        return RulesChanged(view.authority, before, None)
    return RulesChanged(view.authority, before, rule_changes_between(_stored(view), after))


def every_change() -> Iterator[tuple[str, RulesChanged]]:
    """Yield the authorities of the installation whose plan has other rules, each with its code."""
    from django.apps import apps

    model = apps.get_model("authority.Authority")
    behind = Result.objects.exclude(rules_version=rules_version()).exclude(rules_version="")
    for authority in model.objects.filter(pk__in=behind.values("authority")).order_by("code"):
        view = latest_plan(authority)
        found = rules_changed(view) if view is not None else None
        if found is not None:
            yield authority.code, found


def _judged(authority_id: int, on: date) -> dict[str, Any]:
    """Return what today's rules say of the authority ("") and of each case, on the day `on`."""
    from gouvernail_core.facts import build
    from gouvernail_core.steering.law import law_of_authority, law_of_cases

    facts = build(rows_of(authority_id))
    cases = law_of_cases(facts, on=on, ask=False)
    return {"": law_of_authority(facts, on=on), **{code: law.own for code, law in cases.items()}}


def _stored(view: PlanView) -> dict[str, dict[str, str]]:
    """Return the outcomes as the plan has them, by case then rule."""
    whole = (view.plan.get("obligations") or {}).get("authority") or {}
    found = {"": {item["rule"]: item["outcome"] for item in whole.get("findings") or ()}}
    rows = owned(CaseResult, view.authority).filter(result=view.id)
    for code, duties in rows.values_list("code", "duties"):
        found[code] = {item["rule"]: item["outcome"] for item in duties.get("findings") or ()}
    return found
