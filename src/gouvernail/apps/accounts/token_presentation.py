"""The tokens as a table, and the acts one may give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gouvernail.apps.accounts.models import ApiToken
from gouvernail.apps.accounts.people_presentation import ProfileLine
from gouvernail.common.listing import Heading, folded, headings, ordered
from gouvernail_core.access import Act

DEFAULT = "nom"


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token; `state` in words, `open` while it still lets in."""

    pk: int
    name: str
    prefix: str
    acts: str
    maker: str
    expires_at: datetime
    last_used_at: datetime | None
    state: str
    open: bool


def line(token: ApiToken, *, at: datetime) -> TokenLine:
    """Return a token as it is shown."""
    language = get_language() or "fr"
    words = [act.label.in_(language) for act in Act if act.value in token.acts]
    still = token.revoked_at is None and token.expires_at > at
    over = _("closed") if token.revoked_at is not None else _("expired")
    return TokenLine(
        token.pk, token.name, token.prefix, ", ".join(words), token.creator.name,
        token.expires_at, token.last_used_at, _("open") if still else over, still,
    )  # fmt: skip


def lines(tokens: Iterable[ApiToken], *, at: datetime) -> list[TokenLine]:
    """Return tokens as they are shown."""
    return [line(token, at=at) for token in tokens]


def sorted_lines(found: Sequence[TokenLine], order: str) -> list[TokenLine]:
    """Return the lines in the order asked."""
    keys = {
        "nom": lambda each: folded(each.name),
        "qui": lambda each: folded(each.maker),
        "fin": lambda each: each.expires_at,
        "etat": lambda each: (not each.open, each.state),
    }
    return ordered(found, order, keys, DEFAULT)


def columns(path: str, params: Mapping[str, str]) -> tuple[Heading, ...]:
    """Return the headings of the table."""
    names = (
        ("nom", _("What for"), False),
        ("", _("What it may do"), False),
        ("qui", _("Made by"), False),
        ("fin", _("Until"), False),
        ("", _("Last used"), False),
        ("etat", _("State"), False),
    )
    return headings(path, params, names, default=DEFAULT)


def explained(acts: Iterable[Act]) -> list[ProfileLine]:
    """Return the acts one may give, in words."""
    language = get_language() or "fr"
    return [ProfileLine(act.value, act.label.in_(language), "") for act in acts]


def export_rows(found: Sequence[TokenLine]) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and the rows of the file."""
    head = [_("What for"), _("Begins with"), _("What it may do"), _("Made by"), _("Until"),
            _("Last used"), _("State")]  # fmt: skip
    rows = [
        [each.name, each.prefix, each.acts, each.maker, _iso(each.expires_at),
         _iso(each.last_used_at), each.state]
        for each in found
    ]  # fmt: skip
    return head, rows


def _iso(moment: datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""
