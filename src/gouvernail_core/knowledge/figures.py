"""Figures of the method, by group: published ones carry their source, ours say that they are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from gouvernail_core.kernel import Source, Text
from gouvernail_core.knowledge.files import read_text
from gouvernail_core.knowledge.loader import parse_yaml
from gouvernail_core.knowledge.schema import KnowledgeError, _Node, _source

#: How a figure found in no published source is shown.
OURS = Text("notre proposition, à ajuster", "our proposal, to be adjusted")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `source` is where it was published; `grounds`, what one of ours leans on."""

    code: str
    label: Text
    value: float
    source: Source | None = None
    grounds: Source | None = None

    @property
    def ours(self) -> bool:
        """Return whether it was published nowhere."""
        return self.source is None

    @property
    def basis(self) -> Text:
        """Return where it comes from, in the words of the pages."""
        return OURS if self.source is None else Text(self.source.text, self.source.text)


Figures = Mapping[str, Mapping[str, Figure]]


@cache
def load_figures(name: str) -> Figures:
    """Return the figures of the file `name` below ``knowledge/``, by group then code.

    >>> load_figures("parameters/protection.yaml")["weights"]["NIR"].value
    8.0
    """
    return parse_figures(name, parse_yaml(name, read_text(name)))


def parse_figures(where: str, content: object) -> Figures:
    """Return the figures of a file; raise `KnowledgeError` when its shape is wrong.

    A figure is a number that is not negative; a published one has a source, one of ours has none.
    """
    groups = {}
    for group, items in _Node(where, content).left.items():
        inner = _Node(f"{where}, {group}", items)
        groups[group] = MappingProxyType(
            {
                str(code): _figure(_Node(f"{where}, {group}, {code}", item), str(code))
                for code, item in inner.left.items()
            }
        )
    return MappingProxyType(groups)


def _figure(node: _Node, code: str) -> Figure:
    given: int | float = node.take("value", (int, float))
    basis = node.one_of("basis", ("ours", "published"))
    sources = {
        key: _source(f"{node.where}, {key}", node.left.pop(key))
        for key in ("source", "grounds")
        if key in node.left
    }
    figure = Figure(
        code, node.text("label"), float(given), sources.get("source"), sources.get("grounds")
    )
    node.close()
    if (basis == "ours") is not figure.ours:
        raise KnowledgeError(f"{node.where}: a published figure, and no other, has a source")
    if not math.isfinite(figure.value) or figure.value < 0:
        raise KnowledgeError(f"{node.where}, value: {given} is not a number of zero or more")
    return figure
