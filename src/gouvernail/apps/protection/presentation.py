"""What to protect first, as the page shows it. Plan in, view models out, no rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gouvernail.apps.protection.models import StoreExamination
from gouvernail.apps.protection.queries import Place
from gouvernail.common.listing import folded, ordered
from gouvernail.common.wording import language, said, tidy
from gouvernail_core.kernel import Ternary, Text
from gouvernail_core.protection import (
    ActPlan,
    DataClass,
    DataFlow,
    MatrixAnswer,
    MatrixChoice,
    ScanDutyAnswer,
    ToolClass,
    default_scale,
    whole_matrix,
)
from gouvernail_core.protection.dcat import KeptOut
from gouvernail_core.protection.detection.kinds import PersonalData
from gouvernail_core.protection.flows import BY_HAND, FlowFinding

Store = Mapping[str, Any]
#: Classes whose loss harms people or the authority most; their mark is the dark one.
GRAVE = ("C3", "C4")
SEEN = {"yes": "ok", "no": "ferme"}


@dataclass(frozen=True, slots=True)
class Row:
    """A store in the ranking."""

    store: Store
    tone: str
    seen_word: str
    grave: bool
    edit: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the coverage band: its place and width in percent, its count."""

    css: str
    start: str
    width: str
    count: int
    label: str
    help: str


def seen_word(examined: Any) -> str:
    """Return the word of a store's examination."""
    words = {"yes": pgettext("store", "Looked at"), "no": pgettext("store", "Not looked at")}
    return words.get(str(examined), pgettext("store", "Not known"))


def rows(
    plan: Mapping[str, Any], wanted: str, places: Mapping[str, int] | None = None
) -> list[Row]:
    """Return the stores in the order of protection, or in the one the address asks.

    `places` tells where each one is changed, for those who may.
    """
    known = places or {}
    found = [
        Row(
            store,
            SEEN.get(str(store.get("examined")), "attente"),
            seen_word(store.get("examined")),
            store.get("class") in GRAVE,
            reverse("facts:row", args=["stores", known[store["id"]]])
            if store["id"] in known
            else "",
        )
        for store in plan.get("protect_first") or ()
    ]
    keys = {
        "rang": lambda row: row.store["rank"],
        "gisement": lambda row: folded(row.store["name"]),
        "classe": lambda row: row.store.get("class") or "",
        "lecteurs": lambda row: row.store.get("readers") or 0,
        "documents": lambda row: row.store.get("documents") or 0,
    }
    return ordered(found, wanted, keys, "rang")


def coverage(stores: Sequence[Store]) -> tuple[Part, ...]:
    """Return the band of what was looked at, was not, and is not known; widths make 100 %."""
    every = len(stores)
    kinds = (
        ("f1", "yes", pgettext("stores", "looked at"), _("what they hold is known")),
        (
            "hach",
            "no",
            pgettext("stores", "not looked at"),
            _("nothing can be said of them, good or bad"),
        ),
        ("f4", "unknown", pgettext("stores", "not known"), _("nobody has said whether they were")),
    )
    start, found = 0.0, []
    for css, code, label, help_text in kinds:
        count = sum(1 for store in stores if str(store.get("examined") or "unknown") == code)
        width = 100 * count / every if every else 0.0
        found.append(Part(css, f"{start:.2f}%", f"{width:.2f}%", count, label, help_text))
        start += width
    return tuple(found)


def protection_title(plan: Mapping[str, Any]) -> str:
    """Return the answer: what comes first."""
    stores = plan.get("protect_first") or ()
    if not stores:
        return _("No data store has been entered yet")
    return _("What to protect first: %(store)s") % {"store": stores[0]["name"]}


def unseen(stores: Sequence[Store]) -> str:
    """Return how many stores nobody has looked at, in a sentence; "" when all were."""
    count = sum(1 for store in stores if store.get("examined") != "yes")
    if not count:
        return ""
    words = ngettext(
        "%(n)s store has not been looked at: nothing can be said of it, good or bad.",
        "%(n)s stores have not been looked at: nothing can be said of them, good or bad.",
        count,
    )
    return words % {"n": count}


def export_rows(found: Sequence[Row]) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and the rows of the file."""
    headings = [
        _("Rank"),
        _("Store"),
        _("Service"),
        _("Class"),
        _("Examination"),
        _("Readers"),
        _("Documents"),
        _("Hosting"),
        _("Read by"),
        _("Why"),
    ]
    return headings, [
        [
            row.store["rank"],
            row.store["name"],
            row.store.get("service"),
            row.store.get("class"),
            row.seen_word,
            row.store.get("readers"),
            row.store.get("documents"),
            said(row.store.get("hosting_label")),
            ", ".join(row.store.get("read_by") or ()),
            " ".join(said(reason["text"]) for reason in row.store.get("reasons") or ()),
        ]
        for row in found
    ]


def _said(text: Text) -> str:
    return tidy(text.in_(language()))


def _both(text: Text) -> dict[str, str]:
    return {"fr": text.fr, "en": text.en}


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer of the matrix: its mark, its word, whether the authority chose it."""

    tone: str
    word: str
    own: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A class of data in the matrix, with an answer for each kind of tool."""

    code: str
    label: str
    cells: tuple[Cell, ...]


_MATRIX_TONES = {
    MatrixAnswer.YES: "ok",
    MatrixAnswer.IF_MASKED: "attente",
    MatrixAnswer.AFTER_AIPD: "attente",
    MatrixAnswer.NO: "ferme",
}
#: From the tool that gives most away to the one that gives nothing.
TOOLS = tuple(reversed(ToolClass))


def matrix_lines(choices: Sequence[MatrixChoice]) -> list[Line]:
    """Return the matrix as the page shows it, the authority's choices marked."""
    answers = whole_matrix(choices)
    own = {(choice.data_class, choice.tool_class) for choice in choices}
    return [
        Line(
            data.value,
            _said(data.label).partition("·")[2].strip(),
            tuple(
                Cell(
                    _MATRIX_TONES[answers[data, tool]],
                    _said(answers[data, tool].label),
                    (data, tool) in own,
                )
                for tool in TOOLS
            ),
        )
        for data in DataClass
    ]


def matrix_heads() -> list[tuple[str, str]]:
    """Return the kinds of tools, each with its words."""
    return [(tool.value, _said(tool.label).partition("·")[2].strip()) for tool in TOOLS]


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act to do, with what it takes and what it takes away."""

    store: str
    act: str
    hours: float
    share: float
    reasons: tuple[Mapping[str, Any], ...]


def act_rows(plan: ActPlan, names: Mapping[str, str]) -> list[ActRow]:
    """Return the acts of a plan, the most risk taken away per hour first."""
    return [
        ActRow(
            names.get(act.store, act.store),
            _said(act.act.label),
            act.hours,
            100 * act.removed / plan.before if plan.before else 0.0,
            tuple({"text": _both(reason.text)} for reason in act.reasons),
        )
        for act in plan.chosen
    ]


@dataclass(frozen=True, slots=True)
class Examined:
    """What an examination says of a store, in a row."""

    code: str
    name: str
    found: Mapping[str, Any] | None
    there: bool
    tone: str
    state: str
    kinds: str
    read: float
    at: Any = None


def examined_rows(
    places: Sequence[Place], found: Mapping[str, StoreExamination], wanted: str
) -> list[Examined]:
    """Return the stores that name a folder, the riskiest first or as the address asks."""
    rows = [_examined(place, found.get(place.store.id)) for place in places]
    keys = {
        "risque": lambda row: -row.found["risk"] if row.found else 1.0,
        "gisement": lambda row: folded(row.name),
        "classe": lambda row: (row.found or {}).get("class") or "",
        "lu": lambda row: row.read,
        "personnes": lambda row: (row.found or {}).get("people") or 0,
    }
    return ordered(rows, wanted, keys, "risque")


def _examined(place: Place, kept: StoreExamination | None) -> Examined:
    store = place.store
    if kept is None:
        word = _("Not examined yet") if place.there else _("Folder not found")
        return Examined(store.id, store.name, None, place.there, "ferme", word, "", 0.0)
    ledger = kept.found["ledger"]
    total = ledger["total"]["bytes"]
    read = 100 * ledger["examined"]["bytes"] / total if total else 100.0
    whole = ledger["examined"]["files"] == ledger["total"]["files"]
    return Examined(
        store.id,
        store.name,
        kept.found,
        place.there,
        "ok" if whole else "attente",
        pgettext("store", "Looked at") if whole else _("In part"),
        kinds_said(kept.found["types"]),
        read,
        kept.examined_at,
    )


def kinds_said(types: Mapping[str, Mapping[str, Any]], most: int = 4) -> str:
    """Return the kinds found, the most sensitive first, in a few words."""
    scale = default_scale()
    kinds = sorted((PersonalData(code) for code in types), key=lambda kind: -scale.weight(kind))
    shown = ", ".join(_said(kind.label) for kind in kinds[:most])
    left = len(kinds) - most
    if left <= 0:
        return shown
    more = ngettext("and %(n)s other kind", "and %(n)s other kinds", left)
    return f"{shown} {more % {'n': left}}"


@dataclass(frozen=True, slots=True)
class FoundKind:
    """A kind of data found in a store or a file."""

    label: str
    count: int
    distinct: int
    samples: str


def kind_rows(types: Mapping[str, Mapping[str, Any]]) -> list[FoundKind]:
    """Return what was found, the most sensitive kinds first."""
    scale = default_scale()
    return [
        FoundKind(
            _said(kind.label),
            types[kind.value]["count"],
            types[kind.value]["distinct"],
            " · ".join(types[kind.value]["samples"]),
        )
        for kind in sorted(
            (PersonalData(code) for code in types), key=lambda kind: -scale.weight(kind)
        )
    ]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file among the riskiest of a store."""

    path: str
    data_class: str
    risk: float
    kinds: str
    factors: Mapping[str, float]
    state: str
    reasons: tuple[str, ...]


def file_rows(top: Sequence[Mapping[str, Any]]) -> list[FileRow]:
    """Return the riskiest files of a store, in order."""
    words = {"examined": pgettext("file", "Read"), "partial": _("In part")}
    return [
        FileRow(
            file["path"],
            file["class"] or "?",
            file["risk"],
            kinds_said(file["types"], 3),
            file["factors"],
            words.get(file["state"], ""),
            tuple(file["reasons"]),
        )
        for file in top
    ]


def file_export(rows: Sequence[FileRow]) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and rows of the files as a table to keep."""
    headings = [_("File"), _("Class"), _("Risk"), _("Found"), "S", "V", "A", "L", "T", _("Reading")]
    order = ("sensitivity", "volume", "access", "place", "age")
    return headings, [
        [row.path, row.data_class, row.risk, row.kinds, *(row.factors[k] for k in order), row.state]
        for row in rows
    ]


def duty_rows(duties: Sequence[ScanDutyAnswer], places: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the duties of the examination, each with its mark and where it is stated."""
    tones = {Ternary.YES: "ok", Ternary.NO: "ferme", Ternary.UNKNOWN: "attente"}
    words = {Ternary.YES: _("Done"), Ternary.NO: _("Not done"), Ternary.UNKNOWN: _("Not stated")}
    return [
        {
            "label": _said(each.duty.label),
            "tone": tones[each.done],
            "word": words[each.done],
            "on": each.on,
            "reference": each.reference,
            "edit": reverse("facts:row", args=["scan_duties", places[each.duty.value]])
            if each.duty.value in places
            else reverse("facts:add", args=["scan_duties"]),
        }
        for each in duties
    ]


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A flow between two services."""

    giver: str
    receiver: str
    what: str
    means: str
    personal: str
    carrier: str
    tone: str


def flow_rows(flows: Sequence[DataFlow], names: Mapping[str, str], wanted: str) -> list[FlowRow]:
    """Return the flows by giver, or in the order the address asks."""
    words = {Ternary.YES: _("Yes"), Ternary.NO: _("No"), Ternary.UNKNOWN: _("Not stated")}
    rows = [
        FlowRow(
            names.get(flow.giver, flow.giver),
            names.get(flow.receiver, flow.receiver),
            flow.what,
            _said(flow.means.label) if flow.means else _("Not stated"),
            words[flow.personal],
            flow.carrier,
            "attente" if flow.means in BY_HAND and flow.personal is not Ternary.NO else "",
        )
        for flow in flows
    ]
    keys = {
        "de": lambda row: (folded(row.giver), folded(row.receiver)),
        "vers": lambda row: (folded(row.receiver), folded(row.giver)),
        "moyen": lambda row: folded(row.means),
        "personnelles": lambda row: row.personal,
    }
    return ordered(rows, wanted, keys, "de")


def flow_export(rows: Sequence[FlowRow]) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and rows of the flows."""
    headings = [
        _("Who gives"),
        _("Who receives"),
        _("What"),
        _("Means"),
        _("Personal data"),
        _("Rests on"),
    ]
    return headings, [
        [row.giver, row.receiver, row.what, row.means, row.personal, row.carrier] for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Shown:
    """Something the map of the flows shows, or a store left out of the catalogue."""

    label: str
    title: str
    tone: str
    reasons: tuple[Mapping[str, Any], ...]


def finding_rows(findings: Sequence[FlowFinding]) -> list[Shown]:
    """Return what the map shows, each with why."""
    return [
        Shown(
            _said(each.issue.label),
            _said(each.title),
            "attente" if each.sure is Ternary.YES else "info",
            tuple({"text": _both(reason.text)} for reason in each.reasons),
        )
        for each in findings
    ]


def kept_out_rows(stores: Sequence[KeptOut]) -> list[Shown]:
    """Return the stores that are not in the catalogue, each with why."""
    return [
        Shown("", each.name, "", tuple({"text": _both(reason.text)} for reason in each.reasons))
        for each in stores
    ]


def more_time(plan: ActPlan, names: Mapping[str, str]) -> str:
    """Return what one more day would buy, "" when nothing."""
    gain = plan.one_more_day
    if not gain.added or not plan.before:
        return ""
    acts = ", ".join(f"{_said(act.label)} ({names.get(store, store)})" for store, act in gain.added)
    return _("One more day would take away %(share)s %% more: %(acts)s.") % {
        "share": f"{100 * gain.removed / plan.before:.0f}",
        "acts": acts,
    }
