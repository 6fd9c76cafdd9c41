"""One file that holds others: written whole or not at all, checked before anything is believed.

An archive is a ZIP whose last member, `manifest.json`, names every other one with its size and
its SHA-256. A reader takes nothing that the manifest does not name, nor anything that leads out
of the folder it is unpacked into.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import lzma
import os
import shutil
import struct
import tempfile
import time
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any
from uuid import UUID

from gouvernail_core.kernel import Problem, RefusedError, Text

MANIFEST = "manifest.json"
#: A manifest names files; a larger one is not a manifest.
LARGEST_MANIFEST = 64 * 1024 * 1024
_PIECE = 1024 * 1024
#: The name of the folder in which an archive is made.
_BEGUN, _PART = ".gouvernail-", ".part"
#: Seconds in which whoever made such a folder has time to lock it.
_JUST_BEGUN = 10
#: What a ZIP, or the JSON in it, raises when it is not sound or asks for what we never write:
#: a compression of its own, a password, a nesting without end.
UNSOUND = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RuntimeError,
    struct.error,
    lzma.LZMAError,
)
#: The oldest date a ZIP can hold: contents alone tell two archives apart.
_NO_DATE = (1980, 1, 1, 0, 0, 0)

#: What remembers the last backup, in the data folder.
LAST_BACKUP = "last-backup"


def refused(code: str, fr: str, en: str) -> RefusedError:
    """Return a refusal of one sentence; what an archive says in it gives a terminal no order."""
    return RefusedError(Problem(code, Text(_shown(fr), _shown(en))))


def _shown(text: str) -> str:
    return "".join(sign if unicodedata.category(sign) != "Cc" else "�" for sign in text)


def damaged(path: str) -> RefusedError:
    """Return the refusal of an archive that is not whole."""
    return refused(
        "archive-damaged",
        f"{path} est incomplet ou abîmé : son contenu ne correspond pas à ce qui y avait été "
        "écrit. Rien n’a été touché. Prenez une autre copie, ou recopiez celle-ci.",
        f"{path} is incomplete or damaged: its content is not what was written. Nothing was "
        "touched. Take another copy, or copy this one again.",
    )


def plain(value: Any) -> Any:
    """Return a value as JSON holds it, to the microsecond."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not kept")


def as_json(value: Any, *, indent: int | None = None) -> str:
    """Return JSON that people can read, accents and all."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=plain, allow_nan=False)


class Writer:
    """An archive being written."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
        self.members: dict[str, dict[str, Any]] = {}

    @contextmanager
    def member(self, name: str) -> Iterator[_Member]:
        """Open a new member, to be written piece by piece."""
        info = zipfile.ZipInfo(name, _NO_DATE)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        with self._zip.open(info, "w", force_zip64=True) as stream:
            member = _Member(stream)
            yield member
        self.members[name] = {"size": member.size, "sha256": member.digest.hexdigest()}

    def text(self, name: str, content: str) -> None:
        """Write a member of text."""
        with self.member(name) as member:
            member.write(content.encode())

    def file(self, name: str, path: Path) -> bool:
        """Write a file; return whether it was still there: a live platform removes some."""
        try:
            stream = path.open("rb")
        except FileNotFoundError:
            return False
        with stream, self.member(name) as member:
            while piece := stream.read(_PIECE):
                member.write(piece)
        return True

    def close(self, manifest: dict[str, Any]) -> None:
        """Write the manifest and end the archive."""
        text = as_json({**manifest, "members": self.members}, indent=1)
        self._zip.writestr(zipfile.ZipInfo(MANIFEST, _NO_DATE), text)
        self._zip.close()


class _Member:
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, piece: bytes) -> None:
        """Write one more piece."""
        self._stream.write(piece)
        self.digest.update(piece)
        self.size += len(piece)


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a file is made: `stream` is the file, `folder` is for what goes with it meanwhile."""

    stream: IO[bytes]
    folder: Path


@contextmanager
def written(path: Path) -> Iterator[Workshop]:
    """Give a file to write, which takes its name once whole; refuse a name that is taken.

    Nobody but its owner may read it: it holds what the authorities know of people. Everything is
    made in a folder beside it, locked while it serves: the next one sweeps what a kill left.
    """
    if path.exists():
        raise refused(
            "file-exists",
            f"{path} existe déjà. Donnez un autre nom : une sauvegarde n’en remplace pas une "
            "autre.",
            f"{path} exists already. Give another name: a backup does not replace another.",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    with tempfile.TemporaryDirectory(prefix=_BEGUN, suffix=_PART, dir=path.parent) as name:
        folder = Path(name)
        held = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            begun = os.open(folder / path.name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(begun, "wb") as stream:
                yield Workshop(stream, folder)
                stream.flush()
                os.fsync(stream.fileno())
            (folder / path.name).rename(path)
        finally:
            os.close(held)


def _sweep(folder: Path) -> None:
    """Remove what a kill left in a folder; a backup that is being made holds its lock."""
    for left in folder.glob(f"{_BEGUN}*{_PART}"):
        with suppress(OSError):  # another one sweeps it, or it has just ended
            held = os.open(left, os.O_RDONLY)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if time.time() - left.stat().st_mtime > _JUST_BEGUN:
                    shutil.rmtree(left)
            finally:
                os.close(held)


class Reader:
    """An archive to read; everything in it was checked when it was opened."""

    def __init__(self, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
        self._zip = archive
        self.manifest = manifest
        self.names: tuple[str, ...] = tuple(manifest["members"])

    def text(self, name: str) -> str:
        """Return a member of text."""
        return self._zip.read(name).decode()

    def lines(self, name: str) -> Iterator[Any]:
        """Yield the values of a member that holds one in JSON a line."""
        with self._zip.open(name) as stream:
            for line in stream:
                yield json.loads(line)

    def unpack(self, name: str, path: Path) -> None:
        """Write a member under this name, for its owner alone."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with self._zip.open(name) as stream, os.fdopen(descriptor, "wb") as out:
            while piece := stream.read(_PIECE):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())

    def under(self, folder: str) -> Iterator[tuple[str, PurePosixPath]]:
        """Yield the members of a folder, each with its name inside it."""
        for name in self.names:
            if name.startswith(f"{folder}/"):
                yield name, PurePosixPath(name).relative_to(folder)


def check_room(reader: Reader, folder: Path) -> None:
    """Refuse an archive that would not fit on the disk of a folder, before anything is written."""
    needed = sum(int(told["size"]) for told in reader.manifest["members"].values())
    there = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(there).free
    if needed > free:
        wanted, left = (f"{size / 1e6:.0f}" for size in (needed, free))
        raise refused(
            "no-room",
            f"Il faut {wanted} Mo pour ouvrir cette archive, et il en reste {left} sur le disque "
            f"de {there}. Libérez de la place, puis recommencez.",
            f"Opening this archive takes {wanted} MB, and {left} are left on the disk of {there}. "
            "Make room, then start again.",
        )


@contextmanager
def opened(path: Path, *, kind: str, version: int) -> Iterator[Reader]:
    """Give an archive of this kind, all checked; refuse any other, and a later format."""
    if not path.is_file():
        raise refused(
            "file-missing",
            f"{path} n’existe pas, ou n’est pas un fichier. Vérifiez son nom.",
            f"{path} does not exist, or is not a file. Check its name.",
        )
    try:
        archive = zipfile.ZipFile(path)
    except UNSOUND as wrong:
        raise damaged(str(path)) from wrong
    with archive:
        manifest = _manifest(archive, path)
        _check_kind(manifest, path, kind, version)
        _check_members(archive, manifest, path)
        yield Reader(archive, manifest)


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    if MANIFEST not in archive.namelist():
        raise refused(
            "archive-unknown",
            f"{path} n’est ni une sauvegarde ni un export de Gouvernail : il n’a pas de "
            "manifest.json.",
            f"{path} is neither a backup nor an export of Gouvernail: it has no manifest.json.",
        )
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise damaged(str(path))
        manifest = json.loads(archive.read(MANIFEST))
    except UNSOUND as wrong:
        raise damaged(str(path)) from wrong
    if not isinstance(manifest, dict) or not isinstance(manifest.get("members"), dict):
        raise damaged(str(path))
    return manifest


def _check_kind(manifest: dict[str, Any], path: Path, kind: str, version: int) -> None:
    if manifest.get("kind") != kind:
        found = str(manifest.get("kind"))[:40]
        raise refused(
            "archive-kind",
            f"{path} est un fichier « {found} », pas « {kind} ». Une sauvegarde revient par "
            "gouvernail restore, une collectivité par gouvernail restore-authority.",
            f"{path} is a “{found}” file, not a “{kind}” one. A backup comes back by gouvernail "
            "restore, an authority by gouvernail restore-authority.",
        )
    if not isinstance(manifest.get("format"), int) or manifest["format"] > version:
        raise later(path, manifest)


def later(path: Path, manifest: dict[str, Any]) -> RefusedError:
    """Return the refusal of what a later version of the software wrote."""
    made_by = str(manifest.get("software"))[:40]
    return refused(
        "archive-later",
        f"{path} vient d’une version plus récente de Gouvernail ({made_by}). Mettez d’abord cette "
        "installation à jour.",
        f"{path} comes from a later version of Gouvernail ({made_by}). Bring this installation up "
        "to date first.",
    )


def _check_members(archive: zipfile.ZipFile, manifest: dict[str, Any], path: Path) -> None:
    held = [info.filename for info in archive.infolist() if info.filename != MANIFEST]
    if sorted(held) != sorted(manifest["members"]):
        raise damaged(str(path))
    for name, told in manifest["members"].items():
        if not is_inside(name):
            raise refused(
                "archive-outside",
                f"{path} contient un nom qui mène hors de son dossier ({name[:80]}). Il n’a pas "
                "été écrit par Gouvernail : ne vous en servez pas.",
                f"{path} holds a name that leads out of its folder ({name[:80]}). It was not "
                "written by Gouvernail: do not use it.",
            )
        if not isinstance(told, dict) or _seen(archive, name, path, told) != told.get("sha256"):
            raise damaged(str(path))


def is_inside(name: str) -> bool:
    """Return whether a name stays in the folder it is taken from."""
    parts = name.split("/")
    return "\x00" not in name and all(part not in {"", ".", ".."} for part in parts)


def _seen(archive: zipfile.ZipFile, name: str, path: Path, told: dict[str, Any]) -> str:
    """Return the digest of a member; stop at the size it is said to have."""
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                if size > told.get("size", 0):
                    raise damaged(str(path))
    except UNSOUND as wrong:
        raise damaged(str(path)) from wrong
    return digest.hexdigest()
