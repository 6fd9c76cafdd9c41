"""What a file really is, and whether it may be kept: decided by its content alone."""

from gouvernail.common.inspection.model import Accepted, Form, cleaned_name
from gouvernail.common.inspection.reading import inspect

__all__ = ["Accepted", "Form", "cleaned_name", "inspect"]
