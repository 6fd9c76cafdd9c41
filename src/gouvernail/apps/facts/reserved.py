"""The sheet only some may write: who is refused, and how the journal names what they did."""

from __future__ import annotations

from collections.abc import Iterable

from gouvernail.apps.facts.difference import SheetDifference
from gouvernail.common.actor import Actor
from gouvernail_core.access import Act, may
from gouvernail_core.facts import Sheet
from gouvernail_core.kernel import Problem, RefusedError, Text

OVERRIDES = "overrides"
#: What somebody must be allowed to do to write a sheet, besides changing facts.
RESERVED: dict[str, Act] = {OVERRIDES: Act.OVERRIDE_GATE}
#: How the journal names adding, changing and removing a row of such a sheet.
_ENTRIES = {
    OVERRIDES: {
        "fact-added": "gate-overridden",
        "fact-changed": "gate-override-changed",
        "fact-removed": "gate-override-withdrawn",
    }
}


def refuse_reserved(sheet: Sheet, by: Actor) -> None:
    """Raise RefusedError when the sheet is reserved to others than `by`."""
    problems = tuple(reserved_to_others(sheet, by))
    if problems:
        raise RefusedError(*problems)


def refuse_reserved_moves(moved: Iterable[SheetDifference], by: Actor) -> None:
    """Raise RefusedError when an import moves a sheet reserved to others."""
    problems = reserved_moves(moved, by)
    if problems:
        raise RefusedError(*problems)


def reserved_moves(moved: Iterable[SheetDifference], by: Actor) -> tuple[Problem, ...]:
    """Return what forbids `by` to import these differences; rows that stay move nothing."""
    return tuple(
        problem for each in moved if each.moves for problem in reserved_to_others(each.sheet, by)
    )


def reserved_to_others(sheet: Sheet, by: Actor) -> Iterable[Problem]:
    """Yield a problem when `by` may not write the sheet.

    A command typed on the server decides nothing in anybody's name: it is refused as well.
    """
    act = RESERVED.get(sheet.code)
    allowed = act is None or (may(by.roles, act) and (by.acts is None or act.value in by.acts))
    if not allowed:
        yield Problem(
            "reserved-to-direction",
            Text(
                "Passer outre un avis est réservé à la direction générale, qui en répond. "
                "Demandez-lui de le décider ; rien n’a été changé.",
                "Going on without an opinion is for the general director, who answers for it. "
                "Ask them to decide it; nothing was changed.",
            ),
            sheet=sheet.label.fr,
        )


def entry_of(sheet: Sheet, usual: str) -> str:
    """Return the type of journal entry of an act on a row of this sheet.

    >>> from gouvernail_core.facts import sheet
    >>> entry_of(sheet("overrides"), "fact-added"), entry_of(sheet("proofs"), "fact-added")
    ('gate-overridden', 'fact-added')
    """
    return _ENTRIES.get(sheet.code, {}).get(usual, usual)
