"""What changed between two plans of an authority, in sentences a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gouvernail.common import wording
from gouvernail.common.wording import said

Plan = Mapping[str, Any]
#: Beyond this the page invites to read the plan itself.
MOST_CHANGES = 6


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that moved: before, after."""

    title: str
    what: str
    before: str
    after: str
    case: str = ""


def changes(before: Plan | None, after: Plan) -> tuple[Change, ...]:
    """Return what moved from a plan to the next: proposal, gates, dates; nothing without a past."""
    if before is None:
        return ()
    found = [*_proposal(before, after), *_gates(before, after), *_dates(before, after)]
    return tuple(found[:MOST_CHANGES])


def _cases(plan: Plan) -> dict[str, Any]:
    return {case["id"]: case for case in plan["cases"]}


def _proposal(before: Plan, after: Plan) -> list[Change]:
    was = set((before.get("selection") or {}).get("recommended") or ())
    now = set((after.get("selection") or {}).get("recommended") or ())
    titles = {**_titles(before), **_titles(after)}
    words = {True: _("proposed"), False: _("not proposed")}
    return [
        Change(titles[case], _("Proposal"), words[case in was], words[case in now], case)
        for case in sorted(was ^ now)
        if case in titles
    ]


def _titles(plan: Plan) -> dict[str, str]:
    return {case: found["title"] for case, found in _cases(plan).items()}


def _gates(before: Plan, after: Plan) -> list[Change]:
    from gouvernail.apps.portfolio.presentation import door_word

    found = []
    old = _cases(before)
    for case, now in _cases(after).items():
        was = {door["door"]: door["state"] for door in old.get(case, {}).get("doors") or ()}
        for door in now.get("doors") or ():
            state = was.get(door["door"])
            if state and state != door["state"]:
                label = said(door["label"])
                found.append(
                    Change(now["title"], label, door_word(state), door_word(door["state"]), case)
                )
    return found


def _dates(before: Plan, after: Plan) -> list[Change]:
    old = {task["id"]: task for task in (before.get("roadmap") or {}).get("tasks") or ()}
    return [
        Change(
            task["case_title"],
            said(task["label"]),
            wording.day(old[task["id"]]["start"], weekday=False),
            wording.day(task["start"], weekday=False),
            task["case"],
        )
        for task in (after.get("roadmap") or {}).get("tasks") or ()
        if task["id"] in old and old[task["id"]]["start"] != task["start"]
    ]
