"""What a new computation changes: the loop from results back to what must be looked at again."""

from gouvernail_core.revision.changes import Change, changes_between
from gouvernail_core.revision.rules import RuleChange, rule_changes_between

__all__ = ["Change", "RuleChange", "changes_between", "rule_changes_between"]
