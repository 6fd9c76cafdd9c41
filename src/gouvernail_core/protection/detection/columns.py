r"""Read the columns of a table by their headings: what a cell holds is then no guess.

>>> table = b"Nom;Pr\xc3\xa9nom;N\xc3\xa9 le\nMARTIN;Jo;3/2/1988\n"
>>> [(span.type.value, table[span.start : span.end]) for span in in_table(table, heading_of(table))]
[('PER', b'MARTIN'), ('PER', b'Jo'), ('DDN', b'3/2/1988')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from gouvernail_core.protection.detection import confirm, keys
from gouvernail_core.protection.detection.kinds import PersonalData, Span
from gouvernail_core.protection.detection.lexicon import plain

#: Lines that are read to tell whether a text is a table; lines that may come before its heading.
_TOLD_ON = 20
_TITLES = 6


class Heading(NamedTuple):
    """What separates the cells, what each column holds, and where the rows begin."""

    separator: bytes
    kinds: tuple[PersonalData | None, ...]
    rows_from: int = 0


_NOT_OF_A_PERSON = re.compile(
    r"\b(?:commune|ville|rue|voie|fichier|service|ecole|societe|entreprise|raison|produit|structure"
    r"|association|etablissement|site|projet|table|colonne|domaine|usage du|logiciel|rubrique|lieu"
    r"|marche|poste|banque|agence|groupe|classe|direction|dossier|article|libelle|pays|code)\b"
)
_HEADINGS: tuple[tuple[re.Pattern[str], PersonalData], ...] = tuple(
    (re.compile(expression), kind)
    for expression, kind in (
        (r"\b(?:nir|n?o?(?:um(?:ero)?)? ?(?:de )?(?:ss|secu(?:rite)?(?: sociale?| soc)?))\b",
         PersonalData.NIR),
        (r"\biban\b", PersonalData.IBAN),
        (r"\b(?:rib|compte bancaire)\b", PersonalData.RIB),
        (r"\bsiret\b", PersonalData.SIRET),
        (r"\bsiren\b", PersonalData.SIREN),
        (r"\b(?:ddn|nee? (?:e )?le|(?:date )?(?:de )?naiss(?:ance)?|birth ?(?:date|day))\b",
         PersonalData.BIRTH_DATE),
        (r"\b(?:alloc(?:ataires?)?|caf)\b", PersonalData.CAF),
        (r"\b(?:fiscal|spi)\b", PersonalData.TAX),
        (r"\b(?:e ?mails?|courriels?|mails?|adresse (?:mail|electronique))\b", PersonalData.EMAIL),
        (r"\b(?:tel(?:ephones?)?|portables?|mobiles?|gsm|phone)\b", PersonalData.TEL),
        (r"\b(?:mots? de passe|mdp|pass ?word|passwd|pwd|secret|api ?key|token)\b",
         PersonalData.SECRET),
        (r"\bcartes?\b(?! (?:grise|vitale|d|nationale|agent|carburant))|\bcb\b",
         PersonalData.CARD),
        (r"\b(?:immat(?:riculation)?|plaque|vehicules?)\b", PersonalData.PLATE),
        (r"^(?:adresse(?: postale| complete| du domicile| personnelle| 1)?|domicile|rue|voie)$",
         PersonalData.ADDRESS),
        (r"\b(?:noms?|prenoms?|patronyme|last ?name|first ?name)\b", PersonalData.PERSON),
    )
)  # fmt: skip
#: Headings whose cells speak of a person who is named in the same row.
_SENSITIVE = re.compile(
    r"\b(?:regimes? alimentaires?|regime|allergies?|pai|sans porc|handicap|rqth|sante|maladies?"
    r"|pathologies?|traitement medical|taux d incapacite|syndicat|appartenance syndicale|religion"
    r"|confession|orientation sexuelle|origine ethnique|condamnations?|casier)\b"
)


def kinds_of(names: Sequence[str]) -> tuple[PersonalData | None, ...]:
    """Return what each column holds by its heading, nothing where the heading does not say.

    >>> [kind and kind.value for kind in kinds_of(["N° sécu", "Nom", "Prénom", "Montant"])]
    ['NIR', 'PER', 'PER', None]
    """
    found = [_kind(re.sub(r"[^a-z0-9]+", " ", plain(name)).strip()) for name in names]
    told = {kind for kind in found if kind is not None}
    persons = found.count(PersonalData.PERSON)
    somebody = persons > 1 or told & {PersonalData.NIR, PersonalData.BIRTH_DATE, PersonalData.CAF}
    if persons == 1 and not somebody:
        # A single column « Nom » may hold the names of anything.
        found = [None if kind is PersonalData.PERSON else kind for kind in found]
    if not somebody:
        found = [None if kind is PersonalData.ARTICLE_9 else kind for kind in found]
    return tuple(found)


def _kind(name: str) -> PersonalData | None:
    if _SENSITIVE.search(name):
        return PersonalData.ARTICLE_9
    for expression, kind in _HEADINGS:
        if expression.search(name):
            person = kind is PersonalData.PERSON
            return None if person and _NOT_OF_A_PERSON.search(name) else kind
    return None


def heading_of(text: bytes) -> Heading | None:
    """Return how a text is cut into columns, if one of its first lines is a heading."""
    start = 0
    for _line in range(_TITLES):
        end = text.find(b"\n", start)
        if end < 0:
            break
        heading = _heading_at(text, start, end)
        if heading is not None:
            return heading
        start = end + 1
    return None


def _heading_at(text: bytes, start: int, end: int) -> Heading | None:
    """Return the heading that a line is, if the rows below it are cut alike."""
    line = text[start:end].decode("utf-8", "replace").lstrip("\ufeff").rstrip("\r")
    rows = text[end + 1 : end + 1 + 65536].split(b"\n")[:_TOLD_ON]
    best: Heading | None = None
    for separator in (";", "\t", "|", ","):
        names = [name.strip().strip('"') for name in line.split(separator)]
        kinds = kinds_of(names)
        told = sum(kind is not None for kind in kinds)
        if len(names) < 2 or not told:
            continue
        sign = separator.encode()
        filled = [row for row in rows if row.strip()]
        alike = sum(row.count(sign) >= len(names) - 2 for row in filled)
        if filled and alike * 5 >= len(filled) * 3 and told > _told(best):
            best = Heading(sign, kinds, end + 1)
    return best


def _told(heading: Heading | None) -> int:
    return sum(kind is not None for kind in heading.kinds) if heading else 0


def in_columns(text: bytes) -> list[Span]:
    """Return what a text holds where it is a table with a heading, or a dump of a database."""
    return [*in_table(text, heading_of(text)), *_in_inserts(text)]


_INSERT = re.compile(rb"INSERT INTO [^\n(]{1,120}\(([^)\n]{3,2000})\)\s+VALUES", re.IGNORECASE)
_ROW = re.compile(rb"\s{0,4}\(|[,;]\s{0,4}\(")
_CELL = re.compile(rb" ?(?:'((?:[^'\n]|''|'(?![ ]?[,)]))*)'|([^,()'\n]*))([,)])")


def _in_inserts(text: bytes) -> list[Span]:
    """Return what the rows of INSERT statements hold according to the names of their columns."""
    spans: list[Span] = []
    for insert in _INSERT.finditer(text):
        kinds = kinds_of(insert[1].decode("utf-8", "replace").split(","))
        at = insert.end()
        while any(kinds) and (row := _ROW.match(text, at)):
            at, column = row.end(), 0
            while cell := _CELL.match(text, at):
                group = 1 if cell[1] is not None else 2
                kind = kinds[column] if column < len(kinds) else None
                if kind is not None and cell[group]:
                    spans.extend(_in_cell(text, *cell.span(group), kind))
                at, column = cell.end(), column + 1
                if cell[3] == b")":
                    break
            else:
                break
    return spans


def in_table(text: bytes, heading: Heading | None) -> list[Span]:
    """Return what the cells hold according to their columns, in order."""
    if heading is None or not any(heading.kinds):
        return []
    spans: list[Span] = []
    start = heading.rows_from
    while start < len(text):
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        spans.extend(_in_row(text, start, end, heading))
        start = end + 1
    return spans


def _in_row(text: bytes, start: int, end: int, heading: Heading) -> Iterator[Span]:
    for kind, (low, high) in zip(heading.kinds, _cells(text, start, end, heading), strict=False):
        if kind is not None and low < high:
            yield from _in_cell(text, low, high, kind)


def _in_cell(text: bytes, low: int, high: int, kind: PersonalData) -> Iterator[Span]:
    confidence = _CELLS[kind](text[low:high])
    if confidence:
        yield Span(low, high, kind, confidence)


def _cells(text: bytes, start: int, end: int, heading: Heading) -> Iterator[tuple[int, int]]:
    """Return where each cell of a row stands, without its quotes and blanks."""
    sign = heading.separator
    low = start
    while low <= end:
        if text[low : low + 1] == b'"':
            close = text.find(b'"', low + 1, end)
            high = text.find(sign, close, end) if close >= 0 else -1
        else:
            high = text.find(sign, low, end)
        high = end if high < 0 else high
        first, last = low, high
        while first < last and text[first] in b' "\r':
            first += 1
        while last > first and text[last - 1] in b' "\r':
            last -= 1
        yield first, last
        low = high + 1


# --- what a cell must look like, given its column ----------------------------------------------


_NIR = re.compile(rb"[1-478][ .\-]?\d\d[ .\-]?\d\d[ .\-]?(?:\d\d|2[AB])[ .\-\d]{6,10}", re.I)
_EMPTY = re.compile(
    rb"(?:non|n|no|0|-+|/|n(?:e|\xc3\xa9)ant|aucune?s?|sans objet|ras|false|null|normal|standard)$",
    re.I,
)
_NAME = re.compile(rb"[A-Za-z\xc2-\xc5\x80-\xbf'\-. ]{2,60}$")
_BIRTH = re.compile(rb"(?:le )?" + confirm.DATE + rb"(?:[ T]00:00(?::00)?)?$", re.IGNORECASE)
_TEL = re.compile(rb"(?:(?:\+|00)\d{2,3}[ .\-]?(?:\(0\))?|0)?[1-9](?:[ .\-/]?\d\d){4}$")
_CAF = re.compile(rb"\d{6,8} ?[A-Z]?$", re.I)
_PLATE = re.compile(
    rb"(?:[A-Z]{2}[ \-]?\d{3}[ \-]?[A-Z]{2}|\d{1,4}[ \-]?[A-Z]{2,3}[ \-]?\d[\dAB])$", re.I
)
_ADDRESS = re.compile(rb"(?=.*[A-Za-z]{3})(?=.*[ ]).{6,160}$")
_HIDDEN = re.compile(rb"[*.xX\-\xe2\x80\xa2?]+$")


def _digits(cell: bytes) -> bytes:
    return cell.translate(None, b" .-/\xc2\xa0")


def _nir(cell: bytes) -> float:
    digits = _digits(cell).upper()
    if len(digits) == 15 and keys.is_nir(digits):
        return 0.99
    return 0.85 if _NIR.fullmatch(cell) and len(digits) in (13, 15) else 0.0


def _birth(cell: bytes) -> float:
    match = _BIRTH.match(cell)
    return 0.95 if match and confirm.is_date(match) else 0.0


def _secret(cell: bytes) -> float:
    return 0.9 if len(cell) >= 4 and b" " not in cell and not _HIDDEN.match(cell) else 0.0


_CELLS: dict[PersonalData, Callable[[bytes], float]] = {
    PersonalData.NIR: _nir,
    PersonalData.IBAN: lambda cell: 0.99 if keys.is_iban(_digits(cell).upper()) else 0.0,
    PersonalData.RIB: lambda cell: 0.99 if keys.is_rib(_digits(cell).upper()) else 0.0,
    PersonalData.SIRET: lambda cell: 0.98 if keys.is_siret(_digits(cell)) else 0.0,
    PersonalData.SIREN: lambda cell: 0.97 if keys.is_siren(_digits(cell)) else 0.0,
    PersonalData.BIRTH_DATE: _birth,
    PersonalData.CAF: lambda cell: 0.95 if _CAF.match(cell) else 0.0,
    PersonalData.TAX: lambda cell: 0.98 if keys.is_tax_number(_digits(cell)) else 0.0,
    PersonalData.CARD: lambda cell: 0.97 if keys.is_card(_digits(cell)) else 0.0,
    PersonalData.EMAIL: lambda _cell: 0.0,  # the sign says it better than the heading
    PersonalData.TEL: lambda cell: 0.95 if _TEL.match(cell) else 0.0,
    PersonalData.SECRET: _secret,
    PersonalData.PLATE: lambda cell: 0.95 if _PLATE.match(cell) else 0.0,
    PersonalData.ADDRESS: lambda cell: 0.8 if _ADDRESS.match(cell) else 0.0,
    PersonalData.PERSON: lambda cell: 0.9 if _NAME.match(cell) else 0.0,
    PersonalData.ARTICLE_9: lambda cell: 0.0 if _EMPTY.match(cell) else 0.8,
}
