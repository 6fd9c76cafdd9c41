"""The note to the management team: what is proposed, against what, with which effects, to decide.

Two pages. Every figure is the plan's; what the plan does not hold is a visible blank.
"""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.deciding import (
    lowered,
    opinion_missing,
    quoted,
    said,
    sentence,
    titled,
    undecided,
    waits,
)
from gouvernail.documents.papers.frame import paper_document
from gouvernail.documents.papers.model import Need, Paper, Standing
from gouvernail.documents.parts import (
    Case,
    Plan,
    blank,
    case_titles,
    chosen_cases,
    labelled,
    proposal_word,
)
from gouvernail.documents.roadmap_sections.dates import coming
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text

#: What two pages hold.
SHOWN_PORTFOLIOS, SHOWN_DATES, SHOWN_CASES = 3, 6, 6
#: The milestones of a case, in the order of the table.
_KINDS = ("cst", "evaluation", "rollout")


def management_standing(plan: Plan, case: Case | None) -> Standing:
    """Return whether the management team has a choice to settle."""
    if not plan.get("selection") or not chosen_cases(plan):
        why = Text("Aucun choix n’est encore proposé.", "No choice is proposed yet.")
        return Standing(Need.LATER, why)
    new = undecided(plan)
    if not new:
        why = Text("Tous les cas proposés sont déjà décidés.", "All proposed cases are decided.")
        return Standing(Need.DONE, why)
    names = titled(c["title"] for c in new)
    verb = ("sont proposés", "are") if len(new) > 1 else ("est proposé", "is")
    why = Text(
        f"{names.fr} {verb[0]} et personne n’a encore décidé.",
        f"{names.en} {verb[1]} proposed and nobody has decided yet.",
    )
    return Standing(Need.DUE, why)


def management_note(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the note to the management team: two pages, closed by the decision asked."""
    v = Voice(language)
    blocks: list[b.Block] = [
        *_purpose(v, plan),
        *_context(v, plan),
        *_options(v, plan),
        *_recommendation(v, plan),
        *_effects(v, plan),
        *_calendar(v, plan),
        *_decision(v, plan),
    ]
    return paper_document(v, plan, None, PAPER, blocks)


def _purpose(v: Voice, plan: Plan) -> list[b.Block]:
    chosen = chosen_cases(plan)
    title = b.Heading(1, v.say("Objet", "Purpose"))
    if not chosen:
        place = blank(v, "ce que le comité doit trancher", "what the team must settle")
        return [title, b.Paragraph((place,))]
    new = len(undecided(plan))
    if len(chosen) == 1:
        only = v.say("Valider la proposition d’un cas d’usage.", "Validate one proposed use case.")
        return [title, b.Paragraph(b.content(only))]
    text = v.say(
        "Valider la proposition de {n} cas d’usage, dont {new} à décider et {old} déjà engagés."
        if new != len(chosen)
        else "Valider la proposition de {n} cas d’usage, tous à décider.",
        "Validate the proposal of {n} use cases, of which {new} to decide and {old} under way."
        if new != len(chosen)
        else "Validate the proposal of {n} use cases, all to decide.",
        n=len(chosen),
        new=new,
        old=len(chosen) - new,
    )
    return [title, b.Paragraph(b.content(text))]


def _context(v: Voice, plan: Plan) -> list[b.Block]:
    ambition = v.text((plan.get("authority") or {}).get("ambition"))
    uses = plan.get("existing_uses") or []
    loose = sum(not use.get("verdict") for use in uses)
    parts: list[b.Inline] = [
        sentence(ambition)
        if ambition
        else blank(v, "l’ambition de la collectivité", "the ambition of the authority")
    ]
    if uses:
        parts.append(
            v.say(
                " {n} usages de l’IA sont déjà recensés, dont {loose} sans suite décidée.",
                " {n} uses of AI are recorded already, {loose} of them with nothing decided.",
                n=len(uses),
                loose=loose,
            )
        )
    considered = [c for c in plan.get("cases") or [] if c.get("in_the_running")]
    if len(considered) > 1:
        parts.append(
            v.say(" {n} cas ont été comparés.", " {n} cases were compared.", n=len(considered))
        )
    return [b.Heading(1, v.say("Contexte", "Context")), b.Paragraph(b.content(parts))]


def _options(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the portfolios that oppose, by what each keeps that another does not."""
    title = b.Heading(1, v.say("Options", "Options"))
    selection = plan.get("selection") or {}
    portfolios = selection.get("portfolios") or []
    titles = case_titles(plan)
    if not portfolios:
        place = blank(v, "les options, quand les cas seront notés", "options, once cases are rated")
        return [title, b.Paragraph((place,))]
    common = [c for c in selection.get("common_core") or []]
    found: list[b.Block] = [title]
    if common:
        core = v.series(quoted(v, titles.get(c, c)) for c in common)
        text = v.say(
            "Dans toutes les options : {core}. Ce qui les distingue :",
            "In every option: {core}. What sets them apart:",
            core=core,
        )
        found.append(b.Paragraph(b.content(text)))
    rows = []
    for number, portfolio in enumerate(portfolios[:SHOWN_PORTFOLIOS], start=1):
        own = [titles.get(c, c) for c in portfolio["cases"] if c not in common]
        mark = v.say(" (proposée)", " (proposed)") if portfolio.get("recommended") else ""
        cost = sum(
            c.get("cost_total_eur") or 0
            for c in plan.get("cases") or []
            if c["id"] in portfolio["cases"]
        )
        rows.append(
            (
                b.content(f"{number}{mark}"),
                b.content(v.series(own) or v.say("rien de plus", "nothing more")),
                b.content(v.money(cost)),
                b.content(v.percent(portfolio.get("share"))),
            )
        )
    found.append(
        b.Table(
            v.say(
                "Les options qui s’opposent, et la part des pondérations qui choisissent chacune",
                "The options that oppose, and the share of the weightings that choose each",
            ),
            (
                b.Column(v.say("Option", "Option"), share=0.9),
                b.Column(v.say("Ce qu’elle ajoute", "What it adds"), share=2.4),
                b.Column(v.say("Coût total", "Total cost"), "number"),
                b.Column(v.say("Part", "Share"), "number"),
            ),
            tuple(rows),
        )
    )
    method = v.text(selection.get("method"))
    if method:
        found.append(b.Paragraph(b.content(method), "small"))
    return found


def _recommendation(v: Voice, plan: Plan) -> list[b.Block]:
    title = b.Heading(1, v.say("Recommandation", "Recommendation"))
    chosen = chosen_cases(plan)
    if not chosen:
        return [title, b.Paragraph((blank(v, "la proposition", "the proposal"),))]
    selection = plan.get("selection") or {}
    status = {c["id"]: v.text(c.get("status_label")) for c in selection.get("cases") or []}
    items = []
    for case in chosen[:SHOWN_CASES]:
        beside = ", ".join(
            lowered(x) for x in (proposal_word(v, case), status.get(case["id"], "")) if x
        )
        benefit = v.text(case.get("benefit"))
        items.append(
            b.content(
                b.strong(case["title"]),
                f" ({beside}). " if beside else ". ",
                v.say("Promis : ", "Promised: ") if benefit else "",
                sentence(lowered(benefit)) if benefit else blank(v, "le bénéfice", "the benefit"),
            )
        )
    if len(chosen) > SHOWN_CASES:
        more = len(chosen) - SHOWN_CASES
        items.append(b.content(v.say("Et {n} autres cas.", "And {n} other cases.", n=more)))
    found: list[b.Block] = [title, b.Bullets(tuple(items))]
    split = v.text((selection.get("split") or {}).get("sentence"))
    told = " ".join(x for x in (split, v.text(selection.get("regret"))) if x)
    if told:
        found.append(labelled(v, v.say("À débattre", "To discuss"), b.content(told)))
    return found


def _effects(v: Voice, plan: Plan) -> list[b.Block]:
    chosen = chosen_cases(plan)
    rows = (
        (v.say("RH", "Staff"), _staff(v, plan, chosen)),
        (v.say("Budget", "Budget"), _budget(v, plan)),
        (v.say("Juridique", "Law"), _law(v, chosen)),
        (v.say("SI", "IT"), _systems(v, chosen)),
        (v.say("Données", "Data"), _data(v, chosen)),
    )
    table = b.Table(
        v.say("Les effets de la proposition", "The effects of the proposal"),
        (b.Column(v.say("Sur", "On"), share=0.6), b.Column(v.say("Effet", "Effect"), share=4)),
        tuple((b.content(label), parts) for label, parts in rows),
    )
    return [b.Heading(1, v.say("Effets", "Effects")), table]


def _staff(v: Voice, plan: Plan, chosen: list[Case]) -> b.Content:
    if not chosen:
        return (blank(v, "agents concernés, jours d’agents", "staff concerned, staff days"),)
    apart = "; " if v.english else "\u202f; "
    counted = [c["agents_affected"] for c in chosen if c.get("agents_affected") is not None]
    days = [c["staff_days"] for c in chosen if c.get("staff_days") is not None]
    waiting = [c["title"] for c in chosen if opinion_missing(c)]
    told = [v.say("{n} concernés", "{n} concerned", n=v.people(sum(counted)))] if counted else []
    if days:
        amount = v.number(sum(days))
        told.append(v.say("{n} jours de conduite de projet", "{n} days of project work", n=amount))
    unknown = [
        c["title"]
        for c in chosen
        if c.get("agents_affected") is None or c.get("staff_days") is None
    ]
    parts: list[b.Inline] = [sentence(apart.join(told))] if told else []
    if unknown:
        named = v.series(quoted(v, t) for t in unknown)
        parts += [
            " " if parts else "",
            blank(v, f"agents concernés et jours, {named}", f"staff and days, {named}"),
        ]
    if waiting:
        parts.append(
            v.say(
                " Avis du personnel encore à recueillir : {cases}.",
                " Opinion of the staff still to be heard: {cases}.",
                cases=v.series(lowered(t) for t in waiting),
            )
        )
    return b.content(parts)


def _budget(v: Voice, plan: Plan) -> b.Content:
    years = (plan.get("roadmap") or {}).get("budget") or []
    if not years:
        return (blank(v, "montants par année et enveloppe", "amounts per year and envelope"),)
    return b.content(budget_words(v, plan))


def budget_words(v: Voice, plan: Plan) -> str:
    """Return, year by year, what is planned against the envelope."""
    apart = "; " if v.english else "\u202f; "
    told = []
    for year in (plan.get("roadmap") or {}).get("budget") or []:
        limit = year.get("envelope_eur")
        beside = (
            v.say(" sur {limit}", " of {limit}", limit=v.money(limit))
            if limit is not None
            else v.say(", enveloppe non connue", ", envelope not known")
        )
        told.append(f"{v.colon(str(year['year']))}{v.money(year.get('planned_eur'))}{beside}")
    return sentence(apart.join(told)) if told else ""


def _law(v: Voice, chosen: list[Case]) -> b.Content:
    if not chosen:
        return (blank(v, "ce que le droit demande", "what the law asks"),)
    parts = []
    for case in chosen[:SHOWN_CASES]:
        found = (case.get("obligations") or {}).get("findings") or []
        left = sum(waits(f) for f in found)
        asked = sum(f["outcome"] == "to_examine" and not f.get("done_on") for f in found)
        parts.append(
            v.say(
                "{case} : {left} à faire, {asked} à examiner",
                "{case}: {left} to do, {asked} to examine",
                case=case["title"],
                left=left,
                asked=asked,
            )
        )
    return b.content(sentence(("; " if v.english else "\u202f; ").join(parts)))


def _systems(v: Voice, chosen: list[Case]) -> b.Content:
    apart = "; " if v.english else "\u202f; "
    told = [
        f"{v.text(c['tool'])} ({c.get('tool_class') or v.word('unknown')})"
        for c in chosen
        if v.text(c.get("tool"))
    ]
    unknown = [c["title"] for c in chosen if not v.text(c.get("tool"))]
    parts: list[b.Inline] = [sentence(apart.join(told))] if told else []
    if unknown or not chosen:
        named = v.series(quoted(v, t) for t in unknown)
        parts += [" " if parts else "", blank(v, f"outil {named}".strip(), f"tool {named}".strip())]
    return b.content(parts)


def _data(v: Voice, chosen: list[Case]) -> b.Content:
    stores = {s["name"]: s.get("class") for c in chosen for s in c.get("stores") or []}
    if not stores:
        return (blank(v, "données lues, et leur classe", "data read, and their class"),)
    apart = "; " if v.english else "\u202f; "
    told = [
        f"{name} ({code or v.say('pas encore examiné', 'not examined yet')})"
        for name, code in stores.items()
    ]
    return b.content(sentence(apart.join(told)))


def _calendar(v: Voice, plan: Plan) -> list[b.Block]:
    title = b.Heading(1, v.say("Calendrier", "Calendar"))
    sat = {str(s["on"]) for s in (plan.get("dialogue") or {}).get("sittings") or []}
    dates = [d for d in coming(v, plan) if d.cases or d.day in sat][:SHOWN_DATES]
    if not dates:
        return [title, b.Paragraph((blank(v, "les prochaines dates", "the next dates"),))]
    items = tuple(
        b.content(
            b.strong(v.colon(v.day(d.day))),
            lowered(d.what).rstrip("."),
            f" ({v.series(d.cases)})" if d.cases and len(v.series(d.cases)) < 90 else "",
            ".",
        )
        for d in dates
    )
    return [title, b.Bullets(items), *_meetings(v, plan)]


def _meetings(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the dates of each case that the management team will come back to."""
    days = {
        (m["case"], m["kind"]): v.day(m["on"], short=True)
        for m in (plan.get("roadmap") or {}).get("milestones") or []
    }
    for case in chosen_cases(plan):
        heard = (case.get("consultation") or {}).get("opinion_on")
        if heard:
            said_on = v.day(heard, short=True)
            days[case["id"], "cst"] = v.say("rendu, {day}", "given, {day}", day=said_on)
    rows = tuple(
        (
            b.content(case["title"]),
            *(b.content(days.get((case["id"], kind), "–")) for kind in _KINDS),
        )
        for case in chosen_cases(plan)[:SHOWN_CASES]
    )
    if not days or not rows:
        return []
    columns = (
        b.Column(v.word("case"), share=1.6),
        b.Column(v.say("Avis du personnel", "Opinion of the staff"), "date"),
        b.Column(v.say("Bilan", "Evaluation"), "date"),
        b.Column(v.say("Généralisation", "Roll-out"), "date"),
    )
    return [
        b.Table(v.say("Les rendez-vous de chaque cas", "The dates of each case"), columns, rows)
    ]


def _decision(v: Voice, plan: Plan) -> list[b.Block]:
    new = undecided(plan)
    title = b.Heading(1, v.say("Décision demandée", "Decision asked"))
    if not new:
        place = blank(v, "la décision demandée", "the decision asked")
        return [title, b.Paragraph((place,))]
    named = v.series(quoted(v, c["title"]) for c in new[:SHOWN_CASES])
    text = v.say(
        "retenir {what}, avec le calendrier et le budget ci-dessus ; chaque cas garde un bilan où "
        "l’on peut continuer, ajuster ou arrêter.",
        "choose {what}, with the calendar and budget above; each case keeps an evaluation where it "
        "may continue, be adjusted or stop.",
        what=named,
    )
    box = "☐ "
    choices = tuple(
        b.content(box, word)
        for word in (
            v.say("Retenu", "Chosen"),
            v.say("Retenu avec des changements", "Chosen with changes"),
            v.say("Reporté", "Postponed"),
            v.say("Écarté", "Set aside"),
        )
    )
    return [
        title,
        b.Callout("note", v.say("Il est demandé de", "The team is asked to"), b.content(text)),
        labelled(
            v, v.say("Décision", "Decision"), b.content("   ".join(b.plain(c) for c in choices))
        ),
        b.SignatureBlock(
            (said(v, Text("La direction générale", "The general director")),),
            v.say("Comité de direction du ………………", "Management team of ………"),
        ),
    ]


PAPER = Paper(
    code="note-codir",
    title=Text("Note au comité de direction", "Note to the management team"),
    purpose=Text("Faire trancher le choix proposé.", "Have the proposed choice settled."),
    signed_by=Text("La direction générale", "The general director"),
    about_case=False,
    standing=management_standing,
    build=management_note,
)
