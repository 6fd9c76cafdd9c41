"""The official list of French authorities, found by a few letters of their name.

Source: Insee and DGCL, 2026, Licence Ouverte 2.0; see ``knowledge/authorities/README.md``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from gouvernail_core.authority.model import AuthorityKind
from gouvernail_core.kernel import Text
from gouvernail_core.knowledge.files import read_packed

#: Fewer letters find nothing but a name that is exactly those letters (Y, Eu, By).
FEWEST_LETTERS = 3

_FILE = "authorities/authorities-2026.csv.xz"
# « Saint » is written in many ways; the nature of a grouping is not what people type first.
_SAINT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_NATURE = re.compile(
    r"(cc|ca|cu|metropole|eurometropole)( (du|de la|de l|des|de|d|le|la|les|l) | )"
)
_LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
_NATURES = {
    "CC": Text("communauté de communes", "community of communes"),
    "CA": Text("communauté d’agglomération", "agglomeration community"),
    "CU": Text("communauté urbaine", "urban community"),
    "METRO": Text("métropole", "metropolis"),
    "MET69": Text("métropole", "metropolis"),
    "EPT": Text("établissement public territorial", "territory of Greater Paris"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One authority of the official list.

    `code` identifies it: the Insee code of a commune, the SIREN of a grouping, ``D`` or ``R`` and
    the Insee code for a département or a region. `nature` is CC, CA, CU, METRO, MET69 or EPT, or
    empty. `population` is the municipal population in inhabitants, ``None`` when unpublished.
    `departments` are Insee codes, more than one for a grouping astride them, none for an EPT.
    """

    code: str
    kind: AuthorityKind
    name: str
    nature: str
    population: int | None
    siren: str
    insee: str
    departments: tuple[str, ...]
    region: str

    @property
    def department(self) -> str:
        """Return the code of the first département, empty when there is none."""
        return self.departments[0] if self.departments else ""

    @property
    def place(self) -> str:
        """Return what tells homonyms apart: départements by name and code, or the region.

        >>> entry("33382").place
        'Gironde (33)'
        """
        if self.kind is AuthorityKind.DEPARTEMENT:
            return _name_of("R", self.region)
        if self.departments:
            return ", ".join(f"{_name_of('D', code)} ({code})" for code in self.departments)
        return "" if self.kind is AuthorityKind.REGION else _name_of("R", self.region)

    @property
    def description(self) -> Text:
        """Return the kind in words.

        >>> entry("200046977").description.fr
        'métropole'
        """
        if self.nature in _NATURES:
            return _NATURES[self.nature]
        label = self.kind.label
        return Text(label.fr.lower(), label.en.lower())


def search(text: str, *, limit: int = 10) -> tuple[Entry, ...]:
    """Return the authorities whose name, or a word of it, starts with `text`, best first.

    Accents, case, hyphens and the short forms of « Saint » do not matter. The whole name comes
    first, then names that start so, then names with a word that does; the most populated first
    within each. An Insee code or a SIREN finds its authority.

    >>> [(found.name, found.place) for found in search("st etienne de tinée")]
    [('Saint-Étienne-de-Tinée', 'Alpes-Maritimes (06)')]
    """
    directory = _directory()
    wanted = _letters(text)
    places = dict.fromkeys(directory.numbered(text))
    for needle in _needles(wanted):
        places |= dict.fromkeys(directory.matches(needle, limit))
        if len(places) >= limit:
            break
    return tuple(directory.entries[place] for place in list(places)[:limit])


def _needles(wanted: str) -> tuple[str, ...]:
    """Return what is looked for, best first: the whole name, its start, the start of a word."""
    whole = f"\n {wanted}\n"
    if len(wanted) < FEWEST_LETTERS:
        return (whole,) if wanted else ()
    return (whole, f"\n {wanted}", f" {wanted}")


def entry(code: str) -> Entry:
    """Return the authority of that code, Insee code or SIREN.

    Raises KeyError for a code nobody has.

    >>> entry("26281").name
    'Romans-sur-Isère'
    """
    directory = _directory()
    found = directory.numbered(code)
    if not found:
        raise KeyError(f"no authority {code}")
    return directory.entries[found[0]]


def entries() -> tuple[Entry, ...]:
    """Return every authority, the most populated first."""
    return _directory().entries


class _Directory:
    """The list, most populated first, and its index: one long text with a name on each line.

    A grouping has two lines, with and without its nature: « CC de la Plaine », « Plaine ».
    """

    def __init__(self, listed: tuple[Entry, ...]) -> None:
        self.entries = tuple(sorted(listed, key=lambda one: -(one.population or 0)))
        self._by_number: dict[str, int] = {}
        self._places: list[int] = []
        lines = []
        for place, one in enumerate(self.entries):
            key = _letters(one.name)
            nature = _NATURE.match(key) if one.nature else None
            for line in (key, key[nature.end() :]) if nature else (key,):
                lines.append(line)
                self._places.append(place)
            for number in (one.code, one.siren):
                if number:
                    self._by_number.setdefault(number, place)
        self._text = "\n" + "\n".join(f" {line}" for line in lines) + "\n"
        self._starts = list(accumulate((len(line) + 2 for line in lines), initial=0))

    def numbered(self, text: str) -> tuple[int, ...]:
        """Return the place of the authority that has this number, if one does."""
        place = self._by_number.get(re.sub(r"\s", "", text).upper())
        return () if place is None else (place,)

    def matches(self, needle: str, limit: int) -> list[int]:
        """Return the places of the first names that hold `needle`, each once."""
        found: dict[int, None] = {}
        at = self._text.find(needle)
        while at >= 0 and len(found) < limit:
            line = bisect_right(self._starts, at) - 1
            found[self._places[line]] = None
            # One match a line is enough: the search goes on from its end.
            at = self._text.find(needle, self._starts[line + 1])
        return list(found)


class _Plain(dict[int, str]):
    """What each sign becomes: its plain letters or digits, a space for everything else."""

    def __missing__(self, sign: int) -> str:
        decomposed = unicodedata.normalize("NFKD", _LIGATURES.get(chr(sign), chr(sign)))
        kept = "".join(s for s in decomposed.lower() if s.isascii() and s.isalnum())
        combining = unicodedata.combining(chr(sign)) != 0
        self[sign] = kept if kept or combining else " "
        return self[sign]


_PLAIN = _Plain()


def _letters(text: str) -> str:
    """Return the text in plain letters and digits, words separated by one space."""
    return " ".join(_SAINT.get(word, word) for word in text.translate(_PLAIN).split())


@cache
def _directory() -> _Directory:
    lines = csv.reader(read_packed(_FILE).splitlines())
    next(lines)
    return _Directory(tuple(_entry(line) for line in lines))


def _entry(line: list[str]) -> Entry:
    kind, insee, siren, name, nature, population, departments, region = line
    letter = {"region": "R", "departement": "D"}.get(kind, "")
    return Entry(
        code=letter + insee if insee else siren,
        kind=AuthorityKind(kind),
        name=name,
        nature=nature,
        population=int(population) if population else None,
        siren=siren,
        insee=insee,
        departments=tuple(departments.split("/")) if departments else (),
        region=region,
    )


def _name_of(letter: str, code: str) -> str:
    directory = _directory()
    found = directory.numbered(f"{letter}{code}")
    return directory.entries[found[0]].name if found else code
