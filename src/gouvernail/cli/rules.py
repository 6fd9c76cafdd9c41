"""`rule-changes`: which cases of which authorities the rules installed today change."""

from __future__ import annotations

from typing import Any

from gouvernail.cli.console import tell, tell_json
from gouvernail_core.knowledge.loader import rules_version


def changes(*, as_json: bool) -> None:
    """Tell it authority by authority; those whose plan has today's rules are left out."""
    from gouvernail import server

    server.setup()
    found = server.rule_changes()
    if as_json:
        told = [_told(code, each) for code, each in found]
        tell_json({"rules_version": rules_version(), "authorities": told})
        return
    if not found:
        tell("Tous les plans ont été calculés avec les règles d’aujourd’hui.")
    for code, each in found:
        _say(code, each)


def _say(code: str, found: Any) -> None:
    if found.moves is None:
        tell(f"{code} : les faits ont aussi changé ; un nouveau plan dira ce qui bouge.")
        return
    cases = len({move.case for move in found.moves})
    tell(f"{code} : {len(found.moves)} changements, {cases} cas touchés.")
    for move in found.moves:
        tell(f"- {move.case or 'la collectivité'}, {move.rule} : {_way(move)}. {move.why.fr}")


def _way(move: Any) -> str:
    from gouvernail_core.steering.said import OUTCOME_LABELS

    before = OUTCOME_LABELS[move.before].fr if move.before else "n’existait pas"
    after = OUTCOME_LABELS[move.after].fr if move.after else "n’existe plus"
    return f"{before} → {after}"


def _told(code: str, found: Any) -> dict[str, Any]:
    return {
        "authority": code,
        "rules_before": found.before,
        "moves": None
        if found.moves is None
        else [
            {
                "case": move.case,
                "rule": move.rule,
                "before": move.before.value if move.before else None,
                "after": move.after.value if move.after else None,
                "why": move.why.fr,
            }
            for move in found.moves
        ],
    }
