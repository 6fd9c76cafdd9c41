"""Text files: which bytes are which characters, decided once, then streamed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from gouvernail_scan.extract.reading import CHUNK, Broken, Context, Found, Over, Stream, blocks

#: The characters are decided on this much; the rest of the file follows.
DECIDED_ON = 1 << 20

#: A text is never cut before this many bytes.
CUT = 1 << 16

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: What a text that tells its encoding begins with.
MARKS = tuple(mark for mark, _ in _BOMS)

_HIGH = re.compile(rb"[\x80-\xff]+")

#: What is UTF-8 but for some bytes takes these as cp1252.
MOSTLY_UTF8 = "gouvernail-mostly-utf-8"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(MOSTLY_UTF8, _as_cp1252)


def wide(head: bytes) -> str:
    """Return the UTF-16 that the places of the NUL bytes betray, empty when they betray none.

    >>> wide("Né le".encode("utf-16-le"))
    'utf-16-le'
    """
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd >= 0.3 * half and even <= 0.05 * half:
        return "utf-16-le"
    if even >= 0.3 * half and odd <= 0.05 * half:
        return "utf-16-be"
    return ""


def encoding(head: bytes) -> tuple[str, int]:
    """Return the encoding of a text by its first bytes, and the length of its mark.

    >>> encoding("né".encode()), encoding("né".encode("cp1252"))
    (('utf-8', 0), ('cp1252', 0))
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, len(mark)
    if b"\0" in head and (name := wide(head[: 1 << 16])):
        return name, 0
    try:
        # What is long was cut somewhere, maybe within a character.
        codecs.utf_8_decode(head, "strict", len(head) < CUT)
        return "utf-8", 0
    except UnicodeDecodeError:
        pass
    good = bad = 0
    for match in _HIGH.finditer(head[: 1 << 16]):
        try:
            match.group().decode("utf-8")
            good += 1
        except UnicodeDecodeError:
            bad += 1
    # A few broken bytes in a text of UTF-8 must not turn all its accents into mojibake.
    return ("utf-8", 0) if good > bad else ("cp1252", 0)


class _UntilBroken:
    """A stream that ends where it breaks or passes a limit; why waits to be raised."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.why: Broken | Over | None = None

    def read(self, size: int = -1, /) -> bytes:
        if self.why is not None:
            return b""
        try:
            return self._stream.read(size)
        except (Broken, Over) as why:
            self.why = why
            return b""


def decoded(stream: Stream) -> Iterator[str]:
    """Return the text of the stream by chunks; no byte makes it fail, memory is bounded.

    What comes before the place where the stream breaks is returned before it raises.
    """
    until = _UntilBroken(stream)
    yield from _decoded(until)
    if until.why is not None:
        raise until.why


def _decoded(stream: Stream) -> Iterator[str]:
    data = _first(stream)
    rest = b""
    said = _as_utf8(data)
    if said is not None:
        yield said[0]
        name, rest = "utf-8", data[said[1] :]
        following = stream.read(CHUNK)
        data, rest = (following, rest) if following else (rest, b"")
    else:
        name, mark = encoding(data)
        data = data[mark:]
    while data:
        following = stream.read(CHUNK)
        if name == "cp1252":
            yield data.decode("cp1252", "replace")
        else:
            data = rest + data
            text, used = _partly(name, data, final=not following)
            rest = data[used:]
            yield text
        data = following


def _as_utf8(data: bytes) -> tuple[str, int] | None:
    """Return the first bytes of a text as UTF-8, if that is what they plainly are."""
    if b"\0" in data or data.startswith(MARKS):
        return None
    try:
        # What fills the first bytes goes on, and was cut somewhere, maybe within a character.
        return codecs.utf_8_decode(data, "strict", len(data) < DECIDED_ON)
    except UnicodeDecodeError:
        return None


def _first(stream: Stream) -> bytes:
    """Return the first bytes, however few of them the stream gives at once."""
    parts: list[bytes] = []
    left = DECIDED_ON
    while left > 0 and (data := stream.read(left)):
        parts.append(data)
        left -= len(data)
    return b"".join(parts)


def _partly(name: str, data: bytes, *, final: bool) -> tuple[str, int]:
    if name == "utf-8":
        try:
            return codecs.utf_8_decode(data, "strict", final)
        except UnicodeDecodeError:
            return codecs.utf_8_decode(data, MOSTLY_UTF8, final)
    by_name = {
        "utf-16-le": codecs.utf_16_le_decode,
        "utf-16-be": codecs.utf_16_be_decode,
        "utf-32-le": codecs.utf_32_le_decode,
        "utf-32-be": codecs.utf_32_be_decode,
    }
    return by_name[name](data, "replace", final)


def text_of(data: bytes) -> str:
    """Return a short text decoded by the same rules."""
    name, mark = encoding(data)
    if name == "cp1252":
        return data.decode("cp1252", "replace")
    return _partly(name, data[mark:], final=True)[0]


def read_text(texts: Iterator[str], context: Context) -> Found:
    """Return a text as it is."""
    yield from blocks(texts, context.place)
