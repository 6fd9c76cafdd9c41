"""Where the consultation of the staff stands for one case, as a plain value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gouvernail_core.kernel.reasons import Reason
from gouvernail_core.kernel.ternary import Ternary
from gouvernail_core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class ConsultationStatus:
    """Whether a body must be heard on a case, and what has been done of it.

    To inform (`informed_on`) and to hear an opinion (`opinion_on`) are two dated facts; one never
    stands for the other. `next_sitting` is the first sitting whose papers can still be sent,
    `convene_by` and `papers_by` the last days to convene and to send them.
    """

    needed: Ternary
    body: Text
    reasons: tuple[Reason, ...] = ()
    informed_on: date | None = None
    opinion_on: date | None = None
    opinion: str = ""
    next_sitting: date | None = None
    convene_by: date | None = None
    papers_by: date | None = None
