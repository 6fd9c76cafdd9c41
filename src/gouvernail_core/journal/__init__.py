"""The journal's chain: what makes an altered, removed, moved or added entry show."""

from gouvernail_core.journal.chain import (
    ERASURE,
    PIECES,
    Alteration,
    AlterationKind,
    Entry,
    canonical,
    commitment,
    digest,
    first_previous,
    new_salt,
    verify,
)
from gouvernail_core.journal.seal import Seal, read_seal, seal

__all__ = [
    "ERASURE",
    "PIECES",
    "Alteration",
    "AlterationKind",
    "Entry",
    "Seal",
    "canonical",
    "commitment",
    "digest",
    "first_previous",
    "new_salt",
    "read_seal",
    "seal",
    "verify",
]
