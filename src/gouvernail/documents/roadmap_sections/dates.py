"""The dates to come: sittings, last days, promised duties, milestones, once each, and who."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import Plan, case_titles, chosen_cases
from gouvernail.documents.roadmap_sections.law import dated_duties
from gouvernail.documents.voice import Voice, as_date, people_named

#: How far the list looks ahead.
DAYS_AHEAD = 100


@dataclass(frozen=True, slots=True)
class Coming:
    """A date: the day (ISO), what happens, for which cases, who is in charge, what else to know."""

    day: str
    what: str
    cases: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    note: str = ""


def coming(v: Voice, plan: Plan) -> list[Coming]:
    """Return every date of the next days, in order; what is said twice is kept once."""
    on = as_date(plan["on"])
    if on is None:
        return []
    first, last = on.isoformat(), (on + timedelta(days=DAYS_AHEAD)).isoformat()
    merged: dict[tuple[str, str], Coming] = {}
    for found in (*_sittings(v, plan), *_week(v, plan), *_milestones(v, plan), *_duties(v, plan)):
        if not first <= found.day <= last:
            continue
        key = (found.day, found.what)
        known = merged.get(key, found)
        merged[key] = Coming(
            found.day,
            found.what,
            tuple(dict.fromkeys((*known.cases, *found.cases))),
            tuple(dict.fromkeys((*known.who, *found.who))),
            known.note or found.note,
        )
    return sorted(merged.values(), key=lambda c: c.day)


def next_dates(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the section of all dates to come."""
    found: list[b.Block] = [
        b.Heading(1, v.say("Les prochaines dates", "The next dates"), new_page=True)
    ]
    dates = coming(v, plan)
    if not dates:
        text = v.say(
            "Aucune date n’est fixée dans les {n} jours.",
            "No date is set in the next {n} days.",
            n=DAYS_AHEAD,
        )
        return [*found, b.Paragraph(b.content(text))]
    rows = tuple(
        (
            b.content(v.day(c.day)),
            b.content(c.what, f". {c.note}" if c.note else ""),
            b.content(v.series(c.cases) or "–"),
            b.content(people_named(v, c.who) or "–"),
        )
        for c in dates
    )
    caption = v.say(
        "Toutes les dates des {n} prochains jours",
        "All dates of the next {n} days",
        n=DAYS_AHEAD,
    )
    columns = (
        b.Column(v.word("date"), "date"),
        b.Column(v.say("Ce qui se passe", "What happens"), share=1.6),
        b.Column(v.word("case"), share=1.3),
        b.Column(v.word("who")),
    )
    return [*found, b.Table(caption, columns, rows)]


def _in_charge(plan: Plan, case: str, *kinds: str) -> tuple[str, ...]:
    """Return who does the task of a case, the first kind that has one."""
    tasks = (plan.get("roadmap") or {}).get("tasks") or []
    for kind in kinds:
        names = [t["who"] for t in tasks if t["case"] == case and t["kind"] == kind and t["who"]]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _sittings(v: Voice, plan: Plan) -> Iterator[Coming]:
    titles = {case["id"]: case["title"] for case in chosen_cases(plan)}
    for sitting in (plan.get("dialogue") or {}).get("sittings") or []:
        ids = [c for c in sitting.get("cases") or [] if c in titles]
        cases = tuple(titles[c] for c in ids)
        who = tuple(n for c in ids for n in _in_charge(plan, c, "papers", "cst"))
        body = v.text(sitting.get("body_label"))
        if ids and sitting.get("convene_by"):
            what = v.say(
                "Dernier jour pour convoquer : {body}", "Last day to convene: {body}", body=body
            )
            yield Coming(str(sitting["convene_by"]), what, cases, who)
        if ids and sitting.get("papers_by"):
            what = v.say(
                "Dernier jour pour envoyer le dossier : {body}",
                "Last day to send the papers: {body}",
                body=body,
            )
            yield Coming(str(sitting["papers_by"]), what, cases, who)
        what = v.say("Séance : {body}", "Sitting: {body}", body=body)
        yield Coming(str(sitting["on"]), what, cases, who, v.text(sitting.get("note")))


def _week(v: Voice, plan: Plan) -> Iterator[Coming]:
    """Return the dated lines of the week that are not a sitting, already told."""
    titles = case_titles(plan)
    for line in plan.get("week") or []:
        link: dict[str, Any] = line.get("link") or {}
        if line.get("due") and link.get("page") != "dialogue":
            case = titles.get(str(link.get("id")))
            who = v.text(line.get("who"))
            yield Coming(
                str(line["due"]),
                v.text(line.get("title")),
                (case,) if case else (),
                (who,) if who else (),
            )


def _milestones(v: Voice, plan: Plan) -> Iterator[Coming]:
    titles = case_titles(plan)
    sat = {str(s["on"]) for s in (plan.get("dialogue") or {}).get("sittings") or []}
    for milestone in (plan.get("roadmap") or {}).get("milestones") or []:
        kind, case = str(milestone.get("kind")), str(milestone.get("case"))
        if kind == "cst" and str(milestone["on"]) in sat:
            continue  # the sitting itself is already there
        title = titles.get(case)
        yield Coming(
            str(milestone["on"]),
            v.text(milestone.get("label")),
            (title,) if title else (),
            _in_charge(plan, case, kind),
        )


def _duties(v: Voice, plan: Plan) -> Iterator[Coming]:
    for day, what, of, who in dated_duties(v, plan):
        yield Coming(day, what, (of,), (who,))
