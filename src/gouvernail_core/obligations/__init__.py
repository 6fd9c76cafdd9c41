"""What the law asks: facts in, findings out, each with its reasons."""

from gouvernail_core.obligations.currency import RuleStatus, stale_rules
from gouvernail_core.obligations.engine import assess, assess_authority
from gouvernail_core.obligations.model import Assessment, Derived, Question, Situation

__all__ = [
    "Assessment",
    "Derived",
    "Question",
    "RuleStatus",
    "Situation",
    "assess",
    "assess_authority",
    "stale_rules",
]
