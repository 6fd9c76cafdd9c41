"""One chain of entries: each carries the digest of the one before it.

An entry's digest does not cover its words but a commitment to each *piece* of them, salted: a
person can be erased from a piece without breaking the chain, and the commitment left behind does
not let anybody guess the name that was there.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

#: Changes when what is hashed changes; an entry of an older format stays verifiable by its own.
FORMAT = 1
#: The parts of an entry that may name somebody; each is sealed on its own.
PIECES = ("actor_name", "subject", "before", "after")
#: The act that records which pieces were replaced when a person was erased.
ERASURE = "person-erased"


class AlterationKind(StrEnum):
    """What is wrong with an entry, or where it should be."""

    PIECE = "piece"
    HEADER = "header"
    REWRITTEN = "rewritten"
    REMOVED = "removed"
    INSERTED = "inserted"
    CUT = "cut"
    SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is stored. `sealed` are the commitments of its writing, never replaced."""

    seq: int
    previous: str
    digest: str
    at: datetime
    actor_kind: str
    actor_uid: str
    act: str
    pieces: Mapping[str, Any]
    salts: Mapping[str, str]
    sealed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Alteration:
    """What is wrong, and with which entry; `until` ends a gap of several entries.

    `at` and `act` are those of the entry as it is now, none when it is no longer there.
    """

    kind: AlterationKind
    seq: int
    piece: str = ""
    until: int | None = None
    at: datetime | None = None
    act: str = ""


def canonical(value: object) -> bytes:
    r"""Return the one JSON text of a value: sorted keys, no space, ASCII.

    A whole number is written the same with or without decimals: databases do not agree on it.

    >>> canonical({"b": 2.0, "a": "é"})
    b'{"a":"\\u00e9","b":2}'
    """
    text = json.dumps(_whole(value), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii")


def new_salt() -> str:
    """Return 128 bits of chance."""
    return secrets.token_hex(16)


def commitment(content: object, salt: str) -> str:
    """Return what is sealed of a piece: the SHA-256 of its salt, then of its canonical JSON."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical(content)).hexdigest()


def first_previous(chain: str) -> str:
    """Return what the first entry of a chain stands on."""
    return hashlib.sha256(canonical({"chain": chain, "format": FORMAT})).hexdigest()


def digest(chain: str, entry: Entry) -> str:
    """Return the digest of an entry of the chain: its header, and the seals of its pieces."""
    covered = {
        "format": FORMAT,
        "chain": chain,
        "seq": entry.seq,
        "previous": entry.previous,
        "at": moment(entry.at),
        "actor_kind": entry.actor_kind,
        "actor_uid": entry.actor_uid,
        "act": entry.act,
        "pieces": dict(entry.sealed),
    }
    return hashlib.sha256(canonical(covered)).hexdigest()


def moment(at: datetime) -> str:
    """Return a moment as it is hashed: UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def verify(
    chain: str, entries: Iterable[Entry], *, head: tuple[int, str] | None = None
) -> list[Alteration]:
    """Return what is wrong in a chain, in its order; nothing when it stands.

    `entries` come by number. `head` is the number and digest that the chain's keeper noted last:
    without it a cut tail does not show.
    """
    found: list[Alteration] = []
    doubtful: dict[tuple[int, str], tuple[str, Entry]] = {}
    replaced: dict[tuple[int, str], str] = {}
    last: Entry | None = None
    stands = True
    for entry in entries:
        stood, stands = stands, _stands(chain, entry)
        if not stands:
            found.append(_wrong(AlterationKind.HEADER, entry))
        found += _link(chain, last, entry, linked=stands and stood)
        changed = _changed_pieces(entry)
        for piece, now in changed.items():
            doubtful[entry.seq, piece] = (now, entry)
        if entry.act == ERASURE and "after" not in changed:
            replaced |= _replaced(entry)
        if last is None or entry.seq > last.seq:
            last = entry
    found += [
        _wrong(AlterationKind.PIECE, entry, piece)
        for (seq, piece), (now, entry) in doubtful.items()
        if not now or now != replaced.get((seq, piece))
    ]
    found += _tail(chain, last, head)
    return sorted(found, key=lambda each: each.seq)


def _stands(chain: str, entry: Entry) -> bool:
    """Return whether an entry is the one of its digest; what cannot be hashed never was."""
    try:
        return digest(chain, entry) == entry.digest
    except (ValueError, TypeError):
        return False


def _link(chain: str, last: Entry | None, entry: Entry, *, linked: bool) -> list[Alteration]:
    """Return what is wrong between an entry and the one before it.

    An entry whose own digest is wrong says nothing sure of its neighbour: only those that both
    stand (`linked`) are compared.
    """
    expected = last.seq + 1 if last else 1
    if entry.seq > expected:
        return [Alteration(AlterationKind.REMOVED, expected, until=entry.seq - 1)]
    if entry.seq < expected:
        return [_wrong(AlterationKind.INSERTED, entry)]
    if not linked or entry.previous == (last.digest if last else first_previous(chain)):
        return []
    return [_wrong(AlterationKind.REWRITTEN, last or entry)]


def _tail(chain: str, last: Entry | None, head: tuple[int, str] | None) -> list[Alteration]:
    """Return what is wrong between the last entry and the head that was noted."""
    if head is None:
        return []
    seq, noted = head
    here = last.seq if last else 0
    if here < seq:
        return [Alteration(AlterationKind.CUT, here + 1, until=seq)]
    if last is None:
        return []
    if here > seq:
        return [_wrong(AlterationKind.INSERTED, last)]
    return [] if noted == last.digest else [_wrong(AlterationKind.REWRITTEN, last)]


def _changed_pieces(entry: Entry) -> dict[str, str]:
    """Return the pieces that are not what was sealed, with what would seal them now."""
    if not isinstance(entry.salts, Mapping) or not isinstance(entry.sealed, Mapping):
        return dict.fromkeys(PIECES, "")
    changed = {}
    for piece in (*PIECES, *(set(entry.salts) - set(PIECES))):
        try:
            now = commitment(entry.pieces[piece], entry.salts[piece])
        except (KeyError, ValueError, TypeError):
            now = ""
        if not now or now != entry.sealed.get(piece):
            changed[piece] = now
    return changed


def _replaced(entry: Entry) -> dict[tuple[int, str], str]:
    """Return the seals that an erasure gave to the pieces written before it.

    Whoever rewrites a whole chain may write anything there: what is no record excuses nothing.
    """
    try:
        return {
            (each["seq"], each["piece"]): each["commitment"]
            for each in entry.pieces["after"].get("pieces") or ()
            if each["seq"] < entry.seq
        }
    except (AttributeError, KeyError, TypeError):
        return {}


def _wrong(kind: AlterationKind, entry: Entry, piece: str = "") -> Alteration:
    return Alteration(kind, entry.seq, piece, at=entry.at, act=entry.act)


def _whole(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(Decimal(repr(value)))  # as it is written: 1e23 is not 99999999999999991611392
    if isinstance(value, Mapping):
        return {key: _whole(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(each) for each in value]
    return value
