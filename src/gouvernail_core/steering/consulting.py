"""Where the consultation of the staff stands for each case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gouvernail_core.authority import Body
from gouvernail_core.dialogue import next_sitting, sitting_deadlines
from gouvernail_core.facts import Facts
from gouvernail_core.kernel import (
    ConsultationStatus,
    Finding,
    Outcome,
    Override,
    Reason,
    Ternary,
    Text,
)
from gouvernail_core.portfolio import UseCase
from gouvernail_core.steering.law import LawOfCase, consultation_of
from gouvernail_core.steering.planning import Planning

#: The rules that ask for an opinion; the others of the same family say when, or warn.
ASKING_RULES = frozenset({"DS-CST-ORG", "DS-FS-TECH", "DS-FS-POSTE"})


def consultation_status(
    facts: Facts, case: UseCase, law: LawOfCase, *, on: date
) -> ConsultationStatus:
    """Return whether a body must be heard on the case, what was done, and the next sitting."""
    asking = [f for f in (*law.own, *law.authority) if f.rule in ASKING_RULES]
    needed = _needed(asking)
    known = consultation_of(facts, case.id)
    body = _body(law, facts)
    sitting = next_sitting(
        (s.on for s in facts.sittings if s.body is body),
        on=on,
        department=facts.authority.department,
    )
    dates = (
        None
        if sitting is None
        else sitting_deadlines(sitting, department=facts.authority.department)
    )
    return ConsultationStatus(
        needed=needed,
        body=_body_text(law, body),
        reasons=_reasons(asking, needed),
        informed_on=known.information_on if known else None,
        opinion_on=known.opinion_on if known else None,
        opinion=known.opinion.value if known and known.opinion else "",
        next_sitting=sitting,
        convene_by=dates.convene_by if dates else None,
        papers_by=dates.papers_by if dates else None,
        override=_override(facts, case.id, on),
    )


def _override(facts: Facts, case_id: str, on: date) -> Override | None:
    """Return the decision that holds on the day `on`, else the latest; its author by name."""
    own = [each for each in facts.overrides if each.case == case_id]
    if not own:
        return None
    found = max(own, key=lambda each: (each.holds(on=on), each.decided_on))
    return replace(found, decided_by=facts.person_name(found.decided_by))


def _needed(asking: list[Finding]) -> Ternary:
    outcomes = {finding.outcome for finding in asking}
    if Outcome.DUE in outcomes:
        return Ternary.YES
    if Outcome.TO_EXAMINE in outcomes or not asking:
        return Ternary.UNKNOWN
    return Ternary.NO


def _reasons(asking: list[Finding], needed: Ternary) -> tuple[Reason, ...]:
    wanted = {
        Ternary.YES: Outcome.DUE,
        Ternary.UNKNOWN: Outcome.TO_EXAMINE,
        Ternary.NO: Outcome.NOT_APPLICABLE,
    }[needed]
    return tuple(r for finding in asking if finding.outcome is wanted for r in finding.reasons)


def _body(law: LawOfCase, facts: Facts) -> Body:
    """Return the body whose sittings count: the safety section only when it alone is competent."""
    due = {f.rule for f in law.own if f.outcome is Outcome.DUE}
    only_safety = due & {"DS-FS-TECH", "DS-FS-POSTE"} and "DS-CST-ORG" not in due
    has_sittings = any(s.body is Body.FS for s in facts.sittings)
    return Body.FS if only_safety and has_sittings else Body.CST


def _body_text(law: LawOfCase, body: Body) -> Text:
    if body is Body.CST and law.assessment.derived.staff_body == "cdg":
        return Text("CST placé auprès du centre de gestion", "CST of the management centre")
    return body.label


def aimed_at(
    facts: Facts, status: ConsultationStatus, case_id: str, planning: Planning | None
) -> ConsultationStatus:
    """Return the status with the sitting the roadmap aims at, when it aims at a known one.

    The first sitting that could still be convened is not the one for which the papers will be
    ready: a page that showed both would contradict itself.
    """
    known = {s.on for s in facts.sittings}
    tasks = planning.tasks if planning is not None else ()
    planned = [t.start for t in tasks if t.case == case_id and t.kind == "cst" and t.start in known]
    if not planned:
        return status
    dates = sitting_deadlines(planned[0], department=facts.authority.department)
    return replace(
        status,
        next_sitting=planned[0],
        convene_by=dates.convene_by,
        papers_by=dates.papers_by,
    )
