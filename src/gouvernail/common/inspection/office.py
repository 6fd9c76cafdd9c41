"""An office document that only holds words, numbers and pictures: read part by part.

Nothing is written again: the document is kept as it came, or refused.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import NoReturn
from xml.parsers import expat

from gouvernail.common.inspection.model import Form, refusal
from gouvernail_core.kernel import RefusedError

MOST_MEMBERS = 2_000
LARGEST_UNPACKED = 150 * 1024 * 1024
#: XML shrinks ten to forty times; past this, the file is made to exhaust its reader.
HIGHEST_RATIO = 200
_SMALL = 1024 * 1024
DEEPEST = 200
_OPEN_TYPES = {
    b"application/vnd.oasis.opendocument.text": Form.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Form.ODS,
}
_OFFICE_MAIN = {
    "word/document.xml": (Form.DOCX, b"wordprocessingml.document.main+xml"),
    "xl/workbook.xml": (Form.XLSX, b"spreadsheetml.sheet.main+xml"),
}
_ACTIVE_PARTS = re.compile(
    r"(^|/)(vbaproject[^/]*|vbadata\.xml|basic/.*|scripts/.*|activex/.*|macrosheets/.*|"
    r"dialogsheets/.*|customui/.*|oleobject[^/]*|.*\.(js|vbs|exe|dll|bat|cmd|ps1|jar|class|py))$",
    re.I,
)
_ACTIVE_ELEMENTS = frozenset(
    {
        "event-listener", "object-ole", "plugin", "applet", "floating-frame", "dde-source",
        "dde-link", "ddeLink", "oleObject", "control",
    }
)  # fmt: skip
_LINKS = frozenset({"a", "template", "hyperlink"})
_ELSEWHERE = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//|\\\\)", re.I)
_ACTIVE_ADDRESS = re.compile(
    r"\s*(vnd\.sun\.star\.|javascript:|vbscript:|macro:|service:|data:)", re.I
)
_ACTIVE_FIELD = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT)\b")
_HYPERLINK = "/hyperlink"


def office_form(content: bytes) -> Form:
    """Return which document it is; raise RefusedError when it does more than hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_outline(archive, content)
            form = _form(archive)
            for entry in archive.infolist():
                _check_member(archive, entry)
            return form
    except RefusedError:
        raise
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, ValueError,
            RuntimeError, NotImplementedError) as broken:  # fmt: skip
        raise refusal(
            "file-broken",
            "Ce document est abîmé ou protégé par un mot de passe. Ouvrez-le, enregistrez-le de "
            "nouveau sans mot de passe, puis envoyez-le.",
            "This document is damaged or protected by a password. Open it, save it again without "
            "a password, then send it.",
        ) from broken


def _check_outline(archive: zipfile.ZipFile, content: bytes) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    alone = entries and min(e.header_offset for e in entries) == 0 and not archive.comment
    if not alone or content.rfind(b"PK\x05\x06") != len(content) - 22:
        raise zipfile.BadZipFile("something before or after")
    if len(names) != len(set(names)) or any(_astray(name) for name in names):
        raise zipfile.BadZipFile("a name twice, or out of the document")
    if len(entries) > MOST_MEMBERS or sum(e.file_size for e in entries) > LARGEST_UNPACKED:
        _bomb()
    if any(e.file_size > _SMALL and e.file_size > HIGHEST_RATIO * e.compress_size for e in entries):
        _bomb()


def _astray(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return ".." in parts or name.startswith("/") or "\\" in name or ":" in name


def _form(archive: zipfile.ZipFile) -> Form:
    names = set(archive.namelist())
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        form = _OPEN_TYPES.get(archive.read("mimetype").strip())
        if form and "content.xml" in names:
            return form
    if "[Content_Types].xml" in names:
        types = archive.read("[Content_Types].xml")
        if b"macroEnabled" in types:
            _active()
        for part, (form, main) in _OFFICE_MAIN.items():
            if part in names and main in types:
                return form
    raise refusal(
        "file-archive",
        "Ce fichier est une archive, ou un document d’une autre sorte. Envoyez les fichiers qu’il "
        "contient un par un, en PDF, ODT, ODS, DOCX ou XLSX.",
        "This file is an archive, or another sort of document. Send the files it holds one by "
        "one, as PDF, ODT, ODS, DOCX or XLSX.",
    )


def _check_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    if _ACTIVE_PARTS.search(entry.filename):
        _active()
    part = archive.read(entry)
    if part.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ", b"%PDF-")):
        raise refusal(
            "file-holds-files",
            "Ce document contient d’autres fichiers. Envoyez chacun d’eux à part ; un graphique "
            "peut être collé comme une image.",
            "This document holds other files. Send each of them apart; a chart can be pasted as a "
            "picture.",
        )
    if entry.filename.lower().endswith((".xml", ".rels", ".rdf", ".vml", ".svg")):
        _Part().read(part)


class _Part:
    """One part gone through without being kept."""

    def __init__(self) -> None:
        self.depth = 0
        self.instructions: list[str] = []
        self.inside = False

    def read(self, content: bytes) -> None:
        """Raise RefusedError when the part acts, or fetches something elsewhere."""
        if not content.strip():
            return
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(content, True)
        if _ACTIVE_FIELD.search("".join(self.instructions)):
            _fetches()

    def _doctype(self, *_: object) -> None:
        _active()

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            _bomb()
        name = tag.rpartition(":")[2]
        if name in _ACTIVE_ELEMENTS or (name == "script" and tag != "style:script"):
            _active()
        self.inside = name == "instrText"
        for key, value in given.items():
            self._attribute(name, key.rpartition(":")[2], value, given)

    def _attribute(self, name: str, key: str, value: str, given: dict[str, str]) -> None:
        if key == "instr":
            self.instructions.append(f" {value} ")
        elsewhere = key == "TargetMode" and value == "External"
        if elsewhere and not given.get("Type", "").endswith(_HYPERLINK):
            _fetches()
        if key in {"href", "Target"}:
            if _ACTIVE_ADDRESS.match(value):
                _active()
            if key == "href" and name not in _LINKS and _ELSEWHERE.match(value):
                _fetches()

    def _end(self, tag: str) -> None:
        self.depth -= 1
        self.inside = False

    def _text(self, text: str) -> None:
        if self.inside:
            self.instructions.append(text)


def _bomb() -> NoReturn:
    raise refusal(
        "file-bomb",
        "Ce document, une fois déplié, serait démesuré. Réduisez ses images ou ses feuilles, puis "
        "envoyez-le.",
        "Unpacked, this document would be enormous. Reduce its pictures or its sheets, then send "
        "it.",
    )


def _active() -> NoReturn:
    raise refusal(
        "file-active",
        "Ce document contient une macro ou un programme. Enregistrez-le sans macro, ou en PDF, "
        "puis envoyez-le.",
        "This document holds a macro or a program. Save it without macros, or as a PDF, then send "
        "it.",
    )


def _fetches() -> NoReturn:
    raise refusal(
        "file-fetches",
        "Ce document va chercher une partie de son contenu ailleurs. Rompez ses liaisons, ou "
        "enregistrez-le en PDF, puis envoyez-le.",
        "This document fetches part of its content elsewhere. Break its links, or save it as a "
        "PDF, then send it.",
    )
