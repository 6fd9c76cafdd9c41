"""Reading what the person gave: every failure is one sentence that says what to do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

from gouvernail_core.kernel import Problem, RefusedError, Text

#: A JSON problem above that size is not one of ours.
MOST_JSON_BYTES = 50_000_000


def refuse(code: str, fr: str, en: str, *, path: str | None = None) -> NoReturn:
    """Raise a refusal with one problem."""
    raise RefusedError(Problem(code, Text(fr, en), path=path))


def read_json(name: str) -> object:
    """Return the JSON document in the file `name`, or on standard input for ``-``."""
    from gouvernail.formats import problems

    raw = sys.stdin.buffer.read(MOST_JSON_BYTES + 1) if name == "-" else _read_file(Path(name))
    if len(raw) > MOST_JSON_BYTES:
        refuse(
            "too-large",
            f"Ce fichier dépasse {MOST_JSON_BYTES // 1_000_000} Mo.",
            f"This file is above {MOST_JSON_BYTES // 1_000_000} MB.",
            path=name,
        )
    return problems.read_json(raw)


def _read_file(path: Path) -> bytes:
    check_file(path)
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_JSON_BYTES + 1)
    except OSError as wrong:
        refuse(
            "unreadable",
            f"Ce fichier ne s’ouvre pas ({wrong.strerror}).",
            f"This file cannot be opened ({wrong.strerror}).",
            path=str(path),
        )


def check_file(path: Path) -> None:
    """Refuse a path that is not an existing file."""
    if path.is_dir():
        refuse(
            "directory",
            "C’est un dossier ; un fichier est attendu.",
            "This is a folder; a file is expected.",
            path=str(path),
        )
    if not path.exists():
        refuse("no-file", "Ce fichier n’existe pas.", "This file does not exist.", path=str(path))
