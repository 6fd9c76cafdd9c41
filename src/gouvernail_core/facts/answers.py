"""The answers people write to the questions of the law, read with the fact they answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from gouvernail_core.facts.schema import Column, Kind
from gouvernail_core.facts.values import NotReadable, fold, parse
from gouvernail_core.kernel import RefusedError, Text
from gouvernail_core.knowledge.loader import load_facts
from gouvernail_core.knowledge.schema import FactSpec, FactType
from gouvernail_core.obligations import Situation

_NOTHING = Text("", "")
_UNKNOWN = re.compile(r"\s*(\?|inconnu|unknown|nsp|je ne sais pas|ne sait pas)?\s*", re.IGNORECASE)


def read_answer(fact: str, written: str) -> object:
    """Return the value a person wrote for a legal fact; ``None`` when nobody knows yet.

    A set may be written as codes separated by commas; a ternary as *oui*, *non* or *?*. Raises
    NotReadable for a fact that does not exist, or for an answer that does not fit it, with what
    to write instead.

    >>> read_answer("use_case.personal_data", "oui")
    True
    >>> sorted(read_answer("use_case.data", "santé, identité"))
    ['identité', 'santé']
    """
    spec = load_facts().get(fact)
    if spec is not None and _UNKNOWN.fullmatch(written):
        return None
    raw: object = written if spec is None else _typed(spec, written)
    try:
        return Situation.of({fact: raw}).facts[fact]
    except RefusedError as refused:
        problem = refused.problems[0]
        raise NotReadable(problem.code, problem.text.fr, problem.text.en) from None


def written_answer(fact: str, value: object) -> str:
    """Return how `value` is written for a legal fact, as `read_answer` reads it again.

    ``None`` is written *?*: somebody was asked and does not know, which is an answer.

    >>> written_answer("use_case.data", ["identité", "santé"])
    'identité, santé'
    >>> read_answer("use_case.personal_data", written_answer("use_case.personal_data", False))
    False
    """
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        spec = load_facts()[fact]
        order = [code.code for code in spec.codes]
        parts = sorted(value, key=lambda each: order.index(each) if each in order else 999)
        return ", ".join(written_answer(fact, part) for part in parts) or "aucun"
    return str(value).replace(".", ",") if isinstance(value, (float, Decimal)) else str(value)


def _typed(spec: FactSpec, written: str) -> object:
    match spec.type:
        case FactType.TERNARY:
            return parse(written, _column(Kind.TERNARY))
        case FactType.SET:
            return [] if _says_none(spec, written) else list(_parts(written))
        case FactType.DATE:
            if spec.nullable and written.strip().casefold() in ("aucune", "aucun", "none"):
                return None
            return parse(written, _column(Kind.DATE))
        case FactType.DATES:
            return [_day(part) for part in _parts(written)]
        case FactType.INT | FactType.DECIMAL:
            return parse(written, _column(Kind.NUMBER))
        case FactType.CODE:
            return written


def _says_none(spec: FactSpec, written: str) -> bool:
    """Return whether *aucun* is written for a set that has no such code: none is an answer."""
    said = fold(written)
    return said in ("aucun", "aucune", "none") and said not in {code.code for code in spec.codes}


def _column(kind: Kind) -> Column:
    return Column("", kind, _NOTHING, _NOTHING)


def _day(part: str) -> date:
    day: date = parse(part, _column(Kind.DATE))
    return day


def _parts(written: str) -> Iterable[str]:
    return (part.strip() for part in re.split("[,;|\n]", written) if part.strip())
