"""Which tables an export of one authority takes, and how a row leaves one installation for another.

Every table with a column `authority` is in `TAKEN` or in `LEFT_OUT`; a test refuses one that is
in neither. A row bears the number it had; what it points to is named by its number there when it
is of the same export, by its `uid` when it is a person or a network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from gouvernail.common.tenancy import owned

AUTHORITY = "authority.Authority"
USER = "accounts.User"
NETWORK = "network.Network"

#: The tables taken, those that others point to first. To take one more, write its label here.
TAKEN: tuple[str, ...] = (
    AUTHORITY,
    "authority.Person",
    "authority.Service",
    "authority.Capacity",
    "authority.Budget",
    "authority.Sitting",
    "protection.DataStore",
    "protection.DataFlow",
    "protection.MatrixChoice",
    "protection.ScanDutyAnswer",
    "protection.ActEffort",
    "protection.StoreExamination",
    "portfolio.ExistingUse",
    "portfolio.UseCase",
    "portfolio.LegalFact",
    "portfolio.Criterion",
    "portfolio.Rating",
    "portfolio.Priority",
    "portfolio.Offer",
    "portfolio.OfferAnswer",
    "dialogue.Consultation",
    "dialogue.Override",
    "learning.TrainingGroup",
    "obligations.Proof",
    "obligations.Validation",
    "obligations.SecondReading",
    "accounts.Membership",
    "accounts.Delegation",
    "network.Affiliation",
    "messaging.Preference",
    "messaging.QuietRule",
    "facts.Upload",
    "files.StoredFile",
    "steering.Result",
    "steering.CaseResult",
    "journal.Chain",
    "journal.Entry",
)

#: Tables that do not leave, each with its reason.
LEFT_OUT: dict[str, str] = {
    "accounts.ApiToken": "a key opens one installation; a new one is made in the other",
    "accounts.Invitation": "its link leads to one installation; whoever waits is invited again",
    "administration.Export": "a file made from all this, kept for a few days",
    "facts.Draft": "what one person began and did not save is read by nobody else",
    "messaging.Letter": "what left, or waits to leave, by this installation’s mail server",
    "messaging.Notice": "what one person was told here; the journal that leaves says the acts",
    "messaging.DigestDone": "that a week’s letters left from here",
    "jobs.Run": "how far a computation was; the plan it gave is taken",
}

#: Columns that do not leave: where the bytes lie is a secret of the disk, drawn again on arrival.
LEFT_OUT_COLUMNS: dict[str, frozenset[str]] = {"files.StoredFile": frozenset({"place"})}

#: A table that people would look for by another name.
NAMES = {"journal.Entry": "journal.jsonl"}


def member_of(label: str) -> str:
    """Return the name of the member that holds a table."""
    return NAMES.get(label, f"tables/{label}.jsonl")


def tables_of_authorities() -> list[str]:
    """Return every table whose rows belong to an authority."""
    found = [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if "authority_id" in {field.column for field in model._meta.concrete_fields}
    ]
    return sorted(found)


def fields_of(label: str) -> list[Any]:
    """Return the columns of a table that leave, without the one that says whose the row is."""
    kept = LEFT_OUT_COLUMNS.get(label, frozenset())
    return [
        field
        for field in apps.get_model(label)._meta.concrete_fields
        if not field.primary_key and field.name not in kept and field.name != "authority"
    ]


def rows_of(label: str, authority_id: int) -> Any:
    """Return the rows of one authority, in the order they were written."""
    model: Any = apps.get_model(label)
    rows = model._base_manager.all()
    if label == AUTHORITY:
        return rows.filter(pk=authority_id)
    return owned(rows, authority_id).order_by("pk")


def leaving(label: str, authority_id: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as they leave."""
    fields = fields_of(label)
    people = [field.name for field in fields if field.is_relation]
    rows = rows_of(label, authority_id).select_related(*people)
    for row in rows.iterator(chunk_size=500):
        yield {"id": row.pk, **{field.name: _leaving(row, field) for field in fields}}


def _leaving(row: Any, field: Any) -> Any:
    if not field.is_relation:
        return field.value_from_object(row)
    target = field.related_model._meta.label
    if target in (USER, NETWORK):
        found = getattr(row, field.name)
        return None if found is None else found.uid
    return field.value_from_object(row) if target in TAKEN else None


#: Gives the number, here, of what a row pointed to there; None when it did not follow.
Found = Callable[[str, Any], int | None]


def arriving(label: str, row: dict[str, Any], found: Found) -> Any | None:
    """Return the row to write, None when what it cannot do without did not follow."""
    model: Any = apps.get_model(label)
    made = model()
    for field in fields_of(label):
        if field.name not in row:
            continue
        value = row[field.name]
        if field.is_relation and value is not None:
            value = found(field.related_model._meta.label, value)
        if value is None and not field.null:
            return None
        setattr(made, field.attname, value if field.is_relation else _read(field, value))
    return made


def _read(field: Any, value: Any) -> Any:
    """Return a value as the column holds it."""
    if value is None or isinstance(field, models.JSONField):
        return value
    return field.to_python(value)


def kept_by_django(label: str) -> list[str]:
    """Return the columns that Django fills by itself at each writing, to be put back after it."""
    return [
        field.name
        for field in fields_of(label)
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]
