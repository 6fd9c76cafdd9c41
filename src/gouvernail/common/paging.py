"""A list given to a program, a part at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

T = TypeVar("T")
#: How many of a list are given at once, at most and when nothing is asked.
MOST, USUAL = 200, 50

Limit = Annotated[int, Field(ge=1, le=MOST, description="How many at most.")]
Offset = Annotated[int, Field(ge=0, le=10_000_000, description="How many to leave out first.")]


class Page(Schema, Generic[T]):
    """Part of a list; `next` leads to the following part, null at the end."""

    items: list[T]
    next: str | None


def page(
    request: HttpRequest,
    found: Sequence[Any],
    limit: int,
    offset: int,
    shown: Callable[[Any], Any],
) -> dict[str, Any]:
    """Return the part asked of a list that is whole."""
    return part(request, list(found[offset : offset + limit + 1]), limit, offset, shown)


def part(
    request: HttpRequest,
    found: Sequence[Any],
    limit: int,
    offset: int,
    shown: Callable[[Any], Any],
) -> dict[str, Any]:
    """Return a part read with one row more than asked, which says whether another part follows."""
    following = None
    if len(found) > limit:
        params = {**request.GET.dict(), "limit": limit, "offset": offset + limit}
        following = f"{request.path}?{urlencode(params)}"
    return {"items": [shown(row) for row in found[:limit]], "next": following}
