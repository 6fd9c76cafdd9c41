"""Examine the files that somebody sends for themselves, and forget them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from gouvernail.apps.protection.presentation import kinds_said
from gouvernail.common.wording import language
from gouvernail_core.protection import DataStore

#: Files at once, and seconds of CPU to open each: a person waits for the answer.
MOST, SECONDS = 50, 10.0


@dataclass(frozen=True, slots=True)
class OwnFile:
    """What one file holds: its class, the kinds of data, and what could not be read."""

    name: str
    data_class: str
    kinds: str
    unread: str


def limit() -> int:
    """Return how many bytes may be sent at once."""
    return int(settings.ENVIRONMENT.file_limit)


def examined(files: Sequence[Any]) -> list[OwnFile]:
    """Return what some files hold, in their order; the copies are gone on return."""
    from gouvernail_scan.blocks import Cause, Limits
    from gouvernail_scan.examination import examine
    from gouvernail_scan.report import files_found
    from gouvernail_scan.state import State

    with tempfile.TemporaryDirectory(prefix="gouvernail-") as place:
        folder = Path(place) / "files"
        folder.mkdir()
        names = {}
        for number, file in enumerate(files):
            # A name of ours: what a browser says of a file is shown, never followed.
            path = folder / f"{number:03d}{Path(file.name or '').suffix[:12].replace('/', '')}"
            names[path.name] = file.name or path.name
            with path.open("wb") as out:
                for chunk in file.chunks():
                    out.write(chunk)
        with State(Path(place) / "state") as state:
            examine([str(folder)], state, workers=1, excluded=(), limits=Limits(seconds=SECONDS))
            store = DataStore("own", "own")
            found = list(files_found(state, [store], timezone.localdate()))
    return [_shown(each, names[each.path], Cause) for each in found]


def _shown(found: Any, name: str, causes: Any) -> OwnFile:
    unread = ", ".join(causes(cause).label.in_(language()) for cause in found.causes)
    given = found.data_class.value if found.data_class else "?"
    return OwnFile(name, given, kinds_said(found.summary, 8), unread)
