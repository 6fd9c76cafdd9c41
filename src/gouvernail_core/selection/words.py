"""The sentences a person reads: how sure a case is, what would change it, what is proven."""

from __future__ import annotations

import math

from gouvernail_core.kernel import Text
from gouvernail_core.selection.results import CaseResult, DropOut, DropOutValues, Regret, Status

_NNBSP = "\u202f"

STATUS_WORDS = {
    Status.CORE: Text("Cœur", "Core"),
    Status.BORDERLINE: Text("Disputé", "Disputed"),
    Status.EXTERIOR: Text("Dehors", "Out"),
}


def percent(share: float, digits: int = 0) -> Text:
    """Return a share in percent; a share that is not 0 or 1 is never shown as if it were.

    >>> percent(0.92).en, percent(0.9999).en, percent(0.001).en
    ('92%', 'more than 99%', 'less than 1%')
    """
    scaled = 100.0 * share
    shown = round(scaled, digits)
    least = 10.0**-digits
    if share > 0 and shown <= 0:
        return Text(f"moins de {_french(least, digits)}{_NNBSP}%", f"less than {least:.{digits}f}%")
    if share < 1 and shown >= 100:
        most = 100.0 - least
        return Text(f"plus de {_french(most, digits)}{_NNBSP}%", f"more than {most:.{digits}f}%")
    return Text(f"{_french(shown, digits)}{_NNBSP}%", f"{shown:.{digits}f}%")


def acceptability_sentence(case: CaseResult) -> Text:
    """Return in how many admissible weightings the case belongs to the best portfolio."""
    if case.proven and case.status is Status.CORE:
        return Text(
            "Quelle que soit la pondération admise, ce cas fait partie du meilleur portefeuille.",
            "Whatever the admissible weighting, this case is part of the best portfolio.",
        )
    if case.proven and case.status is Status.EXTERIOR:
        return Text(
            "Quelle que soit la pondération admise, ce cas ne fait pas partie du meilleur "
            "portefeuille.",
            "Whatever the admissible weighting, this case is not part of the best portfolio.",
        )
    share = percent(case.acceptability)
    return Text(
        f"Dans {share.fr} des pondérations admises, ce cas fait partie du meilleur portefeuille.",
        f"In {share.en} of the admissible weightings, this case is part of the best portfolio.",
    )


def proof_sentence(case: CaseResult, *, draws: int) -> Text:
    """Return what is proven of the share of a case, or on how many draws it is estimated.

    The margin is two standard errors, rounded up to a whole point. No draw in favour, or all of
    them, gives the margin of the rule of three (Hanley & Lippman-Hand 1983): 3/`draws`.
    """
    if case.proven and case.status is not Status.BORDERLINE:
        return Text("Prouvé pour toutes les pondérations.", "Proven for all weightings.")
    spread = 2 * case.standard_error if case.standard_error > 0 else 3 / draws
    points = max(1, math.ceil(100 * spread - 1e-9))
    count = f"{draws:,}"
    return Text(
        f"Estimé sur {count.replace(',', _NNBSP)} tirages, à {points} point"
        f"{'s' if points > 1 else ''} près.",
        f"Estimated on {count} draws, to within {points} point{'s' if points > 1 else ''}.",
    )


def drop_out_sentence(case: CaseResult) -> Text:
    """Return what would make the case change sides: the nearest change of weights, or nothing.

    The nearest change is the least one in total; the criterion told is the one that moves most.
    """
    found = case.drop_out
    if found is None:
        return _never(case)
    if found.criterion is None or found.start is None or found.end is None:
        return _already(case)
    return _would(case, found, found.criterion, found.start, found.end)


def regret_sentence(regret: Regret) -> Text:
    """Return what the recommendation loses at worst, in percent of the best value there."""
    lost = percent(regret.percent / 100, 1)
    if regret.value <= 0:
        return Text(
            "Ce choix est le meilleur pour toutes les pondérations admises.",
            "This choice is the best for all admissible weightings.",
        )
    if regret.bound == "lower":
        return Text(
            f"Regret estimé : au moins {lost.fr}.", f"Estimated regret: at least {lost.en}."
        )
    most = Text(
        f"Au pire des pondérations admises, ce choix vaut {lost.fr} de moins que le meilleur.",
        f"At the worst admissible weighting, this choice is worth {lost.en} less than the best.",
    )
    return most if regret.exact else Text(f"{most.fr} C’est un majorant.", f"{most.en} (At most.)")


def _never(case: CaseResult) -> Text:
    if not case.drop_out_proven:
        return Text(
            "Aucune pondération examinée ne le fait changer de côté ; ce n’est pas une preuve.",
            "No weighting examined makes it change sides; this is not a proof.",
        )
    if case.recommended:
        return Text(
            "Aucune pondération admise ne le fait sortir.",
            "No admissible weighting makes it drop out.",
        )
    return Text(
        "Aucune pondération admise ne le fait entrer.", "No admissible weighting brings it in."
    )


def _already(case: CaseResult) -> Text:
    uncertain = case.drop_out is not None and case.drop_out.values is DropOutValues.ADVERSE
    if case.recommended and uncertain:
        return Text(
            "Selon sa valeur exacte, encore incertaine, il pourrait sortir dès aujourd’hui.",
            "Depending on its exact value, still uncertain, it could drop out today.",
        )
    if case.recommended:
        return Text(
            "Avec les poids d’aujourd’hui, il n’est pas dans le meilleur portefeuille ; il est "
            "proposé parce que ce choix est celui qu’on regrettera le moins.",
            "With today’s weights it is not in the best portfolio; it is proposed because this "
            "choice is the one least to be regretted.",
        )
    if uncertain:
        return Text(
            "Selon sa valeur exacte, encore incertaine, il pourrait entrer dès aujourd’hui.",
            "Depending on its exact value, still uncertain, it could come in today.",
        )
    return Text(
        "Avec les poids d’aujourd’hui, il est dans le meilleur portefeuille ; il n’est pas "
        "proposé, car un autre choix se regretterait moins.",
        "With today’s weights it is in the best portfolio; it is not proposed, as another choice "
        "would be less regretted.",
    )


def _would(case: CaseResult, found: DropOut, criterion: str, start: float, end: float) -> Text:
    # One decimal when whole percents would hide the move.
    digits = 0 if round(100 * start) != round(100 * end) else 1
    today, then = percent(start, digits), percent(end, digits)
    rising = end > start
    verb = (
        Text("ne sortirait", "would drop out")
        if case.recommended
        else Text("n’entrerait", "would come in")
    )
    passes = Text("dépassait", "exceeded") if rising else Text("passait sous", "fell below")
    others = found.replaced_by if case.recommended else found.replaces
    fr = (
        f"Il {verb.fr} que si le poids de «{_NNBSP}{criterion}{_NNBSP}» {passes.fr} {then.fr} "
        f"({today.fr} aujourd’hui)."
    )
    en = f"It {verb.en} only if the weight of “{criterion}” {passes.en} {then.en} ({today.en} now)."
    if others:
        listed = ", ".join(f"«{_NNBSP}{name}{_NNBSP}»" for name in others)
        quoted = ", ".join(f"“{name}”" for name in others)
        if case.recommended:
            fr += f" Prendrait sa place{_NNBSP}: {listed}."
            en += f" In its place: {quoted}."
        else:
            fr += f" Céderait sa place{_NNBSP}: {listed}."
            en += f" Giving way: {quoted}."
    return Text(fr, en)


def _french(number: float, digits: int) -> str:
    """Return the number with a decimal comma."""
    return f"{number:.{digits}f}".replace(".", ",")
