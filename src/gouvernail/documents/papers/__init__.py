"""The papers people sign, each prefilled from the facts, each blank visible."""

from gouvernail.documents.papers.model import (
    OFFERED,
    Need,
    Paper,
    Standing,
    standing_of_rules,
)

__all__ = ["OFFERED", "PAPERS", "Need", "Paper", "Standing", "standing_of_rules"]

#: In the order in which they are offered.
PAPERS: tuple[Paper, ...] = ()
