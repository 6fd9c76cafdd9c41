"""Make a text plain enough to be searched, without moving a single character."""

from __future__ import annotations

from gouvernail_core.protection.detection.kinds import Span

#: Spaces that French typography puts inside numbers, and the hyphen that does not break.
_SPACES = ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}", "\N{FIGURE SPACE}")
_HYPHENS = ("\N{NON-BREAKING HYPHEN}", "\N{HYPHEN}")
_BYTES = tuple((sign.encode(), b" ") for sign in _SPACES) + tuple(
    (sign.encode(), b"-") for sign in _HYPHENS
)


def plain_spaces(text: bytes) -> bytes:
    """Return UTF-8 text with plain spaces and hyphens; what is absent costs nothing.

    >>> plain_spaces("06\N{NO-BREAK SPACE}12".encode())
    b'06 12'
    """
    for sign, plain in _BYTES:
        if sign in text:
            text = text.replace(sign, plain)
    return text


def plain_characters(text: str) -> str:
    """Return `text` with plain spaces and hyphens, character for character.

    >>> plain_characters("06\N{NO-BREAK SPACE}12")
    '06 12'
    """
    for sign in _SPACES:
        text = text.replace(sign, " ")
    for sign in _HYPHENS:
        text = text.replace(sign, "-")
    return text


def in_characters(text: bytes, spans: list[Span]) -> list[Span]:
    """Return spans of UTF-8 bytes as spans of characters; `spans` are in order.

    >>> from gouvernail_core.protection.detection.kinds import PersonalData
    >>> in_characters("é 1".encode(), [Span(3, 4, PersonalData.TEL, 1.0)])[0][:2]
    (2, 3)
    """
    found, byte, character = [], 0, 0
    for span in spans:
        character += len(text[byte : span.start].decode("utf-8", "replace"))
        length = len(text[span.start : span.end].decode("utf-8", "replace"))
        found.append(span._replace(start=character, end=character + length))
        byte, character = span.end, character + length
    return found
