"""Which facts moved, by whom and when, in sentences a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gouvernail.apps.facts.presentation import said
from gouvernail.apps.facts.queries import name_column
from gouvernail.apps.facts.reserved import OVERRIDES
from gouvernail.apps.journal.queries import FactsMoved
from gouvernail.common.wording import language, tidy
from gouvernail_core.facts import Kind, Sheet, sheets

#: Beyond this many signs a text is cut: the page of the row has it whole.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Move:
    """One fact that moved: « Budgets 2027, enveloppe », before, after, by whom."""

    title: str
    before: str
    after: str
    who: str
    at: datetime


#: How the journal names a row that was changed, that was added; what else moves is a removal.
CHANGED = ("fact-changed", "gate-override-changed")
ADDED = ("fact-added", "gate-overridden")


def moves(acts: Iterable[FactsMoved]) -> list[Move]:
    """Return what moved, fact by fact, in the order of the acts."""
    return [move for act in acts for move in _moves(act)]


def _moves(act: FactsMoved) -> Iterator[Move]:
    if act.act == "workbook-imported":
        yield from _imported(act)
        return
    label, _colon, shown = act.subject.partition(" : ")
    sheet = next((each for each in sheets() if each.label.fr == label), None)
    if sheet is None:
        return
    if act.act in CHANGED:
        yield from _cells(act, sheet, shown, act.before, act.after)
    elif act.act in ADDED:
        yield Move(_title(sheet, _name(sheet, act.after, shown)), "", _("added"), act.who, act.at)
    else:
        name = _name(sheet, act.before, shown)
        yield Move(_title(sheet, name), "", _("removed"), act.who, act.at)


def _imported(act: FactsMoved) -> Iterator[Move]:
    known = {each.code: each for each in sheets()}
    for told in act.after.get("sheets") or ():
        sheet = known.get(told["sheet"])
        if sheet is None or sheet.code == OVERRIDES:  # each has an entry of its own
            continue
        for change in told["changed"]:
            shown = " · ".join(str(part) for part in change["key"] if part)
            yield from _cells(act, sheet, shown, change["before"], change["after"])
        for rows, word in ((told["added"], _("added")), (told["removed"], _("removed"))):
            for row in rows:
                yield Move(_title(sheet, _name(sheet, row, "")), "", word, act.who, act.at)


def _cells(
    act: FactsMoved, sheet: Sheet, shown: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Move]:
    labels = {column.code: column for column in sheet.columns}
    for code, value in after.items():
        if column := labels.get(code):
            label = column.label.in_(language())
            title = f"{_title(sheet, shown)}, {label[:1].lower()}{label[1:]}"
            old = said(_plain(before.get(code), column.kind), column)
            new = said(_plain(value, column.kind), column)
            yield Move(title, _short(old), _short(new), act.who, act.at)


def _plain(value: Any, kind: Kind) -> Any:
    """Return a value of the journal; it holds days as texts."""
    from datetime import date

    return date.fromisoformat(value) if kind is Kind.DATE and value else value


def _title(sheet: Sheet, shown: str) -> str:
    return tidy(f"{sheet.label.in_(language())} {shown}".strip())


def _name(sheet: Sheet, row: Mapping[str, Any], shown: str) -> str:
    """Return how people name the row; some are told only by their key."""
    named = name_column(sheet).code
    name = row.get(named)
    if name and sheet.key != (named,) and len(sheet.key) == 1:
        return f"«\u202f{name}\u202f»" if language() == "fr" else f"“{name}”"
    return shown or " · ".join(str(row[code]) for code in sheet.key if row.get(code))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
