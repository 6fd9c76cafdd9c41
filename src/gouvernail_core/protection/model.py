"""Data stores, the class of what they hold, and which tools may receive it."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class DataStore:
    """A place where data lie.

    `examined` says whether somebody or something has looked inside; an unexamined store has no
    class, and no class is not a low class. `documents` is an order of magnitude.
    """

    id: str
    name: str
    service: str = ""
    kind: StoreKind = StoreKind.SHARE
    data: tuple[str, ...] = ()
    personal: Ternary = Ternary.UNKNOWN
    hosting: Hosting = Hosting.UNKNOWN
    readers: int | None = None
    documents: int | None = None
    examined: Ternary = Ternary.UNKNOWN
    data_class: DataClass | None = None
    note: str = ""
