"""Who people are, here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest
from django.utils import timezone

from gouvernail.apps.accounts.models import Delegation, Invitation, Membership, Supervision, User
from gouvernail.common import tenancy
from gouvernail.common.actor import Actor, ActorKind
from gouvernail.common.tenancy import owned
from gouvernail_core.access import Profile
from gouvernail_core.kernel import Text

SESSION_KEY = "place"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person may be: an authority, or a network they supervise; with what they are there.

    `standing_in` names those whose roles they hold for now, by delegation.
    """

    authority: Any
    network: Any
    roles: frozenset[str]
    standing_in: tuple[str, ...] = ()
    #: The delegations behind `standing_in`: who, and until which day.
    lent: tuple[tuple[str, date], ...] = ()
    #: What they are there by themself, delegations left aside.
    own: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        """Return what the session keeps, and what the form of the places sends."""
        kind, row = ("authority", self.authority) if self.authority else ("network", self.network)
        return f"{kind}-{row.pk}"

    @property
    def name(self) -> str:
        """Return what people call it."""
        return str(self.authority or self.network)

    @property
    def labels(self) -> tuple[Text, ...]:
        """Return the words of what one is there."""
        return tuple(profile.label for profile in Profile if profile.value in self.roles)


def places_of(user: User, *, on: date) -> list[Place]:
    """Return where a person may go on the day `on`, in alphabetical order, networks last."""
    lent: dict[int, list[Delegation]] = {}
    for each in delegations_taken(user, on=on):
        lent.setdefault(each.authority_id, []).append(each)
    members = Membership.objects.filter(user=user).select_related("authority")
    places = [_in_authority(m, lent.get(m.authority_id, [])) for m in members]
    places.sort(key=lambda place: place.name.casefold())
    supervised = Supervision.objects.filter(user=user).select_related("network")
    roles = frozenset({Profile.SUPERVISOR.value})
    networks = [Place(None, each.network, roles, own=roles) for each in supervised]
    return [*places, *sorted(networks, key=lambda place: place.name.casefold())]


def delegations_taken(user: User, *, on: date) -> list[Delegation]:
    """Return the delegations in force that a person holds: each counts only inside its dates."""
    found = Delegation.objects.filter(
        taker=user, starts_on__lte=on, ends_on__gte=on, ended_at=None, giver__is_active=True
    )
    return list(found.select_related("giver"))


def _in_authority(member: Membership, lent: list[Delegation]) -> Place:
    roles = frozenset(member.roles).union(*(each.roles for each in lent))
    until = tuple((each.giver.name, each.ends_on) for each in lent)
    names = tuple(name for name, _day in until)
    return Place(member.authority, None, roles, names, until, frozenset(member.roles))


def current_place(request: HttpRequest) -> Place | None:
    """Return the place the session chose, else the first one.

    A session that names a place its person has left falls back to one of theirs.
    """
    if not request.user.is_authenticated:
        return None
    found = places_of(request.user, on=timezone.localdate())
    request.places = found  # type: ignore[attr-defined]
    chosen = request.session.get(SESSION_KEY)
    return next((p for p in found if p.code == chosen), found[0] if found else None)


def actor_of_place(user: Any, place: Place) -> Actor:
    """Return who acts."""
    return Actor(
        ActorKind.PERSON,
        user.name,
        user.pk,
        place.authority.pk if place.authority else None,
        place.roles,
        uid=str(user.uid),
        network_id=place.network.pk if place.network else None,
        standing_in=place.standing_in,
    )


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody one may be in a demonstration."""

    id: int
    name: str
    role: Text
    user: User
    title: str = ""


#: How the accounts end that a demonstration lets one be.
DEMO = "@demo"


def demo_people() -> list[DemoPerson]:
    """Return the people of the demonstration with their titles, in the order of their roles."""
    with tenancy.scoped(platform=True):  # nobody is signed in yet, and nobody here is real
        shown = {"user__username__endswith": DEMO}
        members = list(Membership.objects.filter(**shown).select_related("user").order_by("pk"))
        networks = list(Supervision.objects.filter(**shown).select_related("user", "network"))
        people = apps.get_model("authority.Person").objects.filter(
            authority__in={m.authority_id for m in members}
        )
        told = list(people.values_list("authority", "code", "title"))
    titles = {(authority, code): title for authority, code, title in told}
    inside = [
        DemoPerson(
            m.user_id,
            m.user.name,
            role_label(m.roles),
            m.user,
            titles.get((m.authority_id, m.person), "") if m.person else "",
        )
        for m in members
    ]
    label = Profile.SUPERVISOR.label
    above = [DemoPerson(s.user_id, s.user.name, label, s.user, s.network.name) for s in networks]
    return [*inside, *above]


def role_label(roles: list[str]) -> Text:
    """Return the words of the first role, empty for one the steering does not know."""
    known = {profile.value: profile.label for profile in Profile}
    return next((known[role] for role in roles if role in known), Text("", ""))


def here(request: HttpRequest) -> Place | None:
    """Return the place the request is in, None for nobody's."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return None
    for place in request.places:  # type: ignore[attr-defined]
        pk = place.authority.pk if place.authority else None
        network = place.network.pk if place.network else None
        if (pk, network) == (actor.authority_id, actor.network_id):
            return place  # type: ignore[no-any-return]
    return None


def members_of(authority_id: int) -> list[Membership]:
    """Return those who have access to an authority, in alphabetical order."""
    found = owned(Membership, authority_id).select_related("user")
    return sorted(found, key=lambda member: member.user.name.casefold())


def member_for(authority_id: int, pk: int) -> Membership:
    """Return a member of this authority, or 404."""
    found = owned(Membership, authority_id).select_related("user").filter(pk=pk).first()
    if found is None:
        raise Http404(f"member {pk}")
    return found  # type: ignore[no-any-return]


def invitations_of(authority_id: int) -> list[Invitation]:
    """Return the invitations of an authority that nobody has accepted, the latest first."""
    found = owned(Invitation, authority_id).filter(accepted_at=None)
    return list(found.order_by("-created_at", "-pk"))


def delegations_given(authority_id: int, user_id: int) -> list[Delegation]:
    """Return what somebody lent in an authority, the latest first."""
    found = owned(Delegation, authority_id).filter(giver_id=user_id).select_related("taker")
    return list(found.order_by("-starts_on", "-pk"))


def named_people(authority_id: int) -> list[tuple[str, str]]:
    """Return the people whom the facts of an authority name: code, name, in alphabetical order."""
    people = owned(apps.get_model("authority.Person"), authority_id)
    return sorted(people.values_list("code", "name"), key=lambda each: each[1].casefold())


def person_code(authority_id: int, user_id: int) -> str:
    """Return the code by which the sheet « Personnes » knows a member, "" when it does not."""
    found = owned(Membership, authority_id).filter(user_id=user_id).first()
    return found.person if found else ""
