"""The answer above 20 cases: a few weightings solved one by one, nothing proven, gap announced.

Each weighting is one mixed integer programme for HiGHS (`scipy.optimize.milp`). What is found is
a pool of good portfolios; another may exist. Only the value of the gap is certified: the
greatest relative distance, over the solves, between a portfolio and the solver's bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gouvernail_core.kernel import Text
from gouvernail_core.selection.acceptability import Shares, case_values
from gouvernail_core.selection.changes import Change, drop_out_of
from gouvernail_core.selection.drop_out import nearest_switch
from gouvernail_core.selection.results import (
    ActorResult,
    Basis,
    CaseResult,
    DropOutValues,
    Method,
    PortfolioResult,
    Regret,
    Selection,
    Status,
)
from gouvernail_core.selection.rows import rows_of
from gouvernail_core.selection.setting import NOBODY, Setting, uses_of
from gouvernail_core.selection.weights import WeightSet, draw, named

Array = NDArray[np.float64]
Members = NDArray[np.bool_]

#: Solves in all, shared between the actors: (up to this many cases, solves). The clock is not
#: read here: numbers of solves and of nodes bound the time, about a minute at the last line.
_SOLVES = ((100, 100), (2_000, 200))
#: The least relative gap asked of the solver; exactness is out of reach at these sizes.
_LEAST_GAP = 1e-2
_MAX_NODES = 2_000
_MAX_LISTED = 200


@dataclass(frozen=True, slots=True, eq=False)
class _Solved:
    """The solves of one actor: weightings, portfolios by position in the pool, proven bounds."""

    weights: WeightSet
    draws: Array
    best: NDArray[np.intp]
    vertices: Array
    vertex_bounds: Array


def solve_by_sampling(setting: Setting) -> Selection | None:
    """Return the answer above 20 cases, ``None`` when no portfolio fits.

    The value of a portfolio and its regret are told with the middle values; the draws take
    uncertain values into account. Statuses are estimates, `proven` is false everywhere.
    """
    solver = _Solver(setting)
    if not solver.is_possible():
        return None
    count = len(setting.problem.cases)
    solves = next(number for size, number in _SOLVES if count <= size)
    each = max(10, solves // len(setting.actors))
    solved = {
        name: _solve_actor(setting, solver, weights, each, [setting.problem.seed, position])
        for position, (name, weights) in enumerate(setting.actors.items())
    }
    pool = np.array(solver.pool)
    values = pool.astype(np.float64) @ setting.middle
    regrets = np.array([_regrets(values, item) for item in solved.values()])
    worst = regrets.max(axis=0)
    chosen = int(np.lexsort((-(values @ setting.reference).round(9), worst.round(9)))[0])
    told = _Teller(setting, pool, values, chosen, solved)
    return Selection(
        recommended=told.ids(pool[chosen]),
        cases=told.cases(list(solved)),
        actors={
            name: told.actor(name, regrets[position])
            for position, name in enumerate(solved)
            if name != NOBODY
        },
        regret=told.regret(list(solved)),
        portfolios=told.portfolios(list(solved), worst),
        portfolio_count=len(pool),
        complete=False,
        certified_gap=solver.worst_gap,
        conflict=(),
        ties=(),
        tie_count=0,
        uses=uses_of(setting.problem, told.ids(pool[chosen])),
        reference=named(setting.problem.criteria, setting.reference),
        reference_source=setting.reference_source,
        method=Method.SAMPLED_MILP,
        basis=Basis.SAMPLED,
        feasible_count=None,
        samples=each,
        seed=setting.problem.seed,
        notes=(*setting.notes, _note(count, each)),
    )


class _Solver:
    """One programme per weighting on the same rows, and the pool of what was found."""

    def __init__(self, setting: Setting) -> None:
        from scipy.optimize import Bounds, LinearConstraint
        from scipy.sparse import csr_array

        rows = rows_of(setting.problem)
        count = len(setting.problem.cases)
        self._count = count
        self._matrix = csr_array(np.array([row.coefficients for row in rows]).reshape(-1, count))
        self._upper = np.array([row.bound for row in rows])
        self._constraints = LinearConstraint(self._matrix, ub=self._upper) if rows else ()
        self._bounds = Bounds(0, 1)
        self._gap = max(setting.problem.gap, _LEAST_GAP)
        self._positions: dict[bytes, int] = {}
        self.pool: list[Members] = []
        self.worst_gap = 0.0

    def is_possible(self) -> bool:
        """Return whether some portfolio fits, which is then the first of the pool."""
        return self.best(np.zeros(self._count)) is not None

    def best(self, scores: Array) -> tuple[int, float] | None:
        """Return a good portfolio for these values of the cases and a proven upper bound."""
        from scipy.optimize import milp

        # No presolve: undoing it makes this HiGHS write on standard output, and it is slower here.
        answer = milp(
            -scores,
            constraints=self._constraints,
            integrality=np.ones(self._count),
            bounds=self._bounds,
            options={"mip_rel_gap": self._gap, "node_limit": _MAX_NODES, "presolve": False},
        )
        if answer.x is None:
            return None
        held = np.asarray(answer.x > 0.5, dtype=np.bool_)
        value = float(scores[held].sum())
        bound = max(value, -float(answer.mip_dual_bound))
        if bound > 0:
            self.worst_gap = max(self.worst_gap, (bound - value) / bound)
        key = held.tobytes()
        if key not in self._positions:
            self._positions[key] = len(self.pool)
            self.pool.append(held)
        return self._positions[key], bound


def _solve_actor(
    setting: Setting, solver: _Solver, weights: WeightSet, size: int, seed: list[int]
) -> _Solved:
    """Return the solves of one actor: on draws, and at the vertices when they are few."""
    rng = np.random.default_rng(seed)
    draws = draw(weights, size, rng)
    scores = case_values(draws, setting.low, setting.high, rng)
    best = np.array([_must(solver.best(row))[0] for row in scores])
    vertices = weights.vertices if len(weights.vertices) <= size else weights.vertices[:0]
    bounds = np.array([_must(solver.best(row))[1] for row in vertices @ setting.middle.T])
    return _Solved(weights, draws, best, vertices, bounds)


def _must(found: tuple[int, float] | None) -> tuple[int, float]:
    """Return the portfolio of a problem already known to be possible."""
    if found is None:
        raise RuntimeError("the solver found no portfolio within its limit of nodes")
    return found


def _regrets(values: Array, solved: _Solved) -> Array:
    """Return a bound on the greatest regret of each portfolio of the pool.

    With the solver's bounds at all the vertices of W it is an upper bound (f is convex, below its
    vertices' bounds); on draws only, it is a lower one.
    """
    if len(solved.vertices):
        upper: Array = (solved.vertex_bounds - values @ solved.vertices.T).max(axis=1)
        return np.maximum(upper, 0.0)
    scores = values @ solved.draws.T
    lower: Array = (scores.max(axis=0) - scores).max(axis=1)
    return lower


@dataclass(frozen=True, slots=True, eq=False)
class _Teller:
    """Puts the pool back into words."""

    setting: Setting
    pool: Members
    values: Array
    chosen: int
    solved: dict[str, _Solved]

    def ids(self, held: Members) -> tuple[str, ...]:
        """Return the ids of the cases of a portfolio, in the order given."""
        cases = self.setting.problem.cases
        return tuple(cases[position].id for position in np.flatnonzero(held))

    def shares(self, names: list[str]) -> Shares:
        """Return the shares over these actors, each counting for as much."""
        counts = np.zeros(len(self.pool))
        for name in names:
            best = self.solved[name].best
            counts += np.bincount(best, minlength=len(self.pool)) / len(best)
        counts /= len(names)
        cases = np.clip(counts @ self.pool, 0.0, 1.0)
        draws = sum(len(self.solved[name].best) for name in names)
        return Shares(cases, np.sqrt(cases * (1 - cases) / draws), counts)

    def cases(self, names: list[str]) -> tuple[CaseResult, ...]:
        """Return one result per case, estimated on the solves of these actors."""
        shares = self.shares(names)
        changes = self._changes(names, shares)
        recommended = self._mask(self.chosen)
        return tuple(
            CaseResult(
                id=case.id,
                recommended=bool(self.pool[self.chosen][position]),
                acceptability=float(shares.cases[position]),
                standard_error=float(shares.errors[position]),
                status=_estimated(shares.cases[position]),
                proven=False,
                drop_out=drop_out_of(self.setting, changes, recommended, position),
                drop_out_proven=False,
            )
            for position, case in enumerate(self.setting.problem.cases)
        )

    def actor(self, name: str, regrets: Array) -> ActorResult:
        """Return the indices of one actor alone."""
        return ActorResult(
            name=name,
            recommended=self.ids(self.pool[int(regrets.round(9).argmin())]),
            cases=self.cases([name]),
            regret=self.regret([name]),
            portfolios=self.portfolios([name], regrets),
            portfolio_count=len(np.unique(self.solved[name].best)),
            complete=False,
        )

    def portfolios(self, names: list[str], regrets: Array) -> tuple[PortfolioResult, ...]:
        """Return the portfolios found for these actors, most frequent first."""
        shares = self.shares(names).portfolios
        order = np.lexsort((regrets.round(9), -shares))
        return tuple(
            PortfolioResult(
                cases=self.ids(self.pool[position]),
                share=float(shares[position]),
                regret=float(regrets[position]),
                recommended=bool(position == self.chosen),
            )
            for position in order[:_MAX_LISTED]
            if shares[position] > 0 or position == self.chosen
        )

    def regret(self, names: list[str]) -> Regret:
        """Return the bound on the regret of the recommendation over these actors."""
        worst: Regret | None = None
        for name in names:
            item = self.solved[name]
            at_vertices = len(item.vertices) > 0
            points = item.vertices if at_vertices else item.draws
            scores = self.values @ points.T
            best = item.vertex_bounds if at_vertices else scores.max(axis=0)
            losses = best - scores[self.chosen]
            where = int(losses.argmax())
            found = Regret(
                value=max(float(losses[where]), 0.0),
                percent=100.0 * max(float(losses[where] / best[where]), 0.0)
                if best[where] > 0
                else 0.0,
                best=float(best[where]),
                weights=named(self.setting.problem.criteria, points[where]),
                instead=self.ids(self.pool[int(scores[:, where].argmax())]),
                actor=name or None,
                exact=False,
                bound="upper" if at_vertices else "lower",
            )
            if worst is None or found.value > worst.value:
                worst = found
        if worst is None:
            raise ValueError("a regret needs at least one weight set")
        return worst

    def _changes(self, names: list[str], shares: Shares) -> tuple[Change, ...]:
        """Return the nearest weightings for the portfolios found, inside the pool only."""
        found = []
        for position in np.flatnonzero(shares.portfolios > 0)[:_MAX_LISTED]:
            leads = self.values[position] - np.delete(self.values, position, axis=0)
            for name in names:
                switch = nearest_switch(self.solved[name].weights, self.setting.reference, leads)
                if switch is not None:
                    mask = self._mask(int(position))
                    found.append(
                        Change(mask, switch.distance, switch.weights, DropOutValues.MIDDLE)
                    )
        return tuple(found)

    def _mask(self, position: int) -> int:
        """Return a portfolio of the pool as an integer, bit j for case j."""
        return sum(1 << int(j) for j in np.flatnonzero(self.pool[position]))


def _estimated(share: float) -> Status:
    if share >= 1.0 - 1e-12:
        return Status.CORE
    return Status.EXTERIOR if share <= 1e-12 else Status.BORDERLINE


def _note(count: int, each: int) -> Text:
    return Text(
        f"Avec {count} cas, tout examiner n’est plus possible : {each} pondérations par acteur "
        "ont été résolues une à une. Les parts sont des estimations, rien n’est prouvé. "
        "Sous vingt cas, le calcul est exact.",
        f"With {count} cases, not everything can be examined: {each} weightings per actor were "
        "solved one by one. Shares are estimates, nothing is proven. "
        "Up to twenty cases the computation is exact.",
    )
