"""The calendar of dialogue and the plan."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import (
    Plan,
    blank,
    case_titles,
    chosen_cases,
    reasons_words,
)
from gouvernail.documents.voice import Voice, as_date

#: Two marks closer than this part of the chart would be one on the other.
MARKS_APART = 50
#: Sittings that hear no chosen case are printed for one year; the workbook has them all.
SITTINGS_DAYS = 366
#: What holds the plan back is told for its first links; plan.json has the whole chain.
SHOWN_BINDING = 6
#: Kind of task → the pattern of its bar (words.py: phase_1 … phase_5).
PHASES = {
    "data": 4,
    "aipd": 4,
    "papers": 4,
    "procurement": 4,
    "training": 4,
    "cst": 5,
    "trial": 1,
    "pilot": 1,
    "evaluation": 2,
    "rollout": 3,
}


def dialogue(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the sittings: the day, the last days to convene and to send the papers, the cases."""
    found: list[b.Block] = [
        b.Heading(1, v.say("Le calendrier du dialogue social", "The calendar of social dialogue"))
    ]
    sittings = (plan.get("dialogue") or {}).get("sittings") or []
    if not sittings:
        found.append(b.Paragraph((blank(v, "les dates des séances", "the dates of the sittings"),)))
        return found
    found.append(
        b.Paragraph(
            b.content(
                v.say(
                    "Informer et recueillir un avis sont deux actes distincts, chacun daté.",
                    "To inform and to obtain an opinion are two distinct acts, each dated.",
                )
            )
        )
    )
    titles = {case["id"]: case["title"] for case in chosen_cases(plan)}
    rows = []
    for sitting in _useful_sittings(plan, sittings, set(titles)):
        names = v.series(titles[c] for c in sitting.get("cases") or [] if c in titles)
        warnings = reasons_words(v, sitting.get("warnings") or [])
        note = v.text(sitting.get("note"))
        rows.append(
            (
                b.content(v.day(sitting["on"], short=True)),
                b.content(v.text(sitting.get("body_label"))),
                b.content(v.day(sitting.get("convene_by"), short=True)),
                b.content(v.day(sitting.get("papers_by"), short=True)),
                b.content(
                    b.strong(names) if names else v.say("aucun cas proposé", "no proposed case"),
                    f". {note}" if note else "",
                    ". " if warnings else "",
                    warnings,
                ),
            )
        )
    found.append(
        b.Table(
            v.say("Séances prévues", "Planned sittings"),
            (
                b.Column(v.say("Séance", "Sitting"), "date"),
                b.Column(v.say("Instance", "Body"), share=1.1),
                b.Column(v.say("Convoquer au plus tard le", "Convene at the latest on"), "date"),
                b.Column(v.say("Dossier au plus tard le", "Papers at the latest on"), "date"),
                b.Column(
                    v.say("Cas, et ce qu’il faut savoir", "Cases, and what to know"), share=1.8
                ),
            ),
            tuple(rows),
        )
    )
    return found


def _useful_sittings(
    plan: Plan, sittings: list[dict[str, Any]], chosen: set[str]
) -> list[dict[str, Any]]:
    """Return the sittings to print: those of a chosen case, and the consultative ones of a year."""
    horizon = (as_date(plan["on"]) or date(1970, 1, 1)) + timedelta(days=SITTINGS_DAYS)
    kept = []
    for sitting in sorted(sittings, key=lambda s: (s["on"], s.get("body") or "")):
        soon = (as_date(sitting["on"]) or horizon) < horizon
        if chosen & set(sitting.get("cases") or []) or (soon and sitting.get("papers_by")):
            kept.append(sitting)
    return kept


def schedule(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the plan: chart by quarter, what holds it back, table of tasks, milestones."""
    found: list[b.Block] = [b.Heading(1, v.say("Le plan", "The plan"))]
    roadmap = plan.get("roadmap")
    if not roadmap:
        found.append(
            b.Callout(
                "wait",
                v.say("Pas encore de calendrier.", "No calendar yet."),
                b.content(
                    v.say(
                        "Il se calcule dès qu’un cas est proposé et que les capacités sont "
                        "renseignées.",
                        "It is computed once a case is proposed and the capacities are given.",
                    )
                ),
            )
        )
        return found
    if roadmap.get("conflict"):
        found.append(
            b.Callout(
                "stop",
                v.say("Aucun calendrier ne tient.", "No calendar holds."),
                b.content(" ".join(v.text(t) for t in roadmap["conflict"])),
            )
        )
    tasks = roadmap.get("tasks") or []
    if tasks:
        found.append(gantt(v, plan, roadmap))
    binding = [b.content(v.text(t)) for t in roadmap.get("binding") or []]
    if binding:
        found.append(b.Heading(2, v.say("Ce qui fixe le rythme", "What sets the pace")))
        found.append(b.Bullets(tuple(binding[:SHOWN_BINDING])))
        if len(binding) > SHOWN_BINDING:
            more = v.say(
                "{n} autres liens, qui découlent de ceux-ci, sont dans plan.json.",
                "{n} other links, which follow from these, are in plan.json.",
                n=len(binding) - SHOWN_BINDING,
            )
            found.append(b.Paragraph(b.content(more), "small"))
    if tasks:
        found.append(b.Heading(2, v.say("Les tâches, dans l’ordre", "The tasks, in order")))
        found.extend(tasks_tables(v, plan, tasks))
    found.extend(_milestones(v, plan, roadmap))
    return found


def _quarters(v: Voice, start: date, end: date) -> tuple[tuple[date, str], ...]:
    """Return the first day of each quarter and its name; the first of a year carries the year."""
    found: list[tuple[date, str]] = []
    letter = "Q" if v.english else "T"
    year, quarter = start.year, (start.month - 1) // 3
    while (day := date(year, quarter * 3 + 1, 1)) <= end:
        name = f"{letter}{quarter + 1}"
        found.append((max(day, start), f"{name} {year}" if quarter == 0 or not found else name))
        quarter += 1
        if quarter == 4:
            year, quarter = year + 1, 0
    # A quarter that is almost over when the plan starts would print its name over the next one.
    if len(found) > 1 and (found[1][0] - found[0][0]).days < 0.07 * (end - start).days:
        found[0] = (found[0][0], "")
    return tuple(found)


def gantt(v: Voice, plan: Plan, roadmap: dict[str, Any]) -> b.GanttChart:
    """Return the chart: one line per case, one bar per task."""
    titles = case_titles(plan)
    origin = as_date(roadmap.get("origin")) or date(1970, 1, 1)
    weeks = int(roadmap.get("weeks") or 0)
    tasks = [
        (t, as_date(t["start"]) or origin, as_date(t["end"]) or origin)
        for t in roadmap.get("tasks") or []
    ]
    # The chart ends with the work, not with the horizon: empty years say nothing.
    last = max([end for _, _, end in tasks] + [origin + timedelta(days=90)])
    end = min(last + timedelta(days=30), max(origin + timedelta(weeks=weeks), last))
    marks = defaultdict(list)
    for milestone in roadmap.get("milestones") or []:
        day = as_date(milestone.get("on"))
        if day and origin <= day <= end:
            marks[milestone.get("case")].append(day)
    lines = []
    for case in dict.fromkeys(t["case"] for t, _, _ in tasks):
        own = sorted((x for x in tasks if x[0]["case"] == case), key=lambda x: x[1])
        bars = tuple(
            b.GanttBar(s, max(e, s), PHASES.get(t["kind"], 4), v.text(t["label"]))
            for t, s, e in own
        )
        lines.append(
            b.GanttLine(
                titles.get(case, own[0][0].get("case_title") or case),
                bars,
                _apart(sorted(marks[case]), end - origin),
                _line_dates(v, own),
            )
        )
    used = sorted({bar.tone for line in lines for bar in line.bars if bar.end > bar.start})
    alt = ". ".join(v.colon(line.label) + line.dates for line in lines)
    return b.GanttChart(
        v.say("Le calendrier, par trimestre", "The calendar, by quarter"),
        v.say("Calendrier. {alt}", "Calendar. {alt}", alt=alt),
        v.word("case"),
        v.say("Périodes", "Periods"),
        origin,
        end,
        _quarters(v, origin, end),
        tuple(lines),
        tuple((tone, v.word(f"phase_{tone}")) for tone in used),
        v.say("Rendez-vous daté", "Dated milestone"),
    )


def _apart(days: list[date], span: timedelta) -> tuple[date, ...]:
    """Return the days, without those that would be drawn over the one before."""
    kept: list[date] = []
    for day in days:
        if not kept or (day - kept[-1]) > span / MARKS_APART:
            kept.append(day)
    return tuple(kept)


def _line_dates(v: Voice, tasks: list[tuple[dict[str, Any], date, date]]) -> str:
    phases: dict[int, tuple[date, date]] = {}
    for task, start, end in tasks:
        tone = PHASES.get(task["kind"], 4)
        low, high = phases.get(tone, (start, end))
        phases[tone] = (min(low, start), max(high, end))
    ordered = sorted(phases.items(), key=lambda item: item[1])
    joint = "; " if v.english else "\u202f; "
    return joint.join(
        f"{v.word(f'phase_{tone}')}, {v.period(low, high)}" for tone, (low, high) in ordered
    )


def tasks_tables(v: Voice, plan: Plan, tasks: list[dict[str, Any]]) -> list[b.Block]:
    """Return one table of tasks per case."""
    titles = case_titles(plan)
    found: list[b.Block] = []
    for case in dict.fromkeys(t["case"] for t in tasks):
        own = sorted((t for t in tasks if t["case"] == case), key=lambda t: (t["start"], t["end"]))
        rows = tuple(
            (
                b.content(v.text(t["label"]), " ◆" if t.get("critical") else ""),
                b.content(v.known(f"task_{t['kind']}", t["kind"])),
                b.content(v.day(t["start"], short=True)),
                b.content(v.day(t["end"], short=True)),
                b.content(t.get("who") or "–"),
            )
            for t in own
        )
        found.append(
            b.Table(
                titles.get(case, case),
                (
                    b.Column(v.word("task"), share=2.2),
                    b.Column(v.say("Nature", "Kind"), share=1.1),
                    b.Column(v.word("start"), "date"),
                    b.Column(v.word("end"), "date"),
                    b.Column(v.word("who"), share=1.1),
                ),
                rows,
            )
        )
    if any(t.get("critical") for t in tasks):
        found.append(
            b.Paragraph(
                b.content(
                    v.say(
                        "◆ Chaîne critique : un jour perdu ici décale la suite d’autant.",
                        "◆ Critical chain: a day lost here delays what follows by as much.",
                    )
                ),
                "small",
            )
        )
    return found


def _milestones(v: Voice, plan: Plan, roadmap: dict[str, Any]) -> list[b.Block]:
    titles = case_titles(plan)
    rows = tuple(
        (
            b.content(v.day(m["on"], short=True)),
            b.content(v.text(m.get("label"))),
            b.content(titles.get(m.get("case"), "–")),
        )
        for m in sorted(roadmap.get("milestones") or [], key=lambda m: m["on"])
    )
    if not rows:
        return []
    columns = (
        b.Column(v.word("date"), "date"),
        b.Column(v.say("Rendez-vous", "Milestone"), share=1.2),
        b.Column(v.word("case")),
    )
    caption = v.say("Dates à tenir, dans l’ordre", "Dates to keep, in order")
    return [
        b.Heading(2, v.say("Les rendez-vous", "The milestones")),
        b.Table(caption, columns, rows),
    ]
