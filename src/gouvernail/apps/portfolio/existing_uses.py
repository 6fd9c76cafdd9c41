"""The AI that is already there, as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gouvernail.common.listing import folded, ordered
from gouvernail.common.wording import in_words, said, sentence

TONES = {"keep": "ok", "frame": "attente", "stop": "ferme"}


@dataclass(frozen=True, slots=True)
class Use:
    """An existing use, with the tone of what is advised and of what was decided."""

    use: Mapping[str, Any]
    advice_tone: str
    verdict_tone: str
    edit: str = ""

    @property
    def decided(self) -> bool:
        """Return whether somebody has decided."""
        return bool(self.use.get("verdict"))


def uses(
    plan: Mapping[str, Any], wanted: str, places: Mapping[str, int] | None = None
) -> list[Use]:
    """Return the uses; those that wait for a decision come first, unless the address asks else.

    `places` tells where each one is changed, for those who may.
    """
    known = places or {}
    rows = [
        Use(
            use,
            TONES.get(str(use.get("advice")), "neutre"),
            TONES.get(str(use.get("verdict")), "neutre"),
            reverse("facts:row", args=["existing_uses", known[use["id"]]])
            if use["id"] in known
            else "",
        )
        for use in plan.get("existing_uses") or ()
    ]
    keys = {
        "decision": lambda row: (row.decided, folded(row.use["name"])),
        "usage": lambda row: folded(row.use["name"]),
        "service": lambda row: folded(row.use.get("service")),
        "personnes": lambda row: row.use.get("users") or 0,
    }
    return ordered(rows, wanted, keys, "decision")


def uses_title(rows: Sequence[Use]) -> str:
    """Return the answer: how many uses are there, how many wait for a decision."""
    if not rows:
        return _("No existing use has been entered yet")
    waiting = sum(1 for row in rows if not row.decided)
    count = ngettext("%(n)s use already there", "%(n)s uses already there", len(rows))
    count = sentence(count % {"n": in_words(len(rows))})
    if not waiting:
        return _("%(uses)s, all decided") % {"uses": count}
    tail = ngettext("%(n)s to decide", "%(n)s to decide", waiting) % {"n": in_words(waiting)}
    return f"{count}, {tail}"


def export_rows(rows: Sequence[Use]) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and the rows of the file."""
    headings = [
        _("Use"),
        _("Tool"),
        _("Service"),
        _("Users"),
        _("Found by"),
        _("Personal data"),
        _("Hosting"),
        _("Advice"),
        _("Decision"),
        _("Reason"),
    ]
    return headings, [
        [
            row.use["name"],
            row.use.get("tool"),
            row.use.get("service"),
            row.use.get("users"),
            said(row.use.get("discovery_label")),
            {"yes": _("Yes"), "no": _("No")}.get(str(row.use.get("personal")), _("Not known yet")),
            said(row.use.get("hosting_label")),
            said(row.use.get("advice_label")),
            said(row.use.get("verdict_label")),
            row.use.get("verdict_reason"),
        ]
        for row in rows
    ]
