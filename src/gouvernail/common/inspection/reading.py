"""From bytes and a name to a file that may be kept, or the sentence that says why not."""

from __future__ import annotations

import io
import re
import zipfile

from gouvernail.common.inspection.model import Accepted, Form, cleaned_name, ending, refusal
from gouvernail.common.inspection.office import office_form
from gouvernail.common.inspection.pdf import check_pdf
from gouvernail.common.inspection.picture import bare_picture

MEGABYTE = 1024 * 1024
_ALL_FR = "PDF, PNG, JPEG, ODT, ODS, DOCX, XLSX, CSV ou TXT"
_ALL_EN = "PDF, PNG, JPEG, ODT, ODS, DOCX, XLSX, CSV or TXT"
_MARKUP = re.compile(
    rb"\s*<(\?xml|!doctype|!--|html|head|body|svg|script|style|iframe|img|meta|link|object)", re.I
)
#: How the files begin that people send most often and that are not accepted.
_OTHERS = (
    b"GIF8",
    b"BM",
    b"RIFF",
    b"MZ",
    b"\x7fELF",
    b"%!PS",
    b"{\\rtf",
    b"#!",
    b"\xd0\xcf\x11\xe0",
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def inspect(content: bytes, name: str, *, limit: int) -> Accepted:
    """Return the file ready to be kept; raise RefusedError with what to send instead.

    `limit` is the largest size in bytes. What the browser says of the type is not even asked.
    """
    _check_size(len(content), limit)
    kept_name = cleaned_name(name)
    form, clean = _read(content, ending(kept_name))
    if ending(kept_name) not in form.endings:
        shown = f".{form.endings[0]}"
        raise refusal(
            "file-name",
            f"Le nom de ce fichier ne dit pas ce qu’il contient : c’est un fichier {shown}. "
            f"Renommez-le en {shown}, puis envoyez-le de nouveau.",
            f"The name of this file does not say what it holds: it is a {shown} file. "
            f"Rename it to {shown}, then send it again.",
        )
    return Accepted(form, kept_name, clean)


def _check_size(size: int, limit: int) -> None:
    if size == 0:
        raise refusal(
            "file-empty",
            "Ce fichier est vide. Choisissez celui que vous avez rempli.",
            "This file is empty. Choose the one you filled in.",
        )
    if size > limit:
        most = limit // MEGABYTE
        raise refusal(
            "file-too-large",
            f"Ce fichier dépasse {most} Mo. "
            "Réduisez ses images, ou envoyez-le en plusieurs parties.",
            f"This file is larger than {most} MB. Reduce its pictures or send it in several parts.",
        )


def _read(content: bytes, end: str) -> tuple[Form, bytes]:
    """Return the form and the clean bytes."""
    if content.startswith(b"%PDF-"):
        _refuse_two_in_one(content)
        check_pdf(content)
        return Form.PDF, content
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        _refuse_two_in_one(content)
        return Form.PNG, bare_picture(content, "PNG")
    if content.startswith(b"\xff\xd8\xff"):
        _refuse_two_in_one(content)
        return Form.JPEG, bare_picture(content, "JPEG")
    if content.startswith(b"PK"):
        return office_form(content), content
    return _text(content, end)


def _refuse_two_in_one(content: bytes) -> None:
    """Refuse what is also an archive: a reader would open what nobody looked at."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise refusal(
            "file-two-in-one",
            "Ce fichier en cache un autre, une archive. Ouvrez-le, enregistrez-le de nouveau dans "
            "un fichier neuf, puis envoyez celui-ci.",
            "This file hides another one, an archive. Open it, save it again as a new file, then "
            "send that one.",
        )


def _text(content: bytes, end: str) -> tuple[Form, bytes]:
    if _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")[:4096]):
        raise refusal(
            "file-markup",
            "Une page web ou un dessin SVG peut contenir un programme : ils ne sont pas acceptés. "
            "Envoyez un PDF, ou une image PNG.",
            "A web page or an SVG drawing may hold a program: they are not accepted. Send a PDF, "
            "or a PNG picture.",
        )
    text = None if content.startswith(_OTHERS) else _decoded(content)
    if text is None or _CONTROLS.search(text):
        raise refusal(
            "file-form",
            f"Ce fichier n’est pas d’une forme acceptée. Envoyez-le en {_ALL_FR}.",
            f"This file is of no accepted form. Send it as {_ALL_EN}.",
        )
    return (Form.CSV if end == "csv" else Form.TXT), content


def _decoded(content: bytes) -> str | None:
    """Return the text, read as today's or as the former Windows encoding, None when it is none."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
