"""One authority, all of it, in one file of open formats that needs no software of ours to read."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.db import transaction

from gouvernail import __version__
from gouvernail.apps.facts.plain import plain_row
from gouvernail.apps.facts.queries import rows_of as facts_of
from gouvernail.apps.files.queries import files_of
from gouvernail.apps.files.queries import folder_of as files_folder
from gouvernail.apps.journal.queries import seal_of
from gouvernail.apps.journal.services import record
from gouvernail.apps.steering.queries import path_of as document_path
from gouvernail.common.actor import Actor
from gouvernail.common.tenancy import owned
from gouvernail.keeping.archive import Writer, as_json, refused, written
from gouvernail.keeping.readme import EN, FR
from gouvernail.keeping.tables import TAKEN, leaving, member_of
from gouvernail.workbook import write_workbook
from gouvernail_core.facts import Rows
from gouvernail_core.kernel import Text

Report = Callable[[float, Text], None]

KIND = "gouvernail-authority"
FORMAT = 1
_READING = Text("Lecture de tout ce qui est à vous", "Reading all that is yours")
_WRITING = Text("Écriture des tables et du classeur", "Writing the tables and the workbook")
_ATTACHED = Text("Écriture des pièces et des documents", "Writing the files and the documents")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Exported:
    """What left: whose, how many rows and files."""

    name: str
    rows: int
    files: int


def authority_of(code: str) -> int:
    """Return the authority of that code; refuse one that is not here, naming those that are."""
    known = dict(apps.get_model("authority.Authority").objects.values_list("code", "pk"))
    if code not in known:
        listed = ", ".join(sorted(known)[:20])
        raise refused(
            "authority-unknown",
            f"Aucune collectivité n’a le code « {code} ». Codes connus : {listed or 'aucun'}.",
            f"No authority has the code “{code}”. Known codes: {listed or 'none'}.",
        )
    return int(known[code])


def write_export(authority_id: int, path: Path, *, by: Actor, at: datetime) -> Exported:
    """Write the export under this name, for its owner alone; refuse a name that is taken."""
    with written(path) as workshop:
        return export_to(authority_id, workshop.stream, by=by, at=at)


def export_to(
    authority_id: int,
    stream: IO[bytes],
    *,
    by: Actor | None,
    at: datetime,
    told: Report | None = None,
) -> Exported:
    """Write the export; the journal says that it left, in the export as well.

    `by` is None for a run, whose journal entry is written in the act that ends it. `told` hears
    how far it is.

    The rows are of one moment: the authority is locked while they are read, and no longer. Files
    and documents follow; one taken back meanwhile is missing, and the manifest says so.
    """
    report: Report = told or (lambda share, text: None)
    report(0.0, _READING)
    writer = Writer(stream)
    with tempfile.TemporaryDirectory() as aside:
        with transaction.atomic():
            authority = _locked(authority_id)
            if by is not None:
                record("authority-exported", by=by, at=at, authority_id=authority_id)
            counts = {label: _aside(Path(aside), label, authority_id) for label in TAKEN}
            facts = facts_of(authority_id)
            people = list(_people(authority_id))
            seal = seal_of(authority_id)
        report(0.2, _WRITING)
        for label in TAKEN:
            writer.file(member_of(label), Path(aside) / label)
    writer.text("people.json", as_json(people, indent=1))
    _facts(writer, facts)
    files, missing = _files(writer, authority_id, report)
    for name, text in (("LISEZ-MOI.txt", FR), ("README.txt", EN)):
        writer.text(name, text.format(name=authority.name or authority.code, at=f"{at:%Y-%m-%d}"))
    writer.close(
        {
            "kind": KIND,
            "format": FORMAT,
            "software": __version__,
            "at": at.isoformat(),
            "authority": {
                "uid": str(authority.uid),
                "code": authority.code,
                "name": authority.name,
            },
            "seal": seal,
            "rows": counts,
            "missing": missing,
        }
    )
    return Exported(str(authority), sum(counts.values()), files)


def _locked(authority_id: int) -> Any:
    return (
        apps.get_model("authority.Authority")
        .objects.select_for_update(no_key=True)
        .get(pk=authority_id)
    )


def _aside(folder: Path, label: str, authority_id: int) -> int:
    """Write a table aside, one row a line, so that none is held in memory; return how many."""
    count = 0
    with (folder / label).open("w", encoding="utf-8") as lines:
        for row in leaving(label, authority_id):
            lines.write(as_json(row) + "\n")
            count += 1
    return count


def _people(authority_id: int) -> Iterator[dict[str, Any]]:
    """Yield those who have access: who they are and their roles, nothing that opens a door."""
    memberships = owned(apps.get_model("accounts.Membership"), authority_id)
    for each in memberships.select_related("user").order_by("pk"):
        yield {
            "uid": each.user.uid,
            "username": each.user.username,
            "name": each.user.name,
            "email": each.user.email,
            "language": each.user.language,
            "roles": each.roles,
            "person": each.person,
        }


def _facts(writer: Writer, facts: Rows) -> None:
    for code, rows in facts.items():
        writer.text(f"facts/{code}.json", as_json([plain_row(row) for row in rows], indent=1))
    stream = io.BytesIO()
    write_workbook(facts, stream, format="ods")
    with writer.member("facts/workbook.ods") as member:
        member.write(stream.getvalue())


def _files(writer: Writer, authority_id: int, report: Report) -> tuple[int, list[str]]:
    """Write the attached files and the documents; return how many, and those not found."""
    wanted = [
        *(
            (file_member(file.uid, file.name), files_folder(authority_id) / file.place)
            for file in files_of(authority_id)
        ),
        *(
            (document_member(result.pk, name), path)
            for result in owned(apps.get_model("steering.Result"), authority_id).only("documents")
            for name in result.documents
            if (path := document_path(result.pk, authority_id, name))
        ),
    ]
    missing = []
    for number, (name, path) in enumerate(wanted):
        report(0.4 + 0.6 * number / len(wanted), _ATTACHED)
        if not writer.file(name, path):
            missing.append(name)
    return len(wanted) - len(missing), missing


def file_member(uid: Any, name: str) -> str:
    """Return where an attached file is in an export: by its number, with the suffix of its name."""
    suffix = Path(name).suffix
    return f"files/{uid}{suffix if _SUFFIX.fullmatch(suffix) else ''}"


def document_member(result_id: int, name: str) -> str:
    """Return where a document of a plan is in an export."""
    return f"documents/{result_id}/{name}"
