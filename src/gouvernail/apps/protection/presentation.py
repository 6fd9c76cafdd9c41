"""What to protect first, as the page shows it. Plan in, view models out, no rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gouvernail.common.listing import folded, ordered
from gouvernail.common.wording import said

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
