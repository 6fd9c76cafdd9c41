"""The only writer of networks: opening one, affiliating, opening an authority in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.db import transaction

from gouvernail.apps.accounts import invitations
from gouvernail.apps.facts.services import open_authority
from gouvernail.apps.journal.services import record
from gouvernail.apps.network.models import Affiliation, Network
from gouvernail.common import tenancy
from gouvernail.common.actor import Actor
from gouvernail_core.kernel import Problem, RefusedError, Text

_TAKEN = Problem(
    "authority-there",
    Text(
        "Cette collectivité a déjà un espace ici. Demandez à l’administrateur de l’installation "
        "de l’affilier à votre réseau.",
        "This authority already has a space here. Ask the administrator of the installation to "
        "affiliate it to your network.",
    ),
)


@transaction.atomic
def open_network(code: str, *, name: str, contact: str = "") -> Network:
    """Return the network of that code, made or brought up to date."""
    network, _made = Network.objects.update_or_create(
        code=code, defaults={"name": name, **({"contact": contact} if contact else {})}
    )
    return network


@transaction.atomic
def affiliate(network: Network, authority_id: int, *, by: Actor, at: datetime) -> Affiliation:
    """Return the affiliation of an authority to a network; twice changes nothing."""
    found, made = Affiliation.objects.get_or_create(
        network=network, authority_id=authority_id, defaults={"since": at.date()}
    )
    if made:
        record(
            "authority-affiliated", by=by, at=at, authority_id=authority_id, subject=network.name
        )
    return found


@transaction.atomic
def open_in(
    network: Network,
    *,
    code: str,
    name: str,
    leader: str,
    roles: Iterable[str],
    by: Actor,
    at: datetime,
    email: str = "",
) -> invitations.Sent:
    """Open an authority in a network, and return the invitation of the person who will lead it.

    Raises RefusedError for an authority that has a space already: a code typed by chance must not
    open the door of somebody else's.
    """
    with tenancy.scoped(platform=True):
        if apps.get_model("authority.Authority").objects.filter(code=code).exists():
            raise RefusedError(_TAKEN)
        authority = open_authority(code, name=name, by=by, at=at)
        affiliate(network, authority, by=by, at=at)
    return invitations.invite(authority, name=leader, email=email, roles=roles, by=by, at=at)
