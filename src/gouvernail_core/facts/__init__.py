"""The facts of an authority: how they are written, checked and typed."""

from gouvernail_core.facts.build import build, digest
from gouvernail_core.facts.checks import LINE, check
from gouvernail_core.facts.model import Facts, Proof
from gouvernail_core.facts.schema import (
    Choice,
    Column,
    Kind,
    Layout,
    Row,
    Rows,
    Sheet,
    sheet,
    sheets,
)
from gouvernail_core.facts.values import NotReadable, blank, parse, show

__all__ = [
    "LINE",
    "Choice",
    "Column",
    "Facts",
    "Kind",
    "Layout",
    "NotReadable",
    "Proof",
    "Row",
    "Rows",
    "Sheet",
    "blank",
    "build",
    "check",
    "digest",
    "parse",
    "sheet",
    "sheets",
    "show",
]
