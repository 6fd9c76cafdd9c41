"""The closed language of the rules: compiled once, evaluated in three values.

``all`` / ``any`` (lists), ``not``, ``fact`` with one of ``is`` / ``in`` / ``contains`` /
``intersects`` / ``filled`` / ``at_least`` / ``above``, ``predicate`` (a named function of
`derived`), ``rule`` (another rule applies). What it cannot say is a named predicate, never a
longer language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gouvernail_core.kernel import Reason, Ternary, Text
from gouvernail_core.knowledge.loader import load_facts, load_parameters
from gouvernail_core.knowledge.schema import FactType, KnowledgeError
from gouvernail_core.obligations.context import Context, number_text, yes_or_no
from gouvernail_core.obligations.derived import PREDICATES
from gouvernail_core.obligations.judgement import (
    Judgement,
    combined,
    no,
    not_judged,
    yes,
)
from gouvernail_core.obligations.model import code_of


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition: how to judge it, the facts it may read, the rules it refers to."""

    judge: Callable[[Context], Judgement]
    reads: frozenset[str]
    rules: frozenset[str] = frozenset()


def compile_condition(where: str, raw: Mapping[str, Any]) -> Condition:
    """Return the condition written in `raw`; `KnowledgeError` names `where` when it is not one.

    >>> compile_condition("example", {"fact": "use_case.profiling", "is": True}).reads
    frozenset({'use_case.profiling'})
    """
    keys = set(raw)
    if keys == {"all"} or keys == {"any"}:
        return _group(where, raw)
    if keys == {"not"}:
        inner = compile_condition(f"{where}, not", raw["not"])
        return Condition(lambda ctx: not_judged(inner.judge(ctx)), inner.reads, inner.rules)
    if keys == {"predicate"}:
        return _predicate(where, raw["predicate"])
    if keys == {"rule"}:
        code = str(raw["rule"])
        return Condition(lambda ctx: ctx.applies(code), frozenset(), frozenset({code}))
    if "fact" in keys and len(keys) == 2:
        (operator,) = keys - {"fact"}
        return _atom(where, str(raw["fact"]), operator, raw[operator])
    raise KnowledgeError(f"{where}: not a condition, keys {', '.join(sorted(map(str, keys)))}")


def _group(where: str, raw: Mapping[str, Any]) -> Condition:
    ((word, items),) = raw.items()
    if not isinstance(items, list) or not items:
        raise KnowledgeError(f"{where}, {word}: a list of conditions is expected")
    parts = [compile_condition(f"{where}, {word}[{rank}]", item) for rank, item in enumerate(items)]
    judges = [part.judge for part in parts]
    order = (Ternary.NO, Ternary.YES) if word == "all" else (Ternary.YES, Ternary.NO)
    return Condition(
        lambda ctx: combined([judge(ctx) for judge in judges], *order),
        frozenset().union(*(part.reads for part in parts)),
        frozenset().union(*(part.rules for part in parts)),
    )


def _predicate(where: str, name: str) -> Condition:
    if name not in PREDICATES:
        raise KnowledgeError(f"{where}: {name!r} is not a predicate")
    predicate = PREDICATES[name]
    return Condition(predicate.judge, predicate.reads, predicate.rules)


def _atom(where: str, name: str, operator: str, wanted: object) -> Condition:
    """Return the condition on one fact."""
    spec = load_facts().get(name)
    if spec is None:
        raise KnowledgeError(f"{where}: {name!r} is not a fact")
    allowed = _OPERATORS.get(operator, ())
    if spec.type not in allowed:
        raise KnowledgeError(f"{where}: {operator!r} does not suit a {spec.type.value}")
    reads = frozenset({name})
    if spec.type is FactType.TERNARY:
        if not isinstance(wanted, bool):
            raise KnowledgeError(f"{where}: true or false is expected")
        answers = {value: yes_or_no(name, value) for value in (True, False, None)}
        if not wanted:
            answers = {value: not_judged(answer) for value, answer in answers.items()}
        return Condition(lambda ctx: answers[ctx.situation.facts.get(name)], reads)  # type: ignore[index]
    if operator in ("at_least", "above"):
        return Condition(_threshold(where, name, operator, wanted), reads)
    items = wanted if isinstance(wanted, list) else [wanted]
    if operator != "filled":
        closed = frozenset(code_of(spec, item) for item in items)
    else:
        closed = frozenset()
    return Condition(lambda ctx: _among(ctx, name, closed), reads)


def _among(ctx: Context, name: str, wanted: frozenset[str]) -> Judgement:
    """Return whether the stated code is, or one of the stated codes is, among `wanted`.

    Nothing wanted in particular: the set must only hold something.
    """
    value = ctx.value(name)
    if isinstance(value, str):
        found = value in wanted
    elif isinstance(value, frozenset):
        found = bool(value & wanted) if wanted else bool(value)
    else:
        return ctx.missing(name)
    return (yes if found else no)(ctx.stated(name))


def _threshold(
    where: str, name: str, operator: str, wanted: object
) -> Callable[[Context], Judgement]:
    """Return the comparison of a number with a figure, dated or written in the rule."""
    if isinstance(wanted, str) and wanted not in load_parameters():
        raise KnowledgeError(f"{where}: {wanted!r} is not a parameter")
    if not isinstance(wanted, (str, int, float)):
        raise KnowledgeError(f"{where}: a number or the code of a parameter is expected")

    def judge(ctx: Context) -> Judgement:
        number = ctx.number(name)
        if number is None:
            return ctx.missing(name)
        source = None
        if isinstance(wanted, str):
            found = ctx.parameter_number(wanted)
            if found is None:
                return ctx.no_figure(wanted)
            limit, source = found
        else:
            limit = Decimal(str(wanted))
        reached = number >= limit if operator == "at_least" else number > limit
        label, shown = ctx.facts[name].label, number_text(limit)
        said = number_text(number)
        compared = _COMPARED[operator, reached]
        reason = Reason(
            f"threshold:{name}",
            Text(
                f"{label.fr} : {said.fr}, {compared.fr} {shown.fr}.",
                f"{label.en}: {said.en}, {compared.en} {shown.en}.",
            ),
            source,
        )
        return Judgement(Ternary.of(reached), (reason,))

    return judge


_COMPARED = {
    ("at_least", True): Text("soit au moins", "at least"),
    ("at_least", False): Text("soit moins de", "below"),
    ("above", True): Text("soit plus de", "above"),
    ("above", False): Text("sans dépasser", "not above"),
}

_OPERATORS: Mapping[str, tuple[FactType, ...]] = {
    "is": (FactType.TERNARY, FactType.CODE),
    "in": (FactType.CODE,),
    "contains": (FactType.SET,),
    "intersects": (FactType.SET,),
    "filled": (FactType.SET,),
    "at_least": (FactType.INT, FactType.DECIMAL),
    "above": (FactType.INT, FactType.DECIMAL),
}
