"""What the whole way gives: the answer of each step, tied to the facts it was computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gouvernail_core.facts import Facts
from gouvernail_core.gates import DoorAnswer, Passage, ProofState
from gouvernail_core.kernel import ConsultationStatus, Finding, Text
from gouvernail_core.protection import ProtectFirst
from gouvernail_core.selection import Selection
from gouvernail_core.steering.choose import Choice
from gouvernail_core.steering.law import LawOfCase
from gouvernail_core.steering.planning import Planning


@dataclass(frozen=True, slots=True)
class WeekItem:
    """One line of « Ma semaine »: what to decide, what is blocked, what is asked.

    `kind` is ``decide``, ``blocked``, ``question`` or ``deadline``; `page` and `target` say where
    the person acts; `minutes` is an estimate of the attention it takes.
    """

    kind: str
    title: Text
    text: Text
    page: str
    target: str | None = None
    minutes: int | None = None
    due: date | None = None
    who: str = ""
    badge: Text | None = None


@dataclass(frozen=True, slots=True)
class Steering:
    """The answer of the whole way for one authority on one day.

    `doors` and `passages` are by case id, `proofs` by case id (empty for the authority) then rule.
    `selection` is ``None`` when no case is in the running,
    `planning` when nothing was chosen. `rules_version`, `facts.digest` and `seed` are what it takes
    to compute it again.
    """

    facts: Facts
    on: date
    seed: int
    samples: int
    rules_version: str
    law: Mapping[str, LawOfCase]
    authority_findings: tuple[Finding, ...]
    consultations: Mapping[str, ConsultationStatus]
    proofs: Mapping[str, Mapping[str, ProofState]]
    choice: Choice
    selection: Selection | None
    planning: Planning | None
    doors: Mapping[str, tuple[DoorAnswer, ...]]
    passages: Mapping[str, Passage | None]
    protect: tuple[ProtectFirst, ...]
    week: tuple[WeekItem, ...]
