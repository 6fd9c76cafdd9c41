"""The plan: the one derived result that pages, documents and machines read.

`to_plan` turns a `Steering` into plain JSON values. It adds nothing and decides nothing; its shape
is described by ``gouvernail schema plan``.
"""

from __future__ import annotations

from datetime import date

from gouvernail_core.authority import Role
from gouvernail_core.dialogue import CollegeVote, Consultation
from gouvernail_core.facts.values import fold
from gouvernail_core.gates import Door, Missing, Passage
from gouvernail_core.kernel import Override, Ternary
from gouvernail_core.knowledge.loader import load_facts
from gouvernail_core.learning import coverage_of
from gouvernail_core.obligations.context import shown_value
from gouvernail_core.obligations.vendor import vendor_questions
from gouvernail_core.portfolio import ExistingUse, UseCase, advise, value_of
from gouvernail_core.protection import DataStore
from gouvernail_core.steering.choose import weighing_criteria
from gouvernail_core.steering.law import consultation_of
from gouvernail_core.steering.model import Steering, WeekItem
from gouvernail_core.steering.plan_choice import selection_json
from gouvernail_core.steering.plan_dates import dialogue_json, roadmap_json
from gouvernail_core.steering.said import Json, day, findings, reasons, text, text_or_none

PLAN_FORMAT = "gouvernail-plan-1"


def to_plan(steering: Steering) -> Json:
    """Return the whole answer as JSON values, texts in both languages."""
    facts = steering.facts
    authority = facts.authority
    return {
        "format": PLAN_FORMAT,
        "on": day(steering.on),
        "rules_version": steering.rules_version,
        "facts_digest": facts.digest,
        "seed": steering.seed,
        "authority": {
            "code": authority.code,
            "name": authority.name,
            "kind": authority.kind.value,
            "kind_label": text(authority.kind.label),
            "population": authority.population,
            "agents": authority.agents,
            "ambition": authority.ambition,
            "people": _signatories(steering),
        },
        "cases": [_case(steering, case) for case in facts.use_cases],
        "existing_uses": [_existing_use(steering, use) for use in facts.existing_uses],
        "protect_first": _protect_first(steering),
        "obligations": {
            "authority": findings(
                steering.authority_findings, {}, steering.proofs.get("", {}), on=steering.on
            )
        },
        "selection": selection_json(steering),
        "roadmap": roadmap_json(steering),
        "dialogue": dialogue_json(steering),
        "training": [
            {
                "id": group.id,
                "label": group.label,
                "people": group.people,
                "trained": group.trained,
                "share": coverage_of(group).share,
                "channel": group.channel,
            }
            for group in facts.training
        ],
        "week": [_week_item(item) for item in steering.week],
    }


#: Who signs or gives an opinion, besides the pair of each case.
_SIGN = (Role.DGS, Role.DPO, Role.DRH, Role.RSSI)
#: How the title of the head of the executive begins, in every kind of authority.
_EXECUTIVE = ("maire", "president")


def _signatories(steering: Steering) -> Json:
    """Return the names of those who sign, by role; the executive is the élu who bears the title."""
    people = steering.facts.people
    found = {p.role.value: p.name for p in reversed(people) if p.role in _SIGN}
    heads = [p for p in people if p.role is Role.ELU and fold(p.title).startswith(_EXECUTIVE)]
    if heads:
        found["executive"] = heads[0].name
    return found


def _case(steering: Steering, case: UseCase) -> Json:
    facts = steering.facts
    law = steering.law[case.id]
    passage = steering.passages[case.id]
    questions = {q.fact: q.decides for q in law.assessment.questions}
    chosen = steering.selection is not None and case.id in steering.selection.recommended
    return {
        "id": case.id,
        "title": case.title,
        "summary": case.summary,
        "service": {"id": case.service, "name": facts.service_name(case.service)},
        "stage": case.stage.value,
        "stage_label": text(case.stage.label),
        "stage_reason": case.stage_reason,
        "elu": facts.person_name(case.elu) if case.elu else None,
        "director": facts.person_name(case.director) if case.director else None,
        "doors": [
            {
                "door": answer.door.value,
                "label": text(answer.door.label),
                "state": answer.state.value,
                "state_label": text(answer.state.label),
                "text": text(answer.text),
                "missing": [_missing(item) for item in answer.missing],
                "reasons": reasons(answer.reasons),
            }
            for answer in steering.doors[case.id]
        ],
        "next": _passage(passage),
        "blocked": case.in_the_running and _is_blocked(steering, case),
        "costs_eur": {str(year): cost for year, cost in sorted(case.costs_eur.items())},
        "cost_total_eur": sum(case.costs_eur.values()) if case.costs_eur else None,
        "staff_days": case.staff_days,
        "change_load": case.change_load,
        "ratings": _ratings(steering, case),
        "in_the_running": case.in_the_running,
        "chosen": chosen,
        "problem": case.problem,
        "today": case.today,
        "tasks_lifted": list(case.tasks_lifted),
        "stays_human": case.stays_human,
        "benefit": case.benefit,
        "measure": case.measure,
        "simpler_way": case.simpler_way,
        "time_given_to": case.time_given_to,
        "tool": case.tool,
        "tool_class": case.tool_class.value if case.tool_class else None,
        "hosting_label": text(case.hosting.label),
        "stores": [_store(steering, store) for store in facts.stores if store.id in case.stores],
        "facts": _legal_facts(steering, case),
        "offers": _offers(steering, case),
        "agents_affected": case.agents_affected,
        "people_served": case.people_served,
        "training_groups": list(case.training_groups),
        "mandate_on": day(case.mandate_on),
        "source_id": case.source_id,
        "source_url": case.source_url,
        "obligations": {
            **findings(law.own, questions, steering.proofs.get(case.id, {}), on=steering.on),
            "derived": {
                "role": list(law.assessment.derived.role),
                "high_risk": law.assessment.derived.high_risk.value,
                "staff_body": law.assessment.derived.staff_body,
            },
        },
        "consultation": _consultation(steering, case),
    }


def _store(steering: Steering, store: DataStore) -> Json:
    return {
        "id": store.id,
        "name": store.name,
        "class": store.data_class.value if store.data_class else None,
        "service": steering.facts.service_name(store.service),
        "kind_label": text(store.kind.label),
        "hosting_label": text(store.hosting.label),
        "personal": store.personal.value,
        "readers": store.readers,
    }


def _offers(steering: Steering, case: UseCase) -> list[Json]:
    """Return the offers still to be answered, each with the questions to put to its vendor."""
    waiting = [o for o in steering.facts.offers if o.case == case.id and o.answered_on is None]
    asked = [q.code for q in vendor_questions(steering.law[case.id].assessment.findings)]
    return [
        {"id": offer.id, "vendor": offer.vendor, "tool": offer.tool, "questions": asked}
        for offer in waiting
    ]


def _legal_facts(steering: Steering, case: UseCase) -> list[Json]:
    """Return what is stated of a case for the law, in words, with who said it and when."""
    known = load_facts()
    said = {f.fact: f for f in steering.facts.legal_facts if f.case == case.id}
    return [
        {
            "fact": name,
            "label": text(known[name].label),
            "value": text(shown_value(known[name], value)),
            "by": steering.facts.person_name(said[name].by) if name in said else "",
            "on": day(said[name].on) if name in said else None,
        }
        for name, value in steering.law[case.id].situation.facts.items()
        if not name.startswith("authority.")
    ]


def _missing(item: Missing) -> Json:
    return {"what": text(item.what), "owner": item.owner, "door": item.door.value}


def _passage(passage: Passage | None) -> Json | None:
    if passage is None:
        return None
    return {
        "to": passage.to.value,
        "to_label": text(passage.to.label),
        "open": passage.open.value,
        "missing": [_missing(item) for item in passage.missing],
    }


def _is_blocked(steering: Steering, case: UseCase) -> bool:
    """Return whether the next stage is shut: a door it needs is closed, or the pair incomplete."""
    passage = steering.passages[case.id]
    return passage is not None and (
        passage.open is Ternary.NO or any(item.door is Door.PAIR for item in passage.missing)
    )


def _ratings(steering: Steering, case: UseCase) -> list[Json]:
    given = {r.criterion: r for r in steering.facts.ratings if r.case == case.id}
    weighing = {c.id for c in weighing_criteria(steering.facts)}
    lines = []
    for criterion in steering.facts.criteria:
        rating = given.get(criterion.id)
        value = value_of(rating)
        lines.append(
            {
                "criterion": criterion.id,
                "label": criterion.label,
                "weighs": criterion.id in weighing,
                "elu": rating.elu if rating else None,
                "director": rating.director if rating else None,
                "agents": rating.agents if rating else None,
                "low": value.interval.low,
                "high": value.interval.high,
                "gap": value.gap,
                "comment": rating.comment if rating else "",
            }
        )
    return lines


def _consultation(steering: Steering, case: UseCase) -> Json:
    status = steering.consultations[case.id]
    return {
        "body_label": text(status.body),
        "due": status.needed.value,
        "informed_on": day(status.informed_on),
        "opinion_on": day(status.opinion_on),
        "opinion": status.opinion,
        "votes": _votes(consultation_of(steering.facts, case.id)),
        "next_sitting": day(status.next_sitting),
        "convene_by": day(status.convene_by),
        "papers_by": day(status.papers_by),
        "reasons": reasons(status.reasons),
        "override": _override(status.override, steering.on),
    }


def _votes(consultation: Consultation | None) -> Json:
    """Return how each college voted, in votes; none for a college that is not known."""
    staff = consultation.staff_vote if consultation else None
    employer = consultation.employer_vote if consultation else None
    return {"staff": _vote(staff), "employer": _vote(employer)}


def _vote(vote: CollegeVote | None) -> Json | None:
    if vote is None:
        return None
    return {"for": vote.in_favour, "against": vote.against, "abstained": vote.abstained}


def _override(override: Override | None, on: date) -> Json | None:
    if override is None:
        return None
    return {
        "decided_on": day(override.decided_on),
        "decided_by": override.decided_by,
        "reason": override.reason,
        "until": day(override.until),
        "holds": override.holds(on=on),
    }


def _existing_use(steering: Steering, use: ExistingUse) -> Json:
    facts = steering.facts
    advice, why = advise(use)
    from gouvernail_core.facts import sheet

    labels = {c.code: c.label for c in sheet("existing_uses").column("data").choices}
    return {
        "id": use.id,
        "name": use.name,
        "tool": use.tool,
        "service": facts.service_name(use.service),
        "users": use.users,
        "discovery": use.discovery.value,
        "discovery_label": text(use.discovery.label),
        "seen_on": day(use.seen_on),
        "data": [text(labels[code]) for code in use.data],
        "personal": use.personal.value,
        "hosting_label": text(use.hosting.label),
        "tool_class": use.tool_class.value if use.tool_class else None,
        "verdict": use.verdict.value if use.verdict else None,
        "verdict_label": text(use.verdict.label) if use.verdict else None,
        "verdict_reason": use.verdict_reason,
        "advice": advice.value if advice else None,
        "advice_label": text(advice.label) if advice else None,
        "advice_reasons": reasons(why),
        "case": use.case or None,
        "case_title": facts.case(use.case).title if use.case else None,
    }


def _protect_first(steering: Steering) -> list[Json]:
    return [
        {
            "rank": item.rank,
            "id": item.store.id,
            "name": item.store.name,
            "service": steering.facts.service_name(item.store.service),
            "kind_label": text(item.store.kind.label),
            "class": item.store.data_class.value if item.store.data_class else None,
            "examined": item.store.examined.value,
            "readers": item.store.readers,
            "documents": item.store.documents,
            "hosting_label": text(item.store.hosting.label),
            "read_by": list(item.read_by),
            "note": item.store.note,
            "reasons": reasons(item.reasons),
        }
        for item in steering.protect
    ]


def _week_item(item: WeekItem) -> Json:
    return {
        "kind": item.kind,
        "title": text(item.title),
        "text": text(item.text),
        "minutes": item.minutes,
        "due": day(item.due),
        "who": item.who,
        "link": {"page": item.page, "id": item.target},
        "badge": text_or_none(item.badge),
    }
