"""Training groups and their coverage."""

from gouvernail_core.learning.model import Coverage, TrainingGroup, coverage_of

__all__ = ["Coverage", "TrainingGroup", "coverage_of"]
