"""What a paper is: who signs it, when it is due, what makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gouvernail.documents.blocks import Document
from gouvernail.documents.parts import Case, Plan
from gouvernail_core.kernel import Text


class Need(StrEnum):
    """Whether a paper is asked for today."""

    DUE = "due"
    TO_EXAMINE = "to_examine"
    LATER = "later"
    DONE = "done"
    NOT_NEEDED = "not_needed"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return _NEEDS[self]


_NEEDS = {
    Need.DUE: Text("À signer", "To sign"),
    Need.TO_EXAMINE: Text("À examiner", "To examine"),
    Need.LATER: Text("Plus tard", "Later"),
    Need.DONE: Text("Fait", "Done"),
    Need.NOT_NEEDED: Text("Sans objet", "Not needed"),
}

#: Written as files by the plan: a paper that nothing asks for would only make a pile.
OFFERED = (Need.DUE, Need.TO_EXAMINE)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a paper is asked for, and why. `rules` are the codes of the duties that ask."""

    need: Need
    why: Text
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper. `code` is the name of its file.

    `about_case` tells a paper of one case from one of the authority; `standing` and `build` are
    given ``None`` for the case of the latter. `signed_by` says who must sign, `purpose` what for.
    """

    code: str
    title: Text
    purpose: Text
    signed_by: Text
    about_case: bool
    standing: Callable[[Plan, Case | None], Standing]
    build: Callable[[Plan, Case | None, str], Document]


def findings_of(plan: Plan, case: Case | None) -> dict[str, Mapping[str, Any]]:
    """Return what the rules say of a case and of the authority, or of the authority, by code."""
    whole = (plan.get("obligations") or {}).get("authority") or {}
    found = {item["rule"]: item for item in whole.get("findings") or ()}
    own = ((case or {}).get("obligations") or {}).get("findings") or ()
    return {**found, **{item["rule"]: item for item in own}}


def standing_of_rules(plan: Plan, case: Case | None, rules: Iterable[str]) -> Standing:
    """Return the standing of a paper that answers `rules`: the most pressing of them speaks.

    A duty already shown done asks for nothing more; one that a missing fact decides is to be
    examined. Its first reason says why.
    """
    found = findings_of(plan, case)
    known = [found[code] for code in rules if code in found]
    for need in (Need.DUE, Need.TO_EXAMINE, Need.DONE):
        kept = [item for item in known if _need(item) is need]
        if kept:
            first = kept[0]
            reasons = first.get("reasons") or ()
            said = reasons[0]["text"] if reasons else first["title"]
            return Standing(need, Text(said["fr"], said["en"]), tuple(i["rule"] for i in kept))
    return Standing(Need.NOT_NEEDED, _NOTHING_ASKS)


def _need(finding: Mapping[str, Any]) -> Need:
    if finding.get("done_on"):
        return Need.DONE
    return {
        "due": Need.DUE,
        "blocking": Need.DUE,
        "to_examine": Need.TO_EXAMINE,
    }.get(str(finding["outcome"]), Need.NOT_NEEDED)


_NOTHING_ASKS = Text(
    "D’après les faits connus, rien ne demande cette pièce.",
    "On the known facts, nothing asks for this paper.",
)
