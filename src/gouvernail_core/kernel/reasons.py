"""Why: every result carries its reasons, every reason its source when there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gouvernail_core.kernel.text import Text


class Provenance(StrEnum):
    """How the text behind a statement was read; shown to the reader, never upgraded."""

    READ = "read"
    SECONDARY = "secondary"
    MEMORY = "memory"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return _PROVENANCE_LABELS[self]


_PROVENANCE_LABELS = {
    Provenance.READ: Text("lu", "read"),
    Provenance.SECONDARY: Text("lu dans une source qui le cite", "read in a source that quotes it"),
    Provenance.MEMORY: Text("de mémoire, à vérifier", "from memory, to be checked"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from: the text, its address, the day it was read and how."""

    text: str
    url: str | None
    read_on: date | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a result. `code` is stable (for tests and links), `text` is for people."""

    code: str
    text: Text
    source: Source | None = None

    def __hash__(self) -> int:
        """Return the hash of the code: thousands of reasons are compared in one assessment."""
        return hash(self.code)
