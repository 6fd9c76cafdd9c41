#!/usr/bin/env python3
"""Write docs/reference/commandes.md from the help of each command. `--check` only compares."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

import typer

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "commandes.md"
HEAD = """# Les commandes

Page engendrée par `bin/commands_reference.py` ; ne la modifiez pas à la main.

Code de sortie : 0 fait, 1 refusé (la raison est écrite), 2 commande mal formée. Avec `--json`,
le résultat va sur la sortie standard ; les messages et l’avancement vont toujours sur la sortie
d’erreur.
"""


def help_of(words: list[str]) -> str:
    """Return the help a command prints, on a terminal of a hundred columns, without colour."""
    from gouvernail.cli.app import app
    from gouvernail.cli.french import run

    sys.argv = ["gouvernail", *words, "--help"]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        run(app)
    return "\n".join(line.rstrip() for line in printed.getvalue().strip().splitlines())


def page() -> str:
    """Return the whole page."""
    os.environ.update({"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"})
    from gouvernail.cli.app import app

    parts = [HEAD]
    for name in typer.main.get_command(app).commands:  # type: ignore[attr-defined]
        parts.append(f"## `gouvernail {name}`\n\n```text\n{help_of([name])}\n```\n")
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is current."""
    made = page()
    if "--check" in arguments:
        return int(PAGE.read_text(encoding="utf-8") != made)
    PAGE.write_text(made, encoding="utf-8")
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
