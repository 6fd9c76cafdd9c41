"""The derived facts, gathered: what follows from the facts before any rule is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from gouvernail_core.kernel import Ternary
from gouvernail_core.obligations import ai_act, personal_data, purchase, staff
from gouvernail_core.obligations.context import Context
from gouvernail_core.obligations.model import Derived
from gouvernail_core.obligations.predicate import PREDICATES

__all__ = ["DATES", "PREDICATES", "derive"]

# The modules are imported for the predicates they register.
_REGISTERED = (ai_act, personal_data, purchase, staff)

#: The dates a rule may name under ``applies_from: {derived: …}``.
DATES: Mapping[str, Callable[[Context], date | None]] = {
    "high_risk_date": ai_act.high_risk_from,
    "prohibition_date": ai_act.prohibition_from,
    "marking_date": ai_act.marking_from,
}


def derive(ctx: Context) -> Derived:
    """Return the derived facts, each with its reasons."""
    built, provider = ai_act.provider_by_building(ctx), ai_act.provider(ctx)
    risk = ai_act.high_risk(ctx)
    committee = staff.committee(ctx)
    panel = staff.has_specialised_panel(ctx)
    roles = ["deployer", "provider"] if provider.yes else ["deployer"]
    return Derived(
        role=tuple(roles),
        provider=provider.value,
        high_risk=risk.value,
        staff_body=committee.code,
        specialised_panel=panel.value,
        high_risk_from=None if risk.value is Ternary.NO else ai_act.high_risk_from(ctx),
        reasons={
            "role": (*ai_act.deployer(ctx).reasons, *(provider if provider.yes else built).reasons),
            "high_risk": risk.reasons,
            "staff_body": committee.judgement.reasons,
            "specialised_panel": panel.reasons,
        },
    )
