"""What the notes to those who decide share: the proposal, the money, the next dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.frame import to_write
from gouvernail.documents.papers.model import Need, Standing
from gouvernail.documents.parts import COMMITTED, Case, Plan, chosen_cases
from gouvernail.documents.roadmap_sections.dates import coming
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text


def undecided(plan: Plan) -> list[Case]:
    """Return the proposed cases that nobody has decided yet."""
    return [case for case in chosen_cases(plan) if case.get("stage") not in COMMITTED]


def standing(plan: Plan, case: Case | None) -> Standing:
    """Return whether there is something to decide on the proposal."""
    del case
    waiting = undecided(plan)
    if not chosen_cases(plan):
        return Standing(
            Need.LATER, Text("Aucun cas n’est encore proposé.", "No case is proposed yet.")
        )
    if not waiting:
        return Standing(
            Need.NOT_NEEDED,
            Text("Les cas proposés sont tous décidés.", "The proposed cases are all decided."),
        )
    if len(waiting) == 1:
        one = Text("Un cas proposé attend une décision.", "One proposed case waits for a decision.")
        return Standing(Need.DUE, one)
    n = len(waiting)
    said = f"{n} cas proposés attendent une décision."
    return Standing(Need.DUE, Text(said, f"{n} proposed cases wait for a decision."))


def proof_of(plan: Plan, case: Case) -> Mapping[str, Any] | None:
    """Return what the choice says of a case, None when no choice was made."""
    selection = plan.get("selection") or {}
    return next((c for c in selection.get("cases") or [] if c["id"] == case["id"]), None)


def money(v: Voice, plan: Plan) -> b.Content:
    """Return each year against its envelope, or the blank of none."""
    years = (plan.get("roadmap") or {}).get("budget") or []
    said = [
        v.say(
            "{year} : {planned} sur {envelope}",
            "{year}: {planned} of {envelope}",
            year=str(year["year"]),
            planned=v.money(year["planned_eur"]),
            envelope=v.money(year["envelope_eur"]),
        )
        for year in years
    ]
    if not said:
        return to_write(v, "budget par année", "budget per year")
    return b.content(("; " if v.english else "\u202f; ").join(said), ".")


def dates(v: Voice, plan: Plan, limit: int) -> b.Block:
    """Return the next dates, or the blank of none."""
    found = coming(v, plan)[:limit]
    if not found:
        return b.Paragraph(to_write(v, "prochaines dates", "next dates"))
    return b.DatesList(
        tuple(
            (
                v.day(item.day),
                b.content(item.what),
                b.content(" · ".join(x for x in (v.series(item.cases), item.note) if x)),
            )
            for item in found
        )
    )
