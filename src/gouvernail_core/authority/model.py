"""Who we are: the authority, its services, its people, its means and its calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gouvernail_core.kernel import Ternary, Text


class AuthorityKind(StrEnum):
    """The kind of authority; the codes are those of the legal facts (`authority.type`)."""

    COMMUNE = "commune"
    EPCI_FP = "epci_fp"
    SYNDICAT = "syndicat"
    DEPARTEMENT = "departement"
    REGION = "region"
    CCAS_CIAS = "ccas_cias"
    SDIS = "sdis"
    CDG = "cdg"
    AUTRE = "autre"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    AuthorityKind.COMMUNE: Text("Commune", "Municipality"),
    AuthorityKind.EPCI_FP: Text("Intercommunalité à fiscalité propre", "Intermunicipal authority"),
    AuthorityKind.SYNDICAT: Text("Syndicat", "Joint board"),
    AuthorityKind.DEPARTEMENT: Text("Département", "Département"),
    AuthorityKind.REGION: Text("Région", "Region"),
    AuthorityKind.CCAS_CIAS: Text("CCAS ou CIAS", "Social action centre (CCAS, CIAS)"),
    AuthorityKind.SDIS: Text("SDIS", "Fire and rescue service (SDIS)"),
    AuthorityKind.CDG: Text("Centre de gestion", "Management centre (CDG)"),
    AuthorityKind.AUTRE: Text("Autre", "Other"),
}


class Role(StrEnum):
    """What a person is in the steering of AI; one person may hold several roles."""

    DGS = "dgs"
    ELU = "elu"
    DIRECTOR = "director"
    AGENT = "agent"
    DRH = "drh"
    DPO = "dpo"
    RSSI = "rssi"
    STAFF_REP = "staff_rep"
    INSPECTION = "inspection"
    OTHER = "other"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.DGS: Text("Direction générale", "General director"),
    Role.ELU: Text("Élu ou élue", "Elected member"),
    Role.DIRECTOR: Text("Direction de service", "Head of service"),
    Role.AGENT: Text("Agent", "Staff member"),
    Role.DRH: Text("Ressources humaines", "Human resources"),
    Role.DPO: Text("Protection des données (DPO)", "Data protection officer"),
    Role.RSSI: Text("Sécurité et informatique", "Security and IT"),
    Role.STAFF_REP: Text("Représentation du personnel", "Staff representative"),
    Role.INSPECTION: Text("Inspection", "Inspection"),
    Role.OTHER: Text("Autre", "Other"),
}


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority and the facts about it that rules read.

    `agents` is the headcount on 1 January (thresholds of the staff committees), `fte` the
    full-time equivalents (threshold of the publication of algorithms). ``None`` is not known.
    `new_body_installed_on` is the day the staff committee elected on 10 December 2026 first sits.
    """

    code: str
    name: str
    kind: AuthorityKind
    population: int | None = None
    agents: int | None = None
    fte: float | None = None
    department: str = ""
    region: str = ""
    ambition: str = ""
    plan_from: date | None = None
    dpo_designated: Ternary = Ternary.UNKNOWN
    has_fs: Ternary = Ternary.UNKNOWN
    has_mediator: Ternary = Ternary.UNKNOWN
    critical_entity: Ternary = Ternary.UNKNOWN
    delegation_threshold_eur: int | None = None
    new_body_installed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A service, its head and the changes it can carry at once (`change_capacity`, in cases)."""

    id: str
    name: str
    head: str = ""
    agents: int | None = None
    change_capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person with a part in the steering."""

    id: str
    name: str
    role: Role
    title: str = ""
    service: str = ""


class CapacityUnit(StrEnum):
    """How a means is counted."""

    DAYS_PER_YEAR = "days_per_year"
    TASKS_AT_ONCE = "tasks_at_once"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        if self is CapacityUnit.DAYS_PER_YEAR:
            return Text("jours par an", "days a year")
        return Text("dossiers menés en même temps", "files handled at once")


@dataclass(frozen=True, slots=True)
class Capacity:
    """A scarce means: project days in a year, or how many files the DPO handles at once."""

    id: str
    label: str
    unit: CapacityUnit
    amount: float


@dataclass(frozen=True, slots=True)
class Budget:
    """The sum the authority allots to its AI cases in one year, in euros all taxes included."""

    year: int
    amount_eur: int


class Body(StrEnum):
    """A body that sits on known dates."""

    CST = "cst"
    FS = "fs"
    COUNCIL = "council"
    CODIR = "codir"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return _BODY_LABELS[self]


_BODY_LABELS = {
    Body.CST: Text("Comité social territorial (CST)", "Staff committee (CST)"),
    Body.FS: Text("Formation spécialisée", "Health and safety section (FS)"),
    Body.COUNCIL: Text("Assemblée délibérante", "Deliberative assembly"),
    Body.CODIR: Text("Comité de direction", "Management team"),
}


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting of a body on a date."""

    body: Body
    on: date
    note: str = ""
