"""Which kind of tool may receive which class of data: our proposal, then local choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product
from types import MappingProxyType

from gouvernail_core.kernel import Reason, Text
from gouvernail_core.kernel.dates import day_text
from gouvernail_core.protection.model import DataClass, MatrixAnswer, MatrixChoice, ToolClass
from gouvernail_core.protection.numbers import small

_LINES = {
    DataClass.C0: "yes yes yes yes",
    DataClass.C1: "yes yes yes no",
    DataClass.C2: "yes yes if_masked no",
    DataClass.C3: "yes if_masked no no",
    DataClass.C4: "after_aipd no no no",
}

#: Our proposal for each class and each kind of tool, T0 to T3; an authority may choose otherwise.
DEFAULT_MATRIX: Mapping[tuple[DataClass, ToolClass], MatrixAnswer] = MappingProxyType(
    {
        (data, tool): MatrixAnswer(word)
        for data, line in _LINES.items()
        for tool, word in zip(ToolClass, line.split(), strict=True)
    }
)

#: From the most open to the most closed, to say when a choice is wider than our proposal.
_OPENNESS = (MatrixAnswer.YES, MatrixAnswer.IF_MASKED, MatrixAnswer.AFTER_AIPD, MatrixAnswer.NO)


def answer(
    data_class: DataClass, tool_class: ToolClass, choices: Iterable[MatrixChoice] = ()
) -> tuple[MatrixAnswer, tuple[Reason, ...]]:
    """Return whether a kind of tool may receive a class of data, and who says so.

    A choice of the authority stands before our proposal; of several, the last decided, then the
    last given. One that is wider than our proposal says so.

    >>> answer(DataClass.C3, ToolClass.T1)[0]
    <MatrixAnswer.IF_MASKED: 'if_masked'>
    """
    proposed = DEFAULT_MATRIX[data_class, tool_class]
    own = [c for c in choices if (c.data_class, c.tool_class) == (data_class, tool_class)]
    if not own:
        text = Text(
            f"{data_class.value} vers {tool_class.value} : {small(proposed.label.fr)} "
            "(notre proposition, à ajuster).",
            f"{data_class.value} to {tool_class.value}: {small(proposed.label.en)} "
            "(our proposal, to be adjusted).",
        )
        return proposed, (Reason("matrix-default", text),)
    chosen = max(enumerate(own), key=lambda item: (item[1].decided_on or date.min, item[0]))[1]
    reasons = [Reason("matrix-choice", _chosen_text(chosen))]
    if _OPENNESS.index(chosen.answer) < _OPENNESS.index(proposed):
        text = Text(
            f"Ce choix est plus large que notre proposition ({small(proposed.label.fr)}).",
            f"This choice is wider than our proposal ({small(proposed.label.en)}).",
        )
        reasons.append(Reason("matrix-wider", text))
    return chosen.answer, tuple(reasons)


def whole_matrix(
    choices: Iterable[MatrixChoice] = (),
) -> Mapping[tuple[DataClass, ToolClass], MatrixAnswer]:
    """Return the whole matrix, the authority's choices laid over our proposal.

    >>> whole_matrix()[DataClass.C4, ToolClass.T0].value
    'after_aipd'
    """
    given = tuple(choices)
    return MappingProxyType(
        {(data, tool): answer(data, tool, given)[0] for data, tool in product(DataClass, ToolClass)}
    )


def _chosen_text(chosen: MatrixChoice) -> Text:
    day = None if chosen.decided_on is None else day_text(chosen.decided_on)
    when = Text("", "") if day is None else Text(f" du {day.fr}", f" of {day.en}")
    reason = chosen.reason.strip().rstrip(".")
    why = (
        Text(f" : {reason}", f": {reason}")
        if reason
        else Text(", sans motif écrit", ", without a written reason")
    )
    cell = chosen.data_class.value
    return Text(
        f"{cell} vers {chosen.tool_class.value} : {small(chosen.answer.label.fr)}, choix de la "
        f"collectivité{when.fr}{why.fr}.",
        f"{cell} to {chosen.tool_class.value}: {small(chosen.answer.label.en)}, choice of the "
        f"authority{when.en}{why.en}.",
    )
