"""The portfolio as pages show it: board, table, one case. Plan in, view models out, no rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from gouvernail.common.listing import Filters, Select, folded, ordered
from gouvernail.common.wording import in_words, said, sentence

Case = Mapping[str, Any]

#: The columns of the board: the steps of the way that a case crosses, and their stages.
BOARD = (
    (gettext_noop("Explore"), ("idea", "exploring")),
    (gettext_noop("Choose"), ("candidate", "chosen")),
    (gettext_noop("Consult"), ("consulting",)),
    (gettext_noop("Try out"), ("trial", "pilot")),
    (gettext_noop("In service"), ("general",)),
)
#: A case that left the way; shown apart, never forgotten.
AWAY = ("suspended", "stopped")
STAGES = tuple(stage for _label, stages in BOARD for stage in stages)
TONES = {"open": "ok", "waiting": "attente", "closed": "ferme", "none": "neutre"}
#: The scale of the ratings.
BEST = 4


@dataclass(frozen=True, slots=True)
class Door:
    """A gate of a case: its sign, its word, and what is missing, with owners."""

    door: str
    label: Any
    state: str
    tone: str
    word: str
    text: Any
    missing: tuple[Any, ...]
    reasons: tuple[Any, ...]
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A case on the board and in the table."""

    case: Case
    doors: tuple[Door, ...]
    blocked: bool
    note: str
    cost_year: Any

    @property
    def legal_doors(self) -> tuple[Door, ...]:
        """Return the four gates; the pair has its own column."""
        return tuple(door for door in self.doors if door.door != "pair")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board."""

    label: str
    cards: tuple[Card, ...]

    @property
    def name(self) -> str:
        """Return « Choisir, 3 cas », for screen readers."""
        count = len(self.cards)
        return f"{self.label}, " + ngettext("%(n)s case", "%(n)s cases", count) % {"n": count}


def door_word(state: str) -> str:
    """Return the word of a gate's state."""
    return {
        "open": pgettext("gate", "Open"),
        "waiting": pgettext("gate", "Waiting"),
        "closed": pgettext("gate", "Closed"),
    }.get(state, pgettext("gate", "Not concerned"))


def doors(case: Case) -> tuple[Door, ...]:
    """Return the gates of a case, in the plan's order."""
    return tuple(
        Door(
            door=found["door"],
            label=found["label"],
            state=found["state"],
            tone=TONES.get(found["state"], "neutre"),
            word=door_word(found["state"]),
            text=found.get("text"),
            missing=tuple(item for item in _missing(found) if item["what"] != found.get("text")),
            reasons=tuple(found.get("reasons") or ()),
            owner=next((i["owner"] for i in _missing(found) if i["what"] == found["text"]), ""),
        )
        for found in case.get("doors") or ()
    )


def _missing(door: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return what a gate waits for; its own sentence may be one of them, told once."""
    found: Sequence[Mapping[str, Any]] = door.get("missing") or ()
    return found


def card(case: Case, year: str) -> Card:
    """Return a case as the board shows it; the note is the first thing that is missing."""
    found = doors(case)
    missing = (case.get("next") or {}).get("missing") or ()
    note = said(missing[0]["what"]) if missing else ""
    if not note and case.get("blocked"):
        note = next((said(door.text) for door in found if door.state == "closed"), "")
    return Card(case, found, bool(case.get("blocked")), note, costs(case).get(year))


def costs(case: Case) -> dict[str, Any]:
    """Return the costs of a case by year, in euros."""
    return dict(case.get("costs_eur") or {})


def cost_year(plan: Mapping[str, Any]) -> str:
    """Return the year whose cost the table shows: the first with a cost, after today's or today's.

    A plan made in November is about next year's budget.
    """
    current = plan["on"][:4]
    years = sorted({year for case in plan["cases"] for year in costs(case)})
    return next((year for year in years if year >= current), years[-1] if years else current)


def filters(plan: Mapping[str, Any], params: Mapping[str, str], action: str) -> Filters:
    """Return the filters of the portfolio, with what the address asks."""
    people = sorted(
        {case[who] for case in plan["cases"] for who in ("elu", "director") if case.get(who)}
    )
    states = (
        ("fermee", _("At least one closed")),
        ("attente", _("At least one waiting")),
        ("ouvertes", _("All open")),
    )
    return Filters(
        action=action,
        selects=(
            Select.of("portes", _("Gates"), pgettext("gates", "All"), states, params),
            Select.of(
                "personne",
                _("Élu or director"),
                _("Everyone"),
                zip(people, people, strict=True),
                params,
            ),
        ),
        word_label=_("Word"),
        word=params.get("mot", "").strip(),
        kept=tuple((name, params[name]) for name in ("tri", "vue") if params.get(name)),
    )


def kept_cases(cases: Iterable[Case], wanted: Filters) -> list[Case]:
    """Return the cases that the filters keep."""
    return [case for case in cases if _kept(case, wanted)]


def _kept(case: Case, wanted: Filters) -> bool:
    states = {door["state"] for door in case.get("doors") or ()}
    asked = wanted.value("portes")
    if asked == "fermee" and "closed" not in states:
        return False
    if asked == "attente" and "waiting" not in states:
        return False
    if asked == "ouvertes" and states - {"open", "none"}:
        return False
    person = wanted.value("personne")
    if person and person not in (case.get("elu"), case.get("director")):
        return False
    word = folded(wanted.word)
    texts = (case["title"], case.get("summary"), (case.get("service") or {}).get("name"))
    return not word or any(word in folded(text) for text in texts)


def board(cases: Sequence[Case], year: str) -> tuple[Column, ...]:
    """Return the columns of the board; a suspended or stopped case is in none."""
    return tuple(
        Column(_(label), tuple(card(case, year) for case in cases if case["stage"] in stages))
        for label, stages in BOARD
    )


def sorted_cards(cases: Sequence[Case], year: str, wanted: str) -> list[Card]:
    """Return the rows of the table in the order the address asks, by stage by default."""
    rank = {stage: place for place, stage in enumerate((*STAGES, *AWAY))}
    keys = {
        "cas": lambda row: folded(row.case["title"]),
        "etape": lambda row: (rank.get(row.case["stage"], 99), folded(row.case["title"])),
        "binome": lambda row: (folded(row.case.get("elu")), folded(row.case.get("director"))),
        "cout": lambda row: row.cost_year or 0,
        "jours": lambda row: row.case.get("staff_days") or 0,
    }
    return ordered([card(case, year) for case in cases], wanted, keys, "etape")


def portfolio_title(cases: Sequence[Case]) -> str:
    """Return the answer in one sentence: how many cases, how many wait for somebody."""
    count = len(cases)
    title = ngettext("%(n)s use case", "%(n)s use cases", count) % {"n": in_words(count)}
    title = sentence(title)
    blocked = sum(1 for case in cases if case.get("blocked"))
    if not blocked:
        return _("%(cases)s, none blocked") % {"cases": title}
    tail = ngettext("%(n)s blocked", "%(n)s blocked", blocked) % {"n": in_words(blocked)}
    return f"{title}, {tail}"


def export_rows(cards: Sequence[Card], year: str) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and the rows of the file, the same cases as on the screen."""
    headings = [
        _("Use case"),
        _("Service"),
        _("Stage"),
        _("Élu"),
        _("Director"),
        *(said(door.label) for door in (cards[0].doors if cards else ())),
        _("Cost in %(year)s (€)") % {"year": year},
        _("Total cost (€)"),
        _("Days of project work"),
        _("Blocked"),
        _("First thing missing"),
    ]
    rows = [
        [
            row.case["title"],
            (row.case.get("service") or {}).get("name"),
            said(row.case["stage_label"]),
            row.case.get("elu"),
            row.case.get("director"),
            *(door.word for door in row.doors),
            row.cost_year,
            row.case.get("cost_total_eur"),
            row.case.get("staff_days"),
            _("Yes") if row.blocked else _("No"),
            row.note,
        ]
        for row in cards
    ]
    return headings, rows
