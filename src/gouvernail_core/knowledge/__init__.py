"""Sourced data as files, and the only code that reads them."""

from gouvernail_core.knowledge.files import read_text, read_yaml

__all__ = ["read_text", "read_yaml"]
