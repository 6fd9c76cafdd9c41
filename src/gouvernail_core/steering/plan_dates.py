"""The dates, in JSON: the roadmap, its budget and the sittings it waits for."""

from __future__ import annotations

from gouvernail_core.authority import Body
from gouvernail_core.dialogue import election_window, sitting_deadlines, what_follows
from gouvernail_core.kernel import Stage, Ternary, Text
from gouvernail_core.portfolio import UseCase
from gouvernail_core.steering.model import Steering
from gouvernail_core.steering.planning import Planning
from gouvernail_core.steering.said import Json, day, reasons, text

#: The steps people wait for: they stand as dots on the calendar.
MILESTONES = {
    "cst": Text("Avis du CST", "Opinion of the CST"),
    "evaluation": Text("Continuer, ajuster ou arrêter", "Continue, adjust or stop"),
    "rollout": Text("Début de la généralisation", "Roll-out starts"),
}


def roadmap_json(steering: Steering) -> Json | None:
    """Return the roadmap, or ``None`` when nothing was chosen."""
    planning = steering.planning
    if planning is None:
        return None
    titles = {case.id: case.title for case in steering.facts.use_cases}
    return {
        "origin": day(planning.origin),
        "weeks": planning.problem.horizon,
        "years": [budget.year for budget in planning.years],
        "tasks": [
            {
                "id": task.id,
                "case": task.case,
                "case_title": titles[task.case],
                "kind": task.kind,
                "label": text(task.label),
                "start": day(task.start),
                "end": day(task.end),
                "start_week": task.start_week,
                "weeks": task.weeks,
                "who": task.who,
                "cost_eur": task.cost_eur,
                "critical": task.critical,
            }
            for task in planning.tasks
        ],
        "milestones": [
            {
                "case": task.case,
                "label": text(MILESTONES[task.kind]),
                "on": day(task.end if task.kind == "evaluation" else task.start),
                "kind": task.kind,
            }
            for task in planning.tasks
            if task.kind in MILESTONES
        ],
        "binding": [text(line) for line in planning.binding],
        "critical": list(planning.critical),
        "proven": planning.plan.proven,
        "gap": planning.plan.gap,
        "method": text(_method(planning)),
        "notes": [text(note) for note in planning.notes],
        "budget": [
            {
                "year": year.year,
                "envelope_eur": year.envelope_eur,
                "planned_eur": year.planned_eur,
                "cases": dict(year.cases),
            }
            for year in planning.years
        ],
        "conflict": [text(item.text) for item in planning.plan.conflict] or None,
    }


def _method(planning: Planning) -> Text:
    plan = planning.plan
    if not plan.starts:
        return Text("Aucun calendrier ne tient.", "No calendar holds.")
    if plan.proven:
        return Text(
            "Calendrier prouvé : aucun autre ne met plus tôt en service ce qui vaut le plus.",
            "Proven: no other calendar brings what is worth most into use sooner.",
        )
    share = 100 * (plan.gap or 0.0)
    return Text(
        f"Bon calendrier, à moins de {share:.1f} % de l’idéal.".replace(".", ",", 1),
        f"Good calendar, within {share:.1f}% of the ideal.",
    )


def _awaits(steering: Steering, case: UseCase) -> bool:
    """Return whether the case is to be presented: chosen, proposed, and alive."""
    proposed = steering.selection is not None and case.id in steering.selection.recommended
    chosen = case.stage.rank >= Stage.CHOSEN.rank
    return case.in_the_running and (proposed or chosen)


def dialogue_json(steering: Steering) -> Json:
    """Return the sittings to come, the last days before each, and the cases they wait for."""
    facts = steering.facts
    sittings = []
    for sitting in sorted(facts.sittings, key=lambda s: (s.on, s.body.value)):
        if sitting.on < steering.on:
            continue
        staff = sitting.body in (Body.CST, Body.FS)
        dates = sitting_deadlines(sitting.on, department=facts.authority.department)
        window, warning = election_window(
            sitting.on, installed_on=facts.authority.new_body_installed_on
        )
        sittings.append(
            {
                "body": sitting.body.value,
                "body_label": text(sitting.body.label),
                "on": day(sitting.on),
                "note": sitting.note,
                "convene_by": day(dates.convene_by) if staff else None,
                "papers_by": day(dates.papers_by) if staff else None,
                "reasons": reasons(dates.reasons) if staff else [],
                "warnings": reasons(warning) if staff and window is not Ternary.NO else [],
                "cases": [
                    case.id
                    for case in facts.use_cases
                    if staff
                    and _awaits(steering, case)
                    and steering.consultations[case.id].next_sitting == sitting.on
                    and steering.consultations[case.id].opinion_on is None
                    and steering.consultations[case.id].needed is Ternary.YES
                ],
            }
        )
    return {"sittings": sittings, "follow_ups": _follow_ups(steering)}


def _follow_ups(steering: Steering) -> list[Json]:
    """Return what the opinions given call for, what is done too, by the last day."""
    live = {case.id for case in steering.facts.use_cases if case.stage is not Stage.STOPPED}
    found = [
        item
        for consultation in steering.facts.consultations
        if consultation.case in live
        for item in what_follows(consultation)
    ]
    return [
        {
            "kind": item.kind.value,
            "kind_label": text(item.kind.label),
            "case": item.case,
            "body": item.body.value,
            "body_label": text(item.body.label),
            "first": day(item.first),
            "last": day(item.last),
            "done_on": day(item.done_on),
            "late": item.late(on=steering.on),
            "reasons": reasons(item.reasons),
        }
        for item in sorted(found, key=lambda item: (item.last, item.case))
    ]
