"""One's messages in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gouvernail.apps.messaging.kinds import CHANNEL_LABELS, DIGEST, KINDS
from gouvernail.apps.messaging.notices import sentence
from gouvernail.apps.messaging.queries import choices_of, notices_of, unread_of
from gouvernail.common import wording
from gouvernail.common.actor import Actor
from gouvernail.common.listing import Filters, Option, Select


@dataclass(frozen=True, slots=True)
class Message:
    """One message, in the reader's language."""

    id: int
    text: str
    link: str
    at: datetime
    unread: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One's messages and the filter above them."""

    rows: tuple[Message, ...]
    unread: int
    title: str
    filters: Filters


def page(actor: Actor, params: Mapping[str, str], path: str) -> Page:
    """Return one's messages, of one kind when the address says so."""
    authority = actor.authority_id or 0
    kinds = [(kind.code, kind.label.in_(_language())) for kind in KINDS.values()]
    filters = Filters(path, (Select.of("nature", _("Kind"), _("All kinds"), kinds, params),))
    found = notices_of(actor.user_id, authority, kind=filters.value("nature"))
    rows = tuple(
        Message(
            each.pk, wording.tidy(sentence(each.kind, each.words).in_(_language())), each.link,
            each.created_at, each.read_at is None,
        )
        for each in found
        if each.kind in KINDS
    )  # fmt: skip
    unread = unread_of(actor.user_id, authority)
    return Page(rows, unread, _title(unread), filters)


@dataclass(frozen=True, slots=True)
class Choice:
    """How one is told of a kind of thing."""

    code: str
    label: str
    options: tuple[Option, ...]
    value: str


def choices(actor: Actor) -> tuple[Choice, ...]:
    """Return each kind with the ways it can reach the reader and the one in force."""
    chosen = choices_of(actor.user_id, actor.authority_id or 0, actor.roles)
    return tuple(
        Choice(
            kind.code,
            kind.label.in_(_language()),
            tuple(
                Option(each.value, CHANNEL_LABELS[each].in_(_language()))
                if kind is not DIGEST or each.value == "none"
                else Option(each.value, _("By e-mail, each week"))
                for each in kind.channels
            ),
            chosen[kind.code].value,
        )
        for kind in (DIGEST, *KINDS.values())
    )


def _title(unread: int) -> str:
    from django.utils.translation import ngettext

    if not unread:
        return _("You have read everything")
    return ngettext("%(n)s message to read", "%(n)s messages to read", unread) % {"n": unread}


def _language() -> str:
    return "fr" if wording.in_french() else "en"
