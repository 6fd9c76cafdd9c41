"""One question in, one answer out: the robust portfolio and what is proven of it."""

from __future__ import annotations

from gouvernail_core.selection.conflict import minimal_conflict
from gouvernail_core.selection.exact import solve_by_enumeration
from gouvernail_core.selection.large import solve_by_sampling
from gouvernail_core.selection.model import MAX_ENUMERATED_CASES, Problem
from gouvernail_core.selection.results import Basis, Method, Selection
from gouvernail_core.selection.setting import Setting, setting_of
from gouvernail_core.selection.validation import check_problem
from gouvernail_core.selection.weights import named


def solve(problem: Problem, *, samples: int = 10_000) -> Selection:
    """Return the portfolio of least maximum regret over all actors, and how sure each case is.

    `samples` is the number of weightings drawn per actor. Up to 20 cases every portfolio is
    examined and `complete` comes with a proof; beyond, a few weightings are solved one by one by
    HiGHS, nothing is proven and the notes say so. The same problem gives the same answer. Refuses
    (`RefusedError`) what cannot be read; when nothing fits, returns the conflict.

    >>> from gouvernail_core.kernel import Interval
    >>> from gouvernail_core.selection.model import Case
    >>> cases = (
    ...     Case("a", {"quality": Interval(0.9, 0.9)}, {"days": 30}),
    ...     Case("b", {"quality": Interval(0.5, 0.5)}, {"days": 20}),
    ... )
    >>> solve(Problem(("quality",), cases, limits={"days": 40})).recommended
    ('a',)
    """
    if samples < 1:
        raise ValueError("at least one weighting must be drawn")
    check_problem(problem)
    setting = setting_of(problem)
    if len(problem.cases) <= MAX_ENUMERATED_CASES:
        found = solve_by_enumeration(setting, samples)
    else:
        found = solve_by_sampling(setting)
    return found if found is not None else _impossible(setting)


def _impossible(setting: Setting) -> Selection:
    """Return the answer when nothing fits: the conflict and nothing else."""
    exact = len(setting.problem.cases) <= MAX_ENUMERATED_CASES
    return Selection(
        recommended=(),
        cases=(),
        actors={},
        regret=None,
        portfolios=(),
        portfolio_count=0,
        complete=exact,
        certified_gap=None,
        conflict=minimal_conflict(setting.problem),
        ties=(),
        tie_count=0,
        uses=(),
        reference=named(setting.problem.criteria, setting.reference),
        reference_source=setting.reference_source,
        method=Method.ENUMERATION if exact else Method.SAMPLED_MILP,
        basis=Basis.OPTIMAL if exact else Basis.SAMPLED,
        feasible_count=0,
        samples=0,
        seed=setting.problem.seed,
        notes=setting.notes,
    )
