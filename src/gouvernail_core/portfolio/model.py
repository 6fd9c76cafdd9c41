"""The portfolio: AI already in use, and the use cases drawn from the seminar's ideas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gouvernail_core.kernel import Stage, Ternary, Text
from gouvernail_core.protection import Hosting, ToolClass


class Rater(StrEnum):
    """Who rates a case. Three independent views, never averaged silently."""

    ELU = "elu"
    DIRECTOR = "director"
    AGENTS = "agents"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            Rater.ELU: Text("Élu ou élue", "Elected member"),
            Rater.DIRECTOR: Text("Direction", "Head of service"),
            Rater.AGENTS: Text("Agents concernés", "Staff concerned"),
        }[self]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion with its anchored 0-4 scale: what 0 means, what 4 means.

    `weight` is the reference weighting, in percent; the weights of a set are rescaled to 100.
    """

    id: str
    label: str
    lowest: str = ""
    highest: str = ""
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """The three views of one case on one criterion, each from 0 to 4, ``None`` when not given."""

    case: str
    criterion: str
    elu: float | None = None
    director: float | None = None
    agents: float | None = None
    comment: str = ""

    def of(self, rater: Rater) -> float | None:
        """Return the view of one rater."""
        return {
            Rater.ELU: self.elu,
            Rater.DIRECTOR: self.director,
            Rater.AGENTS: self.agents,
        }[rater]


@dataclass(frozen=True, slots=True)
class Priority:
    """What one actor says of one criterion: its rank (1 first, ties allowed), or bounds in %."""

    actor: str
    criterion: str
    rank: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class FactValue:
    """A legal fact of a case, or of the authority when `case` is empty.

    It says who stated it, when, and on what evidence.
    """

    case: str
    fact: str
    value: object
    by: str = ""
    on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class UseCase:
    """A use case and what is known of it.

    `costs_eur` gives the cost of each calendar year (the first three years of the budgets);
    `staff_days` are project days over the whole plan; `change_load` is how many of its service's
    changes at once it uses up. `source_id` and `source_url` name the public case it was drawn
    from.
    """

    id: str
    title: str
    service: str = ""
    stage: Stage = Stage.IDEA
    summary: str = ""
    problem: str = ""
    today: str = ""
    tasks_lifted: tuple[str, ...] = ()
    stays_human: str = ""
    benefit: str = ""
    measure: str = ""
    simpler_way: str = ""
    time_given_to: str = ""
    elu: str = ""
    director: str = ""
    mandate_on: date | None = None
    stores: tuple[str, ...] = ()
    tool: str = ""
    tool_class: ToolClass | None = None
    hosting: Hosting = Hosting.UNKNOWN
    costs_eur: Mapping[int, int] = field(default_factory=dict)
    staff_days: float | None = None
    change_load: int | None = None
    agents_affected: int | None = None
    people_served: int | None = None
    training_groups: tuple[str, ...] = ()
    trial_weeks: int | None = None
    pilot_weeks: int | None = None
    rollout_weeks: int | None = None
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    stage_reason: str = ""
    source_id: str = ""
    source_url: str = ""

    @property
    def in_the_running(self) -> bool:
        """Return whether the case takes part in the choice: alive and not yet in use."""
        return self.stage not in (Stage.STOPPED, Stage.SUSPENDED, Stage.GENERAL)


class Discovery(StrEnum):
    """How an existing use came to be known."""

    DECLARED = "declared"
    NETWORK = "network"
    BUSINESS_SOFTWARE = "business_software"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            Discovery.DECLARED: Text("Déclaré par le service", "Declared by the service"),
            Discovery.NETWORK: Text("Vu sur le réseau", "Seen on the network"),
            Discovery.BUSINESS_SOFTWARE: Text(
                "Arrivé dans un logiciel métier", "Slipped into business software"
            ),
        }[self]


class Verdict(StrEnum):
    """What the authority does with an existing use."""

    KEEP = "keep"
    FRAME = "frame"
    STOP = "stop"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            Verdict.KEEP: Text("Garder", "Keep"),
            Verdict.FRAME: Text("Encadrer", "Frame"),
            Verdict.STOP: Text("Arrêter", "Stop"),
        }[self]


@dataclass(frozen=True, slots=True)
class ExistingUse:
    """A use of AI that is already there, with or without leave (need N34)."""

    id: str
    name: str
    tool: str = ""
    service: str = ""
    users: int | None = None
    discovery: Discovery = Discovery.DECLARED
    seen_on: date | None = None
    data: tuple[str, ...] = ()
    personal: Ternary = Ternary.UNKNOWN
    stores: tuple[str, ...] = ()
    hosting: Hosting = Hosting.UNKNOWN
    tool_class: ToolClass | None = None
    verdict: Verdict | None = None
    verdict_reason: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a vendor offers for a case, in their words (`text`)."""

    id: str
    case: str
    vendor: str
    tool: str = ""
    received_on: date | None = None
    text: str = ""
    asked_on: date | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfferAnswer:
    """What a vendor answers to one question of the letter, and the proof given."""

    offer: str
    question: str
    value: str = ""
    evidence: str = ""
