"""The only reader of the data files shipped with the core."""

from __future__ import annotations

import lzma
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def read_yaml(name: str) -> Any:  # noqa: ANN401 - what a file holds is checked by who reads it
    """Return the content of the YAML file `name`, a path below ``knowledge/``.

    The result is shared between callers: read it, do not change it.

    >>> sorted(read_yaml("workbook.yaml"))
    ['sheets']
    """
    return yaml.load(read_text(name), Loader=_LOADER)  # noqa: S506 - safe in both forms


@cache
def read_text(name: str) -> str:
    """Return the text of the file `name`, a path below ``knowledge/``."""
    return (resources.files("gouvernail_core.knowledge") / name).read_text(encoding="utf-8")


def read_packed(name: str) -> str:
    """Return the text of a file packed by xz; not kept, since it is read once and large."""
    packed = (resources.files("gouvernail_core.knowledge") / name).read_bytes()
    return lzma.decompress(packed).decode("utf-8")


# The C loader reads the rule files ten times faster; it is absent from some builds of PyYAML.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
