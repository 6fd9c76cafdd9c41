"""Check the sourced data of the core and list what is to be read again: rules, then sources.

A rule is to be read again after six months, a figure or a list after a year.

Usage: python bin/knowledge.py [--quiet]      exits 1 when a file is wrong, never because one is old
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from gouvernail_core.kernel import GouvernailError
from gouvernail_core.knowledge import loader
from gouvernail_core.obligations import stale_rules

FOLDER = Path(loader.__file__).parent
YEAR = timedelta(days=365)


def sources(node: Any, where: str) -> Iterator[tuple[str, date, str]]:
    """Yield where each dated source stands, the day it was read, and its text."""
    if isinstance(node, dict):
        if isinstance(read_on := node.get("read_on"), date):
            yield where, read_on, str(node.get("text") or node.get("url") or "")
        for key, value in node.items():
            yield from sources(value, f"{where}, {key}")
    elif isinstance(node, list):
        for rank, value in enumerate(node):
            yield from sources(value, f"{where}[{rank}]")


def main(arguments: list[str]) -> int:
    """Read everything, print what is wrong and what is old."""
    found: list[tuple[str, date, str]] = []
    try:
        for file in sorted(FOLDER.rglob("*.yaml")):
            name = file.relative_to(FOLDER).as_posix()
            found += sources(loader.parse_yaml(name, file.read_text(encoding="utf-8")), name)
        counts = [len(loader.load_facts()), len(loader.load_parameters()), len(loader.load_rules())]
    except (GouvernailError, FileNotFoundError) as error:
        print(error)
        return 1
    today = datetime.now(UTC).date()
    old = [s for s in found if s[1] < today - YEAR]
    rules = stale_rules(on=today)
    if "--quiet" not in arguments:
        for rule in rules:
            said = f"lue le {rule.last_read:%d/%m/%Y}" if rule.last_read else "jamais lue"
            print(f"règle à relire ({said}) : {rule.rule}")
        for where, read_on, text in sorted(old, key=lambda source: source[1]):
            print(f"à relire (lu le {read_on:%d/%m/%Y}) : {where} — {text}")
        print("{} faits, {} paramètres, {} règles".format(*counts), end=" ; ")
        print(f"{len(found)} sources datées, {len(old)} à relire ; {len(rules)} règles à relire")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
