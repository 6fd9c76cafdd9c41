"""The shape of the plan: what `steer --json`, ``plan.json`` and the pages hold."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["yes", "no", "unknown"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TextValue(_Strict):
    """A sentence in both languages."""

    fr: str
    en: str


class SourceValue(_Strict):
    """Where a statement comes from, and how its text was read."""

    text: str
    url: str | None
    read_on: str | None
    provenance: Literal["read", "secondary", "memory"]
    provenance_label: TextValue


class ReasonValue(_Strict):
    """One reason, with its source when there is one."""

    code: str
    text: TextValue
    source: SourceValue | None


class MissingFact(_Strict):
    """A fact a rule lacks, and the question that asks for it."""

    fact: str
    question: TextValue


class ValidationValue(_Strict):
    """Which jurist read a rule against its texts, and when."""

    by: str
    on: str


class FindingValue(_Strict):
    """What one rule says, and why."""

    rule: str
    outcome: Literal["due", "to_examine", "not_applicable", "watch", "blocking"]
    outcome_label: TextValue
    title: TextValue
    explanation: TextValue | None
    reasons: list[ReasonValue]
    missing: list[MissingFact]
    applies_from: str | None
    before: list[str]
    who: list[TextValue]
    evidence: list[TextValue]
    sources: list[SourceValue]
    confidence: Literal["high", "medium", "low"]
    jurist: bool
    last_read: str | None
    read_again: bool
    validated: ValidationValue | None
    done_on: str | None
    promised_on: str | None
    expired_on: str | None
    owner: str


class QuestionValue(MissingFact):
    """A question, and how many rules its answer decides."""

    decides: int


class FindingsValue(_Strict):
    """The findings on one subject."""

    findings: list[FindingValue]
    questions: list[QuestionValue]
    counts: dict[str, int]


class DerivedValue(_Strict):
    """What follows from the facts of a case before any rule."""

    role: list[str]
    high_risk: Level
    staff_body: str | None


class CaseFindings(FindingsValue):
    """The findings on a case."""

    derived: DerivedValue


class MissingValue(_Strict):
    """One thing a case lacks, and who can bring it."""

    what: TextValue
    owner: str
    door: str


class DoorValue(_Strict):
    """The state of one door."""

    door: Literal["pair", "sheet", "data", "law", "dialogue", "budget"]
    label: TextValue
    state: Literal["open", "overridden", "waiting", "closed", "none"]
    state_label: TextValue
    text: TextValue
    missing: list[MissingValue]
    reasons: list[ReasonValue]


class PassageValue(_Strict):
    """Whether the case may go to its next stage."""

    to: str
    to_label: TextValue
    open: Level
    missing: list[MissingValue]


class RatingValue(_Strict):
    """The three views on one criterion, 0 to 4; `low` and `high` are in [0, 1]."""

    criterion: str
    label: str
    weighs: bool
    elu: float | None
    director: float | None
    agents: float | None
    low: float
    high: float
    gap: float | None
    comment: str


class Named(_Strict):
    """An id and its words."""

    id: str
    name: str


class StoreOfCase(Named):
    """A store a case reads."""

    data_class: str | None = Field(alias="class")
    service: str
    kind_label: TextValue
    hosting_label: TextValue
    personal: Level
    readers: int | None


class LegalFactValue(_Strict):
    """A fact stated of a case for the law, in words, with who said it and when."""

    fact: str
    label: TextValue
    value: TextValue
    by: str
    on: str | None


class OverrideValue(_Strict):
    """A written decision to begin without the opinion; `holds` on the day of the plan."""

    decided_on: str
    decided_by: str
    reason: str
    until: str | None
    holds: bool


class VoteValue(_Strict):
    """How a college voted, in votes."""

    votes_for: int = Field(alias="for")
    against: int
    abstained: int


class VotesValue(_Strict):
    """The votes of the two colleges; none for one that is not known."""

    staff: VoteValue | None
    employer: VoteValue | None


class ConsultationValue(_Strict):
    """Where the consultation of the staff stands."""

    body_label: TextValue
    due: Level
    informed_on: str | None
    opinion_on: str | None
    opinion: str
    votes: VotesValue
    next_sitting: str | None
    convene_by: str | None
    papers_by: str | None
    reasons: list[ReasonValue]
    override: OverrideValue | None


class CaseValue(_Strict):
    """One use case, with everything the way says of it. Costs are in euros by calendar year."""

    id: str
    title: str
    summary: str
    service: Named
    stage: str
    stage_label: TextValue
    stage_reason: str
    elu: str | None
    director: str | None
    doors: list[DoorValue]
    next: PassageValue | None
    blocked: bool
    costs_eur: dict[str, int]
    cost_total_eur: int | None
    staff_days: float | None
    change_load: int | None
    ratings: list[RatingValue]
    in_the_running: bool
    chosen: bool
    problem: str
    today: str
    tasks_lifted: list[str]
    stays_human: str
    benefit: str
    measure: str
    simpler_way: str
    time_given_to: str
    tool: str
    tool_class: str | None
    hosting_label: TextValue
    stores: list[StoreOfCase]
    facts: list[LegalFactValue]
    agents_affected: int | None
    people_served: int | None
    training_groups: list[str]
    mandate_on: str | None
    source_id: str
    source_url: str
    obligations: CaseFindings
    consultation: ConsultationValue


class ExistingUseValue(_Strict):
    """A use of AI already there, the authority's decision and the prudent advice."""

    id: str
    name: str
    tool: str
    service: str
    users: int | None
    discovery: str
    discovery_label: TextValue
    seen_on: str | None
    data: list[TextValue]
    personal: Level
    hosting_label: TextValue
    tool_class: str | None
    verdict: str | None
    verdict_label: TextValue | None
    verdict_reason: str
    advice: str | None
    advice_label: TextValue | None
    advice_reasons: list[ReasonValue]
    case: str | None
    case_title: str | None


class ProtectFirstValue(_Strict):
    """A data store in the order in which to look at it."""

    rank: int
    id: str
    name: str
    service: str
    kind_label: TextValue
    data_class: str | None = Field(alias="class")
    examined: Level
    readers: int | None
    documents: int | None
    hosting_label: TextValue
    read_by: list[str]
    note: str
    reasons: list[ReasonValue]


class ChoiceCase(_Strict):
    """How sure a case is; `acceptability` is a share of the admissible weightings."""

    id: str
    title: str
    acceptability: float
    share: TextValue
    standard_error: float
    status: Literal["core", "borderline", "exterior"]
    status_label: TextValue
    proven: bool
    recommended: bool
    sentence: TextValue
    proof: TextValue
    drop_out: TextValue | None


class CriterionValue(_Strict):
    """A criterion that weighs; `reference` is today's weight in percent."""

    id: str
    label: str
    lowest: str
    highest: str
    reference: float


class LimitValue(_Strict):
    """What the proposal uses of a limit."""

    id: str
    label: TextValue
    unit: TextValue
    used: float
    limit: float


class ActorValue(_Strict):
    """The same choice seen with the weightings of one actor."""

    name: str
    acceptability: dict[str, float]
    favourite: list[str]
    regret_percent: float


class SplitValue(_Strict):
    """Where actors differ most."""

    sentence: TextValue
    cases: list[str]


class PortfolioValue(_Strict):
    """One portfolio that may be the best."""

    cases: list[str]
    share: float
    recommended: bool


class LeftOutValue(_Strict):
    """A case that takes no part in the choice."""

    id: str
    title: str
    why: TextValue


class SelectionValue(_Strict):
    """The choice. `problem` is the document `gouvernail select` reads."""

    cases: list[ChoiceCase]
    recommended: list[str]
    regret_percent: float | None
    criteria: list[CriterionValue]
    limits: list[LimitValue]
    actors: list[ActorValue]
    split: SplitValue | None
    common_core: list[str]
    portfolios: list[PortfolioValue]
    portfolio_count: int
    regret: TextValue | None
    method: TextValue
    notes: list[TextValue]
    conflict: list[TextValue] | None
    left_out: list[LeftOutValue]
    problem: dict[str, Any]


class TaskValue(_Strict):
    """A dated task."""

    id: str
    case: str
    case_title: str
    kind: str
    label: TextValue
    start: str
    end: str
    start_week: int
    weeks: int
    who: str
    cost_eur: float
    critical: bool


class MilestoneValue(_Strict):
    """A date people wait for."""

    case: str
    label: TextValue
    on: str
    kind: str


class YearValue(_Strict):
    """What a year pays, against its envelope, in euros."""

    year: int
    envelope_eur: int
    planned_eur: int
    cases: dict[str, int]


class RoadmapValue(_Strict):
    """The calendar; `gap` is 0 when it is proven."""

    origin: str
    weeks: int
    years: list[int]
    tasks: list[TaskValue]
    milestones: list[MilestoneValue]
    binding: list[TextValue]
    critical: list[str]
    proven: bool
    gap: float | None
    method: TextValue
    notes: list[TextValue]
    budget: list[YearValue]
    conflict: list[TextValue] | None


class SittingValue(_Strict):
    """A sitting, and the last days to convene it and to send its papers."""

    body: str
    body_label: TextValue
    on: str
    note: str
    convene_by: str | None
    papers_by: str | None
    reasons: list[ReasonValue]
    warnings: list[ReasonValue]
    cases: list[str]


class FollowUpValue(_Strict):
    """What an opinion calls for; `first` is null when it may be done at once."""

    kind: Literal["second_examination", "written_answer"]
    kind_label: TextValue
    case: str
    body: str
    body_label: TextValue
    first: str | None
    last: str
    done_on: str | None
    late: bool
    reasons: list[ReasonValue]


class DialogueValue(_Strict):
    """The sittings to come, and what the opinions given call for."""

    sittings: list[SittingValue]
    follow_ups: list[FollowUpValue]


class TrainingValue(_Strict):
    """A training group; `share` is the part already trained, in [0, 1]."""

    id: str
    label: str
    people: int | None
    trained: int | None
    share: float | None
    channel: str


class LinkValue(_Strict):
    """Where to act."""

    page: str
    id: str | None


class WeekItemValue(_Strict):
    """One line of « Ma semaine »."""

    kind: Literal["decide", "blocked", "question", "deadline"]
    title: TextValue
    text: TextValue
    minutes: int | None
    due: str | None
    who: str
    link: LinkValue
    badge: TextValue | None


class AuthorityValue(_Strict):
    """The authority the plan is for."""

    code: str
    name: str
    kind: str
    kind_label: TextValue
    population: int | None
    agents: int | None
    ambition: str
    people: dict[Literal["dgs", "dpo", "drh", "rssi", "executive"], str]


class AuthorityFindings(_Strict):
    """The duties of the authority itself."""

    authority: FindingsValue


class PlanValue(_Strict):
    """The whole answer of the way for one authority on one day."""

    format: Literal["gouvernail-plan-1"]
    software: str
    on: str
    rules_version: str
    facts_digest: str
    seed: int
    authority: AuthorityValue
    cases: list[CaseValue]
    existing_uses: list[ExistingUseValue]
    protect_first: list[ProtectFirstValue]
    obligations: AuthorityFindings
    selection: SelectionValue | None
    roadmap: RoadmapValue | None
    dialogue: DialogueValue
    training: list[TrainingValue]
    week: list[WeekItemValue]


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the plan."""
    return PlanValue.model_json_schema(by_alias=True)
