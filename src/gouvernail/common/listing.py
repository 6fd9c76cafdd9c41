"""What a list shows besides its rows: filters kept in the address, sorted columns, exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

#: Rows on a page of a list that may have thousands.
A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Select:
    """A filter with its choices and the one in force ("" for all)."""

    name: str
    label: str
    options: tuple[Option, ...]
    value: str = ""

    @classmethod
    def of(
        cls,
        name: str,
        label: str,
        every: str,
        options: Iterable[tuple[str, str]],
        params: Mapping[str, str],
    ) -> Select:
        """Return the filter with `every` as first choice; an unknown value in force is ignored."""
        choices = (Option("", every), *(Option(value, word) for value, word in options))
        value = params.get(name, "")
        return cls(name, label, choices, value if value in {o.value for o in choices} else "")


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters above a list; `kept` are the parameters that a new filter must not lose."""

    action: str
    selects: tuple[Select, ...]
    word_label: str = ""
    word: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    def value(self, name: str) -> str:
        """Return what a filter keeps, "" for all."""
        return next(select.value for select in self.selects if select.name == name)

    @property
    def active(self) -> bool:
        """Return whether something is filtered out."""
        return bool(self.word) or any(select.value for select in self.selects)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column; `direction` is the value of aria-sort, "" when not sorted."""

    label: str
    href: str = ""
    direction: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; `previous` and `following` are addresses, "" when there is none."""

    rows: tuple[Any, ...]
    number: int = 1
    last: int = 1
    previous: str = ""
    following: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word that leads somewhere."""

    label: str
    href: str


def address(path: str, params: Mapping[str, str], **changes: str) -> str:
    """Return `path` with `params` changed; an empty value leaves.

    >>> address("/cas/", {"mot": "repas"}, tri="-cout")
    '/cas/?mot=repas&tri=-cout'
    """
    merged = {**params, **changes}
    kept = {name: value for name, value in merged.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def headings(
    path: str,
    params: Mapping[str, str],
    columns: Sequence[tuple[str, str, bool]],
    *,
    default: str = "",
) -> tuple[Heading, ...]:
    """Return the headings of `columns`: (key, label, numeric); no key, no sorting.

    A first click sorts upward, a second downward; the address says which one is in force. Sorting
    leads back to the first page.
    """
    wanted = params.get("tri") or default
    found = []
    for key, label, numeric in columns:
        direction = ""
        if key and wanted.lstrip("-") == key:
            direction = "descending" if wanted.startswith("-") else "ascending"
        follow = f"-{key}" if direction == "ascending" else key
        href = address(path, params, tri=follow, page="") if key else ""
        found.append(Heading(label, href, direction, numeric))
    return tuple(found)


def ordered(rows: Iterable[Any], wanted: str, keys: Mapping[str, Any], default: str) -> list[Any]:
    """Return the rows sorted by the key the address names; an unknown key gives the default.

    >>> ordered(["bb", "a"], "-size", {"size": len}, "size")
    ['bb', 'a']
    """
    name = wanted.lstrip("-")
    if name not in keys:
        wanted, name = default, default.lstrip("-")
    return sorted(rows, key=keys[name], reverse=wanted.startswith("-"))


def paged(rows: Sequence[Any], path: str, params: Mapping[str, str]) -> Page:
    """Return the page the address asks; one that does not exist gives the nearest.

    >>> page = paged(range(250), "/cas/", {"page": "3"})
    >>> len(page.rows), page.last, page.previous, page.following
    (50, 3, '/cas/?page=2', '')
    """
    last = max(1, -(-len(rows) // A_PAGE))
    asked = params.get("page", "1")
    number = min(max(int(asked) if asked.isdecimal() and len(asked) < 7 else 1, 1), last)
    return Page(
        tuple(rows[(number - 1) * A_PAGE : number * A_PAGE]),
        number,
        last,
        address(path, params, page=str(number - 1)) if number > 1 else "",
        address(path, params, page=str(number + 1)) if number < last else "",
    )


def folded(text: Any) -> str:
    """Return the text without case and accents, so that « eleve » finds « Élève ».

    >>> folded("Élève")
    'eleve'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", str(text or ""))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()
