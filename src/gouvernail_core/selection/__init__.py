"""Which cases hold whatever the weighting: a robust portfolio, and what is proven of it."""

from gouvernail_core.kernel import Conflict
from gouvernail_core.selection.conflict import minimal_conflict
from gouvernail_core.selection.model import (
    MAX_CASES,
    MAX_ENUMERATED_CASES,
    Case,
    Problem,
    Weighting,
)
from gouvernail_core.selection.results import (
    ActorResult,
    Basis,
    CaseResult,
    DropOut,
    DropOutValues,
    Method,
    PortfolioResult,
    ReferenceSource,
    Regret,
    Selection,
    Status,
    Use,
)
from gouvernail_core.selection.solve import solve
from gouvernail_core.selection.validation import check_problem

__all__ = [
    "MAX_CASES",
    "MAX_ENUMERATED_CASES",
    "ActorResult",
    "Basis",
    "Case",
    "CaseResult",
    "Conflict",
    "DropOut",
    "DropOutValues",
    "Method",
    "PortfolioResult",
    "Problem",
    "ReferenceSource",
    "Regret",
    "Selection",
    "Status",
    "Use",
    "Weighting",
    "check_problem",
    "minimal_conflict",
    "solve",
]
