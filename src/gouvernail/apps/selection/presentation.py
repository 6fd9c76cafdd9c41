"""The choice as its page shows it. Plan in, view models out; every computation is the core's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gouvernail.common import wording
from gouvernail.common.wording import said

Plan = Mapping[str, Any]

STATUS_TONES = {"core": "ok", "borderline": "main", "exterior": "neutre"}
EUROS = ("€", "EUR")
#: The limits shown as gauges; those of each service's capacity to change come after, in a list.
GAUGES = ("budget", "staff_days")
#: The prefix of the weights in the address.
WEIGHT = "p-"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed case, with what it costs and who holds it."""

    id: str
    title: str
    cost: str
    days: str
    pair: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """What the proposal uses of a limit."""

    label: Any
    used: str
    limit: str
    share: int
    share_text: str
    margin: str
    main: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """How often a case belongs to the best choice."""

    case: Mapping[str, Any]
    width: str
    css: str
    share: str
    tone: str
    in_portfolio: bool


@dataclass(frozen=True, slots=True)
class ActorLine:
    """What one actor's weightings say of the disputed cases."""

    name: str
    shares: tuple[tuple[str, bool], ...]
    regret: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Weight:
    """A criterion in the form: its weight of today, what the reader tries, what its ends mean."""

    name: str
    label: str
    reference: str
    value: str
    lowest: str
    highest: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """The answer to « Et si on pesait autrement ? »."""

    weights: tuple[Weight, ...]
    asked: bool
    cases: tuple[str, ...] = ()
    entering: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    shares: tuple[tuple[str, str], ...] = ()
    conflict: bool = False
    nothing: bool = False

    @property
    def same(self) -> bool:
        """Return whether these weights lead to the proposal."""
        return not self.entering and not self.leaving

    @property
    def refused(self) -> bool:
        """Return whether a weight could not be read."""
        return any(weight.error for weight in self.weights)


def share(value: float) -> str:
    """Return a share in words; what is not sure is never rounded up to 100 % nor down to 0 %."""
    percent = 100 * value
    if 0 < percent < 0.5:
        return _("less than %(share)s") % {"share": wording.percent(1)}
    if 99.5 <= percent < 100:
        return _("more than %(share)s") % {"share": wording.percent(99)}
    return wording.percent(percent)


def choice_title(selection: Mapping[str, Any]) -> str:
    """Return the answer: how many cases impose themselves, how many are to be discussed."""
    if selection.get("conflict"):
        return _("Nothing fits within the limits")
    recommended = set(selection["recommended"])
    proposed = [case for case in selection["cases"] if case["id"] in recommended]
    core = sum(1 for case in proposed if case["status"] == "core")
    open_ = len(proposed) - core
    sure = ngettext(
        "%(n)s case holds whatever the weights", "%(n)s cases hold whatever the weights", core
    ) % {"n": wording.in_words(core)}
    disputed = ngettext("%(n)s to discuss", "%(n)s to discuss", open_) % {
        "n": wording.in_words(open_)
    }
    if not open_:
        return wording.sentence(sure)
    if not core:
        words = ngettext(
            "%(n)s case proposed, to discuss", "%(n)s cases proposed, to discuss", open_
        )
        return wording.sentence(words % {"n": wording.in_words(open_)})
    return wording.sentence(f"{sure}, {disputed}")


def proposal(plan: Plan) -> tuple[Proposed, ...]:
    """Return the proposed cases with their costs and their pairs."""
    cases = {case["id"]: case for case in plan["cases"]}
    found = []
    for code in plan["selection"]["recommended"]:
        case = cases[code]
        names = [name for name in (case.get("elu"), case.get("director")) if name]
        days = case.get("staff_days")
        found.append(
            Proposed(
                code,
                case["title"],
                wording.euros(case.get("cost_total_eur")),
                _("%(n)s days") % {"n": wording.number(days)} if days else "",
                ", ".join(names),
            )
        )
    return tuple(found)


def gauges(selection: Mapping[str, Any]) -> tuple[Gauge, ...]:
    """Return what the proposal uses of each limit, and the margin left."""
    found = []
    for item in selection.get("limits") or ():
        unit, limit, used = said(item.get("unit")), item["limit"], item["used"]
        percent = round(100 * used / limit) if limit else (100 if used else 0)
        left = wording.percent(max(100 - percent, 0))
        found.append(
            Gauge(
                item["label"],
                quantity(used, unit if unit.startswith(EUROS) else ""),
                quantity(limit, unit),
                min(percent, 100),
                wording.percent(percent),
                _("%(share)s of margin") % {"share": left},
                item["id"].startswith(GAUGES),
            )
        )
    return tuple(found)


def quantity(value: Any, unit: str) -> str:
    """Return a quantity with its unit."""
    if unit.startswith(EUROS):
        return wording.euros(value)
    decimals = 0 if float(value) == int(float(value)) else 1
    return f"{wording.number(value, decimals)} {unit}".strip()


def bars(selection: Mapping[str, Any]) -> tuple[Bar, ...]:
    """Return one band per case; sure and disputed differ by colour, word and width."""
    recommended = set(selection["recommended"])
    return tuple(
        Bar(
            case,
            f"{100 * case['acceptability']:.2f}%",
            "f1" if case["status"] == "core" else "f2",
            share(case["acceptability"]),
            STATUS_TONES.get(case["status"], "neutre"),
            case["id"] in recommended,
        )
        for case in selection["cases"]
    )


def disputed(selection: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the cases on which actors may differ: neither sure in nor sure out."""
    return [case for case in selection["cases"] if case["status"] == "borderline"]


def actor_lines(selection: Mapping[str, Any]) -> tuple[ActorLine, ...]:
    """Return, actor by actor, the share of each disputed case; minority views are marked."""
    cases = [case["id"] for case in disputed(selection)]
    recommended = set(selection["recommended"])
    found = []
    for actor in selection.get("actors") or ():
        shares = actor["acceptability"]
        cells = tuple(
            (share(shares[case]), (shares[case] >= 0.5) != (case in recommended)) for case in cases
        )
        found.append(
            ActorLine(
                actor["name"],
                cells,
                wording.percent(actor.get("regret_percent"), 1),
                set(actor.get("favourite") or ()) != recommended,
            )
        )
    return tuple(found)


def trial(selection: Mapping[str, Any], params: Mapping[str, str]) -> Trial:
    """Return what the weights of the address would propose; today's weights when there is none.

    Weights need not make 100: they are rescaled. The core computes, on the problem the plan holds.
    """
    asked = any(name.startswith(WEIGHT) for name in params)
    read = [_weight(item, params, asked) for item in selection["criteria"]]
    weights = tuple(weight for weight, _value in read)
    values = [value for _weight_, value in read]
    if not asked or any(weight.error for weight in weights):
        return Trial(weights, asked)
    if sum(values) <= 0:
        error = _("Give at least one weight above zero")
        return Trial((replace(weights[0], error=error), *weights[1:]), asked, nothing=True)
    codes = [item["id"] for item in selection["criteria"]]
    parts = {code: value / sum(values) for code, value in zip(codes, values, strict=True)}
    return _answer(selection, weights, parts)


def _weight(
    item: Mapping[str, Any], params: Mapping[str, str], asked: bool
) -> tuple[Weight, float]:
    reference = float(item["reference"])
    name = f"{WEIGHT}{item['id']}"
    typed = params.get(name, "0" if asked else f"{reference:.0f}").strip()
    error, value = "", reference
    try:
        value = float(typed.replace(",", "."))
        if not 0 <= value <= 100:
            error = _("A weight goes from 0 to 100")
    except ValueError:
        error = _("A weight is a number, for example 30")
    weight = Weight(
        name,
        said(item["label"]),
        wording.percent(reference),
        typed,
        _anchor(item.get("lowest")),
        _anchor(item.get("highest")),
        error,
    )
    return weight, value


def _anchor(text: Any) -> str:
    """Return the words of an end of the scale; a number is not words."""
    return said(text) if isinstance(text, str | Mapping) else ""


def _answer(
    selection: Mapping[str, Any], weights: tuple[Weight, ...], parts: Mapping[str, float]
) -> Trial:
    from gouvernail.formats.selection import read_problem
    from gouvernail_core.selection import Weighting, solve

    problem = read_problem(selection["problem"])
    given = {name: value for name, value in parts.items() if name in problem.criteria}
    exact = Weighting(bounds={name: (value, value) for name, value in given.items()})
    found = solve(replace(problem, reference=given, weightings={"trial": exact}), samples=1)
    titles = {case["id"]: case["title"] for case in selection["cases"]}
    was = list(selection["recommended"])
    labels = {item["id"]: said(item["label"]) for item in selection["criteria"]}
    return Trial(
        weights,
        asked=True,
        cases=tuple(titles[case] for case in found.recommended),
        entering=tuple(titles[case] for case in found.recommended if case not in was),
        leaving=tuple(titles[case] for case in was if case not in found.recommended),
        shares=tuple((labels[code], wording.percent(100 * part)) for code, part in parts.items()),
        conflict=bool(found.conflict),
    )


def common_core(selection: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the titles of the cases that every actor's best choice holds."""
    titles = {case["id"]: case["title"] for case in selection["cases"]}
    return tuple(titles[case] for case in selection.get("common_core") or () if case in titles)


def other_portfolios(selection: Mapping[str, Any]) -> tuple[tuple[Sequence[str], str], ...]:
    """Return the other best choices with their share, the most frequent first."""
    titles = {case["id"]: case["title"] for case in selection["cases"]}
    recommended = set(selection["recommended"])
    return tuple(
        ([titles[case] for case in item["cases"]], share(item["share"]))
        for item in selection.get("portfolios") or ()
        if set(item["cases"]) != recommended
    )
