"""The facts of an authority: how they are written, checked and typed."""

from gouvernail_core.facts.build import (
    build,
    digest,
    effort_of,
    flow_of,
    matrix_choice_of,
    scan_duty_of,
    second_reading_of,
    store_of,
    validation_of,
)
from gouvernail_core.facts.checks import LINE, check, notes
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
    "effort_of",
    "flow_of",
    "matrix_choice_of",
    "notes",
    "parse",
    "scan_duty_of",
    "second_reading_of",
    "sheet",
    "sheets",
    "show",
    "store_of",
    "validation_of",
]
