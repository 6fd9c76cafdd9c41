"""The same engine on one text that is at hand whole: everything is looked for everywhere."""

from __future__ import annotations

from gouvernail_core.protection.detection.columns import heading_of, in_columns
from gouvernail_core.protection.detection.engine import detector
from gouvernail_core.protection.detection.kinds import COUNTED, PersonalData, Span
from gouvernail_core.protection.detection.names import names
from gouvernail_core.protection.detection.text import in_characters, plain_characters


def detect(text: str, *, least: float = COUNTED) -> list[Span]:
    """Return what a text holds, in order, without overlaps; offsets in characters of `text`.

    `least` is the confidence under which a finding is left out.

    >>> text = "Mme Durand, née le 3 mai 1969, 06 12 34 56 78"
    >>> [(text[span.start : span.end], span.type.value) for span in detect(text)]
    [('Durand', 'PER'), ('3 mai 1969', 'DDN'), ('06 12 34 56 78', 'TEL')]
    """
    # A lone surrogate has no UTF-8: one character stands for it, so that no offset moves.
    plain = plain_characters(text).encode("utf-8", "replace")
    heading = heading_of(plain)
    spans = detector().find(plain, names, named=len(plain), tables=in_columns(plain))
    if heading:
        # « Allergies » at the head of a column is said of nobody.
        spans = [span for span in spans if not _is_heading(span, heading.rows_from)]
    return [span for span in in_characters(plain, spans) if span.confidence >= least]


def _is_heading(span: Span, rows_from: int) -> bool:
    return span.type is PersonalData.ARTICLE_9 and span.end <= rows_from
