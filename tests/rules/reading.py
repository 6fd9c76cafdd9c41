"""How the situations of this folder are read."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gouvernail.formats.obligations import read
from gouvernail_core.obligations import Situation

#: The day the research behind the rules was made: the cases are judged on it.
ON = date(2026, 11, 22)


def load(name: str) -> dict[str, Any]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def situation(facts: dict[str, Any], *changes: dict[str, Any]) -> Situation:
    """Return the situation of `facts`, each change replacing the facts it names."""
    merged = {section: dict(content) for section, content in facts.items()}
    for change in changes:
        for section, content in change.items():
            merged.setdefault(section, {}).update(content)
    return read(merged)
