"""The page of a small town hall's secretary: at most ten actions, in the order of their dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gouvernail.apps.home.presentation import Line, Reader, address, line
from gouvernail.common import wording

Plan = Mapping[str, Any]
MOST = 10
#: What the week holds for large authorities only: a body that a small one does not sit.
_LARGE_ONLY = frozenset({"fs", "formation_specialisee"})


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of where a small authority stands before its plan."""

    facts: int = 0
    has_plan: bool = False
    stale: bool = False
    running: bool = False
    elu: bool = False


@dataclass(frozen=True, slots=True)
class Actions:
    """The actions shown, and how many wait behind."""

    shown: tuple[Line, ...]
    hidden: int


def ranked(lines: Iterable[Line]) -> Actions:
    """Return at most ten actions, the dated ones first by date, the others in their order.

    >>> dated = Line("b", None, "", "", "", None, "2027-01-02")
    >>> undated = Line("a", None, "", "", "", None, None)
    >>> [each.title for each in ranked([undated, dated]).shown]
    ['b', 'a']
    """
    every = sorted(lines, key=lambda each: (each.on is None, each.on or ""))
    return Actions(tuple(every[:MOST]), max(len(every) - MOST, 0))


def actions(plan: Plan | None, situation: Situation) -> Actions:
    """Return what the secretary does next: setting up, then what the plan asks of this commune."""
    found = list(_setting_up(situation))
    if plan is None:
        return Actions(tuple(found), 0)
    reader = Reader("", frozenset({"secretary"}))
    items = [item for item in plan.get("week") or () if not _large_only(item)]
    questions = [item for item in items if item["kind"] == "question"]
    others = [line(item, reader) for item in items if item["kind"] != "question"]
    first = found[:1] if found and situation.stale else []
    dated = ranked([*others, *_questions(questions, reader), *found[len(first) :]])
    shown = (*first, *dated.shown)
    return Actions(shown[:MOST], dated.hidden + max(len(shown) - MOST, 0))


def title(found: Actions) -> str:
    """Return how many things there are to do, in words."""
    count = len(found.shown)
    if not count:
        return _("Nothing waits for you")
    words = ngettext("%(n)s thing to do", "%(n)s things to do", count)
    return wording.sentence(words % {"n": wording.in_words(count, "feminine")})


def _large_only(item: Mapping[str, Any]) -> bool:
    return str(item.get("body", "")) in _LARGE_ONLY or bool(item.get("large_only"))


def _questions(items: list[Mapping[str, Any]], reader: Reader) -> list[Line]:
    """Return one action for all the questions: ten questions are one moment at the desk."""
    if len(items) < 2:
        return [line(item, reader) for item in items]
    words = ngettext("Answer %(n)s question", "Answer %(n)s questions", len(items))
    due = min((item["due"] for item in items if item.get("due")), default=None)
    text = " ".join(wording.said(item["title"]) for item in items[:3])
    href = address("facts:index")
    return [Line(words % {"n": len(items)}, text, "", href, _("Answer"), None, due)]


def _setting_up(situation: Situation) -> Iterable[Line]:
    rows = (
        (
            situation.facts < 2,
            _("Give the facts of your commune"),
            _("A workbook to fill, or a few lines on screen. Leave blank what nobody knows yet."),
            address("facts:import"),
            _("Import a workbook"),
        ),
        (
            situation.facts >= 2 and not situation.has_plan and not situation.running,
            _("Ask for the plan"),
            _("The computation takes about a minute, from the facts given so far."),
            address("facts:index"),
            _("Open the facts"),
        ),
        (
            situation.stale and not situation.running,
            _("Compute the plan again"),
            _("The facts have changed since the last computation."),
            address("facts:index"),
            _("Open the facts"),
        ),
        (
            not situation.elu,
            _("Invite the elected member"),
            _("The elected member who follows the subject reads and rates; the access is free."),
            address("people:invite"),
            _("Invite"),
        ),
    )
    for needed, name, text, href, action in rows:
        if needed:
            yield Line(name, text, "", href, action, None, None)
