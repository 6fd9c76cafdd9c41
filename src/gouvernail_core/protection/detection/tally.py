"""Count what was found without keeping any of it.

A value becomes a keyed hash as soon as it is read: the number of different values is told from the
hashes (the k smallest, Bar-Yossef and others, *Counting distinct elements in a data stream*, 2002),
and what a page may show of one is masked. Nothing here can be turned back into a value without the
key of the installation.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from gouvernail_core.protection.detection.kinds import COUNTED, PersonalData, Span

#: Up to this many different values are counted exactly; beyond, within 3 % (one deviation).
KEPT = 1024
#: How many masked values are kept to show what was seen.
SAMPLES = 3
#: What separates the digits of one number written in two ways.
_SEPARATORS = b" .-/|\r\n\t\xc2\xa0"
_WORDS = frozenset((PersonalData.PERSON, PersonalData.ADDRESS, PersonalData.ARTICLE_9))
_SPACE = 1 << 64
_CHARACTER = re.compile(r"\w")


@dataclass(slots=True)
class _Kind:
    count: int = 0
    confidence: float = 0.0
    hashes: set[int] = field(default_factory=set)
    under: int = _SPACE
    samples: dict[int, str] = field(default_factory=dict)


class Tally:
    """What one file, or several put together, hold: counts, keyed hashes, masked samples.

    >>> tally = Tally(b"k" * 32)
    >>> text = b"06 12 34 56 78, 0612345678"
    >>> tally.add(text, [Span(0, 14, PersonalData.TEL, 0.9), Span(16, 26, PersonalData.TEL, 0.7)])
    >>> tally.summary()["TEL"]
    {'count': 2, 'distinct': 1, 'confidence': 0.9, 'samples': ['0• •• •• •• ••']}
    """

    def __init__(self, key: bytes) -> None:
        self._seed = blake2b(key=key, digest_size=8)
        self._kinds: dict[PersonalData, _Kind] = {}

    def add(self, text: bytes, spans: Iterable[Span]) -> None:
        """Count the spans of a text that are sure enough."""
        for span in spans:
            if span.confidence < COUNTED:
                continue
            kind = self._kinds.setdefault(span.type, _Kind())
            kind.count += 1
            kind.confidence = max(kind.confidence, span.confidence)
            value = text[span.start : span.end]
            hashed = self._hash(span.type, value)
            if hashed < kind.under and hashed not in kind.hashes:
                kind.hashes.add(hashed)
                if len(kind.samples) < SAMPLES or hashed < max(kind.samples):
                    kind.samples[hashed] = masked(value.decode("utf-8", "replace"), span.type)
                    _trim_samples(kind)
                if len(kind.hashes) >= 2 * KEPT:
                    _trim(kind)

    def _hash(self, kind: PersonalData, value: bytes) -> int:
        if kind in _WORDS:
            value = b" ".join(value.lower().split())
        elif kind is not PersonalData.SECRET:
            value = value.translate(None, _SEPARATORS).lower()
        seed = self._seed.copy()
        seed.update(value)
        return int.from_bytes(seed.digest(), "big")

    def summary(self) -> dict[str, dict[str, Any]]:
        """Return what may be shown: for each kind its counts, its confidence, masked samples."""
        found = {}
        for name, kind in sorted(self._kinds.items(), key=lambda each: each[0].value):
            _trim(kind)
            found[name.value] = {
                "count": kind.count,
                "distinct": min(_distinct(kind), kind.count),
                "confidence": round(kind.confidence, 2),
                "samples": [kind.samples[each] for each in sorted(kind.samples)],
            }
        return found

    def packed(self) -> dict[str, dict[str, Any]]:
        """Return the tally as plain values, to be stored and added to others."""
        found: dict[str, dict[str, Any]] = {}
        for name, kind in sorted(self._kinds.items(), key=lambda each: each[0].value):
            _trim(kind)
            ordered = b"".join(each.to_bytes(8, "big") for each in sorted(kind.hashes))
            found[name.value] = {
                "count": kind.count,
                "confidence": round(kind.confidence, 2),
                "hashes": b64encode(ordered).decode("ascii"),
                "samples": {str(each): kind.samples[each] for each in sorted(kind.samples)},
            }
        return found

    def merge(self, packed: Mapping[str, Mapping[str, Any]]) -> None:
        """Add what another tally with the same key has counted."""
        for name, other in packed.items():
            kind = self._kinds.setdefault(PersonalData(name), _Kind())
            kind.count += other["count"]
            kind.confidence = max(kind.confidence, other["confidence"])
            data = b64decode(other["hashes"])
            kind.hashes.update(
                int.from_bytes(data[place : place + 8], "big") for place in range(0, len(data), 8)
            )
            kind.samples.update({int(each): shown for each, shown in other["samples"].items()})
            _trim(kind)
            _trim_samples(kind)


def _trim(kind: _Kind) -> None:
    """Keep the smallest hashes only, and remember the largest of those as the limit."""
    if len(kind.hashes) > KEPT:
        kept = sorted(kind.hashes)[:KEPT]
        kind.hashes = set(kept)
        kind.under = kept[-1]


def _trim_samples(kind: _Kind) -> None:
    while len(kind.samples) > SAMPLES:
        del kind.samples[max(kind.samples)]


def _distinct(kind: _Kind) -> int:
    """Return the number of different values, estimated past `KEPT` by the k-th smallest hash."""
    if len(kind.hashes) < KEPT:
        return len(kind.hashes)
    return round((KEPT - 1) * _SPACE / max(kind.hashes))


def masked(value: str, kind: PersonalData) -> str:
    """Return the shape of a value: its first character and its signs; of a secret, nothing.

    >>> masked("Jean Martin", PersonalData.PERSON), masked("mdp : azerty12", PersonalData.SECRET)
    ('J••• ••••••', '••••••••')
    """
    if kind is PersonalData.SECRET:
        return "•" * 8
    shown = " ".join(value.split())[:48]
    return shown[:1] + _CHARACTER.sub("•", shown[1:])
