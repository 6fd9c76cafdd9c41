"""Find personal and sensitive data in UTF-8 text: scan, confirm, settle overlaps.

Vectorscan names the places where something may end; each is confirmed by an expression anchored
there, then by the number's own key, then by the words around. The decision about a place depends
only on the `MARGIN` bytes around it, so that a text cut in chunks gives what it gives whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

import hyperscan

from gouvernail_core.protection.detection import confirm, triggers
from gouvernail_core.protection.detection.batches import likely_numbers
from gouvernail_core.protection.detection.kinds import COUNTED, PersonalData, Span
from gouvernail_core.protection.detection.triggers import Trigger

#: Every decision looks at no more than this many bytes on either side of a finding.
MARGIN = 1024
#: When two findings overlap, the first of this list is kept.
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            PersonalData.NIR, PersonalData.IBAN, PersonalData.RIB, PersonalData.SECRET,
            PersonalData.CARD, PersonalData.SIRET, PersonalData.TAX, PersonalData.EMAIL,
            PersonalData.TEL, PersonalData.CAF, PersonalData.BIRTH_DATE, PersonalData.ADDRESS,
            PersonalData.SIREN, PersonalData.PLATE, PersonalData.PERSON, PersonalData.ARTICLE_9,
        )
    )
}  # fmt: skip
#: What says that a person is spoken of.
_SOMEBODY = (PersonalData.PERSON, PersonalData.NIR, PersonalData.BIRTH_DATE, PersonalData.CAF)
#: A sensitive word counts when a person stands within this many bytes, in the same sentence.
NEAR = 200
_LONGEST_PERSON = 120
_SENTENCE_END = re.compile(rb"[a-z0-9\xa9)][.!?] +(?=[A-Z\xc3])|\n[ \t]*\n")

#: From this many runs of digits on, looking at all of them at once is worth its fixed cost.
_MANY = 50

Hits = list[tuple[int, int]]
Confirm = Callable[[bytes, int], Span | None]
#: Gives the names of persons between two offsets of a text.
Names = Callable[[bytes, int, int], Sequence[Span]]


class Detector:
    """The compiled databases. Building one takes about a third of a second: keep it.

    >>> found = Detector().find("NIR 2 69 05 49 588 157 80".encode())
    >>> [(span.type.value, span.start, span.end) for span in found]
    [('NIR', 4, 25)]
    """

    def __init__(self) -> None:
        self._scans = [
            (_database(group), [getattr(confirm, trigger.confirm) for trigger in group])
            for group in (triggers.DIGITS, triggers.NIRS, triggers.FORMS, triggers.LETTERS)
        ]
        self._words = _database(triggers.WORDS, start_of_match=True)

    def find(
        self,
        text: bytes,
        names: Names | None = None,
        *,
        named: int = 0,
        tables: Sequence[Span] = (),
    ) -> list[Span]:
        """Return what `text` holds, in order, without overlaps; bytes of UTF-8 in, offsets out.

        Persons are looked for in the first `named` bytes, and further only around the sensitive
        words, since whoever ranks files need not count names; without `names`, nowhere. Spaces
        must already be plain (`text.plain_spaces`). `tables` is what the columns say (`columns`).
        """
        found = self._candidates(text)
        if names is not None and named:
            found.extend(names(text, 0, named))
        found.extend(tables)
        found.extend(self._sensitive(text, found, names))
        return settled(found)

    def _candidates(self, text: bytes) -> list[Span]:
        """Return every confirmed finding, overlaps included, sensitive words apart."""
        found: list[Span] = []
        for database, confirms in self._scans:
            hits: Hits = []
            add = hits.append

            def note(identity: int, start: int, end: int, flags: int, context: object) -> None:
                add((identity, end))  # noqa: B023

            database.scan(text, match_event_handler=note)
            if confirms[0] is confirm.number and len(hits) > _MANY:
                hits = likely_numbers(text, hits)
            for identity, end in hits:
                span = confirms[identity](text, end)
                if span is not None:
                    found.append(span)
        return found

    def _sensitive(self, text: bytes, found: list[Span], names: Names | None) -> list[Span]:
        """Return the sensitive words that stand beside a person."""
        words: Hits = []
        add = words.append

        def note(identity: int, start: int, end: int, flags: int, context: object) -> None:
            add((start, end))

        self._words.scan(text, match_event_handler=note)
        if not words:
            return []
        somebody = sorted(span for span in found if span.type in _SOMEBODY)
        starts = [span.start for span in somebody]
        spans = []
        for start, end in _longest(words):
            first = bisect_left(starts, start - NEAR - _LONGEST_PERSON)
            last = bisect_right(starts, end + NEAR)
            beside = _beside(text, start, end, somebody[first:last])
            if not beside and names is not None:
                low, high = max(0, start - NEAR), min(len(text), end + NEAR)
                beside = _beside(text, start, end, names(text, low, high))
            if beside:
                spans.append(Span(start, end, PersonalData.ARTICLE_9, 0.9))
        return spans


def _database(group: Sequence[Trigger], *, start_of_match: bool = False) -> hyperscan.Database:
    """Return the compiled expressions of a group; their ids are their places in it."""
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    start = hyperscan.HS_FLAG_SOM_LEFTMOST if start_of_match else 0
    database.compile(
        expressions=[trigger.expression for trigger in group],
        ids=list(range(len(group))),
        elements=len(group),
        flags=[
            start | (hyperscan.HS_FLAG_CASELESS if trigger.caseless else 0) for trigger in group
        ],
    )
    return database


def _longest(words: Hits) -> Hits:
    """Return the words without those that another one holds."""
    words.sort(key=lambda word: (word[0], -word[1]))
    kept: Hits = []
    for start, end in words:
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _beside(text: bytes, start: int, end: int, somebody: Sequence[Span]) -> bool:
    """Return whether a person stands near a word, without the end of a sentence in between."""
    for span in somebody:
        if span.end <= start and start - span.end <= NEAR:
            between = text[span.end : start]
        elif span.start >= end and span.start - end <= NEAR:
            between = text[end : span.start]
        else:
            continue
        if not _SENTENCE_END.search(between):
            return True
    return False


def settled(spans: list[Span]) -> list[Span]:
    """Return `spans` in order, without those that overlap a better one.

    Better is sure enough, then of a better rank, longer, surer, earlier. A span yields to any
    better one, even to one that itself yields: the outcome at a place depends on its neighbours.
    """
    if len(spans) < 2:
        return spans
    spans.sort()
    count = len(spans)
    beaten: set[int] = set()
    for place in range(count - 1):
        end = spans[place].end
        after = place + 1
        while after < count and spans[after].start < end:
            beaten.add(after if _better(spans[place], spans[after]) else place)
            after += 1
    return [span for place, span in enumerate(spans) if place not in beaten] if beaten else spans


def _better(first: Span, second: Span) -> bool:
    """Return whether the first of two overlapping spans is the one to keep."""
    return _weight(first) <= _weight(second)


def _weight(span: Span) -> tuple[bool, int, int, float]:
    return span.confidence < COUNTED, _RANK[span.type], span.start - span.end, -span.confidence


@lru_cache(maxsize=1)
def detector() -> Detector:
    """Return the one detector of this process."""
    return Detector()
