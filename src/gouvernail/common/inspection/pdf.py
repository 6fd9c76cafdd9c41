"""A PDF that only shows: no program, no launch, no other file inside, no password.

Its bytes are kept as they came: writing it again would break the signature of a signed act.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from gouvernail.common.inspection.model import refusal

MOST_OBJECTS = 300_000
#: What all the compressed parts may weigh once unpacked, and how much more than they weigh packed.
LARGEST_UNPACKED = 400 * 1024 * 1024
DEEPEST = 60
_STREAM = re.compile(rb"stream\r?\n")
_CHUNK = 1024 * 1024
_ACTIVE_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/GoToE",
        "/Rendition",
        "/RichMediaExecute",
    }
)
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent"})
_FILE_KEYS = frozenset({"/EmbeddedFiles", "/EF"})


def check_pdf(content: bytes) -> None:
    """Raise RefusedError unless the file only shows pages."""
    _refuse_what_follows(content)
    _refuse_bomb(content)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise _locked()
            _check_objects(pdf)
    except pikepdf.PasswordError as locked:
        raise _locked() from locked
    except (pikepdf.PdfError, ValueError, RuntimeError) as broken:
        raise _broken() from broken


def _check_objects(pdf: pikepdf.Pdf) -> None:
    if len(pdf.objects) > MOST_OBJECTS or not len(pdf.pages):
        raise _broken()
    for each in (pdf.Root, *pdf.objects):
        for key, value in _entries(each):
            if key in _ACTIVE_KEYS or (key == "/S" and _word(value) in _ACTIVE_ACTIONS):
                raise _active()
            if key in _FILE_KEYS or (key == "/Subtype" and _word(value) == "/FileAttachment"):
                raise _holds_files()


def _entries(given: Any) -> Iterator[tuple[str, Any]]:
    """Yield every entry of an object and of what is written inside it, without following links."""
    waiting = [(given, 0)]
    while waiting:
        each, depth = waiting.pop()
        if depth > DEEPEST:
            raise _broken()
        if isinstance(each, pikepdf.Stream):
            each = each.stream_dict
        if isinstance(each, pikepdf.Dictionary):
            for key, value in each.items():
                yield key, value
                if not getattr(value, "is_indirect", False):
                    waiting.append((value, depth + 1))
        elif isinstance(each, pikepdf.Array):
            waiting += [(v, depth + 1) for v in each if not getattr(v, "is_indirect", False)]


def _word(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _refuse_what_follows(content: bytes) -> None:
    """Refuse bytes after the end: that is where another file hides."""
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\r\n\t \x00"):
        raise _broken()


def _refuse_bomb(content: bytes) -> None:
    unpacked = 0
    for found in _STREAM.finditer(content):
        unpacked += _unpacked(content, found.end(), LARGEST_UNPACKED - unpacked)
        if unpacked >= LARGEST_UNPACKED:
            raise refusal(
                "file-bomb",
                "Ce PDF, une fois déplié, serait démesuré. Enregistrez-le de nouveau avec des "
                "images plus petites, puis envoyez-le.",
                "Unpacked, this PDF would be enormous. Save it again with smaller pictures, then "
                "send it.",
            )


def _unpacked(content: bytes, start: int, most: int) -> int:
    """Return how much a part weighs unpacked, without keeping it; 0 when it is not packed."""
    unpacker, size = zlib.decompressobj(), 0
    view = memoryview(content)
    try:
        for begin in range(start, len(content), _CHUNK):
            waiting: Any = view[begin : begin + _CHUNK]
            while waiting and not unpacker.eof:
                size += len(unpacker.decompress(waiting, _CHUNK))
                waiting = unpacker.unconsumed_tail
                if size >= most:
                    return size
            if unpacker.eof:
                break
    except zlib.error:
        pass  # not packed this way, or its end is elsewhere: what came out is counted
    return size


def _locked() -> Exception:
    return refusal(
        "file-locked",
        "Ce PDF est protégé par un mot de passe ou chiffré. Retirez la protection, puis "
        "envoyez-le.",
        "This PDF is protected by a password or encrypted. Remove the protection, then send it.",
    )


def _active() -> Exception:
    return refusal(
        "file-active",
        "Ce PDF contient un programme ou un formulaire qui agit tout seul. Imprimez-le dans un "
        "nouveau PDF, puis envoyez celui-ci.",
        "This PDF holds a program or a form that acts by itself. Print it to a new PDF, then send "
        "that one.",
    )


def _holds_files() -> Exception:
    return refusal(
        "file-holds-files",
        "Ce PDF contient d’autres fichiers. Envoyez chacun d’eux à part, et le PDF sans eux.",
        "This PDF holds other files. Send each of them apart, and the PDF without them.",
    )


def _broken() -> Exception:
    return refusal(
        "file-broken",
        "Ce PDF est abîmé ou suivi d’autre chose. Ouvrez-le, enregistrez-le de nouveau, puis "
        "envoyez-le.",
        "This PDF is damaged or followed by something else. Open it, save it again, then send it.",
    )
