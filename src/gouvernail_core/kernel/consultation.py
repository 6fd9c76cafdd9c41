"""Where the consultation of the staff stands for one case, as a plain value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gouvernail_core.kernel.reasons import Reason
from gouvernail_core.kernel.ternary import Ternary
from gouvernail_core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Override:
    """A written decision to begin without the opinion that is due: who, when, why, until when.

    It passes the dialogue gate and nothing else; the opinion stays due. `until` is the last day it
    holds, none when no end was set.

    >>> told = Override("c1", date(2026, 11, 2), "Hélène Vasseur", "…", until=date(2026, 11, 30))
    >>> told.holds(on=date(2026, 11, 30)), told.holds(on=date(2026, 12, 1))
    (True, False)
    """

    case: str
    decided_on: date
    decided_by: str
    reason: str
    until: date | None = None

    def holds(self, *, on: date) -> bool:
        """Return whether it was decided, and is not over, on the day `on`."""
        return self.decided_on <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class ConsultationStatus:
    """Whether a body must be heard on a case, and what has been done of it.

    To inform (`informed_on`) and to hear an opinion (`opinion_on`) are two dated facts; one never
    stands for the other. `next_sitting` is the first sitting whose papers can still be sent,
    `convene_by` and `papers_by` the last days to convene and to send them. `override` is the
    latest written decision to begin without the opinion, even one that is over.
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
    override: Override | None = None
