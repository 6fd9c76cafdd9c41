"""Which sheet, which column somebody meant: by label or code, whatever order, case or accents."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouvernail_core.facts import Column, Sheet
from gouvernail_core.facts.values import fold

#: Below this likeness, two names are not thought to be the same one, misspelt.
ALIKE = 0.74
_ASIDE = re.compile(r"\s*(\([^()]*\)|\*)\s*$")


@dataclass(frozen=True, slots=True)
class Matches:
    """What was recognised: place by code, codes met twice, and the names nobody knows."""

    places: dict[str, int]
    twice: tuple[tuple[str, int], ...]
    unknown: tuple[tuple[str, int], ...]


def bare(name: str) -> str:
    """Return the folded name without its unit in brackets nor its star.

    >>> bare("Enveloppe (€ TTC) *")
    'enveloppe'
    """
    text = str(name)
    while (shorter := _ASIDE.sub("", text)) != text:
        text = shorter
    return fold(text)


def match(names: Sequence[str], known: Iterable[Sheet | Column]) -> Matches:
    """Return which of `known` each name is; a blank name is nothing.

    A French label wins over an English one, and both over a code.
    """
    known = tuple(known)
    words: dict[str, str] = {}
    for spelling in ("code", "en", "fr"):
        for item in known:
            name = item.code if spelling == "code" else item.label.in_(spelling)
            words[fold(name)] = item.code
    places: dict[str, int] = {}
    twice: list[tuple[str, int]] = []
    unknown: list[tuple[str, int]] = []
    for place, name in enumerate(names):
        if not str(name).strip():
            continue
        code = words.get(fold(str(name))) or words.get(bare(name))
        if code is None:
            unknown.append((str(name).strip(), place))
        elif code in places:
            twice.append((code, place))
        else:
            places[code] = place
    return Matches(places, tuple(twice), tuple(unknown))


def closest(item: Sheet | Column, names: Iterable[str]) -> str | None:
    """Return the name that looks most like the label or the code of `item`, if one does.

    >>> from gouvernail_core.facts import sheet
    >>> closest(sheet("budgets"), ["Budjets", "Notes de frais"])
    'Budjets'
    """
    best, best_ratio = None, ALIKE
    for name in names:
        for word in (item.label.fr, item.label.en, item.code):
            ratio = difflib.SequenceMatcher(None, bare(name), fold(word)).ratio()
            if ratio >= best_ratio:
                best, best_ratio = name, ratio
    return best
