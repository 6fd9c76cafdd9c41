"""The words of each letter, in the language of whoever receives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from gouvernail.common.wording import moment


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its lines, in a letter that tells several things."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A letter before it is laid out."""

    subject: str
    paragraphs: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    link: str = ""
    link_label: str = ""
    after: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter ready to leave."""

    subject: str
    text: str
    html: str


def write(words: Words) -> Written:
    """Return the letter as text and as HTML; its subject holds on one line."""
    context = {"letter": words, "address": public_address("")}
    text = render_to_string("messaging/letter.txt", context).strip() + "\n"
    html = render_to_string("messaging/letter.html", context)
    return Written(" ".join(words.subject.split())[:300], text, html)


def public_address(path: str) -> str:
    """Return the whole address of a page, for what is read outside of the platform."""
    return f"{settings.PUBLIC_ADDRESS}{path}"


def password_reset(link: str) -> Words:
    """Return the letter that lets somebody choose another password."""
    return Words(
        _("Choose another password"),
        (
            _(
                "Somebody asked for a new password for your Gouvernail account. If it was you, "
                "open this link within the hour:"
            ),
        ),
        link=link,
        link_label=_("Choose a password"),
        after=(_("If it was not you, there is nothing to do: your password has not changed."),),
    )


def password_changed() -> Words:
    """Return the letter that says that a password changed."""
    return Words(
        _("Your password was changed"),
        (
            _(
                "The password of your account was changed. If it was not you, ask for a new link "
                "on the sign-in page and tell your administrator."
            ),
        ),
    )


def invitation(*, name: str, asked_by: str, place: str, link: str, until: datetime) -> Words:
    """Return the letter that invites somebody."""
    return Words(
        _("%(who)s invites you to Gouvernail") % {"who": asked_by},
        (
            _(
                "%(who)s invites you to take part in the steering of AI: %(place)s. This link is "
                "yours; it serves once, until %(day)s."
            )
            % {"who": asked_by, "place": place, "day": moment(until)},
        ),
        link=link,
        link_label=_("Come in"),
        after=(
            _("You need no software, and your account costs nothing."),
            _("If you do not know who writes to you, do not open the link: ask them first."),
        ),
        name=name,
    )


def trial() -> Words:
    """Return the letter of the test button."""
    return Words(
        _("Test of Gouvernail’s e-mail"),
        (_("You read this: e-mail leaves from Gouvernail and arrives. Nothing else to do."),),
    )


def notice(sentence: str, *, place: str, link: str, name: str) -> Words:
    """Return the letter of one message."""
    return Words(
        f"{sentence[:120].rstrip('.')} · {place}",
        (sentence,),
        link=link,
        link_label=_("See it in Gouvernail"),
        after=(_("You choose what you receive in “Messages”, then “What I receive”."),),
        name=name,
    )
