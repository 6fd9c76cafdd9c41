"""One case as its page shows it. Plan in, view models out, no rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gouvernail.apps.portfolio.presentation import AWAY, BEST, BOARD, Door, doors
from gouvernail_core.kernel import Outcome
from gouvernail_core.obligations import asked_by

#: From a gap of two points on the scale of four, the raters are invited to talk.
GAP_TO_DISCUSS = 2


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way of a case: done, current or ahead."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class View:
    """What one rater says of a criterion: the score and its place on the track, in percent."""

    rater: str
    score: Any
    place: str


@dataclass(frozen=True, slots=True)
class Track:
    """A criterion seen by three raters apart; `low` and `high` are places on the track."""

    label: Any
    views: tuple[View, ...]
    low: str
    high: str
    gap: Any
    to_discuss: bool
    comment: Any

    @property
    def span(self) -> str:
        """Return the width between the extreme views."""
        return f"{float(self.high[:-1]) - float(self.low[:-1]):.2f}%" if self.low else ""

    @property
    def grid(self) -> tuple[str, ...]:
        """Return the places of the marks of the scale."""
        return tuple(place(score) for score in range(BEST + 1))

    @property
    def gap_words(self) -> str:
        """Return what the gap means, in words."""
        if self.gap is None:
            return _("Not rated yet")
        if self.to_discuss:
            return _("%(gap)g, to discuss") % {"gap": self.gap}
        if self.gap == 0:
            return _("Agreement")
        return f"{self.gap:g}"


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the page of a case shows that is not in the plan as it stands."""

    case: Mapping[str, Any]
    doors: tuple[Door, ...]
    steps: tuple[Step, ...]
    tracks: tuple[Track, ...]
    duties: tuple[Mapping[str, Any], ...]
    aside: tuple[Mapping[str, Any], ...]
    costs: tuple[tuple[str, Any], ...]
    away: bool

    @property
    def open_doors(self) -> str:
        """Return « 2 ouvertes sur 5 »."""
        count = sum(1 for door in self.doors if door.state == "open")
        words = ngettext("%(n)s open out of %(all)s", "%(n)s open out of %(all)s", count)
        return words % {"n": count, "all": len(self.doors)}

    @property
    def duties_note(self) -> str:
        """Return how many duties there are and how many facts are missing."""
        done = sum(1 for item in self.duties if item.get("done_on"))
        count = len(self.duties) - done
        words = ngettext("%(n)s duty", "%(n)s duties", count) % {"n": count}
        if done:
            words += ", " + ngettext("%(n)s done", "%(n)s done", done) % {"n": done}
        questions = len((self.case.get("obligations") or {}).get("questions") or ())
        if not questions:
            return words
        missing = ngettext("%(n)s missing fact", "%(n)s missing facts", questions)
        return f"{words}, {missing % {'n': questions}}"


def case_page(case: Mapping[str, Any]) -> CasePage:
    """Return the page of a case."""
    findings = (case.get("obligations") or {}).get("findings") or ()
    order = {"blocking": 0, "due": 1, "to_examine": 2, "watch": 3}
    duties = sorted(
        (item for item in findings if item["outcome"] in order),
        key=lambda item: (bool(item.get("done_on")), order[item["outcome"]]),
    )
    return CasePage(
        case=case,
        doors=doors(case),
        steps=steps(case["stage"]),
        tracks=tuple(track(item) for item in case.get("ratings") or ()),
        duties=tuple(duties),
        aside=tuple(item for item in findings if item["outcome"] == "not_applicable"),
        costs=tuple(sorted((case.get("costs_eur") or {}).items())),
        away=case["stage"] in AWAY,
    )


def validated(
    case: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]
) -> tuple[str, tuple[tuple[str, bool], ...]]:
    """Return whether the duties of a case ask for a validator, and its acts: name, is it named.

    Facts that stand now, with the duties as the plan last read them.
    """
    findings = (case.get("obligations") or {}).get("findings") or ()
    asked, _rules = asked_by({f["rule"]: Outcome(f["outcome"]) for f in findings})
    return asked.value, tuple((str(row["act"]), bool(row["validators"])) for row in rows)


def steps(stage: str) -> tuple[Step, ...]:
    """Return the steps a case crosses, with the current one; none is current when it left."""
    current = next((place for place, (_l, held) in enumerate(BOARD) if stage in held), None)
    found = []
    for place, (label, _held) in enumerate(BOARD):
        state = ""
        if current is not None:
            state = "fait" if place < current else "ici" if place == current else ""
        found.append(Step(_(label), state))
    return tuple(found)


def track(rating: Mapping[str, Any]) -> Track:
    """Return a criterion with the places of its scores; a score not given has no mark."""
    views = tuple(
        View(rater, rating.get(key), place(rating.get(key)))
        for rater, key in (("elu", "elu"), ("director", "director"), ("agents", "agents"))
    )
    gap = rating.get("gap")
    given = [view.score for view in views if view.score is not None]
    return Track(
        label=rating["label"],
        views=views,
        low=place(min(given, default=None)),
        high=place(max(given, default=None)),
        gap=gap,
        to_discuss=gap is not None and gap >= GAP_TO_DISCUSS,
        comment=rating.get("comment"),
    )


def place(score: Any) -> str:
    """Return the place of a score on a track whose ends keep room for the marks.

    >>> place(0), place(4), place(None)
    ('2.00%', '98.00%', '')
    """
    return "" if score is None else f"{2 + 96 * float(score) / BEST:.2f}%"
