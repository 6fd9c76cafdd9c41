"""The main job: the whole way in one pass, and its result as plain values."""

from gouvernail_core.steering.model import Steering, WeekItem
from gouvernail_core.steering.plan import PLAN_FORMAT, to_plan
from gouvernail_core.steering.run import Report, steer

__all__ = ["PLAN_FORMAT", "Report", "Steering", "WeekItem", "steer", "to_plan"]
