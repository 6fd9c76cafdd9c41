"""Each proposed case, and the passages the case sheet shares with it."""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import (
    Case,
    Plan,
    blank,
    chosen_cases,
    hosting_words,
    labelled,
    missing_words,
    or_blank,
    pair_words,
    proposal_word,
)
from gouvernail.documents.voice import Voice, people_named

STATE_TONES = {"open": "good", "waiting": "wait", "closed": "stop", "none": "note"}


def chosen(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the proposed cases, one after the other; a decided one says so."""
    cases = chosen_cases(plan)
    title = v.say("Les cas proposés", "The proposed cases")
    found: list[b.Block] = [b.Heading(1, title)]
    if not cases:
        found.append(
            b.Paragraph(
                b.content(
                    v.say("Aucun cas n’est proposé à ce jour.", "No case is proposed to date.")
                )
            )
        )
    for case in cases:
        found.extend(_told(v, case))
    return found


def _told(v: Voice, case: Case) -> list[b.Block]:
    found: list[b.Block] = [b.Heading(2, case["title"])]
    stage = v.text(case.get("stage_label"))
    word = proposal_word(v, case)
    status = f"{word[:1].upper()}{word[1:]}"
    found.append(
        b.Paragraph(
            b.content(b.strong(status), v.say(", étape : ", ", stage: ") + stage if stage else "")
        )
    )
    if v.text(case.get("summary")):
        found.append(b.Paragraph(b.content(v.text(case["summary"])), "lead"))
    found.append(case_figures(v, case))
    found.extend(work_of(v, case, level=3))
    found.append(b.Heading(3, v.say("Qui, et avec quoi", "Who, and with what")))
    found.extend(people_of(v, case))
    found.append(b.Heading(3, v.say("Les portes à franchir", "The doors to pass")))
    found.append(doors_table(v, case))
    return found


def case_figures(v: Voice, case: Case) -> b.KeyFigures:
    """Return the four figures of a case; a missing one is a dash with its word."""

    def shown(value: str | None) -> str:
        return value if value is not None else "–"

    unknown = v.say(" (à compléter)", " (to be completed)")

    def label(fr: str, en: str, value: object) -> str:
        return v.say(fr, en) + ("" if value is not None else unknown)

    cost, days = case.get("cost_total_eur"), case.get("staff_days")
    agents, served = case.get("agents_affected"), case.get("people_served")
    return b.KeyFigures(
        (
            b.KeyFigure(shown(v.money(cost)), label("coût total", "total cost", cost)),
            b.KeyFigure(shown(v.number(days)), label("jours d’agents", "staff days", days)),
            b.KeyFigure(
                shown(v.number(agents)), label("agents concernés", "staff concerned", agents)
            ),
            b.KeyFigure(
                shown(v.number(served)), label("habitants concernés", "people served", served)
            ),
        )
    )


def work_of(v: Voice, case: Case, *, level: int) -> list[b.Block]:
    """Return the problem, the work today, the tasks lifted and what stays human."""
    tasks = case.get("tasks_lifted") or []
    lifted: b.Block = (
        b.Bullets(tuple(b.content(v.text(task)) for task in tasks))
        if tasks
        else b.Paragraph((blank(v, "les tâches allégées", "the tasks lifted"),))
    )
    return [
        b.Heading(level, v.say("Le problème", "The problem")),
        b.Paragraph(or_blank(v, case.get("problem"), "le problème à résoudre", "the problem")),
        b.Heading(level, v.say("Le travail réel, aujourd’hui", "The real work, today")),
        b.Paragraph(
            or_blank(
                v,
                case.get("today"),
                "comment le travail se fait aujourd’hui",
                "how the work is done today",
            )
        ),
        b.Heading(level, v.say("Les tâches allégées", "The tasks lifted")),
        lifted,
        labelled(
            v,
            v.say("Restent humaines", "What stays human"),
            or_blank(
                v,
                case.get("stays_human"),
                "ce qui reste décidé par une personne",
                "what a person still decides",
            ),
        ),
        labelled(
            v,
            v.say("Le temps rendu ira à", "The time freed goes to"),
            or_blank(
                v,
                case.get("time_given_to"),
                "à quoi servira le temps rendu",
                "what the time freed is for",
            ),
        ),
    ]


def people_of(v: Voice, case: Case) -> list[b.Block]:
    """Return who leads the case, its tool and its data."""
    tool = v.text(case.get("tool"))
    hosting = ", ".join(
        part
        for part in hosting_words(v, case).split(", ")
        if part and part.lower() not in tool.lower()
    )
    stores = v.series(
        f"{s['name']} ({s['class']})" if s.get("class") else s["name"]
        for s in case.get("stores") or []
    )
    costs = v.series(
        f"{v.money(amount)} ({year})" if v.english else f"{v.money(amount)} en {year}"
        for year, amount in sorted((case.get("costs_eur") or {}).items())
    )
    return [
        labelled(v, v.word("pair"), pair_words(v, case)),
        labelled(
            v,
            v.say("Outil", "Tool"),
            b.content(
                or_blank(v, tool, "l’outil", "the tool"),
                f", {hosting[:1].lower()}{hosting[1:]}" if hosting else "",
            ),
        ),
        labelled(
            v,
            v.say("Données lues", "Data read"),
            or_blank(v, stores, "les données que l’outil lit", "the data the tool reads"),
        ),
        labelled(
            v,
            v.say("Coût par année", "Cost per year"),
            or_blank(v, costs, "le coût par année", "the cost per year"),
        ),
    ]


def doors_table(v: Voice, case: Case) -> b.Table:
    """Return the five doors: state in words, why, what is missing and from whom."""
    rows = []
    for door in case.get("doors") or []:
        why = v.text(door.get("text"), "–")
        missing = list(door.get("missing") or [])
        if len(missing) == 1 and v.text(missing[0].get("what")) == why:
            # The plan says the same sentence twice: who must act is enough beside it.
            wanted = v.say(
                "à faire : {who}",
                "to do: {who}",
                who=people_named(v, [missing[0].get("owner")]) or "–",
            )
        else:
            wanted = missing_words(v, missing) or "–"
        rows.append(
            (
                b.content(v.text(door.get("label")) or v.known(f"door_{door.get('door')}")),
                b.content(v.known(f"state_{door.get('state')}", str(door.get("state")))),
                b.content(why),
                b.content(wanted),
            )
        )
    return b.Table(
        v.say("Ce qui est ouvert, ce qui attend", "What is open, what waits"),
        (
            b.Column(v.say("Porte", "Door"), "mark"),
            b.Column(v.say("État", "State"), "mark"),
            b.Column(v.say("Pourquoi", "Why"), share=1.3),
            b.Column(
                v.say("Ce qui manque (auprès de qui)", "What is missing (from whom)"), share=1.6
            ),
        ),
        tuple(rows),
    )
