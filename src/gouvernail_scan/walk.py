"""List what lies under a folder, without opening or following anything."""

from __future__ import annotations

import fnmatch
import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouvernail_scan.blocks import Cause

#: Folders that an agent marked as private, and those of the unions: listed, never opened.
PRIVATE = (
    "perso", "perso[ _-]*", "personnel", "personnel[ _-]*", "prive", "prive[ _-]*", "privee*",
    "private", "syndicat", "syndicats", "*syndical*",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, or what could not be looked at: `cause` then says why, and `size` what is known.

    `path` is below the root, in the bytes of the file system; `files` is more than one for a folder
    that is counted as a whole.
    """

    path: bytes
    size: int = 0
    mtime: int = 0
    device: int = 0
    inode: int = 0
    shared: bool = False
    files: int = 1
    cause: Cause | None = None


def walk(root: str | bytes, excluded: Sequence[str] = PRIVATE) -> Iterator[Entry]:
    """Return every file under `root` in the order of names; symbolic links are never followed.

    `excluded` are patterns of folder names, case and accents apart. A root that is a file gives
    that file, with an empty path.
    """
    top = os.fsencode(root)
    try:
        found = os.lstat(top)
    except OSError as error:
        yield Entry(b"", cause=_cause(error))
        return
    if not stat.S_ISDIR(found.st_mode):
        yield _entry(b"", found)
        return
    yield from _folder(top, excluded)


def _folder(top: bytes, excluded: Sequence[str]) -> Iterator[Entry]:
    """Return the files of a tree, with an explicit stack: a path may be 4,096 bytes deep."""
    waiting = [b""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(os.path.join(top, below) if below else top) as listing:
                items = sorted(listing, key=lambda item: item.name)
        except OSError as error:
            yield Entry(below, cause=_cause(error))
            continue
        folders = []
        for item in items:
            path = os.path.join(below, item.name) if below else item.name
            try:
                found = item.stat(follow_symlinks=False)
            except OSError as error:
                yield Entry(path, cause=_cause(error))
                continue
            if not stat.S_ISDIR(found.st_mode):
                yield _entry(path, found)
            elif _is_excluded(item.name, excluded):
                files, size = _weight(os.path.join(top, path))
                yield Entry(path, size=size, files=files, cause=Cause.EXCLUDED)
            else:
                folders.append(path)
        waiting.extend(reversed(folders))


def _entry(path: bytes, found: os.stat_result) -> Entry:
    if not stat.S_ISREG(found.st_mode):
        return Entry(path, cause=Cause.NOT_A_FILE)
    return Entry(
        path,
        found.st_size,
        found.st_mtime_ns,
        found.st_dev,
        found.st_ino,
        shared=found.st_nlink > 1,
    )


def _cause(error: OSError) -> Cause:
    return Cause.VANISHED if isinstance(error, FileNotFoundError) else Cause.UNREADABLE


def _is_excluded(name: bytes, patterns: Sequence[str]) -> bool:
    plain = unicodedata.normalize("NFD", os.fsdecode(name)).casefold()
    plain = "".join(each for each in plain if not unicodedata.combining(each)).strip()
    return any(fnmatch.fnmatchcase(plain, pattern) for pattern in patterns)


def _weight(folder: bytes) -> tuple[int, int]:
    """Return how many files a folder holds and their bytes; what cannot be listed is left out."""
    files = size = 0
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as listing:
                for item in listing:
                    found = item.stat(follow_symlinks=False)
                    if stat.S_ISDIR(found.st_mode):
                        waiting.append(item.path)
                    else:
                        files += 1
                        size += found.st_size if stat.S_ISREG(found.st_mode) else 0
        except OSError:
            continue
    return files, size
