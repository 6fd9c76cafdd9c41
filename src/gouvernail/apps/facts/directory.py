"""The official list of authorities, as lines that fill the form."""

from __future__ import annotations

from dataclasses import dataclass

#: Under this many signs half of France answers.
SHORTEST_WORD = 2
MOST = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An authority of the official list, and the address of the form filled with it."""

    name: str
    kind: str
    population: int | None
    place: str
    href: str


def suggestions(word: str, form: str) -> list[Suggestion]:
    """Return the authorities whose name or code answers to `word`."""
    from gouvernail_core.authority.directory import search

    if len(word.strip()) < SHORTEST_WORD:
        return []
    return [_suggestion(entry, form) for entry in search(word.strip())[:MOST]]


def _suggestion(entry: object, form: str) -> Suggestion:
    raise NotImplementedError(entry, form)
