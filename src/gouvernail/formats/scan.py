"""The JSON of `gouvernail scan` and of `gouvernail detect`: what is written, never a value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from gouvernail_core.protection import FileRisk, RiskShare, risk_shares
from gouvernail_core.protection.detection.kinds import Span
from gouvernail_core.protection.sampling import StoreEstimate
from gouvernail_scan.blocks import Cause
from gouvernail_scan.report import Amount, FileFound, Ledger, StoreFound, total_ledger
from gouvernail_scan.sampled import Sampled

Class = Literal["C0", "C1", "C2", "C3", "C4"]


class _Document(BaseModel):
    """A JSON object whose fields are all known and of the right type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class AmountDocument(_Document):
    """A number of files and the bytes they hold together."""

    files: int
    bytes: int


class CauseDocument(_Document):
    """Why some files were not looked at, or only in part."""

    cause: str
    label: str
    files: int
    bytes: int


class LedgerDocument(_Document):
    """Everything that was listed: the three parts sum to the total, in files and in bytes."""

    examined: AmountDocument
    partial: AmountDocument
    unexamined: AmountDocument
    total: AmountDocument
    causes: list[CauseDocument]


class KindDocument(_Document):
    """What was found of one kind: times, different values, highest confidence, masked samples."""

    count: int
    distinct: int
    confidence: float
    samples: list[str] = Field(max_length=3)


class FactorsDocument(_Document):
    """The factors of a risk: R = S² · V · A · L · T."""

    sensitivity: float
    volume: float
    access: float
    place: float
    age: float


class FileDocument(_Document):
    """One file: its state and why, what it holds, its class and its risk with its reasons."""

    store: str
    path: str
    bytes: int
    state: Literal["examined", "partial", "unexamined"]
    causes: list[str]
    gaps: list[list[str]]
    types: dict[str, KindDocument]
    class_: Class | None = Field(alias="class")
    risk: float | None
    factors: FactorsDocument | None
    reasons: list[str]


class StratumDocument(_Document):
    """A stratum of a store: its files, those read, the share that holds something (Wilson)."""

    stratum: str
    files: int
    read: int
    holding: int
    low: float
    high: float


class SampleDocument(_Document):
    """What files drawn at random say of a store: its estimated risk, with its interval at 95 %."""

    files: int
    read: int
    seed: int
    risk: float
    low: float | None
    high: float | None
    strata: list[StratumDocument]


class StoreDocument(_Document):
    """One store: its rank, its share of the total risk, and what nobody has looked at."""

    id: str
    name: str
    rank: int
    risk: float
    share: float
    percentile: float
    unexamined_if_alike: float | None
    class_: Class | None = Field(alias="class")
    people: int
    types: dict[str, KindDocument]
    ledger: LedgerDocument
    reasons: list[str]
    sample: SampleDocument | None


class ScanDocument(_Document):
    """The answer of `gouvernail scan`."""

    rules: str
    on: date
    finished: bool
    ledger: LedgerDocument
    stores: list[StoreDocument]
    files: list[FileDocument]


class SpanDocument(_Document):
    """A finding in a text: its kind, where it begins and ends in characters, how sure it is."""

    type: str
    start: int
    end: int
    confidence: float


class DetectDocument(_Document):
    """The answer of `gouvernail detect`."""

    spans: list[SpanDocument]


def head_json(
    found: Sequence[StoreFound],
    *,
    rules: str,
    on: date,
    finished: bool,
    sampled: Sampled | None = None,
) -> dict[str, Any]:
    """Return the answer without its files, the stores from the riskiest of what was read."""
    drawn = {each.store: each for each in sampled.estimates} if sampled else {}
    seed = sampled.seed if sampled else 0
    values = {each.store.id: each.risk.value for each in found}
    shares = {share.store: share for share in risk_shares(values)}
    ordered = sorted(found, key=lambda each: (-each.risk.value, each.store.id))
    return {
        "rules": rules,
        "on": on.isoformat(),
        "finished": finished,
        "ledger": ledger_json(total_ledger(found)),
        "stores": [
            _store_json(each, shares[each.store.id])
            | {"sample": sample_json(drawn[each.store.id], seed) if drawn else None}
            for each in ordered
        ],
    }


def ledger_json(ledger: Ledger) -> dict[str, Any]:
    """Return a ledger as plain values, the heaviest causes first."""
    causes = sorted(ledger.causes.items(), key=lambda item: (-item[1].bytes, item[0]))
    return {
        "examined": _amount(ledger.examined),
        "partial": _amount(ledger.partial),
        "unexamined": _amount(ledger.unexamined),
        "total": _amount(ledger.total),
        "causes": [
            {"cause": cause, "label": Cause(cause).label.fr, **_amount(amount)}
            for cause, amount in causes
        ],
    }


def _amount(amount: Amount) -> dict[str, int]:
    return {"files": amount.files, "bytes": amount.bytes}


def _store_json(found: StoreFound, share: RiskShare) -> dict[str, Any]:
    alike = found.risk.if_alike
    return {
        "id": found.store.id,
        "name": found.store.name,
        "rank": share.rank,
        "risk": round(found.risk.value, 3),
        "share": round(share.share, 4),
        "percentile": round(share.percentile, 1),
        "unexamined_if_alike": None if alike is None else round(alike, 3),
        "class": found.data_class.value if found.data_class else None,
        "people": found.people,
        "types": found.types,
        "ledger": ledger_json(found.ledger),
        "reasons": [reason.text.fr for reason in (*found.reasons, *found.risk.reasons)],
    }


def sample_json(estimate: StoreEstimate, seed: int) -> dict[str, Any]:
    """Return what the files drawn say of a store."""
    bounds = estimate.bounds
    return {
        "files": estimate.files,
        "read": estimate.read,
        "seed": seed,
        "risk": round(estimate.risk.value, 3),
        "low": None if bounds is None else round(bounds.low, 3),
        "high": None if bounds is None else round(bounds.high, 3),
        "strata": [
            {
                "stratum": each.stratum,
                "files": each.files,
                "read": each.read,
                "holding": each.holding,
                "low": each.share.low,
                "high": each.share.high,
            }
            for each in estimate.strata
        ],
    }


def file_json(found: FileFound, store: str) -> dict[str, Any]:
    """Return one file of the answer; what was not looked at has no risk, which is not none."""
    unread = found.state == "unexamined"
    return {
        "store": store,
        "path": found.path,
        "bytes": found.size,
        "state": found.state,
        "causes": list(found.causes),
        "gaps": [list(gap) for gap in found.gaps],
        "types": found.summary,
        "class": found.data_class.value if found.data_class else None,
        "risk": None if unread else round(found.risk.value, 3),
        "factors": None if unread else factors_json(found.risk),
        "reasons": [Cause(cause).label.fr for cause in found.causes]
        if unread
        else [reason.text.fr for reason in found.risk.reasons],
    }


def factors_json(risk: FileRisk) -> dict[str, float]:
    """Return the factors of a risk, rounded."""
    return {
        "sensitivity": round(risk.content.sensitivity, 3),
        "volume": round(risk.content.volume, 3),
        "access": round(risk.reach.access.value, 3),
        "place": round(risk.reach.place.value, 3),
        "age": round(risk.age.value, 3),
    }


def spans_json(spans: Iterable[Span]) -> dict[str, Any]:
    """Return findings in the order of the text."""
    return {
        "spans": [
            {
                "type": span.type.value,
                "start": span.start,
                "end": span.end,
                "confidence": round(span.confidence, 2),
            }
            for span in spans
        ]
    }
