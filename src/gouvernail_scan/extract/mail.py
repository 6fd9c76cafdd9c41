"""Messages and mailboxes: streamed line by line, the parts decoded as they come."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from itertools import chain
from typing import BinaryIO

from gouvernail_scan.blocks import Cause
from gouvernail_scan.extract.archives import held
from gouvernail_scan.extract.markup import html_text
from gouvernail_scan.extract.plain import decoded, text_of
from gouvernail_scan.extract.reading import (
    CHUNK,
    Context,
    Counted,
    Found,
    Over,
    Stream,
    blocks,
    contained,
    gap,
    plain_name,
)

#: A line is read by pieces of this many bytes at most.
LINE = 1 << 16
#: The headers of one part, in bytes, and those that the library takes apart.
HEADERS = 1 << 20
PARAMETERS = 4096
#: How deep parts hold parts within one message: no honest program goes beyond four.
NESTED = 30
#: How much is decoded at once, in bytes.
DECODED = 1 << 16


class _Lines:
    """The lines of a file, of which one may be put back; `boxed` ends at each « From » line."""

    def __init__(self, source: BinaryIO, check: Callable[[], None], *, boxed: bool) -> None:
        self._source = source
        self._check = check
        self._boxed = boxed
        self._held = b""
        self._at = 0
        self._ended = False
        self._back = b""
        self._blank = self._whole = True  # the line before
        self._next = {b"\n--": -1, b"\nFrom ": -1}  # where they come next in what is held

    def next(self) -> bytes:
        """Return the next line, or a piece of a long one; nothing at the end of the message."""
        if self._back:
            line, self._back = self._back, b""
            return line
        end = self._held.find(b"\n", self._at)
        while end < 0 and not self._ended and len(self._held) - self._at < LINE:
            self._fill()
            end = self._held.find(b"\n", self._at)
        end = min(end + 1 if end >= 0 else len(self._held), self._at + LINE)
        line = self._held[self._at : end]
        if self._boxed and self._blank and line.startswith(b"From "):
            return b""
        self._at = end
        self._blank = self._whole and line in (b"\n", b"\r\n")
        self._whole = line.endswith(b"\n")
        return line

    def block(self) -> bytes:
        """Return as many lines as are held before one that may end a part, or that line alone."""
        if self._back or not self._whole or self._held.startswith((b"--", b"From "), self._at):
            return self.next()
        end = self._coming(b"\n--")
        if self._boxed:
            end = min(end, self._coming(b"\nFrom "))
        if end == len(self._held):
            end = self._held.rfind(b"\n", self._at)
        if end < self._at:
            return self.next()
        lines = self._held[self._at : end + 1]
        self._at = end + 1
        self._blank = lines.endswith((b"\n\n", b"\n\r\n")) or lines in (b"\n", b"\r\n")
        return lines

    def back(self, line: bytes) -> None:
        """Put a line back."""
        self._back = line

    def next_message(self) -> bool:
        """Pass to the next message; return whether there is one."""
        while self.block():
            pass
        self._blank = False
        return bool(self.next())

    def _fill(self) -> None:
        self._check()
        data = self._source.read(CHUNK)
        self._ended = not data
        self._held = self._held[self._at :] + data
        self._at = 0
        self._next = dict.fromkeys(self._next, -1)

    def _coming(self, mark: bytes) -> int:
        """Return where a mark comes next; looked for once, however often it is asked."""
        if self._next[mark] < self._at:
            found = self._held.find(mark, self._at)
            self._next[mark] = found if found >= 0 else len(self._held)
        return self._next[mark]


class _Part:
    """Where a part stands: its lines, the lines that end it, its context, how nested it is."""

    def __init__(
        self, lines: _Lines, context: Context, stops: frozenset[bytes], nested: int
    ) -> None:
        self.lines, self.context, self.stops, self.nested = lines, context, stops, nested

    def ends(self, line: bytes) -> bool:
        """Return whether a line ends the part."""
        return line.startswith(b"--") and line.rstrip() in self.stops

    def body(self) -> Iterator[bytes]:
        """Return the lines up to the end of the part, which is left to be read, by packets."""
        while lines := self.lines.block():
            if self.ends(lines):
                self.lines.back(lines)
                return
            yield lines

    def drain(self) -> None:
        """Pass over what is left of the part."""
        for _ in self.body():
            pass


def read_mail(source: BinaryIO, context: Context) -> Found:
    """Return what a message says: headers, texts, attached files."""
    lines = _Lines(source, context.spent.check_time, boxed=False)
    yield from _message(_Part(lines, context, frozenset(), 0))


def read_mbox(source: BinaryIO, context: Context) -> Found:
    """Return what the messages of a mailbox say, one after the other."""
    lines = _Lines(source, context.spent.check_time, boxed=True)
    number = 0
    while lines.next_message():
        number += 1
        inner = context.part(f"message {number}")
        if not context.depth:
            # A mailbox is a folder: its messages share the seconds, not the bytes nor the parts.
            context.spent.forget()
        yield from contained(_message(_Part(lines, inner, frozenset(), 0)), inner)


def _message(part: _Part) -> Found:
    """Return what a message, or a part of one, says."""
    headers, whole = _headers(part)
    message: Message[str, str] = BytesHeaderParser().parsebytes(headers)
    yield from blocks(_headers_text(message), part.context.at("en-têtes"))
    if not whole:
        yield gap(Cause.TOO_LARGE, part.context, "en-têtes")
    for name in ("content-type", "content-disposition", "content-transfer-encoding"):
        value = _raw(message, name)
        if len(value) > PARAMETERS:
            del message[name]
            message[name] = value[:PARAMETERS].replace("\n", " ").replace("\r", " ")
    kind = message.get_content_type()
    encoding = _raw(message, "content-transfer-encoding").strip().lower()
    boundary = _raw_boundary(message) if kind.startswith("multipart/") else b""
    if kind in ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
        part.drain()
        raise Over(Cause.ENCRYPTED, whole=False)
    if boundary:
        yield from _parts(part, boundary)
    elif kind == "message/rfc822" and encoding in ("", "7bit", "8bit", "binary"):
        yield from _forwarded(part)
    else:
        yield from _leaf(part, message, kind, encoding)


def _headers(part: _Part) -> tuple[bytes, bool]:
    """Return the bytes of the headers, and whether they were all read."""
    held: list[bytes] = []
    size = 0
    while (line := part.lines.next()) and line not in (b"\n", b"\r\n"):
        if part.ends(line):
            part.lines.back(line)
            break
        size += len(line)
        if size <= HEADERS:
            held.append(line)
    return b"".join(held), size <= HEADERS


def _parts(part: _Part, boundary: bytes) -> Found:
    """Return what the parts of a part say, and what stands before and after them."""
    if part.nested >= NESTED:
        part.drain()
        raise Over(Cause.TOO_DEEP, whole=False)
    opening, closing = b"--" + boundary, b"--" + boundary + b"--"
    stops = part.stops | {opening, closing}
    around = _Part(part.lines, part.context, stops, part.nested)
    yield from blocks(decoded(_Joined(around.body())), part.context.place)
    number = 0
    while line := part.lines.next():
        mark = line.rstrip()
        if mark == opening:
            number += 1
            part.context.spent.check_time()
            inner = part.context.part(f"partie {number}")
            one = _Part(part.lines, inner, stops, part.nested + 1)
            yield from contained(_message(one), inner)
            one.drain()
        elif mark == closing:
            yield from blocks(decoded(_Joined(part.body())), part.context.place)
            return
        else:
            part.lines.back(line)
            return


def _forwarded(part: _Part) -> Found:
    """Return what a message inside a message says."""
    inner = part.context.inside("", "message transféré")
    if inner.depth > inner.spent.limits.depth:
        part.drain()
        raise Over(Cause.TOO_DEEP, whole=False)
    within = _Part(part.lines, inner, part.stops, part.nested)
    yield from contained(_message(within), inner)
    within.drain()


def _leaf(part: _Part, message: Message[str, str], kind: str, encoding: str) -> Found:
    """Return what a part that holds no other says: a text, or an attached file."""
    context = part.context
    stream = _Joined(_DECODERS.get(encoding, _as_is)(part.body()))
    name = _words(_said_name(message))
    attached = bool(name) or message.get_content_disposition() == "attachment"
    if kind == "text/plain" and not attached:
        texts = _texts(stream, message)
        if message.get_param("format") == "flowed":
            texts = (text.replace("\r\n", "\n").replace(" \n", " ") for text in texts)
        yield from blocks(texts, context.place)
    elif kind == "text/html" and not attached:
        yield from blocks(html_text(_texts(stream, message)), context.place)
    elif kind.startswith("image/") and message.get_content_disposition() != "attachment":
        # A logo in a signature: were it told, no message would ever be wholly examined.
        part.drain()
    else:
        context.spent.take_member()
        counted = Counted(stream, context.spent, lambda: 1 << 62)
        yield from held(lambda: counted, name, context, plain_name(name) or "pièce jointe")
        part.drain()


def _said_name(message: Message[str, str]) -> str:
    try:
        return message.get_filename("") or ""
    except (LookupError, UnicodeError, ValueError):
        return ""


# --- Headers ----------------------------------------------------------------------------------

_WORD = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]{0,20})?\?([BbQq])\?([^?\r\n]{0,1000})\?=", re.A)
_BETWEEN = re.compile(r"(?<=\?=)[ \t\r\n]{1,20}(?==\?)")
_FOLD = re.compile(r"\r?\n(?=[ \t])")
#: Encodings by which a text may be named; others are not for texts, or are slow on purpose.
_NAMED = re.compile(
    r"(?:iso|windows|cp|koi8|mac|utf|big5|gb|euc|shift|ks_c|latin|hz)[\w.:-]*\Z", re.I
)
#: These name themselves in vain: the bytes say better what they are.
_USUAL = re.compile(r"(?:utf-?8|iso-?8859-?1|latin-?1|windows-1252|cp1252)\Z", re.I)


def _raw(message: Message[str, str], name: str) -> str:
    for key, value in message.raw_items():
        if key.lower() == name:
            return str(value)
    return ""


def _raw_boundary(message: Message[str, str]) -> bytes:
    try:
        said = message.get_boundary("")
    except (LookupError, UnicodeError, ValueError):
        return b""
    return (said or "").encode("ascii", "surrogateescape").rstrip()


def _headers_text(message: Message[str, str]) -> Iterator[str]:
    for name, value in message.raw_items():
        yield f"{name}: {_words(str(value))}\n"


def _words(value: str) -> str:
    """Return the text of a header, on one line.

    >>> _words("=?utf-8?q?N=C3=A9?= =?iso-8859-1?b?6Q==?= =?x?q?y?=")
    'Néé=?x?q?y?='
    """
    value = text_of(value.encode("utf-8", "surrogateescape"))
    if "=?" in value:
        value = _WORD.sub(_word, _BETWEEN.sub("", value))
    return _FOLD.sub("", value)


def _word(match: re.Match[str]) -> str:
    charset, way, said = match.groups()
    data = said.encode("utf-8", "replace")
    data = b"".join(_base64([data])) if way in "Bb" else binascii.a2b_qp(data, header=True)
    return text_of(data) if _USUAL.match(charset) else _named(data, charset) or match.group()


def _named(data: bytes, charset: str) -> str:
    if not _NAMED.match(charset):
        return ""
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):
        return ""


# --- Bodies -----------------------------------------------------------------------------------


class _Joined:
    """Pieces of bytes as a stream; a reader takes them by the sizes in which they come."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, at most `size`."""
        if size < 0:
            return self._left + b"".join(self._pieces)
        parts = [self._left]
        length = len(self._left)
        while length < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            parts.append(piece)
            length += len(piece)
        data = b"".join(parts)
        self._left = data[size:]
        return data[:size]


def _texts(stream: Stream, message: Message[str, str]) -> Iterator[str]:
    """Return the text of a part, in the encoding it names when its bytes may not say it."""
    charset = str(message.get_param("charset", "") or "").strip()
    if not charset or _USUAL.match(charset) or not _NAMED.match(charset):
        return decoded(stream)
    try:
        decoder = codecs.getincrementaldecoder(charset)("replace")
    except (LookupError, ValueError):
        return decoded(stream)
    return _by(decoder, stream)


def _by(decoder: codecs.IncrementalDecoder, stream: Stream) -> Iterator[str]:
    while data := stream.read(DECODED):
        yield decoder.decode(data)
    yield decoder.decode(b"", True)


def _as_is(lines: Iterable[bytes]) -> Iterator[bytes]:
    return iter(lines)


def _gathered(lines: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= DECODED:
            yield b"".join(held)
            held.clear()
            size = 0
    if held:
        yield b"".join(held)


_OF_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(set(range(256)) - set(_OF_BASE64))


def _base64(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Return the bytes that lines of base64 stand for; what is none is passed over.

    >>> b"".join(_base64([b"Tk", b"kK", b"", b"NI=", b"TklS"]))
    b'NI\\n4NIR'
    """
    left = b""
    for data in _gathered(lines):
        *closed, left = (left + data.translate(None, _NOT_BASE64)).split(b"=")
        for run in closed:
            yield _unpadded(run)
        whole = len(left) & ~3
        yield binascii.a2b_base64(left[:whole])
        left = left[whole:]
    yield _unpadded(left)


def _unpadded(run: bytes) -> bytes:
    if len(run) % 4 == 1:
        run = run[:-1]
    return binascii.a2b_base64(run + b"=" * (-len(run) % 4))


def _quoted_printable(lines: Iterable[bytes]) -> Iterator[bytes]:
    for data in _gathered(lines):
        yield binascii.a2b_qp(data)


def _uuencoded(packets: Iterable[bytes]) -> Iterator[bytes]:
    for line in chain.from_iterable(packet.splitlines(keepends=True) for packet in packets):
        if line.startswith((b"begin ", b"end")):
            continue
        try:
            yield binascii.a2b_uu(line)
        except binascii.Error:
            yield line


_DECODERS: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "base64": _base64,
    "quoted-printable": _quoted_printable,
    "x-uuencode": _uuencoded,
    "uuencode": _uuencoded,
}
