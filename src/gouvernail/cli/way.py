"""The main job without a server: a workbook in, a folder of documents out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from gouvernail.cli.console import day, progress, say, tell, tell_json
from gouvernail.cli.inputs import check_file, refuse
from gouvernail_core.kernel import Problem, RefusedError

#: The workbook formats, by the end of the name.
FORMATS = {".ods": "ods", ".xlsx": "xlsx"}


def write_workbook_file(path: Path, *, example: bool) -> None:
    """Write the empty workbook, or the example; an existing file is never replaced."""
    from gouvernail.demo.example import example_rows
    from gouvernail.workbook.write import write_workbook

    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        refuse(
            "unknown-format",
            "Le nom du classeur se termine par .ods ou .xlsx.",
            "The name of the workbook ends with .ods or .xlsx.",
            path=str(path),
        )
    if path.exists():
        refuse(
            "exists",
            "Ce fichier existe déjà ; choisissez un autre nom, rien n’a été remplacé.",
            "This file already exists; choose another name, nothing was replaced.",
            path=str(path),
        )
    if not path.parent.is_dir():
        refuse(
            "no-folder",
            "Ce dossier n’existe pas.",
            "This folder does not exist.",
            path=str(path.parent),
        )
    write_workbook(example_rows() if example else None, path, format=kind)
    tell(str(path))


def steer_workbook(path: Path, out: Path, *, on: str | None, as_json: bool) -> None:
    """Compute the whole way for a workbook and write its documents, or refuse and write nothing."""
    when = day(on)
    rows = read_workbook(path)
    _check_out(out)
    from gouvernail.documents import write_all
    from gouvernail.steering_run import compute, refusals

    with progress() as report:
        plan = compute(rows, on=when, progress=lambda share, text: report(0.7 * share, text))
        conflict = refusals(plan)
        if conflict:
            raise RefusedError(*(Problem("nothing-fits", text) for text in conflict))
        written = write_all(plan, out, progress=lambda share, text: report(0.7 + 0.3 * share, text))
    if as_json:
        tell_json(plan)
        return
    _summarise(plan)
    tell("")
    for file in written:
        tell(str(file))


def read_workbook(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a workbook, or refuse with every problem found in it."""
    from gouvernail.workbook.problems import all_notes, all_problems
    from gouvernail.workbook.read import read_rows

    check_file(path)
    found = read_rows(path, name=path.name)
    problems = all_problems(found)
    if problems:
        raise RefusedError(*problems)
    for note in all_notes(found):
        say(note.sentence())
    return dict(found.rows)


def _check_out(out: Path) -> None:
    if out.exists() and not out.is_dir():
        refuse(
            "not-a-folder",
            "C’est un fichier ; donnez un dossier où écrire.",
            "This is a file; give a folder to write to.",
            path=str(out),
        )
    parent = out if out.exists() else out.absolute().parent
    try:
        tempfile.TemporaryFile(dir=parent).close()
    except OSError:
        refuse(
            "not-writable",
            "Ce dossier n’existe pas ou n’accepte pas d’écriture.",
            "This folder does not exist or cannot be written to.",
            path=str(parent),
        )


def _summarise(plan: dict[str, Any]) -> None:
    titles = {case["id"]: case["title"] for case in plan["cases"]}
    selection = plan["selection"]
    if selection is None:
        tell("Aucun cas n’est en lice : la feuille de route dit ce qui manque.")
        return
    tell(f"{plan['authority']['name']}, au {plan['on']} (règles {plan['rules_version']})")
    tell("Cas proposés :")
    for case in selection["cases"]:
        if case["recommended"]:
            tell(f"- {titles[case['id']]} ({case['status_label']['fr'].lower()})")
    roadmap = plan["roadmap"]
    if roadmap is not None:
        tell(roadmap["method"]["fr"])
