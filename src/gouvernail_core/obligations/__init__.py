"""What the law asks: facts in, findings out, each with its reasons."""

from gouvernail_core.obligations.currency import RuleStatus, stale_rules
from gouvernail_core.obligations.engine import assess, assess_authority
from gouvernail_core.obligations.model import Assessment, Derived, Question, Situation
from gouvernail_core.obligations.validation import (
    ActValidation,
    Rate,
    SecondReading,
    ValidatedAct,
    asked_by,
    unshown_periods,
    validation_map,
    validator_asked,
)

__all__ = [
    "ActValidation",
    "Assessment",
    "Derived",
    "Question",
    "Rate",
    "RuleStatus",
    "SecondReading",
    "Situation",
    "ValidatedAct",
    "asked_by",
    "assess",
    "assess_authority",
    "stale_rules",
    "unshown_periods",
    "validation_map",
    "validator_asked",
]
