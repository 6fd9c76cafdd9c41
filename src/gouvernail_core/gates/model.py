"""The doors of a use case, and what its next stage waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gouvernail_core.kernel import (
    ConsultationStatus,
    Finding,
    Reason,
    Stage,
    Ternary,
    Text,
)


class Door(StrEnum):
    """What may hold a case back."""

    SHEET = "sheet"
    PAIR = "pair"
    DATA = "data"
    LAW = "law"
    DIALOGUE = "dialogue"
    BUDGET = "budget"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            Door.SHEET: Text("Fiche", "Sheet"),
            Door.PAIR: Text("Binôme", "Pair"),
            Door.DATA: Text("Données", "Data"),
            Door.LAW: Text("Droit", "Law"),
            Door.DIALOGUE: Text("Dialogue", "Dialogue"),
            Door.BUDGET: Text("Budget", "Budget"),
        }[self]


class DoorState(StrEnum):
    """Whether a door lets the case through to real conditions.

    An overridden door lets it through by a written decision; what would open it is still missing.
    """

    OPEN = "open"
    OVERRIDDEN = "overridden"
    WAITING = "waiting"
    CLOSED = "closed"
    NONE = "none"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            DoorState.OPEN: Text("Ouverte", "Open"),
            DoorState.OVERRIDDEN: Text("Passée outre", "Overridden"),
            DoorState.WAITING: Text("En attente", "Waiting"),
            DoorState.CLOSED: Text("Fermée", "Closed"),
            DoorState.NONE: Text("Sans objet", "Not needed"),
        }[self]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, and who can bring it."""

    what: Text
    owner: str
    door: Door


@dataclass(frozen=True, slots=True)
class DoorAnswer:
    """The state of one door, in one sentence, with what would open it."""

    door: Door
    state: DoorState
    text: Text
    missing: tuple[Missing, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ProofState:
    """What is known of one duty: done on a day, or promised for one, by somebody.

    `expired_on` is the last day of a proof that no longer holds: the duty is then to be done again.
    """

    done_on: date | None = None
    promised_on: date | None = None
    owner: str = ""
    expired_on: date | None = None


@dataclass(frozen=True, slots=True)
class CaseSituation:
    """What the other steps say of a case, as plain values.

    `blanks` are the parts of the sheet nobody has written yet. `costs_known` is unknown when a
    year of the plan has no figure. `budget_fits` says whether the chosen portfolio holds in the
    envelopes; unknown while no choice has been made. `owners` gives a name for a role code of
    the findings (``DPO``), falling back to the code.
    """

    stage: Stage
    pair: Ternary
    pair_reasons: tuple[Reason, ...] = ()
    blanks: tuple[Text, ...] = ()
    data: Ternary = Ternary.UNKNOWN
    data_reasons: tuple[Reason, ...] = ()
    reads_data: bool = True
    findings: tuple[Finding, ...] = ()
    proofs: Mapping[str, ProofState] = field(default_factory=dict)
    dialogue: ConsultationStatus | None = None
    costs_known: Ternary = Ternary.UNKNOWN
    budget_fits: Ternary = Ternary.UNKNOWN
    owners: Mapping[str, str] = field(default_factory=dict)
    pair_names: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Whether a case may go to its next stage; what is missing, from whom.

    Something may be missing of a passage that is open: the opinion that was passed over.
    """

    to: Stage
    open: Ternary
    missing: tuple[Missing, ...]
