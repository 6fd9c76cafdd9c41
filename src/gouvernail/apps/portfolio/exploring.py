"""How complete each fiche is: who holds it, who has rated it, what nobody has answered yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gouvernail.common.wording import in_words, sentence

RATERS = ("elu", "director", "agents")
#: What a fiche says of the work as it is, before any tool.
WRITTEN = ("problem", "today", "tasks_lifted", "stays_human", "measure")


@dataclass(frozen=True, slots=True)
class Fiche:
    """The state of one fiche."""

    case: Mapping[str, Any]
    rated_by: tuple[bool, bool, bool]
    unwritten: int
    gaps: int
    questions: int

    @property
    def complete(self) -> bool:
        """Return whether nothing is missing: the pair, the three ratings, the work described."""
        pair = self.case.get("elu") and self.case.get("director")
        return bool(pair) and all(self.rated_by) and not self.unwritten


def fiche(case: Mapping[str, Any]) -> Fiche:
    """Return the state of the fiche of a case; a rater counts once every criterion is rated."""
    ratings: Sequence[Mapping[str, Any]] = case.get("ratings") or ()
    duties: Mapping[str, Any] = case.get("obligations") or {}
    elu, director, agents = (
        bool(ratings) and all(rating.get(rater) is not None for rating in ratings)
        for rater in RATERS
    )
    return Fiche(
        case=case,
        rated_by=(elu, director, agents),
        unwritten=sum(1 for field in WRITTEN if not case.get(field)),
        gaps=sum(1 for rating in ratings if (rating.get("gap") or 0) >= 2),
        questions=duties.get("asked", len(duties.get("questions") or ())),
    )


def exploring_title(fiches: Sequence[Fiche]) -> str:
    """Return the answer: how many fiches are complete."""
    done = sum(1 for item in fiches if item.complete)
    if done == len(fiches):
        return _("Every fiche is complete")
    words = ngettext(
        "%(done)s fiche out of %(all)s is complete",
        "%(done)s fiches out of %(all)s are complete",
        done,
    )
    return sentence(words % {"done": in_words(done, "feminine"), "all": in_words(len(fiches))})
