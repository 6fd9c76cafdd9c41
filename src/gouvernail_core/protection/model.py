"""Data stores, what moves between services, the class of data, and what protects them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gouvernail_core.kernel import Ternary, Text


class StoreKind(StrEnum):
    """Where data lie."""

    SHARE = "share"
    MAILBOX = "mailbox"
    APPLICATION = "application"
    DATABASE = "database"
    CLOUD = "cloud"
    PAPER = "paper"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            StoreKind.SHARE: Text("Partage de fichiers", "File share"),
            StoreKind.MAILBOX: Text("Messagerie", "Mailbox"),
            StoreKind.APPLICATION: Text("Logiciel métier", "Business software"),
            StoreKind.DATABASE: Text("Base de données", "Database"),
            StoreKind.CLOUD: Text("Service en ligne", "Online service"),
            StoreKind.PAPER: Text("Papier", "Paper"),
        }[self]


class Hosting(StrEnum):
    """Where a tool or a store runs, and so under whose law."""

    PREMISES = "premises"
    FRANCE = "france"
    EU = "eu"
    OUTSIDE_EU = "outside_eu"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            Hosting.PREMISES: Text("Sur nos serveurs", "On our own servers"),
            Hosting.FRANCE: Text("En France, droit français", "In France, French law"),
            Hosting.EU: Text("Dans l’Union, droit européen", "In the Union, European law"),
            Hosting.OUTSIDE_EU: Text("Hors Union, ou droit étranger", "Outside the Union"),
            Hosting.UNKNOWN: Text("Nous ne savons pas", "Not known"),
        }[self]


class DataClass(StrEnum):
    """How much harm a leak would do, from C0 (public) to C4 (article 9, secrets)."""

    C0 = "C0"
    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            DataClass.C0: Text("C0 · publique", "C0 · public"),
            DataClass.C1: Text("C1 · interne, sans personne", "C1 · internal, no person"),
            DataClass.C2: Text("C2 · personnelle ordinaire", "C2 · ordinary personal"),
            DataClass.C3: Text("C3 · personnelle à risque", "C3 · personal at risk"),
            DataClass.C4: Text("C4 · sensible ou secrète", "C4 · sensitive or secret"),
        }[self]


class ToolClass(StrEnum):
    """Where a tool sends what it is given, from T0 (own premises) to T3 (consumer service)."""

    T0 = "T0"
    T1 = "T1"
    T2 = "T2"
    T3 = "T3"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            ToolClass.T0: Text("T0 · sur nos serveurs", "T0 · own premises"),
            ToolClass.T1: Text("T1 · hébergeur sous contrat, Union", "T1 · contracted host, Union"),
            ToolClass.T2: Text("T2 · service sous contrat", "T2 · contracted service"),
            ToolClass.T3: Text("T3 · outil grand public", "T3 · consumer tool"),
        }[self]


class Access(StrEnum):
    """Who can open a store, as a share of the authority's accounts."""

    EVERYONE = "everyone"
    DIRECTORATE = "directorate"
    TEAM = "team"
    ONE = "one"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            Access.EVERYONE: Text("Toute la collectivité", "The whole authority"),
            Access.DIRECTORATE: Text("Une direction", "One directorate"),
            Access.TEAM: Text("Une équipe", "One team"),
            Access.ONE: Text("Une personne", "One person"),
        }[self]


class FlowMeans(StrEnum):
    """How data go from one service to another."""

    AUTOMATIC = "automatic"
    SHARED = "shared"
    EXPORT = "export"
    EMAIL = "email"
    RETYPED = "retyped"
    PAPER = "paper"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            FlowMeans.AUTOMATIC: Text("Échange automatique", "Automatic exchange"),
            FlowMeans.SHARED: Text("Dossier ou logiciel commun", "Shared folder or software"),
            FlowMeans.EXPORT: Text("Export à la main", "Export by hand"),
            FlowMeans.EMAIL: Text("Courriel", "E-mail"),
            FlowMeans.RETYPED: Text("Ressaisie", "Typed again"),
            FlowMeans.PAPER: Text("Papier", "Paper"),
        }[self]


class MatrixAnswer(StrEnum):
    """Whether a kind of tool may receive a class of data, and on which condition."""

    YES = "yes"
    IF_MASKED = "if_masked"
    AFTER_AIPD = "after_aipd"
    NO = "no"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            MatrixAnswer.YES: Text("Oui", "Yes"),
            MatrixAnswer.IF_MASKED: Text("Si masquées", "If masked"),
            MatrixAnswer.AFTER_AIPD: Text("Après AIPD", "After a DPIA"),
            MatrixAnswer.NO: Text("Non", "No"),
        }[self]


class ScanDuty(StrEnum):
    """What the scan itself owes before it looks into the work of others."""

    PURPOSE = "purpose"
    DPO = "dpo"
    STAFF_BODY = "staff_body"
    AGENTS_INFORMED = "agents_informed"
    PRIVATE_EXCLUDED = "private_excluded"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            ScanDuty.PURPOSE: Text(
                "La finalité est écrite\u00a0: protéger les données, jamais surveiller quelqu’un",
                "The purpose is written: to protect data, never to watch anyone",
            ),
            ScanDuty.DPO: Text(
                "Le délégué à la protection des données a été associé",
                "The data protection officer was involved",
            ),
            ScanDuty.STAFF_BODY: Text(
                "L’instance du personnel a été informée ou consultée",
                "The staff body was informed or consulted",
            ),
            ScanDuty.AGENTS_INFORMED: Text(
                "Les agents ont été informés avant l’examen",
                "The agents were informed beforehand",
            ),
            ScanDuty.PRIVATE_EXCLUDED: Text(
                "Les dossiers personnels et syndicaux sont écartés",
                "Private and union folders are excluded",
            ),
        }[self]


class ProtectiveAct(StrEnum):
    """A piece of work that lowers the risk of a store."""

    END_PUBLIC_LINK = "end_public_link"
    NARROW_ACCESS = "narrow_access"
    ROTATE_SECRETS = "rotate_secrets"
    PURGE = "purge"
    ENCRYPT = "encrypt"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            ProtectiveAct.END_PUBLIC_LINK: Text("Fermer le lien public", "End the public link"),
            ProtectiveAct.NARROW_ACCESS: Text(
                "Restreindre l’accès à l’équipe", "Narrow the access to the team"
            ),
            ProtectiveAct.ROTATE_SECRETS: Text(
                "Changer les mots de passe et les clés", "Change the passwords and keys"
            ),
            ProtectiveAct.PURGE: Text(
                "Supprimer ce qui dépasse sa durée de conservation",
                "Delete what is past its retention period",
            ),
            ProtectiveAct.ENCRYPT: Text("Chiffrer le gisement", "Encrypt the store"),
        }[self]


@dataclass(frozen=True, slots=True)
class DataStore:
    """A place where data lie.

    `examined` says whether somebody or something has looked inside; an unexamined store has no
    class, and no class is not a low class. `documents` is an order of magnitude; `keep_years` is
    the retention period, in years; `better_used_by` names services that could use the data better;
    `carriers` names the functions of those who carry data in the service; `folder` is where the
    scan finds the store, under a root that the administrator of the machine has opened to it.
    """

    id: str
    name: str
    service: str = ""
    kind: StoreKind = StoreKind.SHARE
    data: tuple[str, ...] = ()
    personal: Ternary = Ternary.UNKNOWN
    hosting: Hosting = Hosting.UNKNOWN
    access: Access | None = None
    readers: int | None = None
    public_link: Ternary = Ternary.UNKNOWN
    encrypted: Ternary = Ternary.UNKNOWN
    keep_years: float | None = None
    open_data: Ternary = Ternary.UNKNOWN
    better_used_by: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    documents: int | None = None
    examined: Ternary = Ternary.UNKNOWN
    data_class: DataClass | None = None
    folder: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DataFlow:
    """What one service gives another; `carrier` is the function it rests on, empty if several."""

    id: str
    giver: str
    receiver: str
    what: str
    means: FlowMeans | None = None
    store: str = ""
    carrier: str = ""
    personal: Ternary = Ternary.UNKNOWN
    note: str = ""


@dataclass(frozen=True, slots=True)
class MatrixChoice:
    """The authority's own answer for a class of data and a kind of tool, and why."""

    data_class: DataClass
    tool_class: ToolClass
    answer: MatrixAnswer
    reason: str
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class ScanDutyAnswer:
    """Whether a duty of the scan is done, since when, and where that is written."""

    duty: ScanDuty
    done: Ternary = Ternary.UNKNOWN
    on: date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ActEffort:
    """How many hours of work an act takes on one store, where the authority knows better."""

    store: str
    act: ProtectiveAct
    hours: float
    note: str = ""
