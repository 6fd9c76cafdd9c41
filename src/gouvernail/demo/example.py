"""The example authority, read from its one source and unfolded into the rows of the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import yaml

from gouvernail_core.facts import Row, Rows, parse, sheets

#: The order of the three views in the shorthand of the ratings, then the comment.
_VIEWS = ("elu", "director", "agents", "comment")
_BOUNDS = ("rank", "low", "high")


def example_rows() -> Rows:
    """Return the rows of the example authority, as a filled workbook would give them.

    The town, its people and its figures are fictive; the result is the caller's own.

    >>> [row["name"] for row in example_rows()["authority"]]
    ['Ville de Val-de-Brenne']
    """
    return {code: [dict(row) for row in rows] for code, rows in _rows().items()}


@cache
def _rows() -> dict[str, list[Row]]:
    text = (resources.files("gouvernail.demo") / "example.yaml").read_text(encoding="utf-8")
    source = yaml.safe_load(text)
    unfold = {
        "legal_facts": _unfold_legal_facts,
        "ratings": _unfold_ratings,
        "priorities": _unfold_priorities,
    }
    rows: dict[str, list[Row]] = {}
    for described in sheets():
        written = unfold.get(described.code, iter)(source[described.code])
        rows[described.code] = [
            {column.code: parse(row.get(column.code), column) for column in described.columns}
            for row in written
        ]
    return rows


def _unfold_legal_facts(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        said = {key: block.get(key) for key in ("by", "on", "evidence")}
        for case in block.get("common_to", [block.get("case", "")]):
            for fact, value in block["facts"].items():
                yield {"case": case, "fact": fact, "value": value, **said}


def _unfold_ratings(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        for case, criteria in block.items():
            for criterion, views in criteria.items():
                given = dict(zip(_VIEWS, views, strict=False))
                yield {"case": case, "criterion": criterion, **given}


def _unfold_priorities(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        for actor, criteria in block.items():
            for criterion, bounds in criteria.items():
                said = dict(zip(_BOUNDS, bounds, strict=True))
                yield {"actor": actor, "criterion": criterion, **said}
