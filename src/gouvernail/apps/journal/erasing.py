"""What is left of the words of an entry once a person is taken out of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: What stands where a name stood; the journal is written in French.
ERASED = "personne effacée"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is erased: the account, the names they bore, their codes in the sheet « Personnes »."""

    uid: str = ""
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def named(self) -> re.Pattern[str] | None:
        """Return what finds them in a text, as whole words; None when nothing names them."""
        words = sorted({w.strip() for w in (*self.names, *self.codes)} - {""}, key=len)
        if not words:
            return None
        listed = "|".join(re.escape(word) for word in reversed(words))
        return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


def without(person: Person, pieces: Mapping[str, Any], actor_uid: str) -> dict[str, Any]:
    """Return the pieces that name the person, as they must become."""
    found = person.named()
    by_them = bool(person.uid) and actor_uid == person.uid
    after = {piece: _emptied(pieces[piece], found) for piece in ("before", "after")}
    after["subject"] = _replaced(pieces["subject"], found)
    who = pieces["actor_name"]
    after["actor_name"] = {
        "name": ERASED if by_them else _whole(who["name"], found),
        "standing_in": [_whole(name, found) for name in who["standing_in"]],
    }
    return {piece: content for piece, content in after.items() if content != pieces[piece]}


def _whole(name: str, found: re.Pattern[str] | None) -> str:
    return ERASED if found and found.search(name) else name


def _replaced(text: str, found: re.Pattern[str] | None) -> str:
    return found.sub(ERASED, text)[:300] if found else text


def _emptied(value: Any, found: re.Pattern[str] | None) -> Any:
    if isinstance(value, str):
        return "" if found and found.search(value) else value
    if isinstance(value, list):
        return [_emptied(each, found) for each in value]
    if isinstance(value, dict):
        return {key: _emptied(each, found) for key, each in value.items()}
    return value
