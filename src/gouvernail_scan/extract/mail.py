"""Messages and mailboxes: headers, each part, attachments read as any other file."""

from __future__ import annotations

import email
import io
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from typing import Any, BinaryIO

from gouvernail_scan.blocks import Cause, Gap
from gouvernail_scan.extract.markup import html_text
from gouvernail_scan.extract.plain import text_of
from gouvernail_scan.extract.reading import CHUNK, Context, Found, Over, blocks, quoted

#: A message is taken into memory up to this: the servers of today refuse larger ones.
MESSAGE = 32 << 20
#: Messages may be forwarded inside one another up to this depth.
FORWARDS = 10

_HEADERS = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Comments")


def read_mail(source: BinaryIO, context: Context) -> Found:
    """Return what a message says, with its attachments."""
    data = source.read(MESSAGE + 1)
    yield from _message_of(data[:MESSAGE], context, 0)
    if len(data) > MESSAGE:
        yield Gap(Cause.TOO_LARGE, context.place)


def read_mbox(source: BinaryIO, context: Context) -> Found:
    """Return what each message of a mailbox says; only one is in memory at a time."""
    for number, (data, cut) in enumerate(_messages(source), start=1):
        inner = context.part(f"message {number}")
        context.spent.check_time()
        yield from _message_of(data, inner, 0)
        if cut:
            yield Gap(Cause.TOO_LARGE, inner.place)


def _messages(source: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Return the messages of a mailbox in order, and whether each had to be cut."""
    held = bytearray()
    cut = False
    blank = True
    started = False
    for line in _lines(source):
        if blank and line.startswith(b"From "):
            if started:
                yield bytes(held), cut
            held.clear()
            cut, started = False, True
            blank = False
            continue
        blank = not line.strip()
        if len(held) + len(line) > MESSAGE:
            cut = True
        elif started:
            held += line[1:] if line.startswith(b">From ") else line
    if started:
        yield bytes(held), cut


def _lines(source: BinaryIO) -> Iterator[bytes]:
    while line := source.readline(CHUNK):
        yield line


def _message_of(data: bytes, context: Context, forwarded: int) -> Found:
    try:
        message = email.message_from_bytes(data)
    except RecursionError:
        yield Gap(Cause.TOO_DEEP, context.place)
        return
    yield from _message(message, context, forwarded)


def _message(message: Message, context: Context, forwarded: int) -> Found:
    yield from blocks(_headers(message), context.at("en-têtes"))
    yield from _part(message, context, forwarded)


def _headers(message: Message) -> Iterator[str]:
    for name in _HEADERS:
        for value in message.get_all(name, ()):
            yield f"{name}: {_decoded(value)}\n"


def _decoded(value: Any) -> str:
    try:
        text = str(make_header(decode_header(value)))
    except (LookupError, ValueError, UnicodeError, email.errors.HeaderParseError):
        text = str(value)
    return " ".join(text.split())


def _part(part: Message, context: Context, forwarded: int) -> Found:
    """Return what a part says: a text, other parts, a message inside the message, a file."""
    context.spent.take_member()
    kind = part.get_content_type()
    if kind == "multipart/encrypted" or part.get_param("smime-type") == "enveloped-data":
        yield Gap(Cause.ENCRYPTED, context.place)
        return
    payload = part.get_payload()
    if kind == "message/rfc822" or (part.is_multipart() and kind.startswith("message/")):
        yield from _forwarded(payload, context, forwarded)
        return
    if part.is_multipart():
        for each in _parts(payload):
            yield from _part(each, context, forwarded)
        return
    yield from _leaf(part, kind, context)


def _forwarded(payload: Any, context: Context, forwarded: int) -> Found:
    inner = context.part("message transféré")
    if forwarded >= FORWARDS:
        yield Gap(Cause.TOO_DEEP, context.at("messages transférés"))
        return
    for each in _parts(payload):
        yield from _message(each, inner, forwarded + 1)


def _parts(payload: Any) -> list[Message]:
    return [each for each in payload if isinstance(each, Message)] if payload else []


def _leaf(part: Message, kind: str, context: Context) -> Found:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data:
        return
    context.spent.take(len(data))
    name = part.get_filename()
    if name is None and kind in ("text/plain", "text/html"):
        text = _text(part, data)
        pieces = html_text([text]) if kind == "text/html" else iter([text])
        yield from blocks(pieces, context.at("texte"))
        return
    shown = _decoded(name) if name else kind
    inner = context.inside(shown, quoted(shown))
    if inner.depth > inner.spent.limits.depth:
        yield Gap(Cause.TOO_DEEP, inner.place)
        return
    yield from blocks([f"{shown}\n"], context.at("pièces jointes"))
    try:
        yield from inner.read(io.BytesIO(data), inner)
    except Over as over:
        if over.whole:
            raise
        yield Gap(over.cause, inner.place)


def _text(part: Message, data: bytes) -> str:
    charset = str(part.get_content_charset() or "")
    try:
        return data.decode(charset) if charset else text_of(data)
    except (LookupError, UnicodeError):
        return text_of(data)
