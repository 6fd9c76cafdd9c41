"""What an examination promises: nothing lost when killed, memory that does not follow the files.

    python bench/examination.py [kills] [files]

Kills: the command is killed (`kill -9`) at 50 random moments, started again, and its answer is
compared to that of a run nobody disturbed; what was written twice is counted. Memory: the peak
resident memory of the process that leads, for 10⁴ then 10⁶ files whose reading is played (their
listing, their rows and the report are real), and that of a process that reads hostile files. Exits
1 when a promise is not kept.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

KILLS = 50
MEGABYTE = 1 << 20
#: What the leading process may take at 10⁶ files, against 10⁴; what a reader may, in bytes.
GROWTH, READER = 1.2, 300 * MEGABYTE

TEXT = "Mme Élodie Durand, née le 3 mai 1969, NIR 2 69 05 49 588 157 80, est diabétique.\n"


def start(top: Path, state: Path) -> subprocess.Popen[bytes]:
    """Start the command over a folder."""
    command = [sys.executable, "-m", "gouvernail", "scan", str(top), "--json", "--workers", "2"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(
        [*command, "--state", str(state)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )


def kills(folder: Path, count: int) -> bool:
    """Kill the command at random moments; return whether its answer is the undisturbed one."""
    top = folder / "partage"
    top.mkdir()
    for number in range(3000):
        (top / f"{number}.txt").write_text(f"{number}. {TEXT}" * 40, encoding="utf-8")
    for name in ("whole", "killed"):
        (folder / f"{name}.key").write_bytes(b"k" * 32)
    began = time.monotonic()
    expected = json.loads(start(top, folder / "whole").communicate()[0])
    whole = time.monotonic() - began
    rng = random.Random(1)
    done, again, most = 0, 0, 0
    for _ in range(count):
        running = start(top, folder / "killed")
        # Most moments fall where files are read; a run seldom goes to its end.
        time.sleep(rng.uniform(0, 0.5 * whole))
        os.kill(running.pid, signal.SIGKILL)
        running.communicate()
        after = _rows_done(folder / "killed")
        if after < done:
            again += done - after
            most = max(most, done - after)
        done = after
    answer = json.loads(start(top, folder / "killed").communicate()[0])
    same = answer == expected
    print(
        f"kills: {count} (a whole run takes {whole:.1f} s), same answer: {same}, "
        f"rows written then lost: {again} (most at once {most})"
    )
    return same and again == 0


def _rows_done(state: Path) -> int:
    if not state.exists():
        return 0
    try:
        with sqlite3.connect(state, timeout=10) as db:
            found = db.execute("SELECT COUNT(*) FROM entries WHERE state != 'todo'").fetchone()
    except sqlite3.OperationalError:
        return 0
    return int(found[0])


def lead(count: int) -> None:
    """Lead an examination of files whose reading is played, then report; print the peak memory."""
    from gouvernail_core.protection import DataStore
    from gouvernail_scan import examination
    from gouvernail_scan.pool import Read
    from gouvernail_scan.report import stores_found
    from gouvernail_scan.state import State
    from gouvernail_scan.unit import FileRef, rules_hash, scan_unit
    from gouvernail_scan.walk import Entry

    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "x.txt"
        sample.write_text(TEXT, encoding="utf-8")
        found = sample.stat()
        one = FileRef(1, os.fsencode(sample), found.st_size, found.st_mtime_ns, 0, found.st_size)
        record = json.dumps(json.loads(scan_unit([one], rules_hash(), b"k" * 32))["1"]).encode()

        class Played:
            """An executor that gives the same record for every file."""

            def __init__(self) -> None:
                self.returned: list[list[FileRef]] = []
                self._units: list[Sequence[FileRef]] = []
                self.free = 2

            @property
            def busy(self) -> bool:
                return bool(self._units)

            def add(self, unit: Sequence[FileRef]) -> None:
                self._units.append(unit)
                self.free -= 1

            def events(self, _seconds: float) -> Iterator[Read]:
                self.free += 1
                for file in self._units.pop(0):
                    yield Read(file.id, record)

        entries = (Entry(b"%07d.txt" % n, 2000, 10**18, 1, n + 1) for n in range(count))
        with State(Path(folder) / "state") as state:
            for _listed in state.list_files([(0, entries)], "r"):
                pass
            run = examination.Run(state, [b"/x"], Played(), lambda _p: None, lambda: False)
            run.go()
            (store,) = stores_found(state, [DataStore("s", "s")], date(2026, 11, 27))
            assert store.ledger.examined.files == count
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def read_hostile(name: str) -> None:
    """Read one hostile file as a worker does; print the peak memory."""
    from gouvernail_core.protection.detection.engine import detector
    from gouvernail_scan.unit import FileRef, rules_hash, scan_unit

    detector()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        # Written by another process: what it takes to make is no part of what it takes to read.
        subprocess.run([sys.executable, __file__, "make", name, str(path)], check=True)
        found = path.stat()
        file = FileRef(1, os.fsencode(path), found.st_size, found.st_mtime_ns, 0, found.st_size)
        answer = json.loads(scan_unit([file], rules_hash(), b"k" * 32))["1"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"peak": peak, "state": answer["state"], "causes": answer["causes"]}))


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _nested() -> bytes:
    inner = b"06 12 34 56 78"
    for _ in range(60):
        inner = _zip({"a.zip": inner})
    return inner


_TYPES = {"[Content_Types].xml": b"<Types/>"}
_FAR = (
    b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
    b'<c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>'
)
HOSTILE: dict[str, Callable[[], bytes]] = {
    "one line of 270 MB.txt": lambda: b"06 12 34 56 78, " * 17_000_000,
    "a document of 1 GB.docx": lambda: _zip(
        _TYPES | {"word/document.xml": b"<w:document><w:t>" + b" " * 1_000_000_000}
    ),
    "millions of paragraphs.docx": lambda: _zip(
        _TYPES | {"word/document.xml": b"<w:document>" + b"<w:p><w:t>x</w:t></w:p>" * 2_500_000}
    ),
    "seventeen billion cells.xlsx": lambda: _zip(_TYPES | {"xl/worksheets/sheet1.xml": _FAR}),
    "sixty archives.zip": _nested,
    "a text of 800 MB.txt.gz": lambda: gzip.compress(b"0" * 800_000_000, 1),
    "quotes nobody closes.csv": lambda: b'nom;prenom;ne le\n"' + b"x;y;z\n" * 20_000_000,
    "nested lists.json": lambda: b"[" * 20_000_000,
}


def measured(*arguments: str) -> str:
    """Run this script for one measure and return what it prints."""
    done = subprocess.run(
        [sys.executable, __file__, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def memory(files: Sequence[int]) -> bool:
    """Print the memory of the leading process and of readers; return whether it is held."""
    peaks = [int(measured("lead", str(count))) for count in files]
    for count, peak in zip(files, peaks, strict=True):
        print(f"leading {count:>9,} files: {peak / MEGABYTE:6.0f} MiB")
    ratio = peaks[-1] / peaks[0]
    print(f"ratio: {ratio:.2f} (at most {GROWTH})")
    held = ratio <= GROWTH
    for name in HOSTILE:
        told = json.loads(measured("read", name))
        print(f"reading {name:32}{told['peak'] / MEGABYTE:6.0f} MiB  {told['state']} "
              f"{', '.join(told['causes'])}")  # fmt: skip
        held = held and told["peak"] <= READER
    return held


def main(arguments: Sequence[str]) -> int:
    """Do one measure, or all of them; return 1 when a promise is not kept."""
    if arguments and arguments[0] == "lead":
        lead(int(arguments[1]))
        return 0
    if arguments and arguments[0] == "read":
        read_hostile(arguments[1])
        return 0
    if arguments and arguments[0] == "make":
        Path(arguments[2]).write_bytes(HOSTILE[arguments[1]]())
        return 0
    count = int(arguments[0]) if arguments else KILLS
    files = int(arguments[1]) if len(arguments) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        same = kills(Path(folder), count)
    return 0 if memory([10_000, files]) and same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
