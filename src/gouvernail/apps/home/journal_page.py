"""The journal in sentences: who, when, what, and what it was before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gouvernail.apps.facts.history import Move, moves
from gouvernail.apps.journal.queries import (
    FACTS_MOVE,
    FactsMoved,
    Sought,
    Told,
    page_of,
    seal_of,
)
from gouvernail.apps.journal.types import TYPES
from gouvernail.apps.journal.verifying import Verified
from gouvernail.apps.journal.wording import alteration
from gouvernail.common.listing import Filters, Select, address
from gouvernail.common.wording import language
from gouvernail_core.facts import sheets

#: Entries on a page, and in a file: beyond, the filters by date cut the journal in parts.
A_PAGE = 100
A_FILE = 20_000
#: More lines than that are in the export, not in the page.
MOST_MOVES = 40
_NAMES = ("nature", "acte", "du", "au", "mot")


@dataclass(frozen=True, slots=True)
class Row:
    """One entry; `moved` tells what moved, `details` what else was written with the act."""

    seq: int
    at: datetime
    who: str
    for_whom: str
    what: str
    moved: tuple[Move, ...]
    more: int
    details: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A page of the journal, its filters, and the way to the pages around it."""

    rows: tuple[Row, ...]
    filters: Filters
    since: str
    until: str
    newer: str
    older: str

    @property
    def active(self) -> bool:
        """Return whether something is filtered out."""
        return self.filters.active or bool(self.since or self.until)


def page(authority: int, params: Mapping[str, str], path: str) -> JournalPage:
    """Return the page that the address asks for; what it says wrongly is ignored."""
    filters = _filters(params, path)
    number = max(int(params["page"]), 1) if params.get("page", "").isdecimal() else 1
    number = min(number, 1_000_000)
    start = (number - 1) * A_PAGE
    found = page_of(authority, _sought(params, filters), start=start, limit=A_PAGE + 1)
    here = kept(params)
    since, until = (_day(params.get(name, "")) for name in ("du", "au"))
    return JournalPage(
        rows=tuple(_row(told) for told in found[:A_PAGE]),
        filters=filters,
        since=since.isoformat() if since else "",
        until=until.isoformat() if until else "",
        newer=address(path, here, page=str(number - 1) if number > 2 else "") if number > 1 else "",
        older=address(path, here, page=str(number + 1)) if len(found) > A_PAGE else "",
    )


def kept(params: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of the address that filter."""
    return {name: params[name] for name in _NAMES if params.get(name)}


def headings() -> list[str]:
    """Return the headings of the export."""
    return [_("Number"), _("Date"), _("Who"), _("On behalf of"), _("What"), _("Detail")]


def export_rows(authority: int, params: Mapping[str, str], path: str) -> list[list[Any]]:
    """Return the rows of the export, then the seal of the head."""
    sought = _sought(params, _filters(params, path))
    rows = [_row(told) for told in page_of(authority, sought, limit=A_FILE)]
    cells: list[list[Any]] = [
        [row.seq, f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}", row.who, row.for_whom,
         row.what, _in_one_cell(row)]
        for row in rows
    ]  # fmt: skip
    return [*cells, [_("Seal of the journal"), "", seal_of(authority), "", "", ""]]


def said_of(found: Verified) -> dict[str, Any]:
    """Return what a verification says: how many entries were read, and what is wrong."""
    wrong = [alteration(each).in_(language()) for each in found.alterations]
    return {"entries": found.entries, "wrong": wrong[:MOST_MOVES], "count": len(wrong)}


def _filters(params: Mapping[str, str], path: str) -> Filters:
    acts = sorted(
        (code, _upper(kind.sentence.in_(language()).format(subject="…")))
        for code, kind in TYPES.items()
    )
    acts.sort(key=lambda pair: pair[1])
    selects = (
        Select.of("nature", _("By whom"), _("Everyone"), kinds().items(), params),
        Select.of("acte", _("Act"), _("Every act"), acts, params),
    )
    return Filters(path, selects, _("Word"), params.get("mot", "")[:100])


def kinds() -> dict[str, str]:
    """Return the kinds of actors, in words."""
    return {
        "person": _("A person"),
        "token": _("A program"),
        "command": _("An administrator’s command"),
        "service": _("The platform"),
    }


def _sought(params: Mapping[str, str], filters: Filters) -> Sought:
    since, until = (_day(params.get(name, "")) for name in ("du", "au"))
    return Sought(
        kind=filters.value("nature"),
        act=filters.value("acte"),
        since=midnight(since) if since else None,
        until=midnight(until, after=1) if until else None,
        word=filters.word.replace("\x00", "").strip(),
    )


def _day(raw: str) -> date | None:
    try:
        found = date.fromisoformat(raw)
    except ValueError:
        return None
    return found if 1900 < found.year < 3000 else None


def midnight(day: date, *, after: int = 0) -> datetime:
    """Return the first moment of a day, or of the one that comes `after` days later."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=after), time()))


def _row(told: Told) -> Row:
    moved: tuple[Move, ...] = ()
    if told.act in FACTS_MOVE:
        act = FactsMoved(told.at, told.who, told.act, told.subject, told.before, told.after)
        moved = tuple(moves([act]))
    who = told.who if told.kind == "person" else f"{kinds().get(told.kind, '')} ({told.who})"
    return Row(
        seq=told.seq,
        at=told.at,
        who=who,
        for_whom=", ".join(told.standing_in),
        what=told.what.in_(language()),
        moved=moved[:MOST_MOVES],
        more=max(len(moved) - MOST_MOVES, 0),
        details=() if moved else _details(told),
    )


def _details(told: Told) -> tuple[tuple[str, str, str], ...]:
    """Return what an act wrote besides its sentence: label, before, after."""
    names = _labels()
    codes = dict.fromkeys((*told.before, *told.after))
    return tuple(
        (names.get(code, code), _text(told.before.get(code)), _text(told.after.get(code)))
        for code in codes
    )


def _labels() -> dict[str, str]:
    known = {
        column.code: column.label.in_(language()) for each in sheets() for column in each.columns
    }
    return known | {
        "roles": _("Roles"),
        "person": _("Who they are in the sheet “People”"),
        "pieces": _("Pieces of entries"),
        "seq": _("Entry"),
        "piece": _("Piece"),
        "commitment": _("New seal"),
        "digest": _("Digest"),
        "on": _("Day"),
    }


def _text(value: Any) -> str:
    """Return a value of the journal as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return " ; ".join(_text(each) for each in value)
    if isinstance(value, dict):
        names = _labels()
        return ", ".join(f"{names.get(key, key)} : {_text(each)}" for key, each in value.items())
    return str(value)


def _in_one_cell(row: Row) -> str:
    lines = [f"{move.title} : {move.before} → {move.after}" for move in row.moved]
    lines += [f"{label} : {before} → {after}" for label, before, after in row.details]
    if row.more:
        lines.append("…")
    return "\n".join(lines)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
