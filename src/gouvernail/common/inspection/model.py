"""The forms that are accepted, what comes out of an inspection, and how a refusal is said."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from gouvernail_core.kernel import Problem, RefusedError, Text

LONGEST_NAME = 120
#: Letters of file systems, of paths and of headers that a name does without.
_AWKWARD = frozenset('<>:"|?*;%')
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Form(StrEnum):
    """A form of file that may be sent."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    ODT = "odt"
    ODS = "ods"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    TXT = "txt"

    @property
    def media_type(self) -> str:
        """Return the type under which it is given back."""
        return _MEDIA_TYPES[self]

    @property
    def endings(self) -> tuple[str, ...]:
        """Return the endings its name may have, the usual one first."""
        return ("jpg", "jpeg") if self is Form.JPEG else (self.value,)


_OPEN = "application/vnd.oasis.opendocument"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    Form.PDF: "application/pdf",
    Form.PNG: "image/png",
    Form.JPEG: "image/jpeg",
    Form.ODT: f"{_OPEN}.text",
    Form.ODS: f"{_OPEN}.spreadsheet",
    Form.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Form.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    Form.CSV: "text/csv",
    Form.TXT: "text/plain",
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept: its form, its name and its bytes, both cleaned."""

    form: Form
    name: str
    content: bytes

    @property
    def media_type(self) -> str:
        """Return the type under which it is given back."""
        return self.form.media_type


def refusal(code: str, fr: str, en: str) -> RefusedError:
    """Return the refusal of a file, to be raised."""
    return RefusedError(Problem(code, Text(fr, en)))


def ending(name: str) -> str:
    """Return the ending of a name, in small letters, "" when there is none.

    >>> ending("Plan.de.charge.ODS"), ending("LISEZMOI")
    ('ods', '')
    """
    return name.rpartition(".")[2].lower() if "." in name else ""


def cleaned_name(name: str) -> str:
    """Return a name without path, without invisible letters, short enough to be kept.

    >>> cleaned_name("C:\\\\docs\\\\fac\\u202etxt.pdf"), cleaned_name("../../..")
    ('factxt.pdf', 'fichier')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    normal = unicodedata.normalize("NFC", last)
    seen = "".join(
        " " if c.isspace() else c
        for c in normal
        if (c.isspace() or unicodedata.category(c) not in _INVISIBLE) and c not in _AWKWARD
    )
    tidy = " ".join(seen.split()).strip(". ")
    if not tidy:
        return "fichier"
    stem, dot, end = tidy.rpartition(".")
    if not dot or len(end) > 10:
        return tidy[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(end) - 1].strip('. ') or 'fichier'}.{end}"
