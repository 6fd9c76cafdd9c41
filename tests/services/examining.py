"""What an examination says, as the command writes it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from gouvernail.formats.scan import file_json, head_json
from gouvernail_core.protection import DataStore
from gouvernail_scan.report import files_found, stores_found
from gouvernail_scan.state import State

ON = date(2026, 11, 27)
PERSON = "Mme Élodie Durand, née le 3 mai 1969, NIR 2 69 05 49 588 157 80, est diabétique.\n"


def stores_of(*folders: Path) -> list[DataStore]:
    return [DataStore(id=path.name, name=path.name, folder=str(path)) for path in folders]


def answer_of(state: State, *folders: Path, finished: bool = True) -> dict[str, Any]:
    """Return the whole answer of an examination, as the command writes it."""
    stores = stores_of(*folders)
    found = stores_found(state, stores, ON)
    head = head_json(found, rules="", on=ON, finished=finished)
    files = [file_json(each, stores[each.store].id) for each in files_found(state, stores, ON)]
    return json.loads(json.dumps(head | {"files": files}))
