"""Who may do what: the one matrix that pages, API and commands read."""

from gouvernail_core.access.matrix import MATRIX, acts_of, may, may_grant, within
from gouvernail_core.access.model import Act, Profile, Scope

__all__ = ["MATRIX", "Act", "Profile", "Scope", "acts_of", "may", "may_grant", "within"]
