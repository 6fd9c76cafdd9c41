"""Who people are, here."""

from __future__ import annotations

from django.http import HttpRequest

from gouvernail.apps.accounts.models import Membership, User
from gouvernail.common.actor import Actor, ActorKind

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
    found = memberships_of(request.user)  # type: ignore[arg-type]
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


def demo_people() -> list[Membership]:
    """Return the people of the demonstration, by role as the example lists them."""
    return list(Membership.objects.select_related("user", "authority").order_by("pk"))
