"""`verify-journal`: says whether the journal stands, and which entry does not."""

from __future__ import annotations

from typing import Any

import typer

from gouvernail.cli.console import say, tell, tell_json
from gouvernail_core.kernel import Problem, RefusedError, Text


def verify(authority: str | None, *, printed: str | None, as_json: bool) -> None:
    """Verify one chain or all; exit with 1 when something is wrong."""
    from gouvernail import server

    if printed and not authority:
        raise RefusedError(Problem("journal", _WHOSE))
    server.setup()
    found = server.verify_journal(authority, printed=printed or "")
    if as_json:
        tell_json([_told(name, each) for name, each in found])
    else:
        for name, each in found:
            _say(name, each)
    if any(each.alterations for _name, each in found):
        raise typer.Exit(1)


_WHOSE = Text(
    "Un sceau est celui d’une collectivité : ajoutez --authority et son code, ou --authority "
    "platform pour le journal de la plateforme.",
    "A seal is that of one authority: add --authority and its code, or --authority platform for "
    "the journal of the platform.",
)


def _say(name: str, found: Any) -> None:
    from gouvernail.apps.journal.wording import alteration

    if not found.alterations:
        seal = f" Sceau : {found.seal}." if found.entries else ""
        tell(f"{name} : {found.entries} entrées, le journal est intact.{seal}")
        return
    tell(f"{name} : {found.entries} entrées, {len(found.alterations)} anomalies.")
    for each in found.alterations:
        tell(f"- {alteration(each).fr}")
    say("Gardez cette base à part et comparez-la à une sauvegarde plus ancienne.")


def _told(name: str, found: Any) -> dict[str, Any]:
    from gouvernail.apps.journal.wording import alteration

    return {
        "authority": name,
        "entries": found.entries,
        "seal": found.seal,
        "intact": not found.alterations,
        "alterations": [
            {
                "kind": each.kind.value,
                "entry": each.seq,
                "until": each.until,
                "piece": each.piece or None,
                "at": each.at.isoformat() if each.at else None,
                "act": each.act or None,
                "sentence": {"fr": alteration(each).fr, "en": alteration(each).en},
            }
            for each in found.alterations
        ],
    }
