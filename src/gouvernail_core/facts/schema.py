"""The sheets and columns of the workbook: one description for every face of the product.

The same description (`knowledge/workbook.yaml`) writes the empty workbook, reads a filled one,
checks what is typed on screen and names the columns of the database. A row is a mapping from
column code to a Python value (`facts.values` says which); a sheet's rows are a list of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from gouvernail_core.authority import AuthorityKind, Body, CapacityUnit, Role
from gouvernail_core.dialogue import Opinion
from gouvernail_core.kernel import Stage, Text
from gouvernail_core.knowledge import read_yaml
from gouvernail_core.knowledge.loader import load_facts
from gouvernail_core.portfolio import Discovery, Verdict
from gouvernail_core.protection import (
    Access,
    DataClass,
    FlowMeans,
    Hosting,
    MatrixAnswer,
    ProtectiveAct,
    ScanDuty,
    StoreKind,
    ToolClass,
)


class Kind(StrEnum):
    """What a column holds, and so how a cell is read and a field is shown."""

    CODE = "code"
    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    TERNARY = "ternary"
    CHOICE = "choice"
    CHOICES = "choices"
    REF = "ref"
    REFS = "refs"
    LINES = "lines"
    VALUE = "value"


class Layout(StrEnum):
    """A form has one fact a line; a table has one record a line."""

    FORM = "form"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed value and its words."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, in which unit, within which bounds, with help and an example.

    `target` names the sheet a reference points to. `example` is what the example row of the
    empty workbook shows, written as a person would type it in French.
    """

    code: str
    kind: Kind
    label: Text
    help: Text
    unit: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    target: str = ""
    low: float | None = None
    high: float | None = None
    example: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `key` are the columns that tell one row from another within an authority."""

    code: str
    label: Text
    help: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    layout: Layout = Layout.TABLE
    required: bool = False

    def column(self, code: str) -> Column:
        """Return the column of that code; a KeyError names a column the sheet does not have."""
        for column in self.columns:
            if column.code == code:
                return column
        raise KeyError(f"sheet {self.code} has no column {code}")


Row = dict[str, Any]
Rows = Mapping[str, list[Row]]


# Each member of these enumerations has a `label`.
_ENUMS: dict[str, Any] = {
    "Access": Access,
    "AuthorityKind": AuthorityKind,
    "Body": Body,
    "CapacityUnit": CapacityUnit,
    "DataClass": DataClass,
    "Discovery": Discovery,
    "FlowMeans": FlowMeans,
    "Hosting": Hosting,
    "MatrixAnswer": MatrixAnswer,
    "Opinion": Opinion,
    "ProtectiveAct": ProtectiveAct,
    "Role": Role,
    "ScanDuty": ScanDuty,
    "Stage": Stage,
    "StoreKind": StoreKind,
    "ToolClass": ToolClass,
    "Verdict": Verdict,
}


def _choices(name: str) -> tuple[Choice, ...]:
    if name == "DataCategory":
        return tuple(Choice(c.code, c.label) for c in load_facts()["use_case.data"].codes)
    if name == "ConsultedBody":
        return tuple(Choice(body.value, body.label) for body in (Body.CST, Body.FS))
    return tuple(Choice(member.value, member.label) for member in _ENUMS[name])


def _text(raw: Mapping[str, str]) -> Text:
    return Text(raw["fr"], raw["en"])


def _column(raw: Mapping[str, Any]) -> Column:
    return Column(
        code=raw["code"],
        kind=Kind(raw["kind"]),
        label=_text(raw["label"]),
        help=_text(raw["help"]),
        unit=raw.get("unit", ""),
        required=raw.get("required", False),
        choices=_choices(raw["choices"]) if "choices" in raw else (),
        target=raw.get("target", ""),
        low=raw.get("low"),
        high=raw.get("high"),
        example=raw.get("example", ""),
    )


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return every sheet, in the order of the workbook.

    >>> [sheet.label.fr for sheet in sheets()][:3]
    ['Collectivité', 'Personnes', 'Services']
    """
    return tuple(
        Sheet(
            code=raw["code"],
            label=_text(raw["label"]),
            help=_text(raw["help"]),
            columns=tuple(_column(column) for column in raw["columns"]),
            key=tuple(raw["key"]),
            layout=Layout(raw.get("layout", "table")),
            required=raw.get("required", False),
        )
        for raw in read_yaml("workbook.yaml")["sheets"]
    )


def sheet(code: str) -> Sheet:
    """Return the sheet of that code; a KeyError names a sheet the workbook does not have.

    >>> sheet("budgets").label.fr
    'Budgets'
    """
    for candidate in sheets():
        if candidate.code == code:
            return candidate
    raise KeyError(f"no sheet {code}")
