"""Where we start: the page that sums up, the AI already there, the portfolio."""

from __future__ import annotations

from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import (
    Case,
    Plan,
    blank,
    cell_blank,
    chosen_cases,
    missing_words,
    pair_words,
    reasons_words,
    years_of,
)
from gouvernail.documents.voice import Voice

#: A page that sums up holds at most this many dates.
SUMMARY_DATES = 5
#: The most pressing stores are printed, all are in the workbook.
SHOWN_STORES = 8


def summary(v: Voice, plan: Plan) -> list[b.Block]:
    """Return “En une page”: what is proposed, what is asked, the next dates, what is not known."""
    found: list[b.Block] = [b.Heading(1, v.say("En une page", "On one page"), new_page=True)]
    ambition = v.text((plan.get("authority") or {}).get("ambition"))
    if ambition:
        found.append(b.Paragraph(b.content(ambition), "lead"))
    found.append(_figures(v, plan))
    found.extend(_proposal(v, plan))
    found.extend(_next_dates(v, plan))
    questions = _first_questions(v, plan)
    if questions:
        found.append(b.Heading(2, v.say("Ce qu’on ne sait pas encore", "What is not known yet")))
        found.append(b.Bullets(tuple(questions)))
    return found


def _figures(v: Voice, plan: Plan) -> b.KeyFigures:
    cases, chosen = plan.get("cases") or [], chosen_cases(plan)
    agents = sum(case.get("agents_affected") or 0 for case in chosen)
    roadmap = plan.get("roadmap") or {}
    cost = sum(year.get("planned_eur") or 0 for year in roadmap.get("budget") or [])
    if not roadmap:
        cost = sum(case.get("cost_total_eur") or 0 for case in chosen)
    years = years_of(plan)
    span = v.say("sur {n} ans", "over {n} years", n=len(years)) if len(years) > 1 else ""
    blocking = sum(1 for case in chosen if case.get("blocked"))
    return b.KeyFigures(
        (
            b.KeyFigure(
                v.say("{n} sur {all}", "{n} of {all}", n=len(chosen), all=len(cases)),
                v.say("cas d’usage retenus", "use cases chosen"),
            ),
            b.KeyFigure(v.money(cost), v.say("prévus", "planned") + (f" {span}" if span else "")),
            b.KeyFigure(v.number(agents), v.say("agents concernés", "staff members concerned")),
            b.KeyFigure(
                v.number(blocking),
                v.say("cas retenus en attente d’une pièce", "chosen cases waiting for something"),
            ),
        )
    )


def _proposal(v: Voice, plan: Plan) -> list[b.Block]:
    chosen = chosen_cases(plan)
    title = b.Heading(2, v.say("Ce qui est proposé", "What is proposed"))
    if not chosen:
        text = v.say(
            "Aucun cas d’usage n’est retenu à ce jour. Ce document dit d’où part la collectivité "
            "et "
            "ce qui manque pour choisir.",
            "No use case is chosen to date. This document says where the authority starts from and "
            "what is missing to choose.",
        )
        label = v.say("Rien n’est encore choisi.", "Nothing is chosen yet.")
        return [title, b.Callout("wait", label, b.content(text))]
    items = tuple(
        b.content(
            b.strong(case["title"]),
            f" ({(case.get('service') or {}).get('name') or '–'}). ",
            v.text(case.get("summary")),
        )
        for case in chosen
    )
    return [title, b.Bullets(items), *_asked(v, chosen)]


def _asked(v: Voice, chosen: list[Case]) -> list[b.Block]:
    """Return the decision asked of those who read, then what each case waits for."""
    decision = v.say(
        "approuver cette feuille de route, son calendrier et son budget ; chaque cas garde ses "
        "rendez-vous où l’on peut ajuster ou arrêter.",
        "approve this roadmap, its calendar and its budget; each case keeps its reviews, where it "
        "may be changed or stopped.",
    )
    waits = [
        b.content(b.strong(v.colon(case["title"])), waited, ".")
        for case in chosen
        if (waited := _waited(v, case))
    ]
    found: list[b.Block] = [
        b.Callout("note", v.say("Décision demandée :", "Decision asked:"), b.content(decision))
    ]
    if waits:
        found.append(b.Heading(2, v.say("Ce qui manque pour avancer", "What is missing to go on")))
        found.append(b.Bullets(tuple(waits)))
    return found


def _waited(v: Voice, case: Case) -> str:
    """Return what the next stage misses, or the doors of a blocked case, and who holds them."""
    missing = missing_words(v, (case.get("next") or {}).get("missing") or [])
    if missing or not case.get("blocked"):
        return missing
    doors = []
    for door in case.get("doors") or []:
        if door.get("state") in {"closed", "waiting"}:
            owners = dict.fromkeys(m.get("owner") or "" for m in door.get("missing") or [])
            name = v.text(door.get("label")) or v.known(f"door_{door.get('door')}")
            state = v.known(f"state_{door['state']}")
            who = ", ".join(owner for owner in owners if owner)
            doors.append(f"{name} {state}" + (f" ({who})" if who else ""))
    return ("; " if v.english else "\u202f; ").join(doors)


def _next_dates(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the first dated facts to come: last day for papers, sittings, milestones."""
    titles = {case["id"]: case["title"] for case in chosen_cases(plan)}
    dated: list[tuple[str, b.Content, b.Content]] = []
    for sitting in (plan.get("dialogue") or {}).get("sittings") or []:
        names = v.series(titles[c] for c in sitting.get("cases") or [] if c in titles)
        if not names:
            continue
        body = v.text(sitting.get("body_label"))
        if sitting.get("papers_by"):
            dated.append(
                (
                    sitting["papers_by"],
                    b.content(
                        v.say(
                            "Dernier jour pour envoyer le dossier : {body}",
                            "Last day to send the papers: {body}",
                            body=body,
                        )
                    ),
                    b.content(names),
                )
            )
        dated.append(
            (
                sitting["on"],
                b.content(v.say("Séance : {body}", "Sitting: {body}", body=body)),
                b.content(names),
            )
        )
    sat = {day for day, _, _ in dated}
    for milestone in (plan.get("roadmap") or {}).get("milestones") or []:
        if milestone.get("kind") == "cst" and milestone["on"] in sat:
            continue  # the sitting itself is already there
        dated.append(
            (
                milestone["on"],
                b.content(v.text(milestone.get("label"))),
                b.content(titles.get(milestone.get("case"), "")),
            )
        )
    dated = sorted((d for d in dated if d[0] >= str(plan["on"])), key=lambda d: d[0])
    if not dated:
        return []
    items = tuple((v.day(day), what, more) for day, what, more in dated[:SUMMARY_DATES])
    return [b.Heading(2, v.say("Les prochaines dates", "The next dates")), b.DatesList(items)]


def _first_questions(v: Voice, plan: Plan, limit: int = 3) -> list[b.Content]:
    from gouvernail.documents.roadmap_sections.method import questions_of

    return [b.content(text, f" ({where})") for _, text, where in questions_of(v, plan)[:limit]]


def starting_point(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the AI already there and what to protect first."""
    found: list[b.Block] = [
        b.Heading(1, v.say("D’où nous partons", "Where we start"), new_page=True),
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
            b.content(
                case["title"], f" ({v.say('retenu', 'chosen')})" if case.get("chosen") else ""
            ),
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
                    "chaque cas retenu. Une porte sans objet ne compte pas.",
                    "One door per condition to meet before going on; the detail is with each "
                    "chosen case. A door that does not concern the case is not counted.",
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
