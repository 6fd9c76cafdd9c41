"""Protect first: data stores, their class, and what may go to which tool."""

from gouvernail_core.protection.model import (
    Access,
    ActEffort,
    DataClass,
    DataFlow,
    DataStore,
    FlowMeans,
    Hosting,
    MatrixAnswer,
    MatrixChoice,
    ProtectiveAct,
    ScanDuty,
    ScanDutyAnswer,
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
    "Access",
    "ActEffort",
    "DataClass",
    "DataFlow",
    "DataStore",
    "FlowMeans",
    "Hosting",
    "MatrixAnswer",
    "MatrixChoice",
    "ProtectFirst",
    "ProtectiveAct",
    "ScanDuty",
    "ScanDutyAnswer",
    "StoreKind",
    "ToolClass",
    "may_receive",
    "protect_first",
]
