"""What a verification found, in sentences."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from gouvernail_core.journal import Alteration, AlterationKind
from gouvernail_core.kernel import Text

_PIECES = {
    "actor_name": Text("l’auteur", "the author"),
    "subject": Text("l’objet", "the subject"),
    "before": Text("l’avant", "the before"),
    "after": Text("l’après", "the after"),
}


def alteration(found: Alteration) -> Text:
    """Return what is wrong, with the number, the moment and the act of the entry."""
    fr, en = _which(found)
    kind = found.kind
    if kind is AlterationKind.PIECE:
        piece = _PIECES.get(found.piece, Text("un sel", "a salt"))
        return Text(
            f"{fr} : {piece.fr} n’est pas ce qui a été écrit.",
            f"{en}: {piece.en} is not what was written.",
        )
    if kind is AlterationKind.REMOVED:
        return Text(f"{fr} : retirée du journal.", f"{en}: removed from the journal.")
    if kind is AlterationKind.CUT:
        return Text(
            f"{fr} : manque à la fin du journal, qui a été coupé.",
            f"{en}: missing at the end of the journal, which was cut.",
        )
    return Text(f"{fr} : {_WHAT[kind].fr}", f"{en}: {_WHAT[kind].en}")


_WHAT = {
    AlterationKind.HEADER: Text(
        "le numéro, la date, l’auteur, l’acte ou un sceau n’est pas ce qui a été écrit.",
        "the number, the date, the author, the act or a seal is not what was written.",
    ),
    AlterationKind.REWRITTEN: Text(
        "récrite ; ce qui la suit ne la reconnaît pas.",
        "rewritten; what follows does not recognise it.",
    ),
    AlterationKind.INSERTED: Text(
        "ajoutée au journal sans passer par lui.", "added to the journal without going through it."
    ),
    AlterationKind.SEAL: Text(
        "le sceau donné n’est pas le sien ; relisez-le sur le papier. S’il est bien recopié, le "
        "journal a été récrit, ou la clé a changé.",
        "the seal given is not its own; read it again on paper. If it is copied well, the journal "
        "was rewritten, or the key has changed.",
    ),
}


def _which(found: Alteration) -> tuple[str, str]:
    if found.kind is AlterationKind.SEAL and not found.seq:
        return "Sceau illisible", "Unreadable seal"
    fr, en = f"Entrée {found.seq}", f"Entry {found.seq}"
    if found.until and found.until != found.seq:
        fr, en = f"Entrées {found.seq} à {found.until}", f"Entries {found.seq} to {found.until}"
    if found.at:
        day = found.at.astimezone(ZoneInfo("Europe/Paris"))
        fr += f" ({day:%d/%m/%Y à %H:%M}, {found.act})"
        en += f" ({day:%Y-%m-%d %H:%M}, {found.act})"
    return fr, en
