"""What differs between two plans, in words: the choice, the dates, the duties, the doors.

Plans are compared as the JSON values they are stored as, so that a plan computed by an earlier
version can still be compared with today's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gouvernail_core.kernel import Text
from gouvernail_core.kernel.dates import day_text

Plan = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is no longer as it was; `before` or `after` is ``None`` when it was not there.

    `kind` is ``choice``, ``date``, ``duty`` or ``door``; `case` is the id of the case concerned,
    empty for the authority.
    """

    kind: str
    case: str
    title: Text
    before: Text | None
    after: Text | None


def changes_between(before: Plan | None, after: Plan) -> tuple[Change, ...]:
    """Return what changed from one plan to the next, the choice first, then dates, then the law.

    >>> plan = {"cases": [], "selection": None, "roadmap": None}
    >>> changes_between(plan, plan), changes_between(None, plan)
    ((), ())
    """
    if before is None:
        return ()
    return (
        *_choice(before, after),
        *_dates(before, after),
        *_duties(before, after),
        *_doors(before, after),
    )


def _cases(plan: Plan) -> dict[str, Mapping[str, Any]]:
    return {case["id"]: case for case in plan["cases"]}


def _title(before: Plan, after: Plan, case: str) -> Text:
    found = _cases(after).get(case) or _cases(before)[case]
    return Text(found["title"], found["title"])


def _choice(before: Plan, after: Plan) -> Iterator[Change]:
    old, new = (set((p["selection"] or {}).get("recommended", ())) for p in (before, after))
    for case in sorted(old | new):
        if (case in old) == (case in new):
            continue
        proposed, out = Text("proposé", "proposed"), Text("hors proposition", "not proposed")
        yield Change(
            "choice",
            case,
            _title(before, after, case),
            proposed if case in old else out,
            proposed if case in new else out,
        )


def _tasks(plan: Plan) -> dict[str, Mapping[str, Any]]:
    return {task["id"]: task for task in (plan["roadmap"] or {}).get("tasks", ())}


def _dates(before: Plan, after: Plan) -> Iterator[Change]:
    old, new = _tasks(before), _tasks(after)
    for task_id in sorted(old.keys() & new.keys()):
        start, other = old[task_id]["start"], new[task_id]["start"]
        if start == other:
            continue
        task = new[task_id]
        title = Text(
            f"{task['case_title']} : {task['label']['fr']}",
            f"{task['case_title']}: {task['label']['en']}",
        )
        yield Change("date", task["case"], title, _day(start), _day(other))


def _day(iso: str) -> Text:
    day = date.fromisoformat(iso)
    return day_text(day)


def _findings(plan: Plan) -> dict[tuple[str, str], Mapping[str, Any]]:
    found = {
        ("", f["rule"]): f
        for f in plan.get("obligations", {}).get("authority", {}).get("findings", ())
    }
    for case in plan["cases"]:
        for finding in case["obligations"]["findings"]:
            found[case["id"], finding["rule"]] = finding
    return found


def _duties(before: Plan, after: Plan) -> Iterator[Change]:
    old, new = _findings(before), _findings(after)
    live = {case["id"] for case in after["cases"] if case["in_the_running"]} | {""}
    for key in sorted(old.keys() & new.keys()):
        was, now = old[key], new[key]
        case, _ = key
        if was["outcome"] == now["outcome"] or case not in live:
            continue
        where = _title(before, after, case).fr if case else ""
        title = Text(
            f"{where} : {now['title']['fr']}" if where else now["title"]["fr"],
            f"{where}: {now['title']['en']}" if where else now["title"]["en"],
        )
        yield Change("duty", case, title, _said(was["outcome_label"]), _said(now["outcome_label"]))


def _said(value: Mapping[str, str]) -> Text:
    return Text(value["fr"], value["en"])


def _doors(before: Plan, after: Plan) -> Iterator[Change]:
    old = {(c["id"], d["door"]): d for c in before["cases"] for d in c["doors"]}
    for case in after["cases"]:
        if not case["in_the_running"]:
            continue
        for door in case["doors"]:
            was = old.get((case["id"], door["door"]))
            if was is None or was["state"] == door["state"]:
                continue
            title = Text(
                f"{case['title']} : {door['label']['fr']}",
                f"{case['title']}: {door['label']['en']}",
            )
            yield Change(
                "door", case["id"], title, _said(was["state_label"]), _said(door["state_label"])
            )
