"""A problem put into arrays once, with what had to be assumed said in notes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gouvernail_core.kernel import Text
from gouvernail_core.selection.model import Problem, Weighting
from gouvernail_core.selection.results import ReferenceSource, Use
from gouvernail_core.selection.weights import WeightSet, weight_set

Array = NDArray[np.float64]

#: The name of the only weight set when no actor said anything; never shown.
NOBODY = ""


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A problem put into arrays: values by case, weight sets by actor, today's weighting."""

    problem: Problem
    low: Array
    high: Array
    actors: dict[str, WeightSet]
    reference: Array
    reference_source: ReferenceSource
    notes: tuple[Text, ...]

    @property
    def middle(self) -> Array:
        """Return the middle values, one row per case."""
        return (self.low + self.high) / 2

    @property
    def is_uncertain(self) -> bool:
        """Return whether some value is an interval."""
        return bool((self.high > self.low).any())


def uses_of(problem: Problem, recommended: tuple[str, ...]) -> tuple[Use, ...]:
    """Return what these cases use of each limit."""
    chosen = [case for case in problem.cases if case.id in set(recommended)]
    return tuple(
        Use(label, float(sum(case.uses.get(label, 0.0) for case in chosen)), float(limit))
        for label, limit in problem.limits.items()
    )


def setting_of(problem: Problem) -> Setting:
    """Return the arrays and sets of a checked problem."""
    low = np.array([[problem.value(c, k).low for k in problem.criteria] for c in problem.cases])
    high = np.array([[problem.value(c, k).high for k in problem.criteria] for c in problem.cases])
    weightings = dict(problem.weightings) or {NOBODY: Weighting()}
    actors = {name: weight_set(problem.criteria, item) for name, item in weightings.items()}
    common = weight_set(problem.criteria, *weightings.values())
    notes = [*_unknown_value_notes(problem), *_unlimited_notes(problem)]
    if problem.reference is not None:
        reference = np.array([problem.reference[name] for name in problem.criteria])
        reference = reference / reference.sum()
        source = ReferenceSource.GIVEN
    elif not common.is_empty:
        reference, source = common.centre, ReferenceSource.COMMON_CENTRE
    else:
        reference = np.mean([item.centre for item in actors.values()], axis=0)
        source = ReferenceSource.MEAN_OF_CENTRES
        notes.append(_NO_COMMON_WEIGHTING)
    return Setting(problem, low, high, actors, reference, source, tuple(notes))


_NO_COMMON_WEIGHTING = Text(
    "Aucune pondération ne convient à tous : les distances sont comptées depuis la moyenne des "
    "centres de chacun. Cette moyenne ne sert qu’à cela.",
    "No weighting suits everyone: distances are counted from the mean of each one’s centre. "
    "That mean serves nothing else.",
)


def _unknown_value_notes(problem: Problem) -> list[Text]:
    """Return one note per case with a criterion nobody judged."""
    notes = []
    for case in problem.cases:
        absent = [name for name in problem.criteria if name not in case.values]
        if absent:
            listed_fr = ", ".join(f"« {name} »" for name in absent)
            notes.append(
                Text(
                    f"« {case.id} » n’est pas évalué sur {listed_fr} : "
                    "toutes les valeurs de 0 à 1 sont envisagées.",
                    f"“{case.id}” is not rated on {', '.join(absent)}: "
                    "every value from 0 to 1 is considered.",
                )
            )
    return notes


def _unlimited_notes(problem: Problem) -> list[Text]:
    """Return one note per quantity that is used without a limit."""
    used = dict.fromkeys(label for case in problem.cases for label in case.uses)
    return [
        Text(
            f"« {label} » est consommé par des cas, mais n’a pas de limite : "
            "il ne contraint pas le choix.",
            f"“{label}” is used by cases but has no limit: it does not constrain the choice.",
        )
        for label in used
        if label not in problem.limits
    ]
