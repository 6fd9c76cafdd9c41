"""The calendar of social dialogue as a page shows it. Plan in, view models out, no rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gouvernail.apps.obligations.presentation import sittings
from gouvernail.common.listing import Filters, Select, folded, ordered
from gouvernail.common.wording import day, in_words, said, sentence

Plan = Mapping[str, Any]

#: What the address says to see further than a year.
ALL = "tout"
#: What a line is, in the order of one day.
CONVENE, PAPERS, SITTING = "convoquer", "pieces", "seance"
FOLLOW_UPS = {"second_examination": "reexamen", "written_answer": "suites"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A day of the calendar: a sitting, the last day of something before it, or what follows it.

    `first` is the first day of a window that ends on `on`; `late`: nothing was recorded in time.
    """

    on: str
    kind: str
    what: str
    body: str
    body_label: str
    note: str = ""
    cases: tuple[str, ...] = ()
    first: str = ""
    done_on: str = ""
    late: bool = False
    reasons: tuple[Any, ...] = ()
    warnings: tuple[Any, ...] = ()


def kinds() -> dict[str, str]:
    """Return the words of each kind of line."""
    return {
        SITTING: _("Sitting"),
        CONVENE: _("Last day to convene"),
        PAPERS: _("Last day to send the papers"),
        "reexamen": _("Second examination"),
        "suites": _("Answer in writing"),
    }


def entries(plan: Plan) -> list[Entry]:
    """Return every line of the calendar from the day of the plan on, and what is late, by date."""
    dialogue = plan.get("dialogue") or {}
    words, today = kinds(), plan["on"]
    found: list[Entry] = []
    for sitting in sittings(plan):
        found += _of_sitting(sitting, words, today)
    for item in dialogue.get("follow_ups") or ():
        kind = FOLLOW_UPS[item["kind"]]
        found.append(
            Entry(
                on=item["last"],
                kind=kind,
                what=words[kind],
                body=item["body"],
                body_label=said(item["body_label"]),
                cases=(item["case"],),
                first=item["first"] or "",
                done_on=item["done_on"] or "",
                late=item["late"],
                reasons=tuple(item["reasons"]),
            )
        )
    return sorted(found, key=lambda entry: (entry.on, list(words).index(entry.kind)))


def _of_sitting(sitting: Mapping[str, Any], words: Mapping[str, str], today: str) -> list[Entry]:
    """Return a sitting and the last days before it; those already over are no longer told."""
    same: dict[str, Any] = {
        "body": sitting["body"],
        "body_label": said(sitting["body_label"]),
        "cases": tuple(sitting.get("cases") or ()),
    }
    days = (
        (CONVENE, sitting.get("convene_by"), "delay-convene"),
        (PAPERS, sitting.get("papers_by"), "delay-papers"),
    )
    reasons = sitting.get("reasons") or ()
    before = [
        Entry(
            on=day,
            kind=kind,
            what=words[kind],
            reasons=tuple(item for item in reasons if item["code"] in (code, "prudence")),
            **same,
        )
        for kind, day, code in days
        if day and day >= today
    ]
    told = Entry(
        on=sitting["on"],
        kind=SITTING,
        what=words[SITTING],
        note=sitting.get("note") or "",
        warnings=tuple(sitting.get("warnings") or ()),
        **same,
    )
    return [*before, told]


def filters(plan: Plan, found: Sequence[Entry], params: Mapping[str, str], action: str) -> Filters:
    """Return the filters of the calendar, with what the address asks."""
    bodies = dict(sorted({(entry.body, entry.body_label) for entry in found}))
    named = {code for entry in found for code in entry.cases}
    cases = [(case["id"], case["title"]) for case in plan["cases"] if case["id"] in named]
    present = {entry.kind for entry in found}
    shown = [(kind, word) for kind, word in kinds().items() if kind in present]
    return Filters(
        action=action,
        selects=(
            Select.of("quand", _("When"), _("Next twelve months"), [(ALL, _("All"))], params),
            Select.of("quoi", _("What"), _("Everything"), shown, params),
            Select.of("instance", _("Body"), pgettext("bodies", "All"), bodies.items(), params),
            Select.of("cas", _("Use case"), _("All"), cases, params),
        ),
        word_label=_("Word"),
        word=params.get("mot", "").strip(),
        kept=tuple((name, params[name]) for name in ("tri",) if params.get(name)),
    )


def kept(
    plan: Plan, found: Iterable[Entry], wanted: Filters, titles: Mapping[str, str], order: str
) -> list[Entry]:
    """Return the lines that the filters keep, in the order asked, by date by default."""
    word = folded(wanted.word)
    year, rest = plan["on"].split("-", 1)
    last = "9999" if wanted.value("quand") == ALL else f"{int(year) + 1}-{rest}"
    shown = [
        entry
        for entry in found
        if entry.on < last
        and wanted.value("quoi") in ("", entry.kind)
        and wanted.value("instance") in ("", entry.body)
        and (not wanted.value("cas") or wanted.value("cas") in entry.cases)
        and (not word or any(word in folded(text) for text in _texts(entry, titles)))
    ]
    keys = {
        "date": lambda entry: entry.on,
        "quoi": lambda entry: (folded(entry.what), entry.on),
        "instance": lambda entry: (folded(entry.body_label), entry.on),
    }
    return ordered(shown, order, keys, "date")


def _texts(entry: Entry, titles: Mapping[str, str]) -> tuple[str, ...]:
    return (entry.what, entry.body_label, entry.note, *(titles.get(c, c) for c in entry.cases))


def calendar_title(plan: Plan, found: Sequence[Entry]) -> str:
    """Return the answer: what is late, else what comes next for a case, else the next sitting."""
    late = sum(1 for entry in found if entry.late)
    if late:
        words = ngettext("%(n)s day has passed", "%(n)s days have passed", late)
        return sentence(words % {"n": in_words(late, "feminine")})
    ahead = [entry for entry in found if entry.on >= plan["on"] and not entry.done_on]
    following = next((entry for entry in ahead if entry.cases), next(iter(ahead), None))
    if following is None:
        return _("No date is known")
    told = day(date.fromisoformat(following.on))
    return _("%(what)s: %(day)s") % {"what": following.what, "day": told}


def export_rows(
    found: Sequence[Entry], titles: Mapping[str, str]
) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and the rows of the file, the same lines as on the screen."""
    headings = [
        _("Date"),
        _("What"),
        _("Body"),
        _("Use cases"),
        _("From"),
        _("Done on"),
        _("Late"),
        _("Note"),
        _("Why"),
    ]
    rows = [
        [
            entry.on,
            entry.what,
            entry.body_label,
            ", ".join(titles.get(code, code) for code in entry.cases),
            entry.first,
            entry.done_on,
            _("Yes") if entry.late else _("No"),
            entry.note,
            " ".join(said(reason["text"]) for reason in (*entry.reasons, *entry.warnings)),
        ]
        for entry in found
    ]
    return headings, rows
