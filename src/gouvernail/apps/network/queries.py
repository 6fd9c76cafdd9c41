"""What a network knows of the authorities it hosts: states and dates, never people's answers.

Each fact of the table is one aggregate over all the authorities: four hundred cost as many
questions to the database as two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, Max, Min, OuterRef, QuerySet, Subquery

from gouvernail.apps.network.models import Affiliation, Network
from gouvernail.common.tenancy import scoped
from gouvernail_core.access import Act, Profile, may
from gouvernail_core.knowledge.loader import rules_version

#: The stages of a case, in three groups that say how far an authority is.
GROUPS = {
    "looking": ("idea", "exploring", "candidate"),
    "chosen": ("chosen", "consulting"),
    "running": ("trial", "pilot", "general"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an authority stands, in states and dates.

    `stale`: the facts have moved since the plan, or the rules of law have.
    """

    id: int
    code: str
    name: str
    kind: str
    population: int | None
    since: date
    facts_changed_at: datetime | None
    computed_at: datetime | None
    stale: bool
    stages: dict[str, int]
    next_cst: date | None
    last_sign: date | None
    people: int

    @property
    def state(self) -> str:
        """Return the state of the plan: none yet, out of date, or up to date."""
        if self.computed_at is None:
            return "none"
        return "stale" if self.stale else "current"

    @property
    def cases(self) -> int:
        """Return how many cases there are, whatever their stage."""
        return sum(self.stages.values())


@dataclass(frozen=True, slots=True)
class Leader:
    """Who leads an authority: a name and profiles, which the network must know to help."""

    name: str
    roles: tuple[str, ...]


def standings(network_id: int, *, on: date, authority: int | None = None) -> list[Standing]:
    """Return where each authority of the network stands, or the one asked, in code order.

    Policies choose rows and cannot leave out columns: these states and dates are read under the
    platform's scope, here alone, and only of the authorities that the network hosts.
    """
    with scoped(platform=True):
        return _standings(network_id, on, authority)


def _standings(network_id: int, on: date, authority: int | None) -> list[Standing]:
    hosted = Affiliation.objects.filter(network_id=network_id)
    if authority is not None:
        hosted = hosted.filter(authority_id=authority)
    rows = list(hosted.select_related("authority").order_by("authority__code"))
    ids = [row.authority_id for row in rows]
    computed, stages = _computed(ids), _stages(ids)
    sittings, (people, seen) = _next_sittings(ids, on), _people(ids)
    return [_standing(row, computed, stages, sittings, people, seen) for row in rows]


def network_of(code: str) -> Network | None:
    """Return the network of that code, None when there is none."""
    return Network.objects.filter(code=code).first()


def hosts(authority_id: int) -> list[Network]:
    """Return the networks that host an authority, in alphabetical order."""
    found = Network.objects.filter(affiliations__authority_id=authority_id)
    return list(found.order_by("name"))


def leaders_of(authority_id: int) -> list[Leader]:
    """Return who leads an authority: those who may invite others."""
    members = apps.get_model("accounts.Membership").objects.filter(authority_id=authority_id)
    leading = [
        Leader(
            member.user.name,
            tuple(r for r in member.roles if may([r], Act.MANAGE_PEOPLE)),
        )
        for member in members.select_related("user")
    ]
    return sorted((each for each in leading if each.roles), key=lambda each: each.name.casefold())


def leads(roles: Iterable[str]) -> bool:
    """Return whether these profiles let somebody invite others."""
    return may(roles, Act.MANAGE_PEOPLE)


def label(role: str) -> Any:
    """Return the words of a profile."""
    return Profile(role).label


def _standing(
    row: Any, computed: Any, stages: Any, sittings: Any, people: Any, seen: Any
) -> Standing:
    authority = row.authority
    at, digest, rules = computed.get(authority.pk, (None, "", ""))
    other_rules = bool(rules) and rules != rules_version()
    dates = [moment.date() for moment in (authority.facts_changed_at, at) if moment]
    if seen.get(authority.pk):
        dates.append(seen[authority.pk].date())
    return Standing(
        authority.pk,
        authority.code,
        str(authority),
        authority.kind,
        authority.population,
        row.since,
        authority.facts_changed_at,
        at,
        other_rules or digest != authority.facts_digest,
        stages.get(authority.pk, {}),
        sittings.get(authority.pk),
        max(dates, default=None),
        people.get(authority.pk, 0),
    )


def _computed(ids: Iterable[int]) -> dict[int, tuple[datetime, str, str]]:
    """Return when the latest plan of each was computed, from which facts and rules; no plan."""
    results = apps.get_model("steering.Result").objects
    latest = results.filter(authority=OuterRef("authority")).order_by("-pk").values("pk")[:1]
    found = results.filter(authority__in=ids, pk=Subquery(latest))
    rows = found.values_list("authority_id", "computed_at", "facts_digest", "rules_version")
    return {authority: (at, digest, rules) for authority, at, digest, rules in rows}


def _stages(ids: Iterable[int]) -> dict[int, dict[str, int]]:
    model = apps.get_model("portfolio.UseCase")
    counted: QuerySet[Any] = (
        model.objects.filter(authority__in=ids)
        .order_by()
        .values_list("authority_id", "stage")
        .annotate(n=Count("pk"))
    )
    group_of = {stage: group for group, stages in GROUPS.items() for stage in stages}
    found: dict[int, dict[str, int]] = {}
    for authority, stage, count in counted:
        group = group_of.get(stage or "idea", "other")
        groups = found.setdefault(authority, {})
        groups[group] = groups.get(group, 0) + count
    return found


def _next_sittings(ids: Iterable[int], on: date) -> dict[int, date]:
    sittings = apps.get_model("authority.Sitting").objects
    coming = sittings.filter(authority__in=ids, body="cst", on__gte=on)
    return dict(coming.order_by().values_list("authority_id").annotate(first=Min("on")))


def _people(ids: Iterable[int]) -> tuple[dict[int, int], dict[int, datetime]]:
    """Return how many people have access to each, and when one of them was last there."""
    members = apps.get_model("accounts.Membership").objects.filter(authority__in=ids)
    rows = list(
        members.order_by()
        .values_list("authority_id")
        .annotate(n=Count("pk"), seen=Max("user__last_login"))
    )
    return {pk: n for pk, n, _seen in rows}, {pk: seen for pk, _n, seen in rows if seen}
