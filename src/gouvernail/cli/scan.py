"""Find personal and sensitive data: in folders, resumable; in one text."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from gouvernail.cli.console import day, progress, say, tell, tell_json
from gouvernail.cli.inputs import check_file, refuse
from gouvernail_core.kernel import Text

if TYPE_CHECKING:
    from gouvernail_core.protection import DataStore
    from gouvernail_scan.examination import Progress
    from gouvernail_scan.sampled import Sampled
    from gouvernail_scan.state import State

#: A text above that size is examined in a folder, by pieces.
MOST_TEXT_BYTES = 20_000_000
#: Files told one by one on a terminal.
TOLD = 15


def scan_folders(
    paths: list[Path],
    *,
    workers: int,
    state: Path | None,
    dask: str,
    excluded: list[str],
    no_exclusion: bool,
    drawn: tuple[float, int] | None = None,
    on: str | None,
    as_json: bool,
) -> None:
    """Examine folders and print what they hold; exit with 1 when it was stopped before the end.

    `drawn` asks for files drawn at random: for how many seconds, and with which seed.
    """
    from gouvernail.formats.scan import head_json
    from gouvernail_scan.examination import examine
    from gouvernail_scan.pool import NoReader
    from gouvernail_scan.report import stores_found
    from gouvernail_scan.sampled import sample
    from gouvernail_scan.unit import rules_hash
    from gouvernail_scan.walk import PRIVATE

    when = day(on)
    stores = _stores(paths)
    patterns = () if no_exclusion else (*PRIVATE, *excluded)
    with ExitStack() as opened:
        book = opened.enter_context(_state(state))
        stop = opened.enter_context(_interrupted())
        report = opened.enter_context(progress())
        sampled, finished = None, True
        try:
            if drawn:
                sampled = sample(
                    [store.folder for store in stores],
                    book,
                    stores,
                    on=when,
                    seconds=drawn[0],
                    seed=drawn[1],
                    workers=workers,
                    excluded=patterns,
                    progress=lambda each: report(*_shown(each)),
                    stop=stop,
                )
            else:
                finished = examine(
                    [store.folder for store in stores],
                    book,
                    workers=workers,
                    dask=dask,
                    excluded=patterns,
                    progress=lambda each: report(*_shown(each)),
                    stop=stop,
                )
        except NoReader:
            refuse(
                "no-reader",
                "Les processus de lecture s’arrêtent avant d’avoir rien lu : cette machine manque "
                "peut-être de mémoire. Essayez avec --workers 1.",
                "The reading processes end before reading anything: this machine may lack memory. "
                "Try with --workers 1.",
            )
        except OSError as wrong:
            if not dask:
                raise
            refuse(
                "no-scheduler",
                f"Aucun ordonnanceur Dask ne répond à cette adresse ({wrong}).",
                f"No Dask scheduler answers at this address ({wrong}).",
                path=dask,
            )
        if as_json:
            head = head_json(
                stores_found(book, stores, when),
                rules=rules_hash(),
                on=when,
                finished=finished,
                sampled=sampled,
            )
            _write_json(book, stores, when, head)
        else:
            _tell_report(book, stores, when)
            _tell_sample(sampled, stores)
    if not finished:
        say(
            f"Examen interrompu. Reprenez-le avec --state {state}."
            if state
            else "Examen interrompu. Avec --state FICHIER, il se reprend où il s’est arrêté."
        )
        raise typer.Exit(1)


def _stores(paths: list[Path]) -> list[DataStore]:
    """Return one store for each path given, refusing what is absent or given twice."""
    from gouvernail_core.protection import DataStore

    real = [Path(os.path.realpath(path)) for path in paths]
    for path, where in zip(paths, real, strict=True):
        if not where.exists():
            refuse(
                "no-folder",
                "Ce dossier n’existe pas.",
                "This folder does not exist.",
                path=str(path),
            )
        inside = [other for other in real if other != where and other in where.parents]
        if inside or real.count(where) > 1:
            refuse(
                "nested",
                "Ce dossier est déjà dans un autre de ceux que vous donnez : il serait compté "
                "deux fois.",
                "This folder is already in another of those given: it would be counted twice.",
                path=str(path),
            )
    return [
        DataStore(id=str(path), name=path.name or str(path), folder=str(where))
        for path, where in zip(paths, real, strict=True)
    ]


@contextmanager
def _state(path: Path | None) -> Iterator[State]:
    """Open the state file, or one that disappears with the command."""
    from gouvernail_scan.state import Busy, NotAState, State

    if path is None:
        with (
            tempfile.TemporaryDirectory(prefix="gouvernail-") as folder,
            State(Path(folder) / "etat") as state,
        ):
            yield state
        return
    if path.is_dir() or not path.parent.is_dir():
        refuse(
            "no-state",
            "L’état de l’examen est un fichier, dans un dossier qui existe.",
            "The state of the examination is a file, in a folder that exists.",
            path=str(path),
        )
    try:
        with State(path) as state:
            yield state
    except Busy:
        refuse(
            "busy",
            "Un autre examen utilise ce fichier d’état en ce moment.",
            "Another examination is using this state file now.",
            path=str(path),
        )
    except NotAState:
        refuse(
            "not-a-state",
            "Ce fichier n’est pas l’état d’un examen ; rien n’y a été changé.",
            "This file is not the state of an examination; nothing was changed in it.",
            path=str(path),
        )
    except PermissionError as wrong:
        refuse(
            "unwritable",
            f"Ce fichier d’état ne s’ouvre pas ({wrong.strerror}).",
            f"This state file cannot be opened ({wrong.strerror}).",
            path=str(path),
        )


@contextmanager
def _interrupted() -> Iterator[Any]:
    """Return what tells whether the person asked to stop, by Ctrl-C or a signal."""
    asked = []

    def note(_signal: int, _frame: object) -> None:
        asked.append(True)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _shown(each: Progress) -> tuple[float, Text]:
    done = each.done
    if each.listing:
        text = Text(f"Inventaire : {done.total_files} fichiers", f"{done.total_files} files listed")
        return 0.0, text
    share = done.bytes / done.total_bytes if done.total_bytes else 1.0
    left = "" if each.remaining is None else f", reste {_duration(each.remaining)}"
    said = f"Lecture : {done.files} fichiers sur {done.total_files}{left}"
    return share, Text(said, said)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h".replace(".", ",")


def _tell_sample(sampled: Sampled | None, stores: list[DataStore]) -> None:
    if sampled is None:
        return
    names = {store.id: store.name for store in stores}
    tell("\nTirage au sort")
    for each in sampled.estimates:
        bounds = each.bounds
        told = f"de {_number(bounds.low)} à {_number(bounds.high)}" if bounds else "trop peu lu"
        tell(f"  {names[each.store]} : {each.read} lus sur {each.files}, risque {told}")
    for reason in sampled.reasons:
        tell(f"  {reason.text.fr}")


def _write_json(state: State, stores: list[DataStore], on: date, head: dict[str, Any]) -> None:
    """Write the answer as it is read from the state: a million files are never held at once."""
    from gouvernail.formats.scan import file_json
    from gouvernail_scan.report import files_found

    out = sys.stdout
    out.write(json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}"))
    out.write(',\n  "files": [')
    mark = "\n"
    for found in files_found(state, stores, on):
        line = json.dumps(file_json(found, stores[found.store].id), ensure_ascii=False)
        out.write(f"{mark}    {line}")
        mark = ",\n"
    out.write("\n  ]\n}\n")


def _tell_report(state: State, stores: list[DataStore], on: date) -> None:
    from gouvernail.formats.scan import head_json
    from gouvernail_core.protection.detection.kinds import PersonalData
    from gouvernail_scan.report import stores_found, total_ledger

    found = stores_found(state, stores, on)
    ledger = total_ledger(found)
    for label, amount in (
        ("Examinés", ledger.examined),
        ("En partie", ledger.partial),
        ("Non examinés", ledger.unexamined),
        ("En tout", ledger.total),
    ):
        tell(f"{label:<13}{_files(amount.files):>20} {_size(amount.bytes):>10}")
    for cause in head_json(found, rules="", on=on, finished=True)["ledger"]["causes"]:
        tell(f"  {cause['label']} : {_files(cause['files'])}, {_size(cause['bytes'])}")
    for each in sorted(found, key=lambda one: -one.risk.value):
        given = each.data_class.value if each.data_class else "classe inconnue"
        tell(f"\n{each.store.name} : {given}, risque {_number(each.risk.value)}")
        for kind, counts in each.types.items():
            tell(
                f"  {PersonalData(kind).label.fr} : {counts['count']} fois, "
                f"{counts['distinct']} valeur{'s' if counts['distinct'] > 1 else ''}"
            )
        for file in each.top[:TOLD]:
            tell(f"  {_number(file.risk.value):>8}  {file.path}")


def _files(count: int) -> str:
    return f"{count} fichier{'s' if count > 1 else ''}"


def _size(count: int) -> str:
    for unit, size in (("Go", 10**9), ("Mo", 10**6), ("ko", 10**3)):
        if count >= size:
            return f"{count / size:.1f} {unit}".replace(".", ",")
    return f"{count} o"


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def detect_file(file: Path, *, least: float, as_json: bool) -> None:
    """Print where a text holds personal data, never the data themselves."""
    from gouvernail.formats.scan import spans_json
    from gouvernail_core.protection.detection.detect import detect
    from gouvernail_scan.extract.formats import TEXTS, Format, sniff_head
    from gouvernail_scan.extract.plain import text_of

    check_file(file)
    try:
        data = file.read_bytes()
    except OSError as wrong:
        refuse(
            "unreadable",
            f"Ce fichier ne s’ouvre pas ({wrong.strerror}).",
            f"This file cannot be opened ({wrong.strerror}).",
            path=str(file),
        )
    if sniff_head(data[:65536], file.name) not in (*TEXTS, Format.EMPTY):
        refuse(
            "not-a-text",
            "Ce fichier n’est pas un texte. Pour un document, utilisez « gouvernail scan ».",
            "This file is not a text. For a document, use “gouvernail scan”.",
            path=str(file),
        )
    if len(data) > MOST_TEXT_BYTES:
        refuse(
            "too-large",
            f"Ce texte dépasse {MOST_TEXT_BYTES // 1_000_000} Mo. Utilisez « gouvernail scan ».",
            f"This text is above {MOST_TEXT_BYTES // 1_000_000} MB. Use “gouvernail scan”.",
            path=str(file),
        )
    text = text_of(data)
    spans = detect(text, least=least)
    if as_json:
        tell_json(spans_json(spans))
        return
    if not spans:
        tell("Rien n’a été repéré dans ce texte.")
    for span in spans:
        line = text.count("\n", 0, span.start) + 1
        column = span.start - text.rfind("\n", 0, span.start)
        tell(f"ligne {line}, caractère {column} : {span.type.label.fr} ({span.confidence:.0%})")
