"""What a file of `knowledge/` must look like; a file that differs is refused, never guessed at.

These are files of the project, not of its users: what is wrong is said in one line, with the file
and the key, to the person who edits the rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

from gouvernail_core.kernel import Confidence, GouvernailError, Provenance, Source, Stage, Text

#: A condition as it is written: mappings, lists and scalars. The obligations step compiles it.
RawCondition = Mapping[str, Any]

_RULE_CODE = re.compile(r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$")
_FACT_NAME = re.compile(r"^(authority|use_case|contract)\.[a-z][a-zA-Z0-9_]*$")
#: Who acts, in the order the pages list them.
ROLES = ("EXE", "DGS", "DRH", "DSI", "DPO", "RSSI", "MET", "ACH", "COM")
_OUTCOMES = ("due", "watch")
_STATUSES = ("draft", "to_verify_by_jurist", "validated")
_LEVELS = ("authority", "use_case")

ItemT = TypeVar("ItemT")


class KnowledgeError(GouvernailError):
    """A file of `knowledge/` is not what it must be; the message names the file and the key."""


class FactType(StrEnum):
    """How a fact is written."""

    TERNARY = "ternary"
    SET = "set"
    CODE = "code"
    INT = "int"
    DECIMAL = "decimal"
    DATE = "date"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Code:
    """One allowed value of a fact: the code as stored, its label, other spellings accepted."""

    code: str
    label: Text
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactSpec:
    """What one fact is, and the question that asks for it.

    `open` sets accept an item in one's own words. `nullable` dates may be *known to be none*.
    `presumed` is what the engine takes, aloud, while nobody has answered: it is kept for the rare
    situations that no ordinary use case is in, and every result resting on it says so.
    `probes` are numbers on either side of each threshold, used to tell which question decides most.
    """

    name: str
    type: FactType
    label: Text
    question: Text
    codes: tuple[Code, ...] = ()
    open: bool = False
    nullable: bool = False
    presumed: bool | None = None
    probes: tuple[Decimal | date, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value in force from `start` to `until`, both days included; ``None`` is open."""

    start: date | None
    until: date | None
    value: Decimal | date
    source: Source


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure or a date of the law, with its history."""

    code: str
    title: Text
    unit: str
    values: tuple[DatedValue, ...]

    def at(self, on: date) -> DatedValue | None:
        """Return the value in force on the day `on`, or none when none is known for that day."""
        for item in self.values:
            after_start = item.start is None or item.start <= on
            if after_start and (item.until is None or on <= item.until):
                return item
        return None


@dataclass(frozen=True, slots=True)
class Validation:
    """Which jurist read a rule against its texts, and when."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One obligation as its file says it. `number` is its number in the research note."""

    code: str
    number: int
    also: tuple[str, ...]
    title: Text
    explanation: Text
    level: str
    applies_if: RawCondition
    blocking: bool
    blocking_if: RawCondition | None
    outcome: str
    applies_from: Mapping[str, Any] | None
    ends: date | None
    who: tuple[str, ...]
    before: tuple[Stage, ...]
    why: Mapping[str, Text]
    evidence: tuple[Text, ...]
    sources: tuple[Source, ...]
    confidence: Confidence
    jurist: bool
    status: str
    validated: Validation | None
    cases: tuple[str, ...]


class _Node:
    """A mapping being read: every key must be taken, and a wrong one is named."""

    def __init__(self, where: str, content: object) -> None:
        if not isinstance(content, dict):
            raise KnowledgeError(f"{where}: a mapping is expected, found {type(content).__name__}")
        self.where = where
        self.left: dict[str, Any] = dict(content)

    def refuse(self, key: str, problem: str) -> KnowledgeError:
        return KnowledgeError(f"{self.where}, {key}: {problem}")

    def take(self, key: str, kind: type[ItemT] | tuple[type[ItemT], ...]) -> ItemT:
        if key not in self.left:
            raise self.refuse(key, "this key is needed")
        value = self.left.pop(key)
        # In Python a bool is an int: a number that says `true` is a slip of the editor.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.refuse(key, f"unexpected value {value!r}")
        return value

    def maybe(self, key: str, kind: type[ItemT]) -> ItemT | None:
        if self.left.get(key) is None:
            self.left.pop(key, None)
            return None
        return self.take(key, kind)

    def one_of(self, key: str, allowed: Sequence[str]) -> str:
        value = self.take(key, str)
        if value not in allowed:
            raise self.refuse(key, f"{value!r} is not one of {', '.join(allowed)}")
        return value

    def text(self, key: str) -> Text:
        node = _Node(f"{self.where}, {key}", self.take(key, dict))
        text = Text(node.take("fr", str).strip(), node.take("en", str).strip())
        node.close()
        if not text.fr or not text.en:
            raise self.refuse(key, "both languages are needed")
        return text

    def many(self, key: str, read: Callable[[str, Any], ItemT]) -> tuple[ItemT, ...]:
        items: list[Any] = self.maybe(key, list) or []
        return tuple(read(f"{self.where}, {key}[{rank}]", item) for rank, item in enumerate(items))

    def close(self) -> None:
        if self.left:
            raise KnowledgeError(f"{self.where}: unknown keys {', '.join(sorted(self.left))}")


def parse_facts(where: str, content: object) -> dict[str, FactSpec]:
    """Return the facts by name, in the order of the file.

    Raises `KnowledgeError` when the file does not have the expected shape.
    """
    facts: dict[str, FactSpec] = {}
    root = _Node(where, content)
    for name, value in root.left.items():
        if not _FACT_NAME.match(name):
            raise KnowledgeError(f"{where}: {name} is not the name of a fact")
        facts[name] = _fact(_Node(f"{where}, {name}", value), name)
    return facts


def _fact(node: _Node, name: str) -> FactSpec:
    kind = FactType(node.one_of("type", [item.value for item in FactType]))
    spec = FactSpec(
        name=name,
        type=kind,
        label=node.text("label"),
        question=node.text("question"),
        codes=node.many("codes", _code),
        open=node.maybe("open", bool) or False,
        nullable=node.maybe("nullable", bool) or False,
        presumed=node.maybe("presumed", bool),
        probes=tuple(_number_or_date(node, item) for item in node.maybe("probes", list) or []),
    )
    node.close()
    if (kind in (FactType.SET, FactType.CODE)) != bool(spec.codes):
        raise node.refuse("codes", "a set and a code list their codes, other types have none")
    return spec


def _code(where: str, item: object) -> Code:
    node = _Node(where, item)
    aliases = node.maybe("aliases", list) or []
    code = Code(node.take("code", str), node.text("label"), tuple(str(name) for name in aliases))
    node.close()
    return code


def parse_parameters(where: str, content: object) -> dict[str, Parameter]:
    """Return the dated parameters by code; two values never hold on the same day."""
    parameters: dict[str, Parameter] = {}
    for code, value in _Node(where, content).left.items():
        node = _Node(f"{where}, {code}", value)
        values = node.many("values", _dated_value)
        parameters[code] = Parameter(code, node.text("title"), node.take("unit", str), values)
        node.close()
        if not values:
            raise node.refuse("values", "at least one value is needed")
        for earlier, later in pairwise(values):
            if earlier.until is None or later.start is None or later.start <= earlier.until:
                raise node.refuse("values", "the periods must follow one another")
    return parameters


def _dated_value(where: str, item: object) -> DatedValue:
    node = _Node(where, item)
    value = DatedValue(
        start=node.maybe("from", date),
        until=node.maybe("until", date),
        value=_number_or_date(node, node.left.pop("value", None)),
        source=_source(f"{where}, source", node.take("source", dict), day_key="checked_on"),
    )
    node.close()
    return value


def _number_or_date(node: _Node, value: object) -> Decimal | date:
    if isinstance(value, bool) or not isinstance(value, (int, float, date)):
        raise node.refuse("value", f"a number or a date is expected, found {value!r}")
    return value if isinstance(value, date) else Decimal(str(value))


def _source(where: str, item: object, *, day_key: str = "read_on") -> Source:
    node = _Node(where, item)
    source = Source(
        text=node.take("text", str),
        url=node.maybe("url", str),
        read_on=node.maybe(day_key, date),
        provenance=Provenance(node.one_of("provenance", [item.value for item in Provenance])),
    )
    node.close()
    if source.url is not None and not source.url.startswith("https://"):
        raise node.refuse("url", "an address starts with https://")
    return source


def parse_rule(where: str, content: object) -> RuleSpec:
    """Return the rule of one file.

    Raises `KnowledgeError` when a key is missing, unknown, or of the wrong kind.
    """
    node = _Node(where, content)
    blocking = node.take("blocking", bool)
    blocking_if = node.maybe("blocking_if", dict)
    spec = RuleSpec(
        code=node.take("code", str),
        number=node.take("number", int),
        also=tuple(str(name) for name in node.maybe("also", list) or []),
        title=node.text("title"),
        explanation=node.text("explanation"),
        level=node.one_of("level", _LEVELS),
        applies_if=node.take("applies_if", dict),
        blocking=blocking,
        blocking_if=blocking_if,
        outcome=node.one_of("outcome", _OUTCOMES),
        applies_from=_applies_from(node),
        ends=node.maybe("ends", date),
        who=node.many("who", _role),
        before=node.many("before", lambda place, item: _stage(place, item)),
        why=_why(node),
        evidence=node.many("evidence", _plain_text),
        sources=node.many("sources", _source),
        confidence=Confidence(node.one_of("confidence", [item.value for item in Confidence])),
        jurist=node.take("jurist", bool),
        status=node.one_of("status", _STATUSES),
        validated=_validation(node),
        cases=tuple(str(name) for name in node.maybe("cases", list) or []),
    )
    node.close()
    if not _RULE_CODE.match(spec.code):
        raise node.refuse("code", f"{spec.code} is not a code of a rule")
    if not spec.sources:
        raise node.refuse("sources", "a rule has at least one source")
    if (spec.status == "validated") is not (spec.validated is not None):
        raise node.refuse("validated", "a validated rule, and no other, says by whom and when")
    if blocking_if is not None and not blocking:
        raise node.refuse("blocking_if", "only a blocking rule says when it blocks")
    return spec


def _validation(node: _Node) -> Validation | None:
    given = node.maybe("validated", dict)
    if given is None:
        return None
    inner = _Node(f"{node.where}, validated", given)
    found = Validation(inner.take("by", str).strip(), inner.take("on", date))
    inner.close()
    if not found.by:
        raise inner.refuse("by", "the name of the jurist is expected")
    return found


def _applies_from(node: _Node) -> Mapping[str, Any] | None:
    """Return one of ``{date: …}``, ``{parameter: …}``, ``{derived: …}``, or none."""
    value: dict[str, Any] | None = node.maybe("applies_from", dict)
    if value is None:
        return None
    if len(value) != 1 or next(iter(value)) not in ("date", "parameter", "derived"):
        raise node.refuse("applies_from", "one of date, parameter, derived")
    if "date" in value and not isinstance(value["date"], date):
        raise node.refuse("applies_from", "the date is written 2026-08-02")
    return value


def _why(node: _Node) -> Mapping[str, Text]:
    inner = _Node(f"{node.where}, why", node.take("why", dict))
    texts = {key: inner.text(key) for key in list(inner.left)}
    unknown = set(texts) - {"due", "not_applicable", "blocking", "to_examine"}
    if unknown or not {"due", "not_applicable"} <= set(texts):
        raise node.refuse("why", "due and not_applicable, and if useful blocking and to_examine")
    return texts


def _role(where: str, item: object) -> str:
    if item not in ROLES:
        raise KnowledgeError(f"{where}: {item!r} is not one of {', '.join(ROLES)}")
    return str(item)


def _stage(where: str, item: object) -> Stage:
    try:
        return Stage(str(item))
    except ValueError as error:
        raise KnowledgeError(f"{where}: {item!r} is not a stage") from error


def _plain_text(where: str, item: object) -> Text:
    node = _Node(where, {"text": item})
    return node.text("text")
