"""The questions of the law as fields: the answer's kind depends on the fact it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from gouvernail_core.facts import Choice, Column, Kind, Row, Sheet
from gouvernail_core.kernel import Text
from gouvernail_core.knowledge.loader import load_facts, load_rules
from gouvernail_core.knowledge.schema import FactSpec, FactType

_KINDS = {
    FactType.TERNARY: Kind.TERNARY,
    FactType.CODE: Kind.CHOICE,
    FactType.DATE: Kind.DATE,
    FactType.INT: Kind.INTEGER,
    FactType.DECIMAL: Kind.NUMBER,
}


def described(sheet: Sheet, column: Column, row: Row) -> Column:
    """Return the column as it should be asked, given what the row says already."""
    if (sheet.code, column.code) != ("legal_facts", "value"):
        return column
    spec = load_facts().get(str(row.get("fact") or ""))
    return column if spec is None else _answer(column, spec)


def answer_column(spec: FactSpec) -> Column:
    """Return a fact of the law as a column of its own, asked in its own words."""
    return _answer(Column(spec.name, Kind.VALUE, spec.label, spec.question), spec)


def _answer(column: Column, spec: FactSpec) -> Column:
    if spec.type is FactType.SET and not spec.open:
        kind = Kind.CHOICES
    else:
        kind = Kind.VALUE if spec.nullable else _KINDS.get(spec.type, Kind.VALUE)
    choices = tuple(Choice(code.code, code.label) for code in spec.codes)
    return replace(column, kind=kind, help=spec.question, choices=choices)


@cache
def fact_choices() -> tuple[Choice, ...]:
    """Return every fact of the law by its question's label."""
    return tuple(
        Choice(spec.name, Text(f"{spec.label.fr} ({spec.name})", f"{spec.label.en} ({spec.name})"))
        for spec in load_facts().values()
    )


@cache
def rule_choices() -> tuple[Choice, ...]:
    """Return every duty by its code and title."""
    return tuple(
        Choice(rule.code, Text(f"{rule.code} · {rule.title.fr}", f"{rule.code} · {rule.title.en}"))
        for rule in load_rules()
    )


#: Columns that hold the code of something the knowledge lists.
KNOWN: dict[tuple[str, str], Callable[[], tuple[Choice, ...]]] = {
    ("legal_facts", "fact"): fact_choices,
    ("proofs", "rule"): rule_choices,
}
