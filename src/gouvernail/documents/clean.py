"""Text that can be printed: what people type, without what breaks a document."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "templates" / "fonts"
#: Printed in place of a sign no shipped font can draw (an emoji, a rare script).
REPLACEMENT = "□"
#: A longer run without space nor hyphen is given places to break: it cannot leave its column.
LONGEST_RUN = 28
_RUN = re.compile(rf"[^\s\u200b-]{{{LONGEST_RUN + 1},}}")
_PIECE = 8
_INVISIBLE = {"\u200b", "\u200c", "\u200d", "\ufeff", "\u2060", "\u00ad"}


@cache
def _ranges() -> tuple[list[int], list[int]]:
    lines = (FONTS / "coverage.txt").read_text(encoding="ascii").split()
    pairs = [line.split("-") for line in lines]
    return [int(low, 16) for low, _ in pairs], [int(high, 16) for _, high in pairs]


def drawable(sign: str) -> bool:
    """Return whether one of the shipped fonts draws the sign."""
    lows, highs = _ranges()
    at = bisect_right(lows, ord(sign)) - 1
    return at >= 0 and ord(sign) <= highs[at]


def readable(text: str) -> str:
    """Return the text without control, direction-override and invisible signs, on one line.

    A file format may refuse them (XML 1.0 has no control sign), and an override can show a text
    that is not the one written.
    """
    text = unicodedata.normalize("NFC", text)
    kept = []
    for sign in text:
        category = unicodedata.category(sign)
        if sign in "\n\r\t\v\f\u2028\u2029":
            kept.append(" ")
        elif category in {"Cc", "Cf", "Cs", "Co", "Cn"} or sign in _INVISIBLE:
            continue
        else:
            kept.append(sign)
    return "".join(kept)


def printable(text: str) -> str:
    """Return the readable text with signs the fonts lack replaced, and long runs breakable.

    >>> printable("Repas \\U0001f35d à l’école")
    'Repas □ à l’école'
    """
    kept = []
    for sign in readable(text):
        if drawable(sign):
            kept.append(sign)
        elif unicodedata.category(sign) in {"Mn", "Me"}:
            continue  # an accent left alone, or the selector of an emoji
        else:
            kept.append(" " if unicodedata.category(sign) == "Zs" else REPLACEMENT)
    return _RUN.sub(lambda run: _breakable(run.group()), "".join(kept))


def _breakable(run: str) -> str:
    return "\u200b".join(run[at : at + _PIECE] for at in range(0, len(run), _PIECE))
