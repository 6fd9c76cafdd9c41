"""An exported authority that comes into another installation: all of it, or nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from gouvernail.apps.accounts.permissions import ROLES
from gouvernail.apps.facts.queries import rows_of as facts_of
from gouvernail.apps.files.queries import files_of
from gouvernail.apps.files.queries import folder_of as files_folder
from gouvernail.apps.journal.queries import verified
from gouvernail.apps.journal.services import record
from gouvernail.apps.steering.queries import folder_of as documents_folder
from gouvernail.common.actor import Actor
from gouvernail.keeping import archive
from gouvernail.keeping.archive import Reader, refused
from gouvernail.keeping.export import FORMAT, KIND, document_member, file_member
from gouvernail.keeping.tables import (
    AUTHORITY,
    NETWORK,
    TAKEN,
    USER,
    arriving,
    kept_by_django,
    member_of,
)
from gouvernail_core.facts import digest

_BATCH = 500


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """An authority that came in; `notes` say, in French, what could not follow."""

    pk: int
    code: str
    name: str
    rows: int
    files: int
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Arrival:
    """What an import knows as it goes: numbers there and here, and what to tell at the end."""

    numbers: dict[str, dict[Any, int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    rows: int = 0
    files: int = 0

    def found(self, label: str, value: Any) -> int | None:
        """Return the number, here, of what is named `value` there."""
        return self.numbers.get(label, {}).get(value)


def bring_in(path: Path, *, code: str = "", by: Actor, at: datetime) -> BroughtIn:
    """Bring an exported authority in, under another code when given one.

    Raises RefusedError, nothing written, for a file that is not whole or of a later version, and
    for an authority that is here already.
    """
    with archive.opened(path, kind=KIND, version=FORMAT) as reader:
        _check(reader, path)
        archive.check_room(reader, Path(settings.MEDIA_ROOT))
        try:
            return _brought_in(reader, code=code, by=by, at=at)
        except OSError:
            raise  # of this installation's disk, which says its own reason
        except (*archive.UNSOUND, ValidationError, IntegrityError, DataError) as wrong:
            # Its digests are right, so its hand is not ours; the transaction was taken back.
            raise _not_ours(path, wrong) from wrong


def _check(reader: Reader, path: Path) -> None:
    told = reader.manifest
    lacking = [label for label in TAKEN if member_of(label) not in reader.names]
    rows = told.get("rows")
    if not isinstance(rows, dict) or not isinstance(told.get("authority"), dict):
        raise archive.damaged(str(path))
    if set(rows) - set(TAKEN):
        raise archive.later(path, told)  # a table that this version does not know
    if any(label in rows for label in lacking) or AUTHORITY in lacking:
        raise archive.damaged(str(path))


def _brought_in(reader: Reader, *, code: str, by: Actor, at: datetime) -> BroughtIn:
    arrival = _Arrival()
    with _folders_of_its_own() as keep, transaction.atomic():
        pk = _authority(reader, arrival, code)
        _people(reader, arrival)
        _networks(arrival)
        for label in TAKEN[1:]:
            if member_of(label) in reader.names:
                _table(reader, label, pk, arrival)
        _refuse_foreign_journal(pk)
        model: Any = apps.get_model(AUTHORITY)
        if code:
            model.objects.filter(pk=pk).update(facts_digest=digest(facts_of(pk)))
        _refuse_broken_journal(pk)
        _files(reader, pk, arrival, keep)
        authority = model.objects.get(pk=pk)
        record(
            "authority-imported",
            by=by,
            at=at,
            authority_id=pk,
            subject=str(authority),
            after={"code": authority.code, "from": reader.manifest.get("at")},
        )
    return BroughtIn(
        pk, authority.code, str(authority), arrival.rows, arrival.files, tuple(arrival.notes)
    )


def _authority(reader: Reader, arrival: _Arrival, code: str) -> int:
    [row] = reader.lines(member_of(AUTHORITY))
    row = {**row, "code": code or row["code"]}
    model: Any = apps.get_model(AUTHORITY)
    if model.objects.filter(uid=row["uid"]).exists():
        raise refused(
            "authority-here",
            f"La collectivité « {row['name'] or row['code']} » est déjà dans cette installation. "
            "Rien n’a été touché : un export n’en remplace pas une.",
            f"The authority “{row['name'] or row['code']}” is already in this installation. "
            "Nothing was touched: an export does not replace one.",
        )
    if model.objects.filter(code=row["code"]).exists():
        raise refused(
            "code-taken",
            f"Une autre collectivité a déjà le code « {row['code']} ». Donnez-en un autre avec "
            "--code.",
            f"Another authority already has the code “{row['code']}”. Give another with --code.",
        )
    made = arriving(AUTHORITY, row, arrival.found)
    if made is None:
        raise ValueError("authority")
    made.save(force_insert=True)
    model.objects.filter(pk=made.pk).update(updated_at=row["updated_at"])
    arrival.numbers[AUTHORITY] = {row["id"]: made.pk}
    arrival.rows += 1
    return int(made.pk)


def _people(reader: Reader, arrival: _Arrival) -> None:
    """Find the accounts of those who had access, or make them, without a password.

    An account that merely bears the same name may be somebody else's: it is given nothing.
    """
    model: Any = apps.get_model(USER)
    known = arrival.numbers.setdefault(USER, {})
    for person in json.loads(reader.text("people.json")):
        user = model.objects.filter(uid=person["uid"]).first()
        if user is None and model.objects.filter(username=person["username"]).exists():
            arrival.notes.append(
                f"{person['name']} : un compte « {person['username']} » existe déjà ici ; s’il est "
                "le sien, donnez-lui accès avec gouvernail access."
            )
            continue
        if user is None:
            user = model.objects.create_user(
                person["username"],
                None,
                uid=person["uid"],
                name=person["name"],
                email=person["email"],
                language=person["language"],
            )
            arrival.notes.append(
                f"{person['name']} : compte « {person['username']} » ouvert, sans mot de passe."
            )
        known[str(person["uid"])] = user.pk


def _networks(arrival: _Arrival) -> None:
    rows = apps.get_model(NETWORK).objects.values_list("uid", "pk")
    arrival.numbers[NETWORK] = {str(uid): pk for uid, pk in rows}


def _table(reader: Reader, label: str, authority_id: int, arrival: _Arrival) -> None:
    model: Any = apps.get_model(label)
    numbers = arrival.numbers.setdefault(label, {})
    lines, left = reader.lines(member_of(label)), 0
    while batch := list(islice(lines, _BATCH)):
        made = [(row, _row(label, row, authority_id, arrival)) for row in batch]
        kept = [(row, each) for row, each in made if each is not None]
        rows = [each for _row_there, each in kept]
        model._base_manager.bulk_create(rows)
        if own := kept_by_django(label):
            for row, each in kept:
                for column in own:
                    setattr(each, column, each._meta.get_field(column).to_python(row[column]))
            model._base_manager.bulk_update(rows, own)
        numbers |= {row["id"]: each.pk for row, each in kept}
        arrival.rows += len(kept)
        left += len(batch) - len(kept)
    if left:
        arrival.notes.append(
            f"{model._meta.verbose_name_plural} : {left} ligne(s) n’ont pas suivi, faute de la "
            "personne ou du réseau qu’elles désignent."
        )


def _row(label: str, row: dict[str, Any], authority_id: int, arrival: _Arrival) -> Any | None:
    made = arriving(label, row, arrival.found)
    if made is not None:
        made.authority_id = authority_id
    if label in ("accounts.Membership", "accounts.Delegation") and made is not None:
        made.roles = [role for role in made.roles if role in ROLES]
    if label == "steering.Result" and made is not None:
        _refuse_names_outside(made.documents)
    return made


def _refuse_names_outside(documents: Any) -> None:
    """Raise ValueError for a plan whose documents would be files of this server."""
    named = isinstance(documents, list) and all(isinstance(name, str) for name in documents)
    if not named or not all(map(archive.is_inside, documents)):
        raise ValueError("documents")


def _refuse_foreign_journal(authority_id: int) -> None:
    """Refuse a chain that verifies, and is that of another authority or of the platform."""
    own = str(apps.get_model(AUTHORITY)._base_manager.values_list("uid").get(pk=authority_id)[0])
    chains = apps.get_model("journal.Chain")._base_manager.filter(authority=authority_id)
    if chains.exclude(uid=own).exists():
        raise _broken()


def _refuse_broken_journal(authority_id: int) -> None:
    if verified(authority_id).alterations:
        raise _broken()


def _broken() -> Exception:
    return refused(
        "journal-broken",
        "Le journal de cet export a été altéré ; la collectivité n’est pas entrée. Demandez un "
        "nouvel export.",
        "The journal of this export was altered; the authority did not come in. Ask for a new "
        "export.",
    )


def _files(reader: Reader, authority_id: int, arrival: _Arrival, keep: Callable[..., None]) -> None:
    """Write the attached files and the documents where this installation looks for them."""
    names = set(reader.names)
    for file in files_of(authority_id):
        member, folder = file_member(file.uid, file.name), files_folder(authority_id)
        if member in names and reader.manifest["members"][member] != {
            "size": file.size,
            "sha256": file.sha256,
        }:
            arrival.notes.append(
                f"{file.name} : ce qu’il contient n’est pas ce qui avait été joint ; il n’a pas "
                "suivi."
            )
        elif member in names:
            keep(folder)
            reader.unpack(member, folder / file.place)
            arrival.files += 1
    for there, here in arrival.numbers["steering.Result"].items():
        folder = documents_folder(here, authority_id)
        for member, inside in reader.under(document_member(there, "")[:-1]):
            keep(folder)
            reader.unpack(member, folder / inside)
            arrival.files += 1


@contextmanager
def _folders_of_its_own() -> Iterator[Callable[[Path], None]]:
    """Give what notes a new folder; on a fault, those that were noted are removed."""
    noted: set[Path] = set()
    try:
        yield noted.add
    except BaseException:
        for folder in noted:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _not_ours(path: Path, wrong: Exception) -> Exception:
    said = str(wrong).splitlines()[0][:120] if str(wrong) else type(wrong).__name__
    return refused(
        "export-unreadable",
        f"{path} ne peut pas être repris ici ({said}). Rien n’a été écrit. Refaites l’export "
        "depuis l’installation d’origine.",
        f"{path} cannot be taken in here ({said}). Nothing was written. Export again from the "
        "original installation.",
    )
