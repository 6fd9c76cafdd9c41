"""The people of an authority, the invitations that wait, and the matrix, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from gouvernail.apps.accounts.models import Invitation, Membership
from gouvernail.common.listing import Filters, Select, folded, ordered
from gouvernail_core.access import Act, Profile, Scope, acts_of, may, may_grant

#: What everybody with an account may do: it does not tell one profile from another.
_COMMON = frozenset({Act.CHOOSE_PLACE, Act.OWN_ACCOUNT, Act.READ_PUBLIC})
DEFAULT = "nom"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody who has access."""

    pk: int
    name: str
    username: str
    profiles: str
    roles: tuple[str, ...]
    since: date | None
    last_seen: date | None
    myself: bool


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An invitation nobody has accepted yet; `state` in words."""

    pk: int
    name: str
    profiles: str
    asked_by: str
    expires_on: date
    state: str
    open: bool


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """A profile and what it opens, in a sentence."""

    code: str
    label: str
    opens: str


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act, and for each profile whether it opens it."""

    label: str
    cells: tuple[tuple[str, bool], ...]


def label_of(roles: Iterable[str]) -> str:
    """Return the words of profiles, in the order people know them."""
    held, language = frozenset(roles), get_language() or "fr"
    return ", ".join(p.label.in_(language) for p in Profile if p.value in held)


def opens(profile: Profile) -> str:
    """Return what a profile opens, in one sentence taken from the matrix."""
    language = get_language() or "fr"
    acts = [act for act in acts_of([profile.value]) if act not in _COMMON]
    words = [act.label.in_(language) for act in acts]
    if not words:
        return _("Opens only what is public.")
    listed = ", ".join(word[:1].lower() + word[1:] for word in words)
    return _("Opens: %(acts)s.") % {"acts": listed}


def explained(profiles: Iterable[str]) -> list[ProfileLine]:
    """Return profiles with the sentence of each."""
    held, language = frozenset(profiles), get_language() or "fr"
    return [
        ProfileLine(p.value, p.label.in_(language), opens(p)) for p in Profile if p.value in held
    ]


def grantable(giver: Iterable[str]) -> list[str]:
    """Return the profiles somebody may give, in the order people know them."""
    held = frozenset(giver)
    return [profile.value for profile in Profile if may_grant(held, [profile.value])]


def lines(members: Sequence[Membership], me: int | None) -> list[PersonLine]:
    """Return people as the table shows them."""
    return [
        PersonLine(
            m.pk,
            m.user.name,
            m.user.username,
            label_of(m.roles),
            tuple(m.roles),
            _day(m.since),
            _day(m.user.last_login),
            m.user_id == me,
        )
        for m in members
    ]


def filters(path: str, params: Mapping[str, str], people: Sequence[PersonLine]) -> Filters:
    """Return the filters of the list: a profile, a word of a name."""
    present = {role for person in people for role in person.roles}
    options = [(p.code, p.label) for p in explained(present)]
    select = Select.of("profil", _("Profile"), _("All profiles"), options, params)
    kept = tuple((k, v) for k, v in params.items() if k == "tri" and v)
    return Filters(path, (select,), _("Name"), params.get("mot", "").strip(), kept)


def chosen(people: Sequence[PersonLine], found: Filters, order: str) -> list[PersonLine]:
    """Return the people the filters keep, in the order asked."""
    role, word = found.value("profil"), folded(found.word)
    kept = [
        person
        for person in people
        if (not role or role in person.roles)
        and (not word or word in folded(f"{person.name} {person.username}"))
    ]
    keys = {
        "nom": lambda person: folded(person.name),
        "profils": lambda person: folded(person.profiles),
        "depuis": lambda person: person.since or date.min,
        "vu": lambda person: person.last_seen or date.min,
    }
    return ordered(kept, order, keys, DEFAULT)


def export_rows(people: Sequence[PersonLine]) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and the rows of the file."""
    headings = [_("Name"), _("User name"), _("Profiles"), _("Since"), _("Last seen")]
    rows = [[p.name, p.username, p.profiles, _iso(p.since), _iso(p.last_seen)] for p in people]
    return headings, rows


def waiting(invitations: Sequence[Invitation], *, at: datetime) -> list[WaitingLine]:
    """Return the invitations that nobody accepted, with their state."""
    return [
        WaitingLine(
            each.pk,
            each.name,
            label_of(each.roles),
            each.asked_by,
            timezone.localdate(each.expires_at),
            _state(each, at),
            each.revoked_at is None and each.expires_at > at,
        )
        for each in invitations
    ]


def title(count: int) -> str:
    """Return how many people have access, in words."""
    words = ngettext("%(n)s person has access", "%(n)s people have access", count)
    return words % {"n": count}


def matrix() -> tuple[list[ProfileLine], list[ActLine]]:
    """Return the profiles, and the acts with what each profile opens."""
    language = get_language() or "fr"
    shown = [p for p in Profile if p is not Profile.USAGER]
    acts = [act for act in Act if act.scope in (Scope.AUTHORITY, Scope.NETWORK, Scope.PLACE)]
    rows = [
        ActLine(
            act.label.in_(language),
            tuple((p.label.in_(language), may([p.value], act)) for p in shown),
        )
        for act in acts
    ]
    return explained(p.value for p in shown), rows


def matrix_codes() -> list[tuple[str, str, str, list[str]]]:
    """Return each profile with its words in both languages and the codes of what it opens."""
    return [
        (p.value, p.label.fr, p.label.en, [act.value for act in acts_of([p.value])])
        for p in Profile
    ]


def matrix_rows() -> tuple[list[str], list[list[str]]]:
    """Return the matrix as a file."""
    profiles, acts = matrix()
    yes, no = _("yes"), _("no")
    rows = [[act.label, *(yes if holds else no for _label, holds in act.cells)] for act in acts]
    return [_("Act"), *(p.label for p in profiles)], rows


def _state(invitation: Invitation, at: datetime) -> str:
    if invitation.revoked_at is not None:
        return _("cancelled")
    return _("waiting") if invitation.expires_at > at else _("expired")


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
