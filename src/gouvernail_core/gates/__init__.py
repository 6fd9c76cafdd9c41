"""The gates: whether a case may go to its next stage, and what it lacks otherwise."""

from gouvernail_core.gates.model import (
    CaseSituation,
    Door,
    DoorAnswer,
    DoorState,
    Missing,
    Passage,
    ProofState,
)
from gouvernail_core.gates.rules import NEEDED, doors, passage

__all__ = [
    "NEEDED",
    "CaseSituation",
    "Door",
    "DoorAnswer",
    "DoorState",
    "Missing",
    "Passage",
    "ProofState",
    "doors",
    "passage",
]
