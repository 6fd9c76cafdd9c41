"""The roadmap an executive hands to its council."""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import Plan, made_document, span_of_years
from gouvernail.documents.roadmap_sections import (
    choice,
    chosen,
    dates,
    law,
    means,
    method,
    planning,
    start,
    summary,
)
from gouvernail.documents.voice import Voice

SECTIONS = (
    summary.summary,
    dates.next_dates,
    start.starting_point,
    start.portfolio,
    choice.choice,
    chosen.chosen,
    law.law,
    planning.dialogue,
    planning.schedule,
    means.budget,
    means.training,
    means.measures,
    method.unknowns,
    method.method,
    law.annex,
)


def roadmap_document(plan: Plan, *, language: str = "fr") -> b.Document:
    """Return the roadmap of a plan (`gouvernail-plan-1`), in French unless told otherwise."""
    v = Voice(language)
    blocks = [block for section in SECTIONS for block in section(v, plan)]
    span = span_of_years(plan)
    return made_document(
        v,
        plan,
        blocks,
        title=v.say(
            "Feuille de route de l’intelligence artificielle {span}",
            "Artificial intelligence roadmap {span}",
            span=span,
        ),
        subtitle=v.say(
            "Document de travail pour la direction générale, l’assemblée et les agents",
            "Working document for the executive, the assembly and the staff",
        ),
        kicker=str((plan.get("authority") or {}).get("name") or ""),
        cover=True,
    )
