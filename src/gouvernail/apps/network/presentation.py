"""The table of a network: states and dates in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from gouvernail.apps.network.queries import Leader, Standing, label
from gouvernail.common.listing import Filters, Select, folded, ordered
from gouvernail_core.authority import AuthorityKind

DEFAULT = "nom"


@dataclass(frozen=True, slots=True)
class Row:
    """An authority of the table: where it stands, and the words for it."""

    standing: Standing
    kind: str
    state: str
    cases: str


@dataclass(frozen=True, slots=True)
class Leading:
    """Who leads, in words."""

    name: str
    roles: str


def kind_word(code: str) -> str:
    """Return the words of a kind of authority, the code when nobody knows it."""
    known = {kind.value: kind.label for kind in AuthorityKind}
    return known[code].in_(get_language() or "fr") if code in known else code


def state_word(state: str) -> str:
    """Return the state of a plan in words."""
    words = {"none": _("no plan yet"), "stale": _("out of date"), "current": _("up to date")}
    return words[state]


def in_words(row: Standing) -> Row:
    """Return a line of the table."""
    return Row(row, kind_word(row.kind), state_word(row.state), cases_word(row.stages))


def cases_word(stages: Mapping[str, int]) -> str:
    """Return « 4 regardés, 2 choisis », with what there is."""
    looking, picked, running, other = (
        stages.get(group, 0) for group in ("looking", "chosen", "running", "other")
    )
    parts = (
        (looking, ngettext("%(n)s looked at", "%(n)s looked at", looking)),
        (picked, ngettext("%(n)s chosen", "%(n)s chosen", picked)),
        (running, ngettext("%(n)s running", "%(n)s running", running)),
        (other, ngettext("%(n)s stopped", "%(n)s stopped", other)),
    )
    return ", ".join(words % {"n": count} for count, words in parts if count) or "–"


def headline(count: int) -> str:
    """Return how many authorities there are."""
    words = ngettext("%(n)s authority in the network", "%(n)s authorities in the network", count)
    return words % {"n": count}


def summary(rows: Sequence[Standing]) -> str:
    """Return where they stand together, in one sentence."""
    if not rows:
        return _("No authority is affiliated yet. Open the first one: it takes two minutes.")
    none = sum(1 for row in rows if row.state == "none")
    stale = sum(1 for row in rows if row.state == "stale")
    running = sum(row.stages.get("running", 0) for row in rows)
    empty = sum(1 for row in rows if not row.people)
    parts = (
        (none, ngettext("%(n)s has no plan yet", "%(n)s have no plan yet", none)),
        (stale, ngettext("%(n)s plan is out of date", "%(n)s plans are out of date", stale)),
        (running, ngettext("%(n)s case is running", "%(n)s cases are running", running)),
        (empty, ngettext("nobody has come into %(n)s", "nobody has come into %(n)s", empty)),
    )
    said = [words % {"n": count} for count, words in parts if count]
    return (", ".join(said)[:1].upper() + ", ".join(said)[1:] + ".") if said else _("All is well.")


def filters(path: str, params: Mapping[str, str], rows: Sequence[Standing]) -> Filters:
    """Return the filters: the kind, the state of the plan, a word of the name."""
    kinds = sorted({row.kind for row in rows if row.kind})
    selects = (
        Select.of("type", _("Kind"), _("All kinds"), [(k, kind_word(k)) for k in kinds], params),
        Select.of(
            "etat",
            _("The plan"),
            _("All states"),
            [(s, state_word(s)) for s in ("none", "stale", "current")],
            params,
        ),
    )
    kept = tuple((k, v) for k, v in params.items() if k == "tri" and v)
    return Filters(path, selects, _("Name"), params.get("mot", "").strip(), kept)


def chosen(rows: Sequence[Standing], found: Filters, order: str) -> list[Standing]:
    """Return the authorities the filters keep, in the order asked."""
    kind, state, word = found.value("type"), found.value("etat"), folded(found.word)
    kept = [
        row
        for row in rows
        if (not kind or row.kind == kind)
        and (not state or row.state == state)
        and (not word or word in folded(f"{row.name} {row.code}"))
    ]
    keys: dict[str, Any] = {
        "nom": lambda row: folded(row.name),
        "habitants": lambda row: row.population or 0,
        "faits": lambda row: _day(row.facts_changed_at),
        "plan": lambda row: _day(row.computed_at),
        "cas": lambda row: row.cases,
        "cst": lambda row: row.next_cst or date.max,
        "signe": lambda row: row.last_sign or date.min,
        "personnes": lambda row: row.people,
    }
    return ordered(kept, order, keys, DEFAULT)


def leading(leaders: Sequence[Leader]) -> list[Leading]:
    """Return who leads, with their profiles in words."""
    language = get_language() or "fr"
    return [
        Leading(each.name, ", ".join(label(role).in_(language) for role in each.roles))
        for each in leaders
    ]


def export_rows(rows: Sequence[Standing]) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and the rows of the file."""
    headings = [
        _("Code"), _("Name"), _("Kind"), _("Inhabitants"), _("Facts changed on"),
        _("Plan computed on"), _("The plan"), _("Cases looked at"), _("Cases chosen"),
        _("Cases running"), _("Next sitting of the CST"), _("Last sign of life"), _("People"),
    ]  # fmt: skip
    return headings, [
        [
            row.code, row.name, kind_word(row.kind), row.population, _iso(row.facts_changed_at),
            _iso(row.computed_at), state_word(row.state), row.stages.get("looking", 0),
            row.stages.get("chosen", 0), row.stages.get("running", 0), _iso(row.next_cst),
            _iso(row.last_sign), row.people,
        ]
        for row in rows
    ]  # fmt: skip


def _day(moment: Any) -> str:
    return moment.isoformat() if moment else ""


def _iso(moment: Any) -> str:
    return moment.isoformat()[:10] if moment else ""
