"""What to protect first: the acts that take most risk away in the hours one has.

Acts on one store are choices of state (link closed, access narrowed, encrypted, purged, secrets
changed): together they give the same risk in whatever order they are done. The best set of acts
is the exact optimum of a knapsack in which each store offers one subset of its acts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations

import numpy as np

from gouvernail_core.kernel import Reason, Ternary, Text
from gouvernail_core.protection.model import (
    Access,
    ActEffort,
    DataStore,
    ProtectiveAct,
    StoreKind,
)
from gouvernail_core.protection.numbers import short
from gouvernail_core.protection.risk import Loads, reach_of
from gouvernail_core.protection.scale import Scale, default_scale

#: The finest time the choice tells apart, in minutes per hour.
MINUTES = 60

#: Risk is compared in whole grains of the total, so that equal sets are told equal.
GRAIN = 10**12

Acts = frozenset[ProtectiveAct]


@dataclass(frozen=True, slots=True)
class ActRisk:
    """An act on a store: its hours, and the risk of the store before and after it.

    `before` and `after` are told once the acts that come before it in the plan are done.
    """

    store: str
    act: ProtectiveAct
    hours: float
    before: float
    after: float
    reasons: tuple[Reason, ...]

    @property
    def removed(self) -> float:
        """Return the risk it takes away."""
        return self.before - self.after

    @property
    def per_hour(self) -> float:
        """Return the risk it takes away in an hour; infinite when it takes no time."""
        if self.hours > 0:
            return self.removed / self.hours
        return math.inf if self.removed > 0 else 0.0


@dataclass(frozen=True, slots=True)
class MoreTime:
    """What one more day would buy: the risk it would take away, what it adds and gives up."""

    removed: float
    added: tuple[tuple[str, ProtectiveAct], ...]
    dropped: tuple[tuple[str, ProtectiveAct], ...]


@dataclass(frozen=True, slots=True)
class ActPlan:
    """The acts to do, most risk taken away per hour first, and what is left out.

    `before` and `after` are the total risk of the stores weighed. `unweighed` names the stores in
    which nothing was read: their acts cannot be compared, which is not a reason to forget them.
    `proven` says that no other set of acts takes more away in these hours, to the minute.
    """

    chosen: tuple[ActRisk, ...]
    left_out: tuple[ActRisk, ...]
    unweighed: tuple[str, ...]
    capacity_hours: float
    used_hours: float
    before: float
    after: float
    proven: bool
    one_more_day: MoreTime
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Some acts on one store, done together."""

    acts: Acts
    minutes: int
    removed: float


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A store whose risk is known, the acts possible on it and the minutes of each."""

    store: DataStore
    loads: Loads
    minutes: Mapping[ProtectiveAct, int]
    told: frozenset[ProtectiveAct]
    accounts: int | None
    scale: Scale

    def risk(self, acts: Iterable[ProtectiveAct] = ()) -> float:
        return risk_after(self.store, self.loads, acts, accounts=self.accounts, scale=self.scale)

    def bundles(self) -> list[_Bundle]:
        """Return every set of acts, nothing first, then by minutes and by the order of the acts."""
        order = [act for act in ProtectiveAct if act in self.minutes]
        sets = chain.from_iterable(combinations(order, size) for size in range(len(order) + 1))
        now = self.risk()
        found = [
            _Bundle(frozenset(acts), sum(self.minutes[a] for a in acts), now - self.risk(acts))
            for acts in sets
        ]
        return sorted(found, key=lambda bundle: (bundle.minutes, len(bundle.acts)))


def risk_after(
    store: DataStore,
    loads: Loads,
    acts: Iterable[ProtectiveAct] = (),
    *,
    accounts: int | None = None,
    scale: Scale | None = None,
) -> float:
    """Return the risk of a store once some acts are done on it, in whatever order.

    >>> share = DataStore("s", "Commun", access=Access.EVERYONE, public_link=Ternary.YES)
    >>> risk_after(share, Loads(now=10.0), [ProtectiveAct.END_PUBLIC_LINK])
    20.0
    """
    scale = scale or default_scale()
    done = frozenset(acts)
    changed = store
    if ProtectiveAct.END_PUBLIC_LINK in done:
        changed = replace(changed, public_link=Ternary.NO)
    if ProtectiveAct.ENCRYPT in done:
        changed = replace(changed, encrypted=Ternary.YES)
    reach = reach_of(changed, accounts=accounts, scale=scale)
    access = reach.access.value
    if ProtectiveAct.NARROW_ACCESS in done:
        access = min(access, scale.access[Access.TEAM])
    purged, rotated = ProtectiveAct.PURGE in done, ProtectiveAct.ROTATE_SECRETS in done
    load = {
        (False, False): loads.now,
        (True, False): loads.purged,
        (False, True): loads.rotated,
        (True, True): loads.both,
    }[purged, rotated]
    return access * reach.place.value * load


def possible_acts(
    store: DataStore, loads: Loads, *, accounts: int | None = None, scale: Scale | None = None
) -> tuple[ProtectiveAct, ...]:
    """Return the acts that lower the risk of a store, alone or with others."""
    scale = scale or default_scale()
    offered = [act for act in ProtectiveAct if _applies(act, store)]

    def risk(acts: Iterable[ProtectiveAct]) -> float:
        return risk_after(store, loads, acts, accounts=accounts, scale=scale)

    sets = [
        frozenset(acts) for size in range(len(offered) + 1) for acts in combinations(offered, size)
    ]
    return tuple(
        act
        for act in offered
        if any(risk(acts | {act}) < risk(acts) for acts in sets if act not in acts)
    )


def _applies(act: ProtectiveAct, store: DataStore) -> bool:
    """Return whether an act has a meaning on a store; whether it helps is counted."""
    if act is ProtectiveAct.END_PUBLIC_LINK:
        return store.public_link is not Ternary.NO
    if act is ProtectiveAct.ENCRYPT:
        return store.encrypted is not Ternary.YES and store.kind is not StoreKind.PAPER
    return True


def protect_plan(
    stores: Iterable[DataStore],
    loads: Mapping[str, Loads],
    *,
    days: float,
    efforts: Sequence[ActEffort] = (),
    accounts: int | None = None,
    scale: Scale | None = None,
) -> ActPlan:
    """Return the set of acts that takes most risk away in `days` of work, proven to the minute.

    `loads` gives what `store_risk` found, by id of store; a store it does not name has not been
    read. `efforts` are the hours the authority knows better; the last one given holds. Of equal
    sets, the one with the fewest minutes, then the fewest acts, then the first ids, is taken.
    Raises ValueError when `days` or an effort is negative or not finite.
    """
    scale = scale or default_scale()
    told = {(effort.store, effort.act): effort.hours for effort in efforts}
    if not all(math.isfinite(hours) and hours >= 0 for hours in (days, *told.values())):
        raise ValueError("days and hours are zero or more")
    ordered = sorted(stores, key=lambda store: store.id)
    weighed = [
        _weighed(store, loads[store.id], told, accounts, scale)
        for store in ordered
        if store.id in loads
    ]
    capacity, further = (
        math.floor(round(d * scale.day_hours * MINUTES, 6)) for d in (days, days + 1)
    )
    picked, more = _best(weighed, capacity, further)
    chosen, after = _in_order(weighed, picked)
    left = _left_out(weighed, picked)
    before = math.fsum(item.risk() for item in weighed)
    used = sum(gain.hours for gain in chosen)
    return ActPlan(
        chosen=chosen,
        left_out=left,
        unweighed=tuple(store.id for store in ordered if store.id not in loads),
        capacity_hours=days * scale.day_hours,
        used_hours=used,
        before=before,
        after=after,
        proven=True,
        one_more_day=_more_time(weighed, picked, more),
        reasons=_plan_reasons(days, scale, used, len(weighed), before, after),
    )


def _weighed(
    store: DataStore,
    loads: Loads,
    told: Mapping[tuple[str, ProtectiveAct], float],
    accounts: int | None,
    scale: Scale,
) -> _Weighed:
    acts = possible_acts(store, loads, accounts=accounts, scale=scale)
    hours = {act: told.get((store.id, act), scale.hours[act]) for act in acts}
    return _Weighed(
        store=store,
        loads=loads,
        minutes={act: round(value * MINUTES) for act, value in hours.items()},
        told=frozenset(act for act in acts if (store.id, act) in told),
        accounts=accounts,
        scale=scale,
    )


def _best(
    weighed: Sequence[_Weighed], capacity: int, further: int
) -> tuple[tuple[Acts, ...], tuple[Acts, ...]]:
    """Return the best acts of each store within `capacity` minutes, and within `further`.

    Dynamic programming over the minutes, one group of bundles per store (multiple-choice knapsack,
    Kellerer, Pferschy and Pisinger, 2004, §11.5). The unit of time is the greatest common divisor
    of the efforts.
    """
    bundles = [item.bundles() for item in weighed]
    unit = math.gcd(*(m for item in weighed for m in item.minutes.values())) or 1
    most = sum(max(bundle.minutes for bundle in group) for group in bundles) // unit
    widths = [min(limit // unit, most) for limit in (capacity, further)]
    size = max(widths) + 1
    total = math.fsum(item.risk() for item in weighed) or 1.0
    best = np.zeros(size, dtype=np.int64)
    taken = np.zeros((len(bundles), size), dtype=np.int8)
    for row, group in enumerate(bundles):
        grown = best.copy()
        for number, bundle in enumerate(group):
            width = bundle.minutes // unit
            if width >= size:
                continue
            with_it = best[: size - width] + round(bundle.removed / total * GRAIN)
            better = with_it > grown[width:]
            grown[width:][better] = with_it[better]
            taken[row, width:][better] = number
        best = grown
    found = []
    for width in widths:
        # The table holds the best for at most so many minutes: the first place that reaches it
        # spends the fewest.
        place = int(np.argmax(best[: width + 1] >= best[width]))
        acts: list[Acts] = []
        for row in range(len(bundles) - 1, -1, -1):
            bundle = bundles[row][taken[row, place]]
            acts.append(bundle.acts)
            place -= bundle.minutes // unit
        found.append(tuple(reversed(acts)))
    return found[0], found[1]


def _in_order(
    weighed: Sequence[_Weighed], picked: Sequence[Acts]
) -> tuple[tuple[ActRisk, ...], float]:
    """Return the acts, each time the one that takes most away per hour, and the risk at the end."""
    done: list[set[ProtectiveAct]] = [set() for _ in weighed]
    found: list[ActRisk] = []
    while True:
        gains = [
            (_gain(item, act, done[row]), row)
            for row, item in enumerate(weighed)
            for act in ProtectiveAct
            if act in picked[row] - done[row]
        ]
        if not gains:
            break
        best, row = max(gains, key=lambda pair: pair[0].per_hour)
        done[row].add(best.act)
        found.append(best)
    after = math.fsum(item.risk(acts) for item, acts in zip(weighed, done, strict=True))
    return tuple(found), after


def _gain(item: _Weighed, act: ProtectiveAct, done: Iterable[ProtectiveAct]) -> ActRisk:
    acts = frozenset(done)
    before, after = item.risk(acts), item.risk(acts | {act})
    gain = ActRisk(item.store.id, act, item.minutes[act] / MINUTES, before, after, ())
    return replace(gain, reasons=_act_reasons(item, gain))


def _act_reasons(item: _Weighed, gain: ActRisk) -> tuple[Reason, ...]:
    before, after, hours = short(gain.before), short(gain.after), short(gain.hours)
    text = Text(
        f"Risque de « {item.store.name} » : de {before.fr} à {after.fr} en {hours.fr} h.",
        f"Risk of “{item.store.name}”: from {before.en} to {after.en} in {hours.en} h.",
    )
    basis = (
        Text("Heures dites par la collectivité.", "Hours told by the authority.")
        if gain.act in item.told
        else Text(
            "Heures usuelles : notre proposition, à ajuster.",
            "Usual hours: our proposal, to be adjusted.",
        )
    )
    reasons = [Reason("removes", text), Reason("hours", basis)]
    reach = reach_of(item.store, accounts=item.accounts, scale=item.scale)
    if gain.act is ProtectiveAct.END_PUBLIC_LINK and reach.place.assumed:
        reasons.append(reach.place.reason)
    if gain.act is ProtectiveAct.NARROW_ACCESS and reach.access.assumed:
        reasons.append(reach.access.reason)
    return tuple(reasons)


def _left_out(weighed: Sequence[_Weighed], picked: Sequence[Acts]) -> tuple[ActRisk, ...]:
    """Return the acts not taken, as they would add to those taken, the most per hour first."""
    found = []
    for item, acts in zip(weighed, picked, strict=True):
        for act in item.minutes:
            if act in acts:
                continue
            gain = _gain(item, act, acts)
            found.append(replace(gain, reasons=(_why_left(item, gain), *gain.reasons)))
    order = list(ProtectiveAct)
    return tuple(sorted(found, key=lambda g: (-g.per_hour, g.store, order.index(g.act))))


def _why_left(item: _Weighed, gain: ActRisk) -> Reason:
    if gain.removed > 0:
        text = Text(
            "Laissé de côté : ces heures enlèvent davantage ailleurs.",
            "Left out: these hours take more away elsewhere.",
        )
        return Reason("hours-better-spent", text)
    text = Text(
        "N’ajoute rien à ce qui est retenu : seul un autre acte sur ce gisement le rendrait utile, "
        "ou l’a déjà remplacé.",
        "Adds nothing to what is taken: only another act on this store would make it useful, or "
        "has replaced it already.",
    )
    return Reason("adds-nothing", text)


def _more_time(
    weighed: Sequence[_Weighed], picked: Sequence[Acts], more: Sequence[Acts]
) -> MoreTime:
    def risk(sets: Sequence[Acts]) -> float:
        return math.fsum(item.risk(acts) for item, acts in zip(weighed, sets, strict=True))

    def pairs(
        ours: Sequence[Acts], theirs: Sequence[Acts]
    ) -> tuple[tuple[str, ProtectiveAct], ...]:
        return tuple(
            (item.store.id, act)
            for item, one, two in zip(weighed, ours, theirs, strict=True)
            for act in ProtectiveAct
            if act in one - two
        )

    return MoreTime(max(0.0, risk(picked) - risk(more)), pairs(more, picked), pairs(picked, more))


def _plan_reasons(
    days: float, scale: Scale, used: float, stores: int, before: float, after: float
) -> tuple[Reason, ...]:
    hours = short(days * scale.day_hours)
    time = Text(
        f"{short(days).fr} jours de {short(scale.day_hours).fr} h, soit {hours.fr} h ; "
        f"{short(used).fr} h employées.",
        f"{short(days).en} days of {short(scale.day_hours).en} h, so {hours.en} h; "
        f"{short(used).en} h used.",
    )
    proof = Text(
        "Optimum prouvé : aucun autre choix d’actes n’enlève davantage dans ces heures, à la "
        "minute près (programmation dynamique).",
        "Proven optimum: no other choice of acts takes more away in these hours, to the minute "
        "(dynamic programming).",
    )
    total = Text(
        f"{stores} gisements pesés : risque de {short(before).fr} à {short(after).fr}.",
        f"{stores} stores weighed: risk from {short(before).en} to {short(after).en}.",
    )
    return (Reason("hours", time), Reason("proven", proof), Reason("total", total))
