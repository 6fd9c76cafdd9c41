"""Where the files to examine are, what is due first, and what was found: only reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings

from gouvernail.apps.facts.queries import rows_of_sheet
from gouvernail.apps.jobs.queries import Progress, latest
from gouvernail.apps.protection.models import StoreExamination
from gouvernail.common.tenancy import owned
from gouvernail_core.authority import Service
from gouvernail_core.facts import sheet
from gouvernail_core.facts.build import effort_of, flow_of, matrix_choice_of, scan_duty_of, store_of
from gouvernail_core.kernel import Ternary
from gouvernail_core.protection import (
    ActPlan,
    DataFlow,
    DataStore,
    Loads,
    MatrixChoice,
    ScanDuty,
    ScanDutyAnswer,
    protect_plan,
)

#: The kind of work that examines files.
EXAMINATION = "examination"


@dataclass(frozen=True, slots=True)
class Place:
    """A store and the folder where its files are, when they can be examined from here."""

    store: DataStore
    folder: Path | None

    @property
    def there(self) -> bool:
        """Return whether the folder exists now."""
        return self.folder is not None and self.folder.is_dir()


def stores_of(authority_id: int) -> list[DataStore]:
    """Return the stores of an authority, in the order of the sheet."""
    return [store_of(row) for row in rows_of_sheet(sheet("stores"), authority_id)]


def services_of(authority_id: int) -> list[Service]:
    """Return the services of an authority."""
    return [
        Service(row["id"], row["name"]) for row in rows_of_sheet(sheet("services"), authority_id)
    ]


def flows_of(authority_id: int) -> list[DataFlow]:
    """Return what services give one another."""
    return [flow_of(row) for row in rows_of_sheet(sheet("flows"), authority_id)]


def choices_of(authority_id: int) -> list[MatrixChoice]:
    """Return the authority's own answers in the matrix."""
    return [matrix_choice_of(row) for row in rows_of_sheet(sheet("matrix"), authority_id)]


def duties_of(authority_id: int) -> list[ScanDutyAnswer]:
    """Return every duty of the scan, with what is known of it."""
    told = {
        each.duty: each
        for each in (scan_duty_of(row) for row in rows_of_sheet(sheet("scan_duties"), authority_id))
    }
    return [told.get(duty, ScanDutyAnswer(duty)) for duty in ScanDuty]


def missing_of(duties: Sequence[ScanDutyAnswer]) -> list[ScanDuty]:
    """Return what is still due before the files of others may be examined."""
    return [each.duty for each in duties if each.done is not Ternary.YES]


def places_of(authority_id: int) -> list[Place]:
    """Return the stores that name a folder, with that folder under the authority's own root.

    A folder that leads out of the root, by a link or otherwise, is none.
    """
    root = root_of(authority_id).resolve()
    found = []
    for store in stores_of(authority_id):
        if store.folder:
            folder = (root / store.folder).resolve()
            inside = folder != root and root in folder.parents
            found.append(Place(store, folder if inside else None))
    return found


def root_of(authority_id: int) -> Path:
    """Return the folder under which an authority's files are to be mounted."""
    code = apps.get_model("authority.Authority").objects.get(pk=authority_id).code
    return Path(settings.SHARES_DIR) / str(code)


def state_path(authority_id: int) -> Path:
    """Return the file where the examination of an authority says how far it is."""
    return Path(settings.EXAMINATIONS_DIR) / str(authority_id) / "etat"


def latest_examination(authority_id: int) -> Progress | None:
    """Return the last run that examines files."""
    return latest(authority_id, EXAMINATION)


def found_of(authority_id: int) -> dict[str, StoreExamination]:
    """Return what the last examination says of each store, by its code."""
    rows = owned(StoreExamination, authority_id).defer("top")
    return {row.store: row for row in rows}


def found_in(authority_id: int, store: str) -> StoreExamination | None:
    """Return what the last examination says of one store, its riskiest files included."""
    found: StoreExamination | None = (
        owned(StoreExamination, authority_id).filter(store=store).first()
    )
    return found


def loads_of(found: Mapping[str, StoreExamination]) -> dict[str, Loads]:
    """Return what acts would take away, for each store that was examined."""
    return {code: Loads(*each.found["loads"]) for code, each in found.items()}


def acts_plan(
    authority_id: int,
    stores: Sequence[DataStore],
    found: Mapping[str, StoreExamination],
    days: float,
) -> ActPlan:
    """Return the acts that take most risk away in a number of days of work."""
    efforts = [effort_of(row) for row in rows_of_sheet(sheet("protection_efforts"), authority_id)]
    return protect_plan(stores, loads_of(found), days=days, efforts=efforts)
