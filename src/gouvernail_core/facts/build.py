"""From rows to facts: the one door between what people wrote and what the way computes on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from gouvernail_core.authority import (
    Authority,
    AuthorityKind,
    Body,
    Budget,
    Capacity,
    CapacityUnit,
    Person,
    Role,
    Service,
    Sitting,
)
from gouvernail_core.dialogue import CollegeVote, Consultation, Opinion
from gouvernail_core.facts.checks import check, lines_of
from gouvernail_core.facts.model import Facts, Proof
from gouvernail_core.facts.schema import Row, Rows, sheets
from gouvernail_core.facts.values import blank
from gouvernail_core.kernel import Override, RefusedError, Stage, Ternary
from gouvernail_core.learning import TrainingGroup
from gouvernail_core.obligations import ActValidation, SecondReading
from gouvernail_core.portfolio import (
    Criterion,
    Discovery,
    ExistingUse,
    FactValue,
    Offer,
    OfferAnswer,
    Priority,
    Rating,
    UseCase,
    Verdict,
)
from gouvernail_core.protection import (
    Access,
    ActEffort,
    DataClass,
    DataFlow,
    DataStore,
    FlowMeans,
    Hosting,
    MatrixAnswer,
    MatrixChoice,
    ProtectiveAct,
    ScanDuty,
    ScanDutyAnswer,
    StoreKind,
    ToolClass,
)

#: The length of a training wave when the authority has not said.
USUAL_WAVE_WEEKS = 3


def build(rows: Rows, *, whole: bool = True) -> Facts:
    """Return the facts the rows state.

    Raises RefusedError with every problem found, never only the first. `whole` false is for a
    page that reads the rows of one case: what they refer to elsewhere is not looked for, and the
    digest is that of these rows alone.
    """
    complete = {described.code: _completed(described.code, rows) for described in sheets()}
    problems = check(complete) if whole else ()
    if problems:
        raise RefusedError(*problems)
    years = sorted(row["year"] for row in complete["budgets"])
    return Facts(
        authority=_authority(complete["authority"][0]),
        people=tuple(_person(row) for row in complete["people"]),
        services=tuple(Service(**_own(row)) for row in complete["services"]),
        stores=tuple(store_of(row) for row in complete["stores"]),
        flows=tuple(flow_of(row) for row in complete["flows"]),
        matrix=tuple(matrix_choice_of(row) for row in complete["matrix"]),
        scan_duties=tuple(scan_duty_of(row) for row in complete["scan_duties"]),
        efforts=tuple(effort_of(row) for row in complete["protection_efforts"]),
        existing_uses=tuple(_existing_use(row) for row in complete["existing_uses"]),
        use_cases=tuple(_use_case(row, years) for row in complete["use_cases"]),
        legal_facts=tuple(FactValue(**_own(row)) for row in complete["legal_facts"]),
        criteria=tuple(Criterion(**_own(row)) for row in complete["criteria"]),
        ratings=tuple(Rating(**_own(row)) for row in complete["ratings"]),
        priorities=tuple(Priority(**_own(row)) for row in complete["priorities"]),
        capacities=tuple(_capacity(row) for row in complete["capacities"]),
        budgets=tuple(Budget(row["year"], row["amount_eur"]) for row in _by_year(complete)),
        sittings=tuple(
            Sitting(Body(row["body"]), row["on"], row["note"]) for row in complete["sittings"]
        ),
        consultations=tuple(_consultation(row) for row in complete["consultations"]),
        overrides=tuple(Override(**_own(row)) for row in complete["overrides"]),
        training=tuple(_training_group(row) for row in complete["training"]),
        proofs=tuple(Proof(**_own(row)) for row in complete["proofs"]),
        offers=tuple(Offer(**_own(row)) for row in complete["offers"]),
        offer_answers=tuple(OfferAnswer(**_own(row)) for row in complete["offer_answers"]),
        validations=tuple(validation_of(row) for row in complete["validations"]),
        second_readings=tuple(second_reading_of(row) for row in complete["second_readings"]),
        digest=digest(rows),
    )


def digest(rows: Rows) -> str:
    """Return the SHA-256 of the rows, whatever their order and the lines they came from.

    >>> digest({"budgets": [{"year": 2027, "_line": 3}]}) == digest({"budgets": [{"year": 2027}]})
    True
    """
    canonical = {
        described.code: sorted(
            (json.dumps(row, sort_keys=True, default=_plain, ensure_ascii=False))
            for row in lines_of(_completed(described.code, rows))
        )
        for described in sheets()
    }
    text = json.dumps(canonical, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _completed(code: str, rows: Rows) -> list[Row]:
    described = next(s for s in sheets() if s.code == code)
    empty = {column.code: blank(column) for column in described.columns}
    return [{**empty, **row} for row in rows.get(code, [])]


def _by_year(rows: Mapping[str, list[Row]]) -> list[Row]:
    return sorted(rows["budgets"], key=lambda row: int(row["year"]))


def _own(row: Row) -> dict[str, Any]:
    return {key: value for key, value in row.items() if not key.startswith("_")}


def _authority(row: Row) -> Authority:
    own = _own(row)
    own["kind"] = AuthorityKind(own["kind"])
    for code in ("dpo_designated", "has_fs", "has_mediator", "critical_entity"):
        own[code] = Ternary.of(own[code])
    return Authority(**own)


def _person(row: Row) -> Person:
    own = _own(row)
    own["role"] = Role(own["role"])
    return Person(**own)


def _capacity(row: Row) -> Capacity:
    return Capacity(row["id"], row["label"], CapacityUnit(row["unit"]), row["amount"])


def store_of(row: Row) -> DataStore:
    """Return the data store a row of the sheet states."""
    own = _own(row)
    own["kind"] = StoreKind(own["kind"] or "share")
    for code in ("data", "better_used_by", "carriers"):
        own[code] = tuple(own[code])
    for code in ("personal", "public_link", "encrypted", "open_data", "examined"):
        own[code] = Ternary.of(own[code])
    own["hosting"] = Hosting(own["hosting"] or "unknown")
    own["access"] = Access(own["access"]) if own["access"] else None
    own["data_class"] = DataClass(own["data_class"]) if own["data_class"] else None
    return DataStore(**own)


def flow_of(row: Row) -> DataFlow:
    """Return the flow between two services a row of the sheet states."""
    own = _own(row)
    own["means"] = FlowMeans(own["means"]) if own["means"] else None
    own["personal"] = Ternary.of(own["personal"])
    return DataFlow(**own)


def matrix_choice_of(row: Row) -> MatrixChoice:
    """Return the authority’s own answer a row of the sheet states."""
    own = _own(row)
    own["data_class"] = DataClass(own["data_class"])
    own["tool_class"] = ToolClass(own["tool_class"])
    own["answer"] = MatrixAnswer(own["answer"])
    return MatrixChoice(**own)


def scan_duty_of(row: Row) -> ScanDutyAnswer:
    """Return what a row of the sheet says of one duty of the scan."""
    own = _own(row)
    own["duty"] = ScanDuty(own["duty"])
    own["done"] = Ternary.of(own["done"])
    return ScanDutyAnswer(**own)


def effort_of(row: Row) -> ActEffort:
    """Return the hours of an act on a store a row of the sheet states."""
    own = _own(row)
    own["act"] = ProtectiveAct(own["act"])
    return ActEffort(**own)


def _existing_use(row: Row) -> ExistingUse:
    own = _own(row)
    own["discovery"] = Discovery(own["discovery"] or "declared")
    own["data"] = tuple(own["data"])
    own["stores"] = tuple(own["stores"])
    own["personal"] = Ternary.of(own["personal"])
    own["hosting"] = Hosting(own["hosting"] or "unknown")
    own["tool_class"] = ToolClass(own["tool_class"]) if own["tool_class"] else None
    own["verdict"] = Verdict(own["verdict"]) if own["verdict"] else None
    return ExistingUse(**own)


def _use_case(row: Row, years: list[int]) -> UseCase:
    own = _own(row)
    costs = [own.pop(f"cost_year_{rank}") for rank in (1, 2, 3)]
    own["costs_eur"] = {
        year: cost for year, cost in zip(years, costs, strict=False) if cost is not None
    }
    own["stage"] = Stage(own["stage"] or "idea")
    own["tool_class"] = ToolClass(own["tool_class"]) if own["tool_class"] else None
    own["hosting"] = Hosting(own["hosting"] or "unknown")
    for code in ("tasks_lifted", "stores", "training_groups", "requires", "excludes"):
        own[code] = tuple(own[code])
    return UseCase(**own)


def _consultation(row: Row) -> Consultation:
    return Consultation(
        case=row["case"],
        body=Body(row["body"]),
        information_on=row["informed_on"],
        information_evidence=row["information_evidence"],
        opinion_on=row["opinion_on"],
        opinion=Opinion(row["opinion"]) if row["opinion"] else None,
        opinion_evidence=row["opinion_evidence"],
        staff_vote=_vote(row, "staff"),
        employer_vote=_vote(row, "employer"),
        second_on=row["second_on"],
        followed_up_on=row["followed_up_on"],
        follow_up_evidence=row["follow_up_evidence"],
    )


def _vote(row: Row, college: str) -> CollegeVote | None:
    """Return how a college voted; a figure left empty beside others is none."""
    figures = [row[f"{college}_{way}"] for way in ("for", "against", "abstained")]
    if all(figure is None for figure in figures):
        return None
    return CollegeVote(*(figure or 0 for figure in figures))


def validation_of(row: Row) -> ActValidation:
    """Return the validation a row of the sheet states."""
    own = _own(row)
    own["validators"] = tuple(own["validators"])
    own["look_at"] = tuple(own["look_at"])
    return ActValidation(**own)


def second_reading_of(row: Row) -> SecondReading:
    """Return what a row of the sheet counts over a period."""
    return SecondReading(**_own(row))


def _training_group(row: Row) -> TrainingGroup:
    own = _own(row)
    own["weeks"] = own["weeks"] or USUAL_WAVE_WEEKS
    return TrainingGroup(**own)
