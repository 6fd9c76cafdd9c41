"""The papers people sign, each prefilled from the facts, each blank visible."""

from gouvernail.documents.papers import (
    aipd,
    charter,
    clauses,
    deliberation,
    fria,
    management_note,
    mayor_note,
    mention,
    register_entry,
    staff_report,
)
from gouvernail.documents.papers.frame import blanks_of
from gouvernail.documents.papers.model import (
    OFFERED,
    Need,
    Paper,
    Standing,
    standing_of_rules,
)

__all__ = ["OFFERED", "PAPERS", "Need", "Paper", "Standing", "blanks_of", "standing_of_rules"]

#: In the order in which they are offered: what is decided first, then the life of a case.
PAPERS: tuple[Paper, ...] = (
    mayor_note.PAPER,
    management_note.PAPER,
    charter.PAPER,
    deliberation.CHARTER_PAPER,
    register_entry.PAPER,
    aipd.PAPER,
    staff_report.PAPER,
    fria.PAPER,
    clauses.PAPER,
    deliberation.PAPER,
    mention.PAPER,
)
