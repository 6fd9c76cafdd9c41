"""What an examination has done so far, on disk: one SQLite file, written by one process.

Every file has one row, or several when it is a long text cut in parts. A row holds what was found
as counts, keyed hashes and masked samples: never a value. Whatever the moment a process is killed
at, the rows that are written are whole and the others are examined again.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from gouvernail_scan.blocks import Cause
from gouvernail_scan.unit import FileRef
from gouvernail_scan.walk import Entry

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY,
    root INTEGER NOT NULL,
    path BLOB NOT NULL,
    start INTEGER NOT NULL DEFAULT 0,
    stop INTEGER NOT NULL,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    files INTEGER NOT NULL DEFAULT 1,
    rules TEXT NOT NULL,
    seen INTEGER NOT NULL,
    state TEXT NOT NULL,
    cause TEXT NOT NULL DEFAULT '',
    deaths INTEGER NOT NULL DEFAULT 0,
    record TEXT NOT NULL DEFAULT '',
    UNIQUE (root, path, start)
);
CREATE INDEX IF NOT EXISTS entries_todo ON entries (id) WHERE state = 'todo';
CREATE INDEX IF NOT EXISTS entries_inode ON entries (device, inode);
"""
_VERSION = "1"
_BATCH = 1000


class Busy(Exception):
    """Another process is examining with this state file."""


class NotAState(Exception):
    """The file is not one of ours."""


class Row(NamedTuple):
    """A row of the ledger, as the report reads it."""

    root: int
    path: bytes
    start: int
    stop: int
    size: int
    mtime: int
    files: int
    state: str
    cause: str
    record: str


class Done(NamedTuple):
    """How much is done, in files and bytes."""

    files: int
    total_files: int
    bytes: int
    total_bytes: int


class State:
    """The state file, held by this process only until it is closed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        new = not path.exists() or not path.stat().st_size
        if new:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        self._lock = os.open(f"{path}.lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            raise Busy(str(path)) from error
        self._db = sqlite3.connect(path, isolation_level=None)
        try:
            if not new and not self._is_ours():
                raise NotAState(str(path))
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(_SCHEMA)
            self._db.execute("INSERT OR IGNORE INTO meta VALUES ('version', ?)", (_VERSION,))
        except sqlite3.DatabaseError as error:
            self.close()
            raise NotAState(str(path)) from error
        except NotAState:
            self.close()
            raise
        self.key = self._read_key()

    def _is_ours(self) -> bool:
        tables = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master")}
        if not tables:
            return True
        if "meta" not in tables or "entries" not in tables:
            return False
        return self.get("version") == _VERSION

    def _read_key(self) -> bytes:
        """Return the key of the hashes, kept apart from them and readable by the owner only."""
        file = Path(f"{self.path}.key")
        try:
            descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            key = file.read_bytes()
            if len(key) == 32:
                return key
            descriptor = os.open(file, os.O_WRONLY | os.O_TRUNC)
        # Without its key what was counted cannot be added to: it is counted again.
        self._db.execute("DELETE FROM entries")
        key = secrets.token_bytes(32)
        with os.fdopen(descriptor, "wb") as out:
            out.write(key)
            out.flush()
            os.fsync(out.fileno())
        return key

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let another process use the file."""
        self._db.close()
        os.close(self._lock)

    def get(self, name: str) -> str:
        """Return what was set under a name, empty if nothing was."""
        found = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return found[0] if found else ""

    def set(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def list_files(self, roots: Sequence[tuple[int, Iterable[Entry]]], rules: str) -> Iterator[int]:
        """Write what the folders hold now, and give from time to time how many files were listed.

        What has not changed since it was examined by the same rules is kept; what is no longer
        there is forgotten once everything has been listed.
        """
        run = int(self.get("run") or 0) + 1
        count = 0
        self._db.execute("BEGIN")
        try:
            for root, entries in roots:
                for entry in entries:
                    self._list(root, entry, rules, run)
                    count += 1
                    if count % _BATCH == 0:
                        self._db.execute("COMMIT")
                        yield count
                        self._db.execute("BEGIN")
            self._db.execute("DELETE FROM entries WHERE seen != ?", (run,))
            self.set("run", str(run))
        finally:
            self._db.execute("COMMIT")
        yield count

    def _list(self, root: int, entry: Entry, rules: str, run: int) -> None:
        cause = entry.cause
        size = entry.size
        if entry.shared and cause is None and self._listed_elsewhere(root, entry, run):
            # The same file under another name: its bytes are those of the first.
            cause, size = Cause.SAME_FILE, 0
        found = self._db.execute(
            "SELECT size, mtime, rules, state FROM entries WHERE root = ? AND path = ?"
            " ORDER BY start LIMIT 1",
            (root, entry.path),
        ).fetchone()
        refused = cause.value if cause else ""
        if found:
            same = found[:3] == (size, entry.mtime, rules) and found[3] != "refused"
            if same and not refused:
                self._db.execute(
                    "UPDATE entries SET seen = ? WHERE root = ? AND path = ?",
                    (run, root, entry.path),
                )
                return
            self._db.execute("DELETE FROM entries WHERE root = ? AND path = ?", (root, entry.path))
        self._db.execute(
            "INSERT INTO entries (root, path, stop, size, mtime, device, inode, files, rules, seen,"
            " state, cause) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                root, entry.path, size, size, entry.mtime, entry.device, entry.inode, entry.files,
                rules, run, "refused" if refused else "todo", refused,
            ),
        )  # fmt: skip

    def _listed_elsewhere(self, root: int, entry: Entry, run: int) -> bool:
        found = self._db.execute(
            "SELECT 1 FROM entries WHERE device = ? AND inode = ? AND seen = ? AND state !="
            " 'refused' AND NOT (root = ? AND path = ?) LIMIT 1",
            (entry.device, entry.inode, run, root, entry.path),
        ).fetchone()
        return found is not None

    def split(self, file: FileRef, ends: Sequence[int]) -> None:
        """Put in place of a row those of its parts, which end at the given offsets."""
        self._db.execute("BEGIN")
        for start, end in pairwise(ends):
            self._db.execute(
                "INSERT OR REPLACE INTO entries (root, path, start, stop, size, mtime, device,"
                " inode, files, rules, seen, state) SELECT root, path, ?, ?, size, mtime, device,"
                " inode, 0, rules, seen, 'todo' FROM entries WHERE id = ?",
                (start, end, file.id),
            )
        self._db.execute("UPDATE entries SET stop = ? WHERE id = ?", (ends[0], file.id))
        self._db.execute("COMMIT")

    def todo(self, roots: Sequence[bytes], after: int, count: int) -> list[FileRef]:
        """Return at most `count` rows to examine, those after a row, in order."""
        rows = self._db.execute(
            "SELECT id, root, path, size, mtime, start, stop FROM entries WHERE state = 'todo'"
            " AND id > ? ORDER BY id LIMIT ?",
            (after, count),
        )
        return [
            FileRef(row, os.path.join(roots[root], path) if path else roots[root], *rest)
            for row, root, path, *rest in rows
        ]

    def cards(self) -> list[tuple[int, int, bytes, int]]:
        """Return every file that may be read: row, root, path, size; about 200 bytes each."""
        return self._db.execute(
            "SELECT id, root, path, size FROM entries WHERE state != 'refused' AND start = 0"
            " ORDER BY root, path"
        ).fetchall()

    def these(self, roots: Sequence[bytes], rows: Sequence[int]) -> list[FileRef]:
        """Return the files of some rows that are still to be examined, in that order."""
        marks = ",".join("?" * len(rows))
        found = {
            row: FileRef(row, os.path.join(roots[root], path) if path else roots[root], *rest)
            for row, root, path, *rest in self._db.execute(
                "SELECT id, root, path, size, mtime, start, stop FROM entries"  # noqa: S608
                f" WHERE state = 'todo' AND id IN ({marks})",
                list(rows),
            )
        }
        return [found[row] for row in rows if row in found]

    def write(self, done: Sequence[tuple[int, str, str, str]]) -> None:
        """Keep what was found: id, state, first cause, record; all or nothing."""
        self._db.execute("BEGIN")
        self._db.executemany(
            "UPDATE entries SET state = ?, cause = ?, record = ? WHERE id = ?",
            [(state, cause, record, row) for row, state, cause, record in done],
        )
        self._db.execute("COMMIT")

    def died(self, row: int) -> int:
        """Count one more reader that a file has killed; return how many."""
        self._db.execute("UPDATE entries SET deaths = deaths + 1 WHERE id = ?", (row,))
        found = self._db.execute("SELECT deaths FROM entries WHERE id = ?", (row,)).fetchone()
        return int(found[0]) if found else 0

    def done(self) -> Done:
        """Return how much is done."""
        found = self._db.execute(
            "SELECT COALESCE(SUM(CASE WHEN state != 'todo' THEN files END), 0),"
            " COALESCE(SUM(files), 0),"
            " COALESCE(SUM(CASE WHEN state != 'todo' THEN stop - start END), 0),"
            " COALESCE(SUM(stop - start), 0) FROM entries"
        ).fetchone()
        return Done(*found)

    def rows(self) -> Iterator[Row]:
        """Return every row in the order of roots, paths and offsets, one at a time."""
        found = self._db.execute(
            "SELECT root, path, start, stop, size, mtime, files, state, cause, record FROM entries"
            " ORDER BY root, path, start"
        )
        for row in found:
            yield Row(*row)

    def files(self, roots: Sequence[bytes], row: int) -> list[FileRef]:
        """Return the file of a row, none if it is gone."""
        return [file for file in self.todo(roots, row - 1, 1) if file.id == row]
