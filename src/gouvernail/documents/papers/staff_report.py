"""The report to the staff committee, as a paper among the others."""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.cst_report import cst_report
from gouvernail.documents.papers.model import Need, Paper, Standing
from gouvernail.documents.parts import Case, Plan
from gouvernail_core.kernel import Text

_RULES = ("DS-CST-ORG", "DS-FS-TECH", "DS-FS-POSTE", "DS-PILOTE")


def build(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the draft report of one case."""
    assert case is not None
    return cst_report(plan, case, language=language)


def standing(_plan: Plan, case: Case | None) -> Standing:
    """Return whether a report is to be sent: an opinion is due or may be, and is not given."""
    consultation = (case or {}).get("consultation") or {}
    if consultation.get("opinion_on"):
        return Standing(Need.DONE, Text("L’avis est rendu.", "The opinion is given."))
    due = consultation.get("due")
    if due == "no" or not consultation:
        return Standing(
            Need.NOT_NEEDED,
            Text(
                "D’après les faits connus, aucun avis n’est à recueillir.",
                "On the known facts, no opinion is to be heard.",
            ),
        )
    reasons = consultation.get("reasons") or [{}]
    said = reasons[0].get("text") or {
        "fr": "L’avis des représentants du personnel est à recueillir avant le pilote.",
        "en": "The opinion of the staff representatives is to be heard before the pilot.",
    }
    need = Need.DUE if due == "yes" else Need.TO_EXAMINE
    return Standing(need, Text(said["fr"], said["en"]), _RULES)


PAPER = Paper(
    code="rapport-cst",
    title=Text("Rapport aux représentants du personnel", "Report to the staff representatives"),
    purpose=Text(
        "Recueillir l’avis du comité avant le pilote.",
        "Hear the committee’s opinion before the pilot.",
    ),
    signed_by=Text("Le président de l’instance", "The chair of the body"),
    about_case=True,
    standing=standing,
    build=build,
)
