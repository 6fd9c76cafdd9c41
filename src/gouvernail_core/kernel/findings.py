"""The answer of a rule about a situation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gouvernail_core.kernel.reasons import Reason, Source
from gouvernail_core.kernel.text import Text


class Outcome(StrEnum):
    """What a rule says. Five outcomes, never two: a blank fact is not a *no*."""

    DUE = "due"
    TO_EXAMINE = "to_examine"
    NOT_APPLICABLE = "not_applicable"
    WATCH = "watch"
    BLOCKING = "blocking"


class Confidence(StrEnum):
    """How sure the authors of a rule are of its reading."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Finding(NamedTuple):
    """What one rule says of one situation, and why; a named tuple, for thousands are made.

    `missing` names the facts (``use_case.profiling``) without which the rule cannot decide; it is
    never empty when `outcome` is ``TO_EXAMINE`` because of an unknown. `who` are role codes,
    `before` the stages or acts the duty precedes, `applies_from` the first day it binds.
    """

    rule: str
    outcome: Outcome
    title: Text
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()
    applies_from: date | None = None
    who: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    evidence: tuple[Text, ...] = ()
    sources: tuple[Source, ...] = ()
    confidence: Confidence = Confidence.MEDIUM
    jurist: bool = False
    explanation: Text | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One member of a minimal set of requirements that cannot hold together.

    `kind` is the family of the requirement, `label` its stable name, `text` its words.
    """

    kind: str
    label: str
    text: Text
