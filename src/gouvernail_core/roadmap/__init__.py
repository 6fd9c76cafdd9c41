"""The roadmap: chosen cases, duties, capacities and calendars → dates, and what holds them back."""

from gouvernail_core.roadmap.binding import critical_chain
from gouvernail_core.roadmap.checker import Violation, lateness, objective, violations
from gouvernail_core.roadmap.model import (
    TOLERANCE,
    Binding,
    Budget,
    Capacity,
    Conflict,
    Pay,
    Period,
    Plan,
    Problem,
    StageProof,
    Task,
    Unit,
)
from gouvernail_core.roadmap.solve import schedule
from gouvernail_core.roadmap.validate import check_problem

__all__ = [
    "TOLERANCE",
    "Binding",
    "Budget",
    "Capacity",
    "Conflict",
    "Pay",
    "Period",
    "Plan",
    "Problem",
    "StageProof",
    "Task",
    "Unit",
    "Violation",
    "check_problem",
    "critical_chain",
    "lateness",
    "objective",
    "schedule",
    "violations",
]
