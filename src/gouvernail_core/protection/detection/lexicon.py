"""The lists that tell a person's name from an ordinary word."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from gouvernail_core.knowledge.files import read_packed

#: A first name this frequent is one even where nothing around says so.
FREQUENT = 1500


def plain(word: str) -> str:
    """Return a word in lower case without accents, as the lists hold it.

    >>> plain("Élodie"), plain("D’Œuvre")
    ('elodie', "d'oeuvre")
    """
    word = word.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").lower().replace("œ", "oe")
    return unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode("ascii")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names by rank of frequency in France (Insee), and the words that are no names."""

    first: dict[str, int]
    last: dict[str, int]
    words: frozenset[str]

    def rank_of_first(self, word: str) -> int | None:
        """Return the rank of a first name, of its rarer half when it is a compound one."""
        rank = self.first.get(word)
        if rank is None and "-" in word:
            ranks = [self.first.get(half) for half in word.split("-")]
            known = [each for each in ranks if each is not None]
            rank = max(known) if len(known) == len(ranks) else None
        return rank


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the lists, read once (a tenth of a second, some 12 MB)."""
    first, last, words = (
        read_packed(f"names/{name}.txt.xz").split() for name in ("first", "last", "words")
    )
    return Lexicon(
        {name: rank for rank, name in enumerate(first)},
        {name: rank for rank, name in enumerate(last)},
        frozenset(words),
    )
