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
class CollegeVote:
    """How the members of one college voted, in votes."""

    in_favour: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def unanimous_against(self) -> Ternary:
        """Return whether every vote is against; abstentions beside them leave it unsettled.

        >>> CollegeVote(against=5).unanimous_against, CollegeVote(1, 4).unanimous_against
        (<Ternary.YES: 'yes'>, <Ternary.NO: 'no'>)
        """
        if self.in_favour or not self.against:
            return Ternary.NO
        return Ternary.UNKNOWN if self.abstained else Ternary.YES


@dataclass(frozen=True, slots=True)
class Consultation:
    """What was done before one body about one case.

    A body may be informed first and heard later; the one never stands for the other. `evidence`
    fields name a document (minutes, letter). `second_on` is the day of the second examination,
    `followed_up_on` the day the body was told in writing what followed. Refused when it is made:
    an opinion without its day.
    """

    case: str
    body: Body
    information_on: date | None = None
    information_evidence: str = ""
    opinion_on: date | None = None
    opinion: Opinion | None = None
    opinion_evidence: str = ""
    staff_vote: CollegeVote | None = None
    employer_vote: CollegeVote | None = None
    second_on: date | None = None
    followed_up_on: date | None = None
    follow_up_evidence: str = ""

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

    @property
    def unanimous_against(self) -> Ternary:
        """Return whether the staff representatives were all against, by the vote or as recorded."""
        if self.opinion is Opinion.UNANIMOUS_UNFAVOURABLE:
            return Ternary.YES
        return Ternary.NO if self.staff_vote is None else self.staff_vote.unanimous_against

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


class FollowUpKind(StrEnum):
    """What an opinion calls for."""

    SECOND_EXAMINATION = "second_examination"
    WRITTEN_ANSWER = "written_answer"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return _FOLLOW_UP_LABELS[self]


_FOLLOW_UP_LABELS = {
    FollowUpKind.SECOND_EXAMINATION: Text("Réexaminer le projet", "Examine the project again"),
    FollowUpKind.WRITTEN_ANSWER: Text(
        "Écrire les suites données à l’avis", "Say in writing what followed the opinion"
    ),
}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What an opinion calls for, between two days; `first` is none when it may be done at once."""

    kind: FollowUpKind
    case: str
    body: Body
    first: date | None
    last: date
    done_on: date | None
    reasons: tuple[Reason, ...]

    def late(self, *, on: date) -> bool:
        """Return whether the last day is over on the day `on`, and nothing recorded as done."""
        return self.done_on is None and self.last < on


@dataclass(frozen=True, slots=True)
class SittingDeadlines:
    """The last days before a sitting: those to keep, and those the text alone would give."""

    sitting: date
    convene_by: date
    papers_by: date
    legal_convene_by: date
    legal_papers_by: date
    reasons: tuple[Reason, ...]
