"""What a new computation changes: the loop from results back to what must be looked at again."""

from gouvernail_core.revision.changes import Change, changes_between

__all__ = ["Change", "changes_between"]
