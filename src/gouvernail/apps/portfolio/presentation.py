"""The portfolio as pages show it: board, table, one case. Plan in, view models out, no rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
#: What the address calls each column.
STEPS = ("explorer", "choisir", "consulter", "essayer", "service")
#: A case that left the way; shown apart, never forgotten.
AWAY = ("suspended", "stopped")
LEFT = "sortis"
#: Cards of a column, at most; the table shows the others.
MOST_CARDS = 20
STAGES = tuple(stage for _label, stages in BOARD for stage in stages)
TONES = {
    "open": "ok",
    "overridden": "outre",
    "waiting": "attente",
    "closed": "ferme",
    "none": "neutre",
}
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


@dataclass(frozen=True, slots=True)
class Fresh:
    """A case that somebody entered since the computation, which has not seen it yet."""

    id: str
    title: str
    stage: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board; `fresh` are the cases that the computation has not seen yet.

    `more` are the cases that have no card here; `href` leads to them all.
    """

    label: str
    cards: tuple[Card, ...]
    fresh: tuple[Fresh, ...] = ()
    more: int = 0
    href: str = ""

    @property
    def count(self) -> int:
        """Return how many cases the column holds."""
        return len(self.cards) + len(self.fresh) + self.more

    @property
    def name(self) -> str:
        """Return « Choisir, 3 cas », for screen readers."""
        count = self.count
        return f"{self.label}, " + ngettext("%(n)s case", "%(n)s cases", count) % {"n": count}


def door_word(state: str) -> str:
    """Return the word of a gate's state."""
    return {
        "open": pgettext("gate", "Open"),
        "overridden": pgettext("gate", "Overridden"),
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
    """Return a case as the board shows it; the note is what the most shut gate says."""
    found = doors(case)
    return Card(case, found, bool(case.get("blocked")), _shut(found), costs(case).get(year))


def _shut(found: Sequence[Door]) -> str:
    """Return what the first closed gate says, else one overridden, else the first that waits."""
    for state in ("closed", "overridden", "waiting"):
        for door in found:
            if door.state == state and said(door.text):
                return said(door.text)
    return ""


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
        ("bloques", _("Blocked cases")),
        ("fermee", _("At least one closed")),
        ("outre", _("One overridden")),
        ("attente", _("At least one waiting")),
        ("ouvertes", _("All open")),
    )
    steps = [
        *((step, _(label)) for step, (label, _stages) in zip(STEPS, BOARD, strict=True)),
        (LEFT, _("Suspended or stopped")),
    ]
    return Filters(
        action=action,
        selects=(
            Select.of("etape", _("Stage"), pgettext("stages", "All"), steps, params),
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


def _stages(step: str) -> tuple[str, ...]:
    return AWAY if step == LEFT else BOARD[STEPS.index(step)][1]


def _kept(case: Case, wanted: Filters) -> bool:
    step = wanted.value("etape")
    if step and case["stage"] not in _stages(step):
        return False
    states = {door["state"] for door in case.get("doors") or ()}
    asked = wanted.value("portes")
    if asked == "bloques" and not case.get("blocked"):
        return False
    if asked == "fermee" and "closed" not in states:
        return False
    if asked == "outre" and "overridden" not in states:
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


def on_the_board(cases: Iterable[Case]) -> list[str]:
    """Return the codes of the cases that have a card on the board."""
    found = []
    for _label, stages in BOARD:
        held = [case["id"] for case in cases if case["stage"] in stages]
        found += held[:MOST_CARDS]
    return found


def board(
    cases: Sequence[Case],
    cards: Mapping[str, Card],
    href: Callable[[str], str],
    fresh: Sequence[Fresh] = (),
) -> tuple[Column, ...]:
    """Return the columns of the board; a suspended or stopped case is in none.

    `cards` has at least those `on_the_board`. `href` gives where a column is whole, from its name
    in the address.
    """
    found = []
    for step, (label, stages) in zip(STEPS, BOARD, strict=True):
        held = [case["id"] for case in cases if case["stage"] in stages]
        shown = tuple(cards[code] for code in held[:MOST_CARDS])
        new = tuple(case for case in fresh if case.stage in stages)
        found.append(Column(_(label), shown, new, len(held) - len(shown), href(step)))
    return tuple(found)


def fresh_cases(plan: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> tuple[Fresh, ...]:
    """Return the cases of the facts that the plan does not hold; without a stage, an idea."""
    known = {case["id"] for case in plan["cases"]}
    return tuple(
        Fresh(str(row["id"]), str(row["title"]), str(row.get("stage") or "idea"))
        for row in rows
        if row["id"] not in known
    )


def sorted_cases(cases: Iterable[Case], year: str, wanted: str) -> list[Case]:
    """Return the cases in the order the address asks, by stage by default."""
    rank = {stage: place for place, stage in enumerate((*STAGES, *AWAY))}
    keys = {
        "cas": lambda case: folded(case["title"]),
        "etape": lambda case: (rank.get(case["stage"], 99), folded(case["title"])),
        "binome": lambda case: (folded(case.get("elu")), folded(case.get("director"))),
        "cout": lambda case: costs(case).get(year) or 0,
        "jours": lambda case: case.get("staff_days") or 0,
    }
    return ordered(cases, wanted, keys, "etape")


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
