"""Who people are, here."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.http import HttpRequest

from gouvernail.apps.accounts.models import Membership, User
from gouvernail.common.actor import Actor, ActorKind
from gouvernail_core.authority import Role
from gouvernail_core.kernel import Text

SESSION_KEY = "authority"


def memberships_of(user: User) -> list[Membership]:
    """Return where a person may go, in alphabetical order, each with its authority."""
    found = Membership.objects.filter(user=user).select_related("authority")
    return sorted(found, key=lambda member: str(member.authority).casefold())


def current_membership(request: HttpRequest) -> Membership | None:
    """Return the membership the session chose, else the first one.

    A session that names an authority its person has left falls back to one of theirs.
    """
    if not request.user.is_authenticated:
        return None
    found = memberships_of(request.user)
    chosen = request.session.get(SESSION_KEY)
    return next((m for m in found if m.authority_id == chosen), found[0] if found else None)


def actor_of(membership: Membership) -> Actor:
    """Return who acts."""
    return Actor(
        ActorKind.PERSON,
        membership.user.name,
        membership.user_id,
        membership.authority_id,
        frozenset(membership.roles),
    )


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody one may be in a demonstration."""

    id: int
    name: str
    role: Text
    user: User
    title: str = ""


def demo_people() -> list[DemoPerson]:
    """Return the people of the demonstration with their titles, in the order of their roles."""
    members = Membership.objects.select_related("user").order_by("pk")
    people = apps.get_model("authority.Person").objects.values_list("authority", "code", "title")
    titles = {(authority, code): title for authority, code, title in people}
    return [
        DemoPerson(
            m.pk,
            m.user.name,
            role_label(m.roles),
            m.user,
            titles.get((m.authority_id, m.person), "") if m.person else "",
        )
        for m in members
    ]


def role_label(roles: list[str]) -> Text:
    """Return the words of the first role, empty for one the steering does not know."""
    known = {role.value: role.label for role in Role}
    return next((known[role] for role in roles if role in known), Text("", ""))
