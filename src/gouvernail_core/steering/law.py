"""What the law asks of the authority and of each case, from the facts everybody gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from gouvernail_core.authority import Body
from gouvernail_core.dialogue import Consultation
from gouvernail_core.facts import Facts
from gouvernail_core.facts.answers import read_answer
from gouvernail_core.kernel import Finding, Stage, Ternary
from gouvernail_core.knowledge.loader import load_facts, load_rules
from gouvernail_core.knowledge.schema import FactType
from gouvernail_core.obligations import Assessment, Situation, assess, assess_authority
from gouvernail_core.portfolio import UseCase
from gouvernail_core.protection import Hosting

_STATUS = {
    Stage.TRIAL: "test_isolé",
    Stage.PILOT: "pilote",
    Stage.GENERAL: "production",
    Stage.STOPPED: "arrêté",
}

#: The facts of the law that the authority's own sheet holds, with their column.
AUTHORITY_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "authority.population": "population",
        "authority.agents": "agents",
        "authority.fte": "fte",
        "authority.has_fs": "has_fs",
        "authority.dpo": "dpo_designated",
        "authority.has_mediator": "has_mediator",
        "authority.cer_critical_entity": "critical_entity",
        "authority.executive_delegation_threshold": "delegation_threshold_eur",
    }
)


@dataclass(frozen=True, slots=True)
class LawOfCase:
    """What the rules say of one case: those about the case, then those about the authority."""

    situation: Situation
    assessment: Assessment
    own: tuple[Finding, ...]
    authority: tuple[Finding, ...]


def authority_rules() -> frozenset[str]:
    """Return the codes of the rules that bind the authority whatever the case."""
    return frozenset(rule.code for rule in load_rules() if rule.level == "authority")


def law_of_cases(
    facts: Facts,
    *,
    on: date,
    done: Callable[[int, int], None] | None = None,
    ask: bool = True,
) -> dict[str, LawOfCase]:
    """Return what the law asks of each case on the day `on`, by case id.

    `ask` false leaves out the questions, which are most of the work.
    """
    common = _authority_facts(facts)
    apart = authority_rules()
    answers: dict[str, LawOfCase] = {}
    for rank, case in enumerate(facts.use_cases):
        situation = Situation.of({**common, **_case_facts(facts, case)})
        found = assess(situation, on=on, ask=ask)
        answers[case.id] = LawOfCase(
            situation=situation,
            assessment=found,
            own=tuple(f for f in found.findings if f.rule not in apart),
            authority=tuple(f for f in found.findings if f.rule in apart),
        )
        if done is not None:
            done(rank + 1, len(facts.use_cases))
    return answers


def situation_of(facts: Facts, case: UseCase) -> Situation:
    """Return what is stated of one case: the authority's facts, its own, and the answers given."""
    return Situation.of({**_authority_facts(facts), **_case_facts(facts, case)})


def law_of_authority(facts: Facts, *, on: date) -> tuple[Finding, ...]:
    """Return the rules that bind the authority, judged on its own facts.

    That AI is in use is a fact of the authority as soon as one case or one existing use says so.
    """
    stated = dict(_authority_facts(facts))
    if facts.existing_uses or facts.use_cases:
        stated["use_case.is_ai_system"] = True
        stated["use_case.is_algorithmic"] = True
    return assess_authority(Situation.of(stated), on=on)


def _authority_facts(facts: Facts) -> dict[str, object]:
    authority = facts.authority
    stated: dict[str, object] = {
        "authority.type": authority.kind.value,
        "authority.next_cst_dates": [s.on for s in facts.sittings if s.body is Body.CST] or None,
    }
    for name, column in AUTHORITY_COLUMNS.items():
        value = getattr(authority, column)
        stated[name] = _boolean(value) if isinstance(value, Ternary) else value
    known = load_facts()
    stated = {name: v for name, v in stated.items() if v is not None and name in known}
    return stated | _answers(facts, "")


def _case_facts(facts: Facts, case: UseCase) -> dict[str, object]:
    """Return the legal facts of a case: those of its sheet, then the answers given, which win."""
    stores = [store for store in facts.stores if store.id in case.stores]
    stated: dict[str, object] = {"use_case.status": _STATUS.get(case.stage, "idée")}
    if case.agents_affected is not None:
        stated["use_case.agents_affected"] = case.agents_affected
    if case.stage in (Stage.PILOT, Stage.GENERAL):
        stated["use_case.real_conditions"] = True
    if any(store.personal is Ternary.YES for store in stores):
        stated["use_case.personal_data"] = True
    data = {category for store in stores for category in store.data}
    if data:
        stated["use_case.data"] = sorted(data)
    known = consultation_of(facts, case.id)
    if known is not None and known.opinion_on is not None:
        stated["use_case.opinion_given"] = True
    if case.hosting is not Hosting.UNKNOWN:
        stated["use_case.hosted_by_third_party"] = case.hosting is not Hosting.PREMISES
    return stated | _answers(facts, case.id)


def _answers(facts: Facts, case: str) -> dict[str, object]:
    """Return the answers given for a case; *none* stays only for a date known to be none."""
    known = load_facts()
    given: dict[str, object] = {}
    for answer in facts.legal_facts:
        if answer.case != case:
            continue
        value = read_answer(answer.fact, str(answer.value or ""))
        spec = known[answer.fact]
        if value is None and not (
            spec.nullable and str(answer.value or "").strip() not in ("", "?")
        ):
            continue
        given[answer.fact] = sorted(value) if spec.type is FactType.SET else value  # type: ignore[call-overload]
    return given


def _boolean(value: Ternary) -> bool | None:
    return None if value is Ternary.UNKNOWN else value is Ternary.YES


def consultation_of(facts: Facts, case: str) -> Consultation | None:
    """Return what is known of the consultation on a case; an opinion before an information."""
    own = [c for c in facts.consultations if c.case == case]
    own.sort(key=lambda c: (c.opinion_on is None, c.information_on is None))
    return own[0] if own else None
