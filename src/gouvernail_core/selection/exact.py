"""The answer up to 20 cases: every portfolio is examined, and what is said proven is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gouvernail_core.kernel import Text
from gouvernail_core.selection.acceptability import Shares, case_values, shares_of
from gouvernail_core.selection.changes import Change, adverse_changes, drop_out_of, middle_changes
from gouvernail_core.selection.choice import least_regret, regret_at
from gouvernail_core.selection.enumerate import Masks, SubsetSums, feasible_portfolios, members
from gouvernail_core.selection.intervals import non_dominated
from gouvernail_core.selection.regret import greatest_regrets, greatest_regrets_in_intervals
from gouvernail_core.selection.results import (
    ActorResult,
    Basis,
    CaseResult,
    Method,
    PortfolioResult,
    Regret,
    Selection,
    Status,
)
from gouvernail_core.selection.robust import optimal_pool
from gouvernail_core.selection.rows import rows_of
from gouvernail_core.selection.setting import NOBODY, Setting, uses_of
from gouvernail_core.selection.weights import WeightSet, draw, named

Array = NDArray[np.float64]

#: Portfolios listed in an answer; `portfolio_count` gives how many there are.
MAX_LISTED = 200
_MAX_TIES_LISTED = 20


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What one weight set, or several together, make of the feasible portfolios.

    `masks` are the portfolios that may be the best, `classes` groups the equivalent ones (the
    first of each speaks for it), `shares` how often each is the best, `changes` the weighting
    nearest to today's that makes each of the middle values' best portfolios the best.
    """

    sets: tuple[WeightSet, ...]
    masks: Masks
    classes: tuple[Masks, ...]
    shares: Shares
    changes: tuple[Change, ...]
    complete: bool
    changes_complete: bool


def solve_by_enumeration(setting: Setting, samples: int) -> Selection | None:
    """Return the answer for at most 20 cases, ``None`` when no portfolio fits."""
    problem = setting.problem
    count = len(problem.cases)
    masks = feasible_portfolios(count, rows_of(problem))
    if not len(masks):
        return None
    examined, examined_complete = masks, True
    if setting.is_uncertain:
        sets = [weights.vertices for weights in setting.actors.values()]
        examined, examined_complete = non_dominated(masks, setting.low, setting.high, sets)
    values = SubsetSums.of(setting.middle).at(masks)
    views = {
        name: _view(setting, weights, masks, values, examined, samples, [problem.seed, position])
        for position, (name, weights) in enumerate(setting.actors.items())
    }
    regrets = _regrets(setting, examined)
    chosen, ties = least_regret(setting, examined, regrets.max(axis=0))
    told = _Teller(setting, int(examined[chosen]), examined, regrets, examined_complete)
    complete = examined_complete and all(view.complete for view in views.values())
    merged = _merged(list(views.values()))
    listed = ties[:_MAX_TIES_LISTED]
    recommended = told.ids(int(examined[chosen]))
    return Selection(
        recommended=recommended,
        cases=told.cases(merged, complete),
        actors={
            name: told.actor(name, position, view)
            for position, (name, view) in enumerate(views.items())
            if name != NOBODY
        },
        regret=told.regret(list(setting.actors)),
        portfolios=told.portfolios(merged, regrets.max(axis=0)),
        portfolio_count=len(merged.classes),
        complete=complete,
        certified_gap=0.0 if complete else None,
        conflict=(),
        ties=tuple(told.ids(int(examined[tie])) for tie in listed),
        tie_count=len(ties),
        uses=uses_of(problem, recommended),
        reference=named(problem.criteria, setting.reference),
        reference_source=setting.reference_source,
        method=Method.ENUMERATION,
        basis=Basis.NON_DOMINATED if setting.is_uncertain else Basis.OPTIMAL,
        feasible_count=len(masks),
        samples=samples,
        seed=problem.seed,
        notes=(*setting.notes, *_compromise_note(int(examined[chosen]), merged)),
    )


def _view(
    setting: Setting,
    weights: WeightSet,
    masks: Masks,
    values: Array,
    examined: Masks,
    samples: int,
    seed: Sequence[int],
) -> View:
    """Return what `weights` makes of the feasible portfolios `masks`."""
    pool = optimal_pool(values, weights)
    changes = middle_changes(setting, weights, masks[pool.leaders], pool.classes, masks)
    if setting.is_uncertain:
        best, complete = non_dominated(examined, setting.low, setting.high, [weights.vertices])
        classes = tuple(best[[position]] for position in range(len(best)))
    else:
        best, complete = masks[pool.everyone], pool.complete
        classes = tuple(masks[group] for group in pool.classes)
    rng = np.random.default_rng(seed)
    draws = draw(weights, samples, rng)
    scores = case_values(draws, setting.low, setting.high, rng)
    shares = shares_of(scores, members(best, len(setting.low)))
    return View((weights,), best, classes, shares, changes, complete, pool.complete)


def _regrets(setting: Setting, examined: Masks) -> Array:
    """Return the greatest regret of each examined portfolio, one row per actor."""
    sets = [weights.vertices for weights in setting.actors.values()]
    if setting.is_uncertain:
        held = members(examined, len(setting.low))
        return np.array(
            [greatest_regrets_in_intervals(held, setting.low, setting.high, item) for item in sets]
        )
    values = SubsetSums.of(setting.low).at(examined)
    return np.array([greatest_regrets(values, item) for item in sets])


def _merged(views: Sequence[View]) -> View:
    """Return the view of all actors together: union of portfolios, mean of shares.

    Each actor counts for as much; weights themselves are never averaged.
    """
    if len(views) == 1:
        return views[0]
    masks, where = np.unique(np.concatenate([view.masks for view in views]), return_inverse=True)
    portfolios = np.bincount(
        where, weights=np.concatenate([view.shares.portfolios for view in views])
    ) / len(views)
    cases = np.mean([view.shares.cases for view in views], axis=0)
    squares = np.sum([view.shares.errors**2 for view in views], axis=0)
    shares = Shares(cases, np.sqrt(squares) / len(views), portfolios)
    return View(
        tuple(weights for view in views for weights in view.sets),
        masks,
        tuple(masks[[position]] for position in range(len(masks))),
        shares,
        tuple(change for view in views for change in view.changes),
        all(view.complete for view in views),
        all(view.changes_complete for view in views),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Teller:
    """Puts arrays back into words: ids instead of bits, one result per case and per actor."""

    setting: Setting
    recommended: int
    examined: Masks
    regrets: Array
    examined_complete: bool

    def ids(self, mask: int) -> tuple[str, ...]:
        """Return the ids of the cases of a portfolio, in the order given."""
        cases = self.setting.problem.cases
        return tuple(case.id for position, case in enumerate(cases) if mask >> position & 1)

    def actor(self, name: str, position: int, view: View) -> ActorResult:
        """Return the indices of one actor alone."""
        own, _ = least_regret(
            self.setting, self.examined, self.regrets[position], only=view.sets[0]
        )
        complete = view.complete and self.examined_complete
        return ActorResult(
            name=name,
            recommended=self.ids(int(self.examined[own])),
            cases=self.cases(view, complete),
            regret=self.regret([name]),
            portfolios=self.portfolios(view, self.regrets[position]),
            portfolio_count=len(view.classes),
            complete=complete,
        )

    def cases(self, view: View, complete: bool) -> tuple[CaseResult, ...]:
        """Return one result per case, read on the portfolios of `view`."""
        count = len(self.setting.problem.cases)
        held = members(view.masks, count)
        adverse: tuple[Change, ...] | None = None
        results = []
        for position, case in enumerate(self.setting.problem.cases):
            status = _status(held[:, position])
            inside = bool(self.recommended >> position & 1)
            found = drop_out_of(self.setting, view.changes, self.recommended, position)
            proven = view.changes_complete
            if found is None and self.setting.is_uncertain:
                proven = complete and status is (Status.CORE if inside else Status.EXTERIOR)
                if not proven:
                    if adverse is None:
                        adverse = adverse_changes(self.setting, view.sets, view.masks)
                    found = drop_out_of(self.setting, adverse, self.recommended, position)
                    proven = complete and len(adverse) > 0
            results.append(
                CaseResult(
                    id=case.id,
                    recommended=inside,
                    acceptability=_settled(view.shares.cases[position], status, complete),
                    standard_error=float(view.shares.errors[position]),
                    status=status,
                    proven=complete,
                    drop_out=found,
                    drop_out_proven=proven,
                    core_index=float(held[:, position].mean())
                    if self.setting.is_uncertain
                    else None,
                )
            )
        return tuple(results)

    def portfolios(self, view: View, regrets: Array) -> tuple[PortfolioResult, ...]:
        """Return the portfolios of `view`, most frequent first."""
        regret_of = dict(zip(self.examined.tolist(), regrets.tolist(), strict=True))
        share_of = dict(zip(view.masks.tolist(), view.shares.portfolios.tolist(), strict=True))
        told = [
            PortfolioResult(
                cases=self.ids(int(group[0])),
                share=min(1.0, sum(share_of[int(mask)] for mask in group)),
                regret=regret_of[int(group[0])],
                recommended=self.recommended in group.tolist(),
                equivalent=tuple(self.ids(int(mask)) for mask in group[1:]),
            )
            for group in view.classes
        ]
        told.sort(key=lambda portfolio: (-portfolio.share, portfolio.regret, portfolio.cases))
        return tuple(told[:MAX_LISTED])

    def regret(self, names: Sequence[str]) -> Regret:
        """Return the worst regret of the recommendation over these actors."""
        return regret_at(
            self.setting, self.examined, self.recommended, names, self.examined_complete
        )


def _compromise_note(recommended: int, view: View) -> tuple[Text, ...]:
    """Return what to say of a recommendation that is the best nowhere, if it is so."""
    if recommended in view.masks.tolist():
        return ()
    return (
        Text(
            "Le choix proposé n’est le meilleur pour aucune pondération : c’est un compromis, "
            "celui qui perd le moins dans le pire des cas.",
            "The proposed choice is the best for no weighting: it is a compromise, the one that "
            "loses least in the worst case.",
        ),
    )


def _status(held: NDArray[np.bool_]) -> Status:
    """Return where a case stands, given which of the best portfolios hold it."""
    if held.all():
        return Status.CORE
    return Status.BORDERLINE if held.any() else Status.EXTERIOR


def _settled(share: float, status: Status, complete: bool) -> float:
    """Return the share of a case, exactly 1 or 0 where the proof says so."""
    if complete and status is not Status.BORDERLINE:
        return 1.0 if status is Status.CORE else 0.0
    return float(share)
