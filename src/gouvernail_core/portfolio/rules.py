"""From ratings to values, and from what is already there to what it asks."""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail_core.kernel import Interval, Reason, Ternary, Text
from gouvernail_core.portfolio.model import ExistingUse, Rater, Rating, UseCase, Verdict
from gouvernail_core.protection import Hosting, ToolClass

#: The top of the anchored scale of a criterion.
HIGHEST_RATING = 4.0


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a case on a criterion, in [0, 1], and how far apart the raters are.

    `gap` is the distance between the extreme raters on the 0-4 scale, ``None`` with fewer than
    two raters.
    """

    interval: Interval
    gap: float | None
    silent: tuple[Rater, ...]


def value_of(rating: Rating | None) -> Value:
    """Return the interval the three views span.

    Somebody who has not answered could say anything, but the other two remain the best account of
    the case: a silent rater is named, and does not widen the interval. Nobody having answered
    leaves the whole scale open, because unknown is not zero.

    >>> value_of(Rating("c", "quality", elu=4, director=3)).interval
    Interval(low=0.75, high=1.0, unit='')
    >>> value_of(None).interval
    Interval(low=0.0, high=1.0, unit='')
    """
    given = (
        []
        if rating is None
        else [(rater, score) for rater in Rater if (score := rating.of(rater)) is not None]
    )
    silent = tuple(rater for rater in Rater if rater not in {r for r, _ in given})
    if not given:
        return Value(Interval(0.0, 1.0), None, silent)
    scores = [score / HIGHEST_RATING for _, score in given]
    gap = (max(scores) - min(scores)) * HIGHEST_RATING if len(scores) > 1 else None
    return Value(Interval(min(scores), max(scores)), gap, silent)


def pair_is_complete(case: UseCase) -> tuple[Ternary, tuple[Reason, ...]]:
    """Return whether an élu and a director both hold the case, and who is missing."""
    missing = []
    if not case.elu:
        text = Text("Aucun élu ou élue ne porte ce cas.", "No elected member holds this case.")
        missing.append(Reason("elu-missing", text))
    if not case.director:
        text = Text("Aucune direction ne porte ce cas.", "No head of service holds this case.")
        missing.append(Reason("director-missing", text))
    return Ternary.of(not missing), tuple(missing)


def advise(use: ExistingUse) -> tuple[Verdict | None, tuple[Reason, ...]]:
    """Return what an existing use calls for, before the authority has decided, and why.

    The advice is prudent and never a decision: personal data in a consumer tool or outside the
    Union call for a stop, an unknown for framing (and a question), the rest may be kept.

    >>> use = ExistingUse("u", "Résumés", tool_class=ToolClass.T3, personal=Ternary.YES)
    >>> advise(use)[0]
    <Verdict.STOP: 'stop'>
    """
    exposed = use.tool_class is ToolClass.T3 or use.hosting is Hosting.OUTSIDE_EU
    if use.personal is Ternary.YES and exposed:
        text = Text(
            "Des données personnelles partent vers un outil grand public ou hors de l’Union.",
            "Personal data leave for a consumer tool or outside the Union.",
        )
        return Verdict.STOP, (Reason("personal-data-leave", text),)
    unknowns = []
    if use.personal is Ternary.UNKNOWN:
        unknowns.append(("données personnelles", "personal data"))
    if use.hosting is Hosting.UNKNOWN:
        unknowns.append(("lieu d’hébergement", "where it runs"))
    if use.tool_class is None:
        unknowns.append(("classe de l’outil", "class of the tool"))
    if unknowns:
        fr = ", ".join(pair[0] for pair in unknowns)
        en = ", ".join(pair[1] for pair in unknowns)
        text = Text(f"Nous ne savons pas encore : {fr}.", f"Not known yet: {en}.")
        return Verdict.FRAME, (Reason("unknown-facts", text),)
    if use.personal is Ternary.YES or exposed:
        text = Text(
            "L’usage est utile mais demande des règles écrites.",
            "The use is helpful but needs written rules.",
        )
        return Verdict.FRAME, (Reason("needs-rules", text),)
    text = Text(
        "Aucune donnée personnelle, et l’outil reste sous contrat ou chez nous.",
        "No personal data, and the tool stays under contract or with us.",
    )
    return Verdict.KEEP, (Reason("harmless", text),)
