"""The roadmap: chosen cases, duties, capacities and calendars → dates, and what holds them back."""

from gouvernail_core.kernel import Conflict
from gouvernail_core.roadmap.binding import critical_chain
from gouvernail_core.roadmap.calendar import PlanCalendar, monday, week_of
from gouvernail_core.roadmap.checker import Violation, lateness, objective, violations
from gouvernail_core.roadmap.model import (
    TOLERANCE,
    Binding,
    Budget,
    Capacity,
    Pay,
    Period,
    Plan,
    Problem,
    StageProof,
    Task,
    Unit,
)
from gouvernail_core.roadmap.solve import schedule
from gouvernail_core.roadmap.template import (
    BUYERS,
    DPO,
    IT,
    PROJECT,
    TRAINERS,
    Duration,
    PlannedCase,
    Procedure,
    group_capacity,
    problem_for,
    service_capacity,
    tasks_for,
    usual_durations,
)
from gouvernail_core.roadmap.validate import check_problem

__all__ = [
    "BUYERS",
    "DPO",
    "IT",
    "PROJECT",
    "TOLERANCE",
    "TRAINERS",
    "Binding",
    "Budget",
    "Capacity",
    "Conflict",
    "Duration",
    "Pay",
    "Period",
    "Plan",
    "PlanCalendar",
    "PlannedCase",
    "Problem",
    "Procedure",
    "StageProof",
    "Task",
    "Unit",
    "Violation",
    "check_problem",
    "critical_chain",
    "group_capacity",
    "lateness",
    "monday",
    "objective",
    "problem_for",
    "schedule",
    "service_capacity",
    "tasks_for",
    "usual_durations",
    "violations",
    "week_of",
]
