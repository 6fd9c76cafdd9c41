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
    """Who is erased: the account, their names, their codes in the sheet « Personnes ».

    Their `former` names are only taken where nothing else is said: whoever chose to be called like
    a word of the journal must not take that word away with them.
    """

    uid: str = ""
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    former: frozenset[str] = frozenset()

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

    def names(text: str) -> bool:
        return text in person.former or bool(found and found.search(text))

    def whole(name: str) -> str:
        return ERASED if names(name) else name

    def emptied(value: Any) -> Any:
        if isinstance(value, str):
            return "" if names(value) else value
        if isinstance(value, list):
            return [emptied(each) for each in value]
        if isinstance(value, dict):
            return {key: emptied(each) for key, each in value.items()}
        return value

    who, subject = pieces["actor_name"], pieces["subject"]
    if subject in person.former:
        subject = ERASED
    elif found:
        subject = found.sub(ERASED, subject)[:300]
    after = {
        "before": emptied(pieces["before"]),
        "after": emptied(pieces["after"]),
        "subject": subject,
        "actor_name": {
            "name": ERASED if by_them else whole(who["name"]),
            "standing_in": [whole(name) for name in who["standing_in"]],
        },
    }
    return {piece: content for piece, content in after.items() if content != pieces[piece]}
