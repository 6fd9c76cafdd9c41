"""The official list of authorities, as lines that fill the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from gouvernail_core.authority.directory import Entry

MOST = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An authority of the official list, and the address of the form filled with it."""

    name: str
    kind: str
    population: int | None
    place: str
    href: str


def suggestions(word: str, form: str, language: str) -> list[Suggestion]:
    """Return the authorities whose name or code answers to `word`."""
    from gouvernail_core.authority.directory import search

    return [_suggestion(entry, form, language) for entry in search(word, limit=MOST)]


def known_of(word: str) -> list[dict[str, str | int]]:
    """Return what the official list knows of each authority that answers to `word`."""
    from gouvernail_core.authority.directory import search

    return [_known(entry) for entry in search(word, limit=MOST)]


def _known(entry: Entry) -> dict[str, str | int]:
    facts = {
        "code": entry.siren or entry.insee or entry.code,
        "name": entry.name,
        "kind": entry.kind.value,
        "population": entry.population,
        "department": entry.department,
        "region": entry.region,
    }
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _suggestion(entry: Entry, form: str, language: str) -> Suggestion:
    return Suggestion(
        entry.name,
        entry.description.in_(language),
        entry.population,
        entry.place,
        f"{form}?{urlencode(_known(entry))}",
    )
