"""What a condition may read: the stated facts, the day, the dated figures, the other rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from gouvernail_core.kernel import Reason, Source, Text
from gouvernail_core.kernel.dates import day_text
from gouvernail_core.knowledge.loader import load_facts, load_parameters
from gouvernail_core.knowledge.schema import DatedValue, FactSpec
from gouvernail_core.obligations.judgement import Judgement, no, unknown, yes
from gouvernail_core.obligations.model import FactValue, Situation


class _Absent:
    """The value of a fact nobody has stated."""


ABSENT = _Absent()


@dataclass(slots=True)
class Context:
    """One reading of one situation; answers already found are kept for its duration.

    `applies` says whether another rule applies: the engine gives it, so that conditions and
    derived facts need not import the engine.
    """

    situation: Situation
    on: date
    applies: Callable[[str], Judgement]
    judged: dict[str, Judgement] = field(default_factory=dict)
    days: dict[str, date | None] = field(default_factory=dict)
    facts: Mapping[str, FactSpec] = field(default_factory=load_facts)

    def value(self, name: str) -> FactValue | _Absent:
        """Return the stated value of a fact, or `ABSENT`. `KeyError` for a fact that is not one."""
        self.facts[name]
        return self.situation.facts.get(name, ABSENT)

    def codes(self, name: str) -> frozenset[str] | None:
        """Return the codes of a stated set, or none while unknown."""
        value = self.value(name)
        return value if isinstance(value, frozenset) else None

    def text(self, name: str) -> str | None:
        """Return the code of a stated choice, or none while unknown."""
        value = self.value(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> Decimal | None:
        """Return a stated number, or none while unknown."""
        value = self.value(name)
        return Decimal(value) if isinstance(value, (int, Decimal)) else None

    def day(self, name: str) -> date | None:
        """Return a stated date; none while unknown, or when it is known to be none."""
        value = self.value(name)
        return value if isinstance(value, date) else None

    def is_yes(self, name: str) -> Judgement:
        """Return whether a yes/no fact is yes; a presumed fact says that it is presumed."""
        value = self.situation.facts.get(name)
        return yes_or_no(name, value if isinstance(value, bool) else None)

    def missing(self, *names: str) -> Judgement:
        """Return an unknown that asks for the facts `names`."""
        return _missing(names)

    def stated(self, name: str) -> Reason:
        """Return the reason « the fact is such », in the words of the fact."""
        value = self.situation.facts.get(name)
        # Two equal numbers may be written differently: each is worded as it was given.
        kept = value is None or isinstance(value, (bool, str, frozenset))
        return _stated_once(name, value) if kept else _stated(name, value)

    def asked(self, name: str) -> Reason:
        """Return the reason « we do not know this yet », with the question to answer."""
        return _asked(name)

    def parameter(self, code: str) -> DatedValue | None:
        """Return the dated value of a parameter on the day `on`, or none when none is known."""
        return load_parameters()[code].at(self.on)

    def parameter_day(self, code: str) -> date | None:
        """Return a parameter that is a date."""
        found = self.parameter(code)
        return found.value if found is not None and isinstance(found.value, date) else None

    def parameter_number(self, code: str) -> tuple[Decimal, Source] | None:
        """Return a parameter that is a number, with its source."""
        found = self.parameter(code)
        if found is None or not isinstance(found.value, Decimal):
            return None
        return found.value, found.source

    def no_figure(self, code: str) -> Judgement:
        """Return the unknown of a figure that is not known for the day `on`."""
        title = load_parameters()[code].title
        reason = Reason(
            f"missing:parameter.{code}",
            Text(
                f"La valeur en vigueur le {self.on.isoformat()} n’est pas connue : {title.fr}.",
                f"The value in force on {self.on.isoformat()} is not known: {title.en}.",
            ),
        )
        return unknown(f"parameter.{code}", reasons=[reason])


@cache
def yes_or_no(name: str, value: bool | None) -> Judgement:
    """Return the judgement of a yes/no fact; none is a fact nobody has stated."""
    spec = load_facts()[name]
    if value is not None:
        return (yes if value else no)(_stated(name, value))
    if spec.presumed is None:
        return _missing((name,))
    reason = Reason(
        f"presumed:{name}",
        Text(
            f"Nous présumons : « {spec.label.fr} », {_YES_NO[spec.presumed].fr}. "
            "Dites-le si ce n’est pas le cas.",
            f"We presume: “{spec.label.en}”, {_YES_NO[spec.presumed].en}. "
            "Please say so if this is not the case.",
        ),
    )
    judged = (yes if spec.presumed else no)(reason)
    return Judgement(judged.value, judged.reasons, (), (name,))


@cache
def _missing(names: tuple[str, ...]) -> Judgement:
    return unknown(*names, reasons=[_asked(name) for name in names])


def _stated(name: str, value: FactValue) -> Reason:
    spec = load_facts()[name]
    shown = shown_value(spec, value)
    return Reason(
        f"fact:{name}",
        Text(f"{spec.label.fr} : {shown.fr}.", f"{spec.label.en}: {shown.en}."),
    )


#: Texts of one's own have no end, so that only the most recent wordings are kept.
_stated_once = lru_cache(maxsize=4096)(_stated)


@cache
def _asked(name: str) -> Reason:
    spec = load_facts()[name]
    return Reason(
        f"missing:{name}",
        Text(
            f"À préciser : {spec.question.fr}",
            f"To be stated: {spec.question.en}",
        ),
    )


_YES_NO = {True: Text("oui", "yes"), False: Text("non", "no")}


def shown_value(spec: FactSpec, value: FactValue) -> Text:
    """Return a value in the words people read."""
    labels = {code.code: code.label for code in spec.codes}
    if isinstance(value, bool):
        return _YES_NO[value]
    if value is None:
        return Text("aucune", "none")
    if isinstance(value, str):
        return labels.get(value, Text(value, value))
    if isinstance(value, frozenset):
        if not value:
            return Text("aucun", "none")
        order = [code.code for code in spec.codes]
        ranked = sorted(value, key=lambda code: (order.index(code) if code in order else 999, code))
        texts = [labels.get(code, Text(code, code)) for code in ranked]
        return Text(", ".join(text.fr for text in texts), ", ".join(text.en for text in texts))
    if isinstance(value, tuple):
        if not value:
            return Text("aucune", "none")
        days = [day_text(day) for day in value]
        return Text(", ".join(day.fr for day in days), ", ".join(day.en for day in days))
    if isinstance(value, date):
        return day_text(value)
    return number_text(Decimal(value))


def number_text(number: Decimal) -> Text:
    """Return a number as each language groups it.

    >>> number_text(Decimal("60000.0")).en
    '60,000'
    """
    whole = number.to_integral_value()
    english = f"{whole if whole == number else number.normalize():,f}"
    return Text(english.replace(",", "\u202f").replace(".", ","), english)
