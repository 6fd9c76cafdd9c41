"""Which table holds which sheet, and how a row of one becomes a row of the other."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Model

from gouvernail.common.rows import field_name
from gouvernail.common.tenancy import owned
from gouvernail_core.facts import Kind, Row, Sheet, blank

#: Named by string: an app does not import the models of another.
TABLES: dict[str, str] = {
    "authority": "authority.Authority",
    "people": "authority.Person",
    "services": "authority.Service",
    "stores": "protection.DataStore",
    "flows": "protection.DataFlow",
    "matrix": "protection.MatrixChoice",
    "scan_duties": "protection.ScanDutyAnswer",
    "protection_efforts": "protection.ActEffort",
    "existing_uses": "portfolio.ExistingUse",
    "use_cases": "portfolio.UseCase",
    "legal_facts": "portfolio.LegalFact",
    "criteria": "portfolio.Criterion",
    "ratings": "portfolio.Rating",
    "priorities": "portfolio.Priority",
    "capacities": "authority.Capacity",
    "budgets": "authority.Budget",
    "sittings": "authority.Sitting",
    "consultations": "dialogue.Consultation",
    "overrides": "dialogue.Override",
    "training": "learning.TrainingGroup",
    "proofs": "obligations.Proof",
    "validations": "obligations.Validation",
    "second_readings": "obligations.SecondReading",
    "offers": "portfolio.Offer",
    "offer_answers": "portfolio.OfferAnswer",
}


def model_of(sheet: Sheet) -> Any:
    """Return the model of the rows of `sheet`."""
    return apps.get_model(TABLES[sheet.code])


def of_authority(sheet: Sheet, authority_id: int) -> Any:
    """Return the rows of one authority, in the order they were written."""
    model = model_of(sheet)
    if sheet.code == "authority":
        return model.objects.filter(pk=authority_id)
    return owned(model, authority_id).order_by("pk")


def row_of(stored: Model, sheet: Sheet) -> Row:
    """Return a stored row as the core reads it: a choice nobody made is None there, "" here."""
    row = {}
    for column in sheet.columns:
        value = getattr(stored, field_name(column.code))
        row[column.code] = blank(column) if value == "" else value
    return row


def fields_of(row: Row, sheet: Sheet) -> dict[str, Any]:
    """Return the fields to store for a row; a column the row lacks is left out."""
    fields = {}
    for column in sheet.columns:
        if column.code in row:
            value = row[column.code]
            empty = "" if column.kind in (Kind.CHOICE, Kind.VALUE) else blank(column)
            fields[field_name(column.code)] = empty if value is None else value
    return fields
