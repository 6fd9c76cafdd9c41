"""The queue of outgoing e-mail in words, without what the letters say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gouvernail.apps.messaging import mailing
from gouvernail.apps.messaging.kinds import LETTER_LABELS
from gouvernail.apps.messaging.queries import LetterRow
from gouvernail.common import wording
from gouvernail.common.listing import Filters, Heading, Select, folded, headings, ordered

DEFAULT = "-quand"
#: Lines of the page; the export has them all.
SHOWN = 200
_KEPT = ("tri",)


@dataclass(frozen=True, slots=True)
class Row:
    """A letter in words."""

    letter: LetterRow
    kind: str
    state: str
    tone: str
    note: str

    @property
    def waits(self) -> bool:
        """Return whether it may still be made to leave, or cancelled."""
        return self.letter.state == "waiting"


@dataclass(frozen=True, slots=True)
class Table:
    """The queue as asked for; `hidden` lines are only in the export."""

    rows: tuple[Row, ...]
    shown: tuple[Row, ...]
    hidden: int
    every: int
    filters: Filters
    headings: tuple[Heading, ...]


def server() -> str:
    """Return the mail server in words, never with its password; "" when none is set."""
    if not mailing.is_set():
        return ""
    how = _("not encrypted")
    if settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL:
        how = _("encrypted")
    return f"{settings.EMAIL_HOST}, {_('port')} {settings.EMAIL_PORT} ({how})"


def failure_word(code: str) -> str:
    """Return the sentence of a failure."""
    return mailing.said(code).in_(_language()) if code else ""


def state_words() -> dict[str, str]:
    """Return the states of a letter in words."""
    return {
        "waiting": _("waits"),
        "sent": _("left"),
        "given-up": _("did not leave"),
        "cancelled": _("cancelled"),
    }


def table(letters: Sequence[LetterRow], path: str, params: Mapping[str, str]) -> Table:
    """Return the letters that the filters keep, in the order asked."""
    found = _filters(path, params)
    state, kind, word = found.value("etat"), found.value("nature"), folded(found.word)
    kept = [
        _row(each)
        for each in letters
        if (not state or each.state == state)
        and (not kind or each.kind == kind)
        and (not word or word in folded(f"{each.name} {each.email} {each.subject}"))
    ]
    keys: dict[str, Any] = {
        "quand": lambda row: (row.letter.created_at, row.letter.id),
        "qui": lambda row: folded(row.letter.name or row.letter.email),
        "nature": lambda row: folded(row.kind),
        "etat": lambda row: folded(row.state),
    }
    rows = tuple(ordered(kept, params.get("tri", ""), keys, DEFAULT))
    columns = (
        ("quand", _("Asked on"), False), ("qui", _("For whom"), False),
        ("nature", _("Kind"), False), ("etat", _("State"), False), ("", _("Action"), False),
    )  # fmt: skip
    return Table(
        rows, rows[:SHOWN], max(len(rows) - SHOWN, 0), len(letters), found,
        headings(path, params, columns, default=DEFAULT),
    )  # fmt: skip


def export_rows(rows: Sequence[Row]) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and the rows of the file."""
    titles = [
        _("Asked on"), _("Name"), _("Address"), _("Kind"), _("Subject"), _("State"), _("Attempts"),
        _("Ended on"), _("Why"),
    ]  # fmt: skip
    return titles, [
        [
            _stamp(row.letter.created_at), row.letter.name, row.letter.email, row.kind,
            row.letter.subject, row.state, row.letter.attempts, _stamp(row.letter.ended_at),
            failure_word(row.letter.failure),
        ]
        for row in rows
    ]  # fmt: skip


def _filters(path: str, params: Mapping[str, str]) -> Filters:
    kinds = [(code, text.in_(_language())) for code, text in LETTER_LABELS.items()]
    selects = (
        Select.of("etat", _("State"), _("All states"), state_words().items(), params),
        Select.of("nature", _("Kind"), _("All kinds"), kinds, params),
    )
    kept = tuple((name, params[name]) for name in _KEPT if params.get(name))
    return Filters(path, selects, _("Word"), params.get("mot", "").strip()[:100], kept)


def _row(letter: LetterRow) -> Row:
    label = LETTER_LABELS.get(letter.kind)
    tones = {"given-up": "main", "sent": "fait"}
    return Row(
        letter,
        label.in_(_language()) if label else letter.kind,
        state_words()[letter.state],
        tones.get(letter.state, ""),
        _note(letter),
    )


def _note(letter: LetterRow) -> str:
    """Return why it has not left, and when it will be tried."""
    if letter.state == "sent" and letter.ended_at:
        return wording.moment(letter.ended_at)
    said = [failure_word(letter.failure)]
    if letter.state == "waiting":
        said.append(_("Leaves from %(moment)s.") % {"moment": wording.moment(letter.not_before)})
    return " ".join(filter(None, said))


def _stamp(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def _language() -> str:
    return get_language() or "fr"
