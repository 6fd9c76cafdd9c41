#!/usr/bin/env python3
"""Write the table of the variables of docs/guides/installer.md from `.env.sample`.

Usage: python bin/environment_reference.py [--check]     --check compares and changes nothing
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "guides" / "installer.md"
SAMPLE = ROOT / ".env.sample"
MARKED = re.compile(r"(<!-- variables[^>]*-->\n).*?(<!-- /variables -->)", re.S)
_VARIABLE = re.compile(r"^#((?:GOUVERNAIL)_[A-Z_]+)=(.*)$")


def table(sample: str) -> str:
    """Return one line for each variable of the installation: its name, sentence and example.

    >>> print(table("# Le nom.\\n#GOUVERNAIL_DATA=a\\n").splitlines()[-1])
    | `GOUVERNAIL_DATA` | Le nom. | `a` |
    """
    lines = ["| variable | ce qu’elle dit | exemple |", "| --- | --- | --- |"]
    sentence: list[str] = []
    known = ""
    for line in sample.splitlines():
        if found := _VARIABLE.match(line):
            known = " ".join(sentence) or known  # two variables may share a sentence
            example = f"`{found[2]}`" if found[2] else ""
            lines.append(f"| `{found[1]}` | {known} | {example} |")
            sentence = []
        elif line.startswith("# ---") or not line.startswith("# "):
            sentence = []
        else:
            sentence.append(line[2:].replace("|", "\\|"))
    return "\n".join(lines) + "\n"


def page() -> str:
    """Return the guide with its table as it must be."""
    rows = table(SAMPLE.read_text(encoding="utf-8"))
    text, count = MARKED.subn(lambda m: m[1] + rows + m[2], PAGE.read_text(encoding="utf-8"))
    if count != 1:
        raise ValueError(
            f"{PAGE.name} must hold the two marks of the table once, not {count} times"
        )
    return text


def main(arguments: list[str]) -> int:
    """Write the guide, or say whether it is current."""
    if "--check" in arguments:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
