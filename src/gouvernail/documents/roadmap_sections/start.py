"""Where we start: the AI already there, what to protect first, the portfolio."""

from __future__ import annotations

from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import (
    Case,
    Plan,
    blank,
    cell_blank,
    pair_words,
    proposal_word,
    reasons_words,
)
from gouvernail.documents.voice import Voice

#: The most pressing stores are printed, all are in the workbook.
SHOWN_STORES = 8


def starting_point(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the AI already there and what to protect first."""
    found: list[b.Block] = [
        b.Heading(1, v.say("D’où nous partons", "Where we start")),
        b.Heading(2, v.say("L’intelligence artificielle déjà là", "The AI already there")),
    ]
    uses = plan.get("existing_uses") or []
    if uses:
        found.append(_uses_table(v, uses))
    else:
        found.append(
            b.Paragraph(
                b.content(
                    v.say(
                        "Aucun usage n’est recensé. Cela ne veut pas dire qu’il n’y en a pas : "
                        "le recensement "
                        "reste à faire.",
                        "No use is recorded. It does not mean there is none: the survey is still "
                        "to be made.",
                    )
                )
            )
        )
    found.append(b.Heading(2, v.say("Ce qu’il faut protéger d’abord", "What to protect first")))
    stores = plan.get("protect_first") or []
    if stores:
        found.append(
            b.Paragraph(
                b.content(
                    v.say(
                        "« Non examiné » ne veut pas dire sans risque : personne n’a encore "
                        "regardé.",
                        "“Not examined” does not mean without risk: nobody has looked yet.",
                    )
                )
            )
        )
        if len(stores) > SHOWN_STORES:
            more = v.say(
                "Les {n} gisements suivants sont dans plan.ods.",
                "The {n} next stores are in plan.ods.",
                n=len(stores) - SHOWN_STORES,
            )
            found.append(b.Paragraph(b.content(more)))
        found.append(_stores_table(v, stores[:SHOWN_STORES]))
    else:
        found.append(b.Paragraph((blank(v, "les gisements de données", "the data stores"),)))
    return found


def _uses_table(v: Voice, uses: list[dict[str, Any]]) -> b.Table:
    rows = []
    for use in uses:
        data = v.series(v.text(d) for d in use.get("data") or [])
        personal = {
            "yes": v.say("données personnelles", "personal data"),
            "unknown": v.say(
                "on ne sait pas si elles sont personnelles", "not known whether personal"
            ),
        }.get(use.get("personal") or "", "")
        verdict = v.text(use.get("verdict_label"))
        said = v.say("décidé", "decided") if verdict else v.say("conseillé", "advised")
        rows.append(
            (
                b.content(use["name"]),
                b.content(", ".join(x for x in (use.get("tool"), use.get("service")) if x)),
                b.content(v.number(use.get("users"))),
                b.content("; ".join(x for x in (data, personal) if x))
                if v.english
                else b.content(" ; ".join(x for x in (data, personal) if x)),
                b.content(verdict or v.text(use.get("advice_label"), "–"), f" ({said})"),
            )
        )
    return b.Table(
        v.say("Usages recensés, et ce qui en est fait", "Recorded uses, and what is done of them"),
        (
            b.Column(v.say("Usage", "Use"), share=1.2),
            b.Column(v.say("Outil, service", "Tool, department"), share=1.3),
            b.Column(v.say("Agents", "Staff"), "number"),
            b.Column(v.say("Données", "Data"), share=1.3),
            b.Column(v.say("Suite", "What next"), share=1.3),
        ),
        tuple(rows),
    )


def _stores_table(v: Voice, stores: list[dict[str, Any]]) -> b.Table:
    examined = {
        "yes": v.say("examiné", "examined"),
        "no": v.say("non examiné", "not examined"),
        "unknown": v.say("non examiné", "not examined"),
    }
    rows = tuple(
        (
            b.content(v.number(s.get("rank"))),
            b.content(s["name"]),
            b.content(str(s.get("class") or "–")),
            b.content(examined.get(s.get("examined") or "unknown", "")),
            reasons_words(v, s.get("reasons") or []) or ("–",),
        )
        for s in stores
    )
    return b.Table(
        v.say(
            "Gisements de données, du plus pressant au moins pressant",
            "Data stores, the most pressing first",
        ),
        (
            b.Column(v.say("Rang", "Rank"), "number"),
            b.Column(v.say("Gisement", "Store")),
            b.Column(v.say("Classe", "Class"), "mark"),
            b.Column(v.say("Examen", "Scan"), "mark"),
            b.Column(v.say("Pourquoi", "Why"), share=2),
        ),
        rows,
    )


def portfolio(v: Voice, plan: Plan) -> list[b.Block]:
    """Return all the cases in one table."""
    cases = plan.get("cases") or []
    found: list[b.Block] = [b.Heading(1, v.say("Le portefeuille", "The portfolio"))]
    if not cases:
        found.append(b.Paragraph((blank(v, "les cas d’usage du séminaire", "the use cases"),)))
        return found
    rows = tuple(
        (
            b.content(case["title"], f" ({proposal_word(v, case)})" if case.get("chosen") else ""),
            b.content((case.get("service") or {}).get("name") or "–"),
            pair_words(v, case),
            b.content(v.text(case.get("stage_label"), "–")),
            b.content(v.money(case["cost_total_eur"]))
            if case.get("cost_total_eur") is not None
            else cell_blank(v),
            b.content(_doors_count(v, case)),
        )
        for case in cases
    )
    found.append(
        b.Table(
            v.say("Les {n} cas d’usage étudiés", "The {n} use cases studied", n=len(cases)),
            (
                b.Column(v.word("case"), share=1.5),
                b.Column(v.word("service"), share=1.1),
                b.Column(v.word("pair"), share=1.4),
                b.Column(v.word("stage"), share=0.9),
                b.Column(v.word("cost"), "number"),
                b.Column(v.say("Portes ouvertes", "Open doors"), "number"),
            ),
            rows,
        )
    )
    found.append(
        b.Paragraph(
            b.content(
                v.say(
                    "Une porte par condition à réunir avant d’avancer ; le détail est donné avec "
                    "chaque cas proposé. Une porte sans objet ne compte pas.",
                    "One door per condition to meet before going on; the detail is with each "
                    "proposed case. A door that does not concern the case is not counted.",
                )
            ),
            "small",
        )
    )
    return found


def _doors_count(v: Voice, case: Case) -> str:
    doors = [d for d in case.get("doors") or [] if d.get("state") != "none"]
    opened = sum(1 for d in doors if d["state"] == "open")
    return v.say("{n} sur {all}", "{n} of {all}", n=opened, all=len(doors)) if doors else "–"
