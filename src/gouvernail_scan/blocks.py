"""What a file becomes once opened: blocks of text, and the gaps where nothing could be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gouvernail_core.kernel import Text

#: A block holds no more than this: what a worker keeps in memory does not depend on the file.
BLOCK_BYTES = 1 << 20


class Cause(StrEnum):
    """Why a file, or a part of it, was not looked at."""

    ENCRYPTED = "encrypted"
    IMAGE_ONLY = "image_only"
    UNKNOWN_FORMAT = "unknown_format"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_DENSE = "too_dense"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DEEP = "too_deep"
    TOO_LONG = "too_long"
    TOO_MUCH_MEMORY = "too_much_memory"
    KILLS_READER = "kills_reader"
    UNREADABLE = "unreadable"
    VANISHED = "vanished"
    CHANGED = "changed"
    NOT_A_FILE = "not_a_file"
    SAME_FILE = "same_file"
    EXCLUDED = "excluded"
    NOT_YET = "not_yet"

    @property
    def label(self) -> Text:
        """Return the words that say it to people."""
        return _LABELS[self]


_LABELS = {
    Cause.ENCRYPTED: Text("protégé par un mot de passe", "protected by a password"),
    Cause.IMAGE_ONLY: Text("image sans texte", "image without text"),
    Cause.UNKNOWN_FORMAT: Text("format que nous ne lisons pas", "format that we do not read"),
    Cause.DAMAGED: Text("fichier abîmé", "damaged file"),
    Cause.TOO_LARGE: Text("au-delà de la taille lue", "beyond the size that is read"),
    Cause.TOO_DENSE: Text("compressé à l’excès", "compressed beyond measure"),
    Cause.TOO_MANY_PARTS: Text("trop de parties", "too many parts"),
    Cause.TOO_DEEP: Text("archives emboîtées au-delà de trois", "archives nested beyond three"),
    Cause.TOO_LONG: Text("trop long à lire", "too long to read"),
    Cause.TOO_MUCH_MEMORY: Text("trop lourd pour la mémoire", "too heavy for the memory"),
    Cause.KILLS_READER: Text("arrête le lecteur", "stops the reader"),
    Cause.UNREADABLE: Text("lecture refusée", "reading refused"),
    Cause.VANISHED: Text("disparu pendant l’examen", "gone during the examination"),
    Cause.CHANGED: Text("modifié pendant l’examen", "changed during the examination"),
    Cause.NOT_A_FILE: Text("ni fichier ni dossier", "neither a file nor a folder"),
    Cause.SAME_FILE: Text("autre nom d’un fichier déjà compté", "other name of a counted file"),
    Cause.EXCLUDED: Text("dossier écarté", "folder left out"),
    Cause.NOT_YET: Text("pas encore lu", "not read yet"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text of at most `BLOCK_BYTES` bytes of UTF-8, and where it stands in its file.

    `columns` names the columns when each line is a row of cells separated by tabs; `layout` says
    that line ends come from the page, not from the author, so that a value may be cut by one;
    `continues` says that the text follows on from the block before without a break.
    """

    text: bytes
    place: str = ""
    columns: tuple[str, ...] = ()
    layout: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A part that was not looked at, why, and where; `place` is empty for the whole file."""

    cause: Cause
    place: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What opening one file may cost; beyond, the file is looked at in part, never said clean.

    Bytes, counts, seconds of CPU. `dense` is the ratio of unpacked to packed bytes that is refused
    once `dense_from` bytes came out: a bomb shows there, an honest table does not.
    """

    member_bytes: int = 64 << 20
    file_bytes: int = 512 << 20
    dense: int = 200
    dense_from: int = 16 << 20
    members: int = 10_000
    depth: int = 3
    seconds: float = 20.0
    memory: int = 1536 << 20
