"""The page that sums up: what is proposed, what is asked, the next dates, what is not known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import (
    Case,
    Plan,
    chosen_cases,
    committed,
    missing_words,
    proposal_word,
    years_of,
)
from gouvernail.documents.roadmap_sections.dates import Coming, coming
from gouvernail.documents.roadmap_sections.method import questions_of
from gouvernail.documents.voice import Voice, people_named

#: What a page of the PDF holds, and a line: estimated in points, a little above what they take.
PAGE_POINTS, LINE_POINTS, LINE_SIGNS = 755, 12.8, 100
#: From this number of cases on, a sentence counts them instead of naming them.
NAMED_CASES = 3
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Detail:
    """How much the page that sums up tells: sentences per case, waits, dates, questions."""

    sentences: int
    waits: int
    cases_waiting: int
    dates: int
    questions: int


#: From the fullest to the shortest: the first one that holds on a page is printed.
DETAILS = (
    Detail(9, 3, 9, 6, 3),
    Detail(1, 3, 9, 6, 3),
    Detail(1, 2, 4, 5, 2),
    Detail(1, 1, 3, 4, 1),
    Detail(0, 1, 3, 4, 1),
    Detail(0, 0, 0, 3, 1),
)


def summary(v: Voice, plan: Plan) -> list[b.Block]:
    """Return “En une page”: what is proposed, what is asked, the next dates, what is not known."""
    found: list[b.Block] = []
    for detail in DETAILS:
        found = _summary(v, plan, detail)
        if points(found) <= PAGE_POINTS:
            break
    return found


def points(blocks: list[b.Block]) -> float:
    """Return about how high the blocks of the summary are, in points of the PDF."""
    high = 0.0

    def lines(parts: b.Content) -> int:
        return max(1, ceil(len(b.plain(parts)) / LINE_SIGNS))

    for block in blocks:
        match block:
            case b.Heading():
                high += 33
            case b.Paragraph():
                high += lines(block.content) * 1.2 * LINE_POINTS + 10
            case b.KeyFigures():
                high += 62
            case b.Callout():
                high += lines(block.content) * LINE_POINTS + 28
            case b.Bullets():
                high += sum(lines(item) * LINE_POINTS + 2 for item in block.items)
            case b.DatesList():
                high += 31 * len(block.items)
            case _:
                high += 100
    return high


def _summary(v: Voice, plan: Plan, detail: Detail) -> list[b.Block]:
    found: list[b.Block] = [b.Heading(1, v.say("En une page", "On one page"), new_page=True)]
    ambition = v.text((plan.get("authority") or {}).get("ambition"))
    if ambition:
        found.append(b.Paragraph(b.content(_cut(ambition, 400)), "lead"))
    found.append(_figures(v, plan))
    found.extend(_proposal(v, plan, detail))
    dates = coming(v, plan)[: detail.dates]
    if dates:
        found.append(b.Heading(2, v.say("Les premières dates", "The first dates")))
        found.append(b.DatesList(tuple(_date_line(v, date) for date in dates)))
    questions = _first_questions(v, plan, detail.questions)
    if questions:
        found.append(b.Heading(2, v.say("Ce qu’on ne sait pas encore", "What is not known yet")))
        found.append(b.Bullets(tuple(questions)))
    return found


def _date_line(v: Voice, date: Coming) -> tuple[str, b.Content, b.Content]:
    beside = [v.series(date.cases), people_named(v, date.who)]
    return (
        v.day(date.day),
        b.content(_cut(date.what, 110)),
        b.content(" · ".join(x for x in beside if x) or date.note),
    )


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"


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
                _proposed_words(v, chosen),
            ),
            b.KeyFigure(v.money(cost), v.say("prévus", "planned") + (f" {span}" if span else "")),
            b.KeyFigure(v.number(agents), v.say("agents concernés", "staff members concerned")),
            b.KeyFigure(
                v.number(blocking),
                v.say("cas en attente d’une pièce", "cases waiting for something"),
            ),
        )
    )


def _proposed_words(v: Voice, chosen: list[Case]) -> str:
    engaged = sum(committed(case) for case in chosen)
    words = v.say("cas d’usage proposés", "use cases proposed")
    if not engaged:
        return words
    return words + v.say(
        ", dont {n} déjà engagés" if engaged > 1 else ", dont 1 déjà engagé",
        ", {n} already under way",
        n=engaged,
    )


def _proposal(v: Voice, plan: Plan, detail: Detail) -> list[b.Block]:
    chosen = chosen_cases(plan)
    title = b.Heading(2, v.say("Ce qui est proposé", "What is proposed"))
    if not chosen:
        text = v.say(
            "Aucun cas d’usage n’est proposé à ce jour. Ce document dit d’où part la collectivité "
            "et ce qui manque pour choisir.",
            "No use case is proposed to date. This document says where the authority starts from "
            "and what is missing to choose.",
        )
        label = v.say("Rien n’est encore choisi.", "Nothing is chosen yet.")
        return [title, b.Callout("wait", label, b.content(text))]
    items = tuple(
        b.content(
            b.strong(case["title"]),
            f" ({', '.join(x for x in (_service(case), proposal_word(v, case)) if x)})",
            ". " if _told(v, case, detail) else "",
            _told(v, case, detail),
        )
        for case in chosen
    )
    return [title, b.Bullets(items), *_asked(v, chosen, detail)]


def _service(case: Case) -> str:
    return str((case.get("service") or {}).get("name") or "")


def _told(v: Voice, case: Case, detail: Detail) -> str:
    """Return the first sentences of the summary of a case."""
    sentences = _SENTENCE.split(v.text(case.get("summary")))
    return _cut(" ".join(sentences[: detail.sentences]), 300)


def _asked(v: Voice, chosen: list[Case], detail: Detail) -> list[b.Block]:
    """Return the decision asked of those who read, then what each case waits for."""
    new = [case["title"] for case in chosen if not committed(case)]
    decision = v.say(
        "approuver cette feuille de route, son calendrier et son budget ; chaque cas garde ses "
        "rendez-vous où l’on peut ajuster ou arrêter.",
        "approve this roadmap, its calendar and its budget; each case keeps its reviews, where it "
        "may be changed or stopped.",
    )
    if len(new) > NAMED_CASES:
        # The titles of many cases would take the page: they are just above.
        many = v.say("les {n} cas proposés", "the {n} proposed cases", n=len(new))
        decision = v.say("retenir {what} et ", "choose {what} and ", what=many) + decision
    elif new:
        named = v.series(v.say("« {title} »", "“{title}”", title=title) for title in new)
        decision = v.say("retenir {what} et ", "choose {what} and ", what=named) + decision
    waits = [
        b.content(b.strong(v.colon(case["title"])), waited.rstrip("."), ".")
        for case in chosen
        if detail.waits and (waited := _waited(v, case, detail.waits))
    ][: detail.cases_waiting]
    found: list[b.Block] = [
        b.Callout("note", v.say("Décision demandée :", "Decision asked:"), b.content(decision))
    ]
    if waits:
        found.append(b.Heading(2, v.say("Ce qui manque pour avancer", "What is missing to go on")))
        found.append(b.Bullets(tuple(waits)))
    return found


def _waited(v: Voice, case: Case, limit: int) -> str:
    """Return what the next stage misses first, or the doors of a blocked case, and who holds it."""
    wanted = list((case.get("next") or {}).get("missing") or [])
    missing = missing_words(v, wanted[:limit])
    if len(wanted) > limit:
        more = len(wanted) - limit
        fr = " ; et {n} autres points" if more > 1 else " ; et 1 autre point"
        en = "; and {n} other points" if more > 1 else "; and 1 other point"
        missing += v.say(fr, en, n=more)
    if missing or not case.get("blocked"):
        return missing
    doors = []
    for door in case.get("doors") or []:
        if door.get("state") in {"closed", "waiting"}:
            who = people_named(v, [m.get("owner") for m in door.get("missing") or []])
            name = v.text(door.get("label")) or v.known(f"door_{door.get('door')}")
            state = v.known(f"state_{door['state']}")
            words = v.say(
                "porte {name} : {state}",
                "{name} door: {state}",
                name=name[:1].lower() + name[1:],
                state=state,
            )
            doors.append(words + (f" ({who})" if who else ""))
    text = ("; " if v.english else "\u202f; ").join(doors)
    return text[:1].upper() + text[1:]


def _first_questions(v: Voice, plan: Plan, limit: int) -> list[b.Content]:
    found = []
    for _, text, where in questions_of(v, plan)[:limit]:
        many = v.say("{n} cas", "{n} cases", n=len(where))
        concerned = v.series(where) if len(where) < NAMED_CASES else many
        found.append(b.content(_cut(text, 200), f" ({concerned})"))
    return found
