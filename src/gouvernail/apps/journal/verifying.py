"""Whether a chain stands, and the seal of its head."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from gouvernail.apps.journal.chain import linked, of_chain
from gouvernail.apps.journal.models import Chain, Entry
from gouvernail_core import journal
from gouvernail_core.journal import Alteration, AlterationKind


@dataclass(frozen=True, slots=True)
class Verified:
    """What the verification of a chain found; `entries` were read, `seal` is that of the head."""

    uid: str
    authority_id: int | None
    entries: int
    seal: str
    alterations: tuple[Alteration, ...]


def seal_of(authority_id: int | None) -> str:
    """Return the seal of the head of a chain, to be printed; empty when nothing is written yet."""
    return _seal(of_chain(Chain.objects.all(), authority_id).first())


def verified(authority_id: int | None, *, printed: str = "") -> Verified:
    """Return whether a chain stands, and whether a seal `printed` on paper is still its own.

    A chain that was never begun stands, unless entries claim to be of it or a seal does. What is
    read is of one moment.
    """
    with transaction.atomic():
        head = of_chain(Chain.objects.select_for_update(), authority_id).first()
        rows = of_chain(Entry.objects.all(), authority_id).order_by("seq", "pk")
        uid = head.uid if head else ""
        counted = _Counted(journal.read_seal(printed) if printed else None)
        found = journal.verify(
            uid,
            (counted.seen(linked(entry)) for entry in rows.iterator(chunk_size=1000)),
            head=(head.seq, head.digest) if head else (0, ""),
        )
    found += _against_paper(uid, counted, asked=bool(printed))
    return Verified(uid, authority_id, counted.entries, _seal(head), tuple(found))


class _Counted:
    """Counts the entries that pass, and keeps the one whose seal is asked."""

    def __init__(self, asked: journal.Seal | None) -> None:
        self.entries = 0
        self.asked = asked
        self.found: journal.Entry | None = None

    def seen(self, entry: journal.Entry) -> journal.Entry:
        """Return the entry, counted."""
        self.entries += 1
        if self.asked and entry.seq == self.asked.seq:
            self.found = entry
        return entry


def _against_paper(uid: str, counted: _Counted, *, asked: bool) -> list[Alteration]:
    if not asked:
        return []
    paper, entry = counted.asked, counted.found
    if paper is None:
        return [Alteration(AlterationKind.SEAL, 0)]
    if entry is None:
        return [Alteration(AlterationKind.CUT, counted.entries + 1, until=paper.seq)]
    now = journal.read_seal(journal.seal(settings.JOURNAL_KEY, uid, entry.seq, entry.digest))
    if now == paper:
        return []
    return [Alteration(AlterationKind.SEAL, entry.seq, at=entry.at, act=entry.act)]


def _seal(head: Chain | None) -> str:
    if head is None or not head.seq:
        return ""
    return journal.seal(settings.JOURNAL_KEY, head.uid, head.seq, head.digest)
