"""What is looked for in a text, and what a finding is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from gouvernail_core.kernel import Text

#: Below this confidence a span is shown to whoever asks, and counted nowhere.
COUNTED = 0.5


class PersonalData(StrEnum):
    """A kind of personal or sensitive data; its value is the code of the command line."""

    NIR = "NIR"
    IBAN = "IBAN"
    RIB = "RIB"
    CARD = "CARD"
    SIREN = "SIREN"
    SIRET = "SIRET"
    TEL = "TEL"
    EMAIL = "EMAIL"
    ADDRESS = "ADRESSE"
    PLATE = "PLAQUE"
    BIRTH_DATE = "DDN"
    CAF = "CAF"
    TAX = "FISCAL"
    PERSON = "PER"
    ARTICLE_9 = "ART9"
    SECRET = "SECRET"  # noqa: S105

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return _LABELS[self]


_LABELS = {
    PersonalData.NIR: Text("Numéro de sécurité sociale", "Social security number"),
    PersonalData.IBAN: Text("IBAN", "IBAN"),
    PersonalData.RIB: Text("Relevé d’identité bancaire", "French bank account (RIB)"),
    PersonalData.CARD: Text("Carte bancaire", "Payment card"),
    PersonalData.SIREN: Text("SIREN", "SIREN"),
    PersonalData.SIRET: Text("SIRET", "SIRET"),
    PersonalData.TEL: Text("Téléphone", "Telephone"),
    PersonalData.EMAIL: Text("Adresse électronique", "E-mail address"),
    PersonalData.ADDRESS: Text("Adresse postale", "Postal address"),
    PersonalData.PLATE: Text("Plaque d’immatriculation", "Number plate"),
    PersonalData.BIRTH_DATE: Text("Date de naissance", "Date of birth"),
    PersonalData.CAF: Text("Numéro d’allocataire", "Family allowance number"),
    PersonalData.TAX: Text("Numéro fiscal", "Tax number"),
    PersonalData.PERSON: Text("Nom de personne", "Person’s name"),
    PersonalData.ARTICLE_9: Text(
        "Donnée sensible d’une personne (articles 9 et 10 du RGPD)",
        "Sensitive data of a person (articles 9 and 10 GDPR)",
    ),
    PersonalData.SECRET: Text("Mot de passe ou clé d’accès", "Password or access key"),
}


class Span(NamedTuple):
    """A finding: bytes `start` to `end` of the text given, and how sure it is, in [0, 1]."""

    start: int
    end: int
    type: PersonalData
    confidence: float
