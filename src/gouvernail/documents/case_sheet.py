"""The sheet of a use case: the one document its pair, its agents and the committees read."""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import (
    Case,
    Plan,
    blank,
    labelled,
    made_document,
    missing_words,
    or_blank,
    reasons_words,
)
from gouvernail.documents.roadmap_sections import chosen
from gouvernail.documents.roadmap_sections.law import obligations_blocks
from gouvernail.documents.roadmap_sections.planning import tasks_tables
from gouvernail.documents.voice import Voice


def case_sheet(plan: Plan, case: Case, *, language: str = "fr") -> b.Document:
    """Return the sheet of a case: problem, work, benefit, data, risks, cost, doors, calendar."""
    v = Voice(language)
    blocks: list[b.Block] = [
        chosen.case_figures(v, case),
        *chosen.work_of(v, case, level=1),
        *_benefit(v, case),
        *_alternatives(v, case),
        b.Heading(1, v.say("Qui, avec quoi, à quel coût", "Who, with what, at what cost")),
        *chosen.people_of(v, case),
        *_ratings(v, case),
        b.Heading(1, v.say("Les portes à franchir", "The doors to pass")),
        chosen.doors_table(v, case),
        *_next_step(v, case),
        *_consultation(v, case),
        b.Heading(1, v.say("Ce que le droit demande", "What the law asks")),
        *obligations_blocks(
            v, case.get("obligations") or {}, case["title"], str(plan["on"]), facts=True
        ),
        *_questions(v, case),
        *_calendar(v, plan, case),
        b.Heading(1, v.say("La décision", "The decision")),
        *_decision(v, case),
    ]
    service = (case.get("service") or {}).get("name")
    summary = v.text(case.get("summary"))
    return made_document(
        v,
        plan,
        blocks,
        title=case["title"],
        subtitle=summary,
        kicker=v.say("Fiche cas d’usage", "Use case sheet") + (f" · {service}" if service else ""),
    )


def _benefit(v: Voice, case: Case) -> list[b.Block]:
    return [
        b.Heading(1, v.say("Le bénéfice attendu, et sa mesure", "The benefit, and its measure")),
        labelled(
            v,
            v.say("Promis", "Promised"),
            or_blank(v, case.get("benefit"), "le bénéfice attendu", "the expected benefit"),
        ),
        labelled(
            v,
            v.say("Mesuré avant et après", "Measured before and after"),
            or_blank(v, case.get("measure"), "ce qui sera mesuré", "what will be measured"),
        ),
    ]


def _alternatives(v: Voice, case: Case) -> list[b.Block]:
    return [
        b.Heading(1, v.say("Et sans intelligence artificielle ?", "And without AI?")),
        b.Paragraph(
            or_blank(
                v,
                case.get("simpler_way"),
                "une façon plus simple, essayée ou écartée, et pourquoi",
                "a simpler way, tried or set aside, and why",
            )
        ),
    ]


def _ratings(v: Voice, case: Case) -> list[b.Block]:
    """Return the independent ratings side by side; a gap is discussed, never averaged away."""
    ratings = case.get("ratings") or []
    title = b.Heading(1, v.say("Trois regards, sans se concerter", "Three independent views"))
    if not ratings:
        place = blank(
            v,
            "les notes de l’élu, du directeur et des agents",
            "the ratings by the elected lead, the director and the staff",
        )
        return [title, b.Paragraph((place,))]
    rows = tuple(
        (
            b.content(v.text(r.get("label"))),
            *(b.content(v.number(r.get(who), _digits(r.get(who)))) for who in _RATERS),
            b.content(_gap(v, [r.get(who) for who in _RATERS])),
            b.content(v.text(r.get("comment"), "–")),
        )
        for r in ratings
    )
    columns = (
        b.Column(v.say("Critère", "Criterion"), share=1.5),
        b.Column(v.say("Élu", "Elected"), "number"),
        b.Column(v.say("Directeur", "Director"), "number"),
        b.Column(v.say("Agents", "Staff"), "number"),
        b.Column(v.say("Écart", "Gap"), "number"),
        b.Column(v.say("Sur l’écart", "On the gap"), share=1.5),
    )
    caption = v.say(
        "Notes de chacun ; un tiret : pas encore noté", "Ratings; a dash: not rated yet"
    )
    return [title, b.Table(caption, columns, rows)]


_RATERS = ("elu", "director", "agents")


def _gap(v: Voice, marks: list[float | None]) -> str:
    """Return the distance between the highest and the lowest mark, once two are given."""
    given = [mark for mark in marks if mark is not None]
    gap = max(given) - min(given) if len(given) > 1 else None
    return v.number(gap, _digits(gap))


def _digits(value: float | None) -> int:
    return 0 if value is None or float(value).is_integer() else 1


def _next_step(v: Voice, case: Case) -> list[b.Block]:
    step = case.get("next")
    if not step:
        return []
    label = v.say("Étape suivante :", "Next stage:")
    name = v.text(step.get("to_label"))
    if step.get("open") == "yes":
        text = v.say("{name}, rien ne s’y oppose.", "{name}, nothing stands against it.", name=name)
        return [b.Callout("good", label, b.content(text))]
    missing = missing_words(v, step.get("missing") or [])
    text = v.say("{name}. Il manque : ", "{name}. Missing: ", name=name)
    return [b.Callout("wait", label, b.content(text, missing or v.word("unknown"), "."))]


def _consultation(v: Voice, case: Case) -> list[b.Block]:
    """Return what is due to the staff committee, with its two dated facts."""
    found: list[b.Block] = [b.Heading(1, v.say("Le dialogue social", "Social dialogue"))]
    consultation = case.get("consultation")
    if not consultation:
        place = blank(v, "la consultation des instances", "the consultation of the committees")
        return [*found, b.Paragraph((place,))]
    due = v.word(consultation.get("due") or "unknown")
    items = [
        (v.say("Instance", "Body"), v.text(consultation.get("body_label"))),
        (v.say("Consultation à venir", "Consultation to come"), due),
        (v.say("Information faite le", "Informed on"), _known_day(v, consultation, "informed_on")),
        (v.say("Avis rendu le", "Opinion given on"), _known_day(v, consultation, "opinion_on")),
        (v.say("Sens de l’avis", "Opinion"), _opinion(v, consultation)),
        (v.say("Prochaine séance", "Next sitting"), _known_day(v, consultation, "next_sitting")),
        (
            v.say("Dossier à envoyer au plus tard le", "Papers at the latest on"),
            _known_day(v, consultation, "papers_by"),
        ),
    ]
    lines = tuple(b.content(b.strong(v.colon(label)), value) for label, value in items if value)
    found.append(b.Bullets(lines))
    reasons = reasons_words(v, consultation.get("reasons") or [])
    if reasons:
        found.append(b.Paragraph(reasons))
    return found


def _opinion(v: Voice, consultation: Case) -> str:
    code = str(consultation.get("opinion") or "")
    return v.known(f"opinion_{code}", code)


def _known_day(v: Voice, facts: Case, key: str) -> str:
    return v.day(facts[key]) if facts.get(key) else ""


def _questions(v: Voice, case: Case) -> list[b.Block]:
    questions = (case.get("obligations") or {}).get("questions") or []
    if not questions:
        return []
    ordered = sorted(questions, key=lambda q: -(q.get("decides") or 0))
    items = tuple(b.content(v.text(q["question"])) for q in ordered)
    title = v.say("Les questions qui décident le plus", "The questions that decide most")
    return [b.Heading(2, title), b.Numbered(items)]


def _calendar(v: Voice, plan: Plan, case: Case) -> list[b.Block]:
    tasks = [t for t in (plan.get("roadmap") or {}).get("tasks") or [] if t["case"] == case["id"]]
    found: list[b.Block] = [b.Heading(1, v.say("Le calendrier", "The calendar"))]
    if not tasks:
        return [*found, b.Paragraph((blank(v, "le calendrier du cas", "the calendar"),))]
    return [*found, *tasks_tables(v, plan, tasks)]


def _decision(v: Voice, case: Case) -> list[b.Block]:
    stage = v.text(case.get("stage_label"), "–")
    found: list[b.Block] = [
        labelled(v, v.say("Étape du cas", "Stage of the case"), b.content(stage)),
    ]
    if case.get("mandate_on"):
        day = v.day(case["mandate_on"])
        found.append(labelled(v, v.say("Mandat donné le", "Mandate given on"), b.content(day)))
    if v.text(case.get("stage_reason")):
        found.append(b.Paragraph(b.content(v.text(case["stage_reason"]))))
    labels = (v.word("elu"), v.word("director"))
    found.append(b.SignatureBlock(labels, v.say("Fait à ………………………, le ………………", "Place, date: ………")))
    return found
