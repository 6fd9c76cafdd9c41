"""Protect first: data stores, their class, and what may go to which tool."""

from gouvernail_core.protection.model import (
    DataClass,
    DataStore,
    Hosting,
    StoreKind,
    ToolClass,
)
from gouvernail_core.protection.rules import (
    HIGHEST_CLASS,
    SENSITIVE,
    ProtectFirst,
    may_receive,
    protect_first,
)

__all__ = [
    "HIGHEST_CLASS",
    "SENSITIVE",
    "DataClass",
    "DataStore",
    "Hosting",
    "ProtectFirst",
    "StoreKind",
    "ToolClass",
    "may_receive",
    "protect_first",
]
