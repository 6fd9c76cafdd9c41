"""Rules spoilt one way at a time, to see whether the situations of this folder notice.

A rule is deleted; its condition, or the one that makes it block, is negated; one test in it is
turned round; one test in it is left out; one code is taken off a list. A spoilt rule that no
situation notices is a rule that could be wrong unseen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gouvernail_core.knowledge.loader import load_rules
from gouvernail_core.knowledge.schema import KnowledgeError, RuleSpec
from gouvernail_core.obligations.engine import Rule, compile_rules, find_one
from rules.reading import ON, Expected, expected_answers

Raw = Mapping[str, Any]
#: Said for the reader of the rule: an authority is always the deployer of what it uses.
ALWAYS_TRUE = ({"predicate": "deployer"},)


@dataclass(frozen=True, slots=True)
class Mutation:
    """One way of spoiling one rule; `spec` is none when the rule is deleted."""

    code: str
    what: str
    spec: RuleSpec | None


def mutations() -> Iterator[Mutation]:
    """Yield every mutation of every rule."""
    for spec in load_rules():
        yield Mutation(spec.code, "deleted", None)
        for condition in spoilt(spec.applies_if):
            yield Mutation(spec.code, condition[0], replace(spec, applies_if=condition[1]))
        if spec.blocking_if is not None:
            for what, raw in spoilt(spec.blocking_if):
                changed = replace(spec, blocking_if=raw)
                yield Mutation(spec.code, f"blocking_if, {what}", changed)


def spoilt(raw: Raw) -> Iterator[tuple[str, Raw]]:
    """Yield each spoilt version of a condition, with what was done to it."""
    if not is_leaf(raw):
        yield "negated", {"not": raw}
    yield from inside(raw)


def inside(raw: Raw) -> Iterator[tuple[str, Raw]]:
    """Yield the versions of `raw` where one thing inside it is spoilt."""
    if is_leaf(raw):
        yield f"turned round: {raw}", {"not": raw}
        for key, value in raw.items():
            for item in value if isinstance(value, list) and len(value) > 1 else []:
                left = [each for each in value if each != item]
                yield f"{item} taken off: {raw}", {**raw, key: left}
        return
    ((word, content),) = raw.items()
    if word == "not":
        for what, changed in inside(content):
            yield what, {"not": changed}
        return
    for rank, part in enumerate(content):
        for what, changed in inside(part):
            yield what, {word: [*content[:rank], changed, *content[rank + 1 :]]}
        if len(content) > 1 and part not in ALWAYS_TRUE:
            yield f"left out: {part}", {word: [*content[:rank], *content[rank + 1 :]]}


def is_leaf(raw: Raw) -> bool:
    """Return whether a condition holds no other."""
    return not {"all", "any", "not"} & set(raw)


def noticed(mutation: Mutation, expected: Sequence[Expected] | None = None) -> bool:
    """Return whether one of the `expected` answers, all by default, differs with the mutation.

    The answers of the rule itself come first: they notice nearly every time.
    """
    specs = [
        mutation.spec if spec.code == mutation.code else spec
        for spec in load_rules()
        if spec.code != mutation.code or mutation.spec is not None
    ]
    try:
        among = compile_rules([spec for spec in specs if spec is not None])
    except KnowledgeError:
        return True
    wanted = expected_answers() if expected is None else expected
    own = [each for each in wanted if each.rule == mutation.code]
    others = [each for each in wanted if each.rule != mutation.code]
    return any(differs(each, among) for each in (*own, *others))


def differs(expected: Expected, among: Mapping[str, Rule]) -> bool:
    """Return whether the rule, as it is in `among`, does not answer as expected."""
    if expected.rule not in among:
        return True
    found = find_one(expected.rule, expected.situation, on=ON, among=among)
    named = set(expected.missing) <= set(found.missing)
    return found.outcome.value not in expected.outcomes or not named
