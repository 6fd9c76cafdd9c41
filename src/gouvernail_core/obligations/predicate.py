"""What a named predicate is: a function of the context, and all that it may read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gouvernail_core.obligations.context import Context
from gouvernail_core.obligations.judgement import Judgement


@dataclass(frozen=True, slots=True)
class Predicate:
    """A named function of a rule file.

    `reads` are the facts it may look at and `rules` the rules it may ask for: the engine uses
    them to know which rules a new fact can change. A test holds them against what is really read.
    """

    name: str
    judge: Callable[[Context], Judgement]
    reads: frozenset[str]
    rules: frozenset[str]


#: Every predicate a rule file may name.
PREDICATES: dict[str, Predicate] = {}


def predicate(
    name: str, *, reads: tuple[str, ...], rules: tuple[str, ...] = ()
) -> Callable[[Callable[[Context], Judgement]], Callable[[Context], Judgement]]:
    """Return a decorator that makes a function nameable in a rule file.

    The answer is kept in the context: many rules ask for the same derived fact.
    """

    def register(function: Callable[[Context], Judgement]) -> Callable[[Context], Judgement]:
        def judge(ctx: Context) -> Judgement:
            if name not in ctx.judged:
                ctx.judged[name] = function(ctx)
            return ctx.judged[name]

        judge.__doc__ = function.__doc__
        PREDICATES[name] = Predicate(name, judge, frozenset(reads), frozenset(rules))
        return judge

    return register
