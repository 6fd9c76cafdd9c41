"""A file somebody gave, looked at before it is opened: what it is, whether it is safe to read.

The reader of spreadsheets lays a whole sheet out in memory and says nothing of the cells it cannot
read. So the XML is first gone through once, without keeping it: size, extent, cells in error.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree
from xml.parsers import expat

from gouvernail.workbook.survey import Survey, TooLargeError, survey_of
from gouvernail_core.kernel import Problem, RefusedError, Text

MEGABYTE = 1_000_000
#: The largest file that is opened at all.
LARGEST_FILE = 50 * MEGABYTE
#: The largest content once unpacked; a workbook of 2,000 cases unpacks to about 10 MB.
LARGEST_CONTENT = 200 * MEGABYTE

# NotImplementedError is a RuntimeError: it is said of an unknown compression, and comes first.
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, NotImplementedError,
    ElementTree.ParseError, EOFError, OSError, KeyError, ValueError,
)  # fmt: skip
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SIGNATURES = (
    (b"%PDF", Text("un PDF", "a PDF")),
    (b"\x89PNG", Text("une image PNG", "a PNG image")),
    (b"\xff\xd8\xff", Text("une image JPEG", "a JPEG image")),
    (b"GIF8", Text("une image GIF", "a GIF image")),
    (b"{\\rtf", Text("un document RTF", "an RTF document")),
    (b"<!DOCTYPE", Text("une page web", "a web page")),
    (b"<html", Text("une page web", "a web page")),
    (b"<?xml", Text("un fichier XML", "an XML file")),
)
_SAVE_AS = Text(
    "Ouvrez-le dans LibreOffice ou Excel, puis enregistrez-le en ODS ou en XLSX.",
    "Open it in LibreOffice or Excel, then save it as ODS or XLSX.",
)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that may be read: its content, ready for the reader, and what was seen in it."""

    content: BinaryIO
    survey: Survey


def refuse(code: str, fr: str, en: str) -> RefusedError:
    """Return the refusal of the whole file, for one reason."""
    return RefusedError(Problem(code, Text(fr, en)))


def open_file(source: str | Path | bytes) -> OpenedFile:
    """Return the workbook that `source` holds, checked.

    Raises RefusedError, with one sentence, when it is not a workbook that can be read.
    """
    content = _content_of(source)
    head = content.read(4096)
    content.seek(0)
    if not head:
        raise refuse("empty-file", "Ce fichier est vide.", "This file is empty.")
    if head.startswith(_OLE2):
        raise _old_or_protected(content)
    if not head.startswith(b"PK"):
        raise _not_a_workbook(head)
    try:
        with zipfile.ZipFile(content) as archive:
            survey = _checked(archive)
    except TooLargeError as error:
        raise RefusedError(error.problem) from None
    except _DAMAGES:
        raise _damaged() from None
    except RuntimeError:  # zipfile says so of an encrypted entry
        raise _protected() from None
    content.seek(0)
    return OpenedFile(content, survey)


def _content_of(source: str | Path | bytes) -> BinaryIO:
    if isinstance(source, bytes):
        _check_size(len(source))
        return io.BytesIO(source)
    path = Path(source)
    try:
        _check_size(path.stat().st_size)
        return io.BytesIO(path.read_bytes())
    except FileNotFoundError:
        raise refuse(
            "no-such-file",
            f"Il n’y a pas de fichier « {path.name} » à cet endroit.",
            f"There is no file “{path.name}” there.",
        ) from None
    except OSError:
        raise refuse(
            "unreadable-file",
            f"« {path.name} » ne peut pas être lu : vérifiez que c’est bien un fichier et que vous "
            "y avez accès.",
            f"“{path.name}” cannot be read: check that it is a file and that you may open it.",
        ) from None


def _check_size(size: int) -> None:
    if size > LARGEST_FILE:
        raise refuse(
            "file-too-large",
            f"Ce fichier pèse {size // MEGABYTE} Mo ; {LARGEST_FILE // MEGABYTE} Mo au plus. "
            "Retirez-en les images et les feuilles étrangères à ce classeur.",
            f"This file weighs {size // MEGABYTE} MB; {LARGEST_FILE // MEGABYTE} MB at most. "
            "Remove its images and the sheets that do not belong to this workbook.",
        )


def _checked(archive: zipfile.ZipFile) -> Survey:
    names = set(archive.namelist())
    size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST_CONTENT:
        raise refuse(
            "content-too-large",
            f"Ce fichier, une fois déplié, pèserait {size // MEGABYTE} Mo ; "
            f"{LARGEST_CONTENT // MEGABYTE} Mo au plus. Il n’a pas été ouvert.",
            f"Unpacked, this file would weigh {size // MEGABYTE} MB; "
            f"{LARGEST_CONTENT // MEGABYTE} MB at most. It was not opened.",
        )
    if "mimetype" in names:
        return _checked_ods(archive, names)
    if "xl/workbook.xml" in names:
        return survey_of(archive, "xlsx")
    raise _another_archive(names)


def _checked_ods(archive: zipfile.ZipFile, names: set[str]) -> Survey:
    kind = archive.read("mimetype")[:200].decode("ascii", "replace").strip()
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    if b"encryption-data" in manifest or "encrypted-package" in names:
        raise _protected()
    if not kind.startswith(_ODS):
        raise refuse(
            "not-a-workbook",
            "Ce fichier est un document OpenDocument, mais pas un classeur. " + _SAVE_AS.fr,
            "This file is an OpenDocument, but not a workbook. " + _SAVE_AS.en,
        )
    return survey_of(archive, "ods")


def _another_archive(names: set[str]) -> RefusedError:
    if "xl/workbook.bin" in names:
        what = Text("un classeur au format XLSB", "a workbook in the XLSB format")
    elif any(name.startswith("word/") for name in names):
        what = Text("un document Word", "a Word document")
    elif any(name.startswith("ppt/") for name in names):
        what = Text("une présentation", "a presentation")
    else:
        what = Text("une archive ZIP", "a ZIP archive")
    return _is_a(what)


def _not_a_workbook(head: bytes) -> RefusedError:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, what in _SIGNATURES:
        if start[: len(signature)].lower() == signature.lower():
            return _is_a(what)
    if b"\x00" not in head:
        return _is_a(Text("un fichier texte ou CSV", "a text or CSV file"))
    return refuse(
        "not-a-workbook",
        "Ce fichier n’est pas un classeur. Un classeur ODS ou XLSX est attendu.",
        "This file is not a workbook. An ODS or XLSX workbook is expected.",
    )


def _is_a(what: Text) -> RefusedError:
    return refuse(
        "not-a-workbook",
        f"Ce fichier est {what.fr}, pas un classeur ODS ou XLSX. {_SAVE_AS.fr}",
        f"This file is {what.en}, not an ODS or XLSX workbook. {_SAVE_AS.en}",
    )


def _old_or_protected(content: BinaryIO) -> RefusedError:
    # An XLSX under a password is an OLE2 file whose directory names an encrypted package.
    if "EncryptedPackage".encode("utf-16-le") in content.read():
        return _protected()
    return _is_a(Text("un classeur à l’ancien format XLS", "a workbook in the old XLS format"))


def _protected() -> RefusedError:
    return refuse(
        "password",
        "Ce classeur est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe.",
        "This workbook is protected by a password. Save a copy of it without one.",
    )


def _damaged() -> RefusedError:
    return refuse(
        "damaged-file",
        "Ce fichier est abîmé ou incomplet : l’envoi a pu être coupé. Rouvrez l’original, "
        "enregistrez-le et déposez-le de nouveau.",
        "This file is damaged or cut short: the upload may have been interrupted. Open the "
        "original again, save it and send it once more.",
    )
