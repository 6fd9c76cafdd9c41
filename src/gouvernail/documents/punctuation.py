"""No sentence closed twice: what people type may end with a full stop where ours has one too."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from gouvernail.documents import blocks as b

#: Signs that close a sentence by themselves, with the space of French before some of them.
_CLOSED = re.compile(r"[.?!…]\s*$")
_TWICE = (
    (re.compile(r"(?<!\.)\.\s?\.(?=\s|$)"), "."),
    (re.compile(r"([?!…])\s?\.(?=\s|$)"), r"\1"),
)
_STOP = re.compile(r"^\s?\.(?=\s|$)")


def settled(blocks: tuple[b.Block, ...]) -> tuple[b.Block, ...]:
    """Return the blocks with each sentence closed once, inside a text as between two.

    A blank is printed with its dots: no full stop follows it. An ellipsis of three dots stays.
    """
    return tuple(_settled(block) for block in blocks)


def closed_once(text: str) -> str:
    """Return the text without a full stop that follows another closing sign.

    >>> closed_once("Trop de repas.. Pourquoi ?. Et après... Fin")
    'Trop de repas. Pourquoi ? Et après... Fin'
    """
    for twice, once in _TWICE:
        text = twice.sub(once, text)
    return text


def _settled(value: Any) -> Any:
    if isinstance(value, str):
        return closed_once(value)
    if isinstance(value, b.Span):
        return replace(value, text=closed_once(value.text))
    if isinstance(value, tuple):
        return _joined(tuple(_settled(each) for each in value))
    if is_dataclass(value) and not isinstance(value, type):
        changed = {each.name: _settled(getattr(value, each.name)) for each in fields(value)}
        return replace(value, **changed)
    return value


def _joined(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the parts of a content; a text loses its first full stop after a closed one."""
    found: list[Any] = []
    for part in parts:
        if isinstance(part, str) and found and _closes(found[-1]):
            part = _STOP.sub("", part)
        found.append(part)
    return tuple(found)


def _closes(part: Any) -> bool:
    if isinstance(part, b.Blank):
        return True
    text = part.text if isinstance(part, b.Span) else part
    return isinstance(text, str) and bool(_CLOSED.search(text))
