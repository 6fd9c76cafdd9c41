"""Search a text that comes in pieces as if it came whole.

Each piece is searched with `MARGIN` bytes of its neighbours on either side, and gives only what
begins in it: no decision looks further than the margin, so where the text is cut changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from gouvernail_core.protection.detection.engine import MARGIN
from gouvernail_core.protection.detection.kinds import Span

#: How much is searched at once.
PIECE = 1 << 20

#: Searches a text, and the first bytes of it for the names of persons.
Find = Callable[[bytes, int], list[Span]]


def search(
    pieces: Iterable[bytes], find: Find, *, named: int = 0, size: int = PIECE
) -> Iterator[tuple[bytes, list[Span]]]:
    """Return what a text holds: texts, and the spans to keep in each, whose offsets are its own.

    `pieces`, put end to end, are the text; `size` is how much is searched at once, in bytes. Names
    are looked for in the first `named` bytes, which are never cut.

    >>> def find(text, named):
    ...     start = text.find(b"needle")
    ...     return [Span(start, start + 6, PersonalData.SECRET, 1.0)] if start >= 0 else []
    >>> from gouvernail_core.protection.detection.kinds import PersonalData
    >>> [spans for _, spans in search([b"a nee", b"dle"], find, size=4) if spans]
    [[Span(start=2, end=8, type=<PersonalData.SECRET: 'SECRET'>, confidence=1.0)]]
    """
    before = held = b""
    first = True
    for piece in pieces:
        held = held + piece if held else piece
        while len(held) >= (step := max(size, named) if first else size) + MARGIN:
            text = before + held[: step + MARGIN]
            yield text, _kept(find(text, named if first else 0), len(before), len(before) + step)
            before = text[: len(before) + step][-MARGIN:]
            held = held[step:]
            first = False
    if held:
        text = before + held
        yield text, _kept(find(text, named if first else 0), len(before), len(text))


def _kept(spans: list[Span], low: int, high: int) -> list[Span]:
    return [span for span in spans if low <= span.start < high]
