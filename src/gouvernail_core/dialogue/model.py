"""A consultation: to inform and to hear an opinion are two facts, each with its day and proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gouvernail_core.authority import Body
from gouvernail_core.kernel import Problem, Reason, RefusedError, Ternary, Text


class Opinion(StrEnum):
    """What the body said. ``NONE``: it was asked and gave no opinion."""

    FAVOURABLE = "favourable"
    DIVIDED = "divided"
    UNFAVOURABLE = "unfavourable"
    UNANIMOUS_UNFAVOURABLE = "unanimous_unfavourable"
    NONE = "none"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return _OPINION_LABELS[self]


_OPINION_LABELS = {
    Opinion.FAVOURABLE: Text("Favorable", "Favourable"),
    Opinion.DIVIDED: Text("Partagé", "Divided"),
    Opinion.UNFAVOURABLE: Text("Défavorable", "Unfavourable"),
    Opinion.UNANIMOUS_UNFAVOURABLE: Text("Défavorable à l’unanimité", "Unanimously unfavourable"),
    Opinion.NONE: Text("Pas d’avis rendu", "No opinion given"),
}


@dataclass(frozen=True, slots=True)
class Consultation:
    """What was done before one body about one case.

    A body may be informed first and heard later; the one never stands for the other. `evidence`
    fields name a document (minutes, letter). Refused when it is made: an opinion without its day.
    """

    case: str
    body: Body
    information_on: date | None = None
    information_evidence: str = ""
    opinion_on: date | None = None
    opinion: Opinion | None = None
    opinion_evidence: str = ""

    def __post_init__(self) -> None:
        if self.opinion is not None and self.opinion_on is None:
            raise RefusedError(
                Problem(
                    code="opinion-without-a-day",
                    text=Text(
                        "l’avis est noté sans sa date. Indiquez le jour de la séance.",
                        "the opinion is recorded without its day. Give the day of the sitting.",
                    ),
                    path=f"consultations.{self.case}.opinion_on",
                )
            )

    def informed(self, *, on: date) -> Ternary:
        """Return whether the body had been informed on the day `on`."""
        return _done(self.information_on, on)

    def heard(self, *, on: date) -> Ternary:
        """Return whether the body had given its opinion, or let it pass, on the day `on`.

        A day without what was said is unknown: the sitting took place, its result is not recorded.

        >>> from datetime import date
        >>> told = Consultation("c1", Body.CST, information_on=date(2026, 12, 3))
        >>> told.heard(on=date(2027, 1, 1))
        <Ternary.NO: 'no'>
        """
        held = _done(self.opinion_on, on)
        if held is Ternary.YES and self.opinion is None:
            return Ternary.UNKNOWN
        return held


def _done(day: date | None, on: date) -> Ternary:
    return Ternary.of(day is not None and day <= on)


@dataclass(frozen=True, slots=True)
class SittingDeadlines:
    """The last days before a sitting: those to keep, and those the text alone would give."""

    sitting: date
    convene_by: date
    papers_by: date
    legal_convene_by: date
    legal_papers_by: date
    reasons: tuple[Reason, ...]
