"""What the rules are asked about, and what they answer."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from gouvernail_core.kernel import Finding, Problem, Reason, RefusedError, Ternary, Text
from gouvernail_core.knowledge.loader import load_facts
from gouvernail_core.knowledge.schema import FactSpec, FactType

#: The value of a stated fact. ``None`` is *known to be none* and exists for nullable dates only.
FactValue = bool | str | int | Decimal | date | frozenset[str] | tuple[date, ...] | None


@dataclass(frozen=True, slots=True)
class Situation:
    """The stated facts of one authority, one use case and its contract.

    A fact that is not there is unknown. Build it with `Situation.of`, which checks names and
    values.
    """

    facts: Mapping[str, FactValue] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Mapping[str, object]) -> Situation:
        """Return the situation of `facts`, by full name, or refuse with every faulty fact.

        ``None`` means nobody has answered, except for a nullable date, where it says *none*.

        >>> Situation.of({"use_case.data": ["sante"]}).facts["use_case.data"]
        frozenset({'santé'})
        """
        known = load_facts()
        problems: list[Problem] = []
        stated: dict[str, FactValue] = {}
        for name, value in facts.items():
            spec = known.get(name)
            if spec is None:
                problems.append(_unknown_name(name, known))
            elif value is None and not spec.nullable:
                continue
            else:
                try:
                    stated[name] = _value(spec, value)
                except RefusedError as refusal:
                    problems.extend(refusal.problems)
        if problems:
            raise RefusedError(*problems)
        return cls(MappingProxyType(stated))

    def having(self, name: str, value: object) -> Situation:
        """Return the same situation with one more fact, or one replaced."""
        added = Situation.of({name: value}).facts
        return Situation(MappingProxyType({**self.facts, **added}))

    def without(self, name: str) -> Situation:
        """Return the same situation where nobody has answered `name`."""
        left = {key: value for key, value in self.facts.items() if key != name}
        return Situation(MappingProxyType(left))


@dataclass(frozen=True, slots=True)
class Question:
    """A fact worth asking for, and how many rules change their answer with it."""

    fact: str
    decides: int
    text: Text


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from the facts, before any rule. `staff_body` is none while unknown."""

    role: tuple[str, ...]
    provider: Ternary
    high_risk: Ternary
    staff_body: str | None
    specialised_panel: Ternary
    high_risk_from: date | None
    reasons: Mapping[str, tuple[Reason, ...]]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules of `rules_version` say of one situation on the day `on`."""

    rules_version: str
    on: date
    derived: Derived
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]

    def finding(self, rule: str) -> Finding:
        """Return what the rule of this code says; `KeyError` when there is no such rule."""
        for item in self.findings:
            if item.rule == rule:
                return item
        raise KeyError(rule)


def spelling(text: str) -> str:
    """Return what two spellings of one code have in common.

    >>> spelling("Santé-sécurité") == spelling("sante_securite")
    True
    >>> spelling("5(a)")
    '5a'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in decomposed if each.isalnum())


def code_of(spec: FactSpec, written: object) -> str:
    """Return the code of `spec` that `written` spells, or refuse with the nearest ones."""
    if not isinstance(written, str) or not written.strip():
        raise _wrong(spec, written, _codes_text(spec))
    spellings = _spellings(spec.name)
    found = spellings.get(spelling(written))
    if found is not None:
        return found
    if spec.open:
        return written.strip()
    near = [spellings[name] for name in get_close_matches(spelling(written), spellings, n=1)]
    raise _wrong(spec, written, _codes_text(spec), near)


@cache
def _spellings(name: str) -> Mapping[str, str]:
    """Return the code behind each spelling the fact `name` accepts."""
    codes = load_facts()[name].codes
    return {spelling(word): code.code for code in codes for word in (code.code, *code.aliases)}


def _value(spec: FactSpec, value: object) -> FactValue:
    """Return `value` in the type of the fact."""
    match spec.type:
        case FactType.TERNARY:
            if isinstance(value, bool):
                return value
            raise _wrong(
                spec,
                value,
                Text(
                    "true ou false est attendu ; retirez le fait s’il n’est pas connu",
                    "true or false is expected; remove the fact if it is not known",
                ),
            )
        case FactType.CODE:
            return code_of(spec, value)
        case FactType.SET:
            return frozenset(code_of(spec, item) for item in _items(spec, value))
        case FactType.DATE:
            return None if value is None else _day(spec, value)
        case FactType.DATES:
            return tuple(sorted(_day(spec, item) for item in _items(spec, value)))
        case FactType.INT | FactType.DECIMAL:
            return _number(spec, value)


def _items(spec: FactSpec, value: object) -> Iterable[object]:
    if isinstance(value, (Sequence, set, frozenset)) and not isinstance(value, (str, bytes)):
        return value
    raise _wrong(spec, value, Text("une liste […] est attendue", "a list […] is expected"))


def _day(spec: FactSpec, value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise _wrong(
        spec,
        value,
        Text("une date est attendue, écrite 2027-03-15", "a date is expected, written 2027-03-15"),
    )


def _number(spec: FactSpec, value: object) -> int | Decimal:
    whole = spec.type is FactType.INT
    expected = (
        Text(
            "un nombre entier, zéro ou plus, est attendu",
            "a whole number, zero or more, is expected",
        )
        if whole
        else Text("un nombre, zéro ou plus, est attendu", "a number, zero or more, is expected")
    )
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise _wrong(spec, value, expected)
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise _wrong(spec, value, expected) from None
    if not number.is_finite() or number < 0 or (whole and number != number.to_integral_value()):
        raise _wrong(spec, value, expected)
    return int(number) if whole else number


def _codes_text(spec: FactSpec) -> Text:
    codes = ", ".join(code.code for code in spec.codes)
    return Text(f"valeurs admises : {codes}", f"allowed values: {codes}")


def _wrong(spec: FactSpec, value: object, expected: Text, near: Sequence[str] = ()) -> RefusedError:
    """Return the refusal of a value, with what was expected and the nearest code."""
    fr = f"« {_shown(value)} » ne convient pas ; {expected.fr}."
    en = f"“{_shown(value)}” does not fit; {expected.en}."
    if near:
        fr += f" Vouliez-vous dire « {near[0]} » ?"
        en += f" Did you mean “{near[0]}”?"
    return RefusedError(Problem(code="fact-value", text=Text(fr, en), path=spec.name))


def _unknown_name(name: str, known: Mapping[str, FactSpec]) -> Problem:
    """Return the problem of a fact that does not exist, with the nearest name there is."""
    near = get_close_matches(str(name), known, n=1, cutoff=0.5)
    fr = "ce fait n’est pas connu. Vérifiez son nom, ou retirez-le."
    en = "this fact is not known. Check its name, or remove it."
    if near:
        fr = f"ce fait n’est pas connu. Vouliez-vous dire « {near[0]} » ?"
        en = f"this fact is not known. Did you mean “{near[0]}”?"
    return Problem(code="fact-name", text=Text(fr, en), path=str(name))


def _shown(value: object) -> str:
    shown = str(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"
