"""Reading what the person gave: every failure is one sentence that says what to do."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from gouvernail_core.kernel import Problem, RefusedError, Text

#: A JSON problem above that size is not one of ours.
MOST_JSON_BYTES = 50_000_000


def refuse(code: str, fr: str, en: str, *, path: str | None = None) -> NoReturn:
    """Raise a refusal with one problem."""
    raise RefusedError(Problem(code, Text(fr, en), path=path))


def read_json(name: str) -> Any:
    """Return the JSON document in the file `name`, or on standard input for ``-``."""
    raw = sys.stdin.buffer.read(MOST_JSON_BYTES + 1) if name == "-" else _read_file(Path(name))
    if len(raw) > MOST_JSON_BYTES:
        refuse(
            "too-large",
            f"Ce fichier dépasse {MOST_JSON_BYTES // 1_000_000} Mo.",
            f"This file is above {MOST_JSON_BYTES // 1_000_000} MB.",
            path=name,
        )
    if not raw.strip():
        refuse("empty", "Ce fichier est vide.", "This file is empty.", path=name)
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        refuse(
            "not-utf8",
            "Ce fichier n’est pas du texte en UTF-8.",
            "This file is not UTF-8 text.",
            path=name,
        )
    except json.JSONDecodeError as wrong:
        refuse(
            "not-json",
            f"Ce n’est pas du JSON : ligne {wrong.lineno}, colonne {wrong.colno}.",
            f"This is not JSON: line {wrong.lineno}, column {wrong.colno}.",
            path=name,
        )
    except RecursionError:
        refuse(
            "too-deep",
            "Ce document JSON s’emboîte trop profondément.",
            "This JSON document is nested too deeply.",
            path=name,
        )


def _refuse_constant(word: str) -> NoReturn:
    refuse(
        "not-finite",
        f"{word} n’est pas un nombre permis en JSON. Laissez la valeur absente si elle est "
        "inconnue.",
        f"{word} is not a number JSON allows. Leave the value out when it is unknown.",
    )


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
            "C’est un dossier ; un fichier est attendu.",
            "This is a folder; a file is expected.",
            path=str(path),
        )
    if not path.exists():
        refuse("no-file", "Ce fichier n’existe pas.", "This file does not exist.", path=str(path))
