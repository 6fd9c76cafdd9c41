"""Networks and access from the command line: opening, affiliating, letting somebody in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from gouvernail.cli.console import say, tell
from gouvernail_core.kernel import Problem, RefusedError, Text


def open_network(code: str, *, name: str, contact: str) -> None:
    """Make a network, or bring its name and contact up to date."""
    _setup()
    from gouvernail.apps.network.services import open_network as write
    from gouvernail.common import tenancy

    with tenancy.scoped(platform=True):
        write(code, name=name, contact=contact)
    say(f"Le réseau {name} ({code}) est prêt.")


def affiliate(authority: str, *, network: str) -> None:
    """Affiliate an authority that exists to a network that exists."""
    _setup()
    from django.apps import apps
    from django.utils import timezone

    from gouvernail.apps.network import services
    from gouvernail.common import tenancy
    from gouvernail.common.actor import command

    with tenancy.scoped(platform=True):
        found = _network(network)
        row = apps.get_model("authority.Authority").objects.filter(code=authority).first()
        if row is None:
            raise _unknown(f"la collectivité « {authority} »", f"the authority “{authority}”")
        services.affiliate(found, row.pk, by=command("gouvernail affiliate"), at=timezone.now())
    say(f"{row} est affiliée à {found.name}.")


def give_access(
    username: str, *, name: str, authority: str, roles: Sequence[str], network: str
) -> None:
    """Open an account if there is none, and print its first password, once."""
    if bool(authority) == bool(network) or (authority and not roles):
        raise RefusedError(
            Problem(
                "access-where",
                Text(
                    "Donnez soit une collectivité (--authority) et au moins un rôle (--role), "
                    "soit un réseau (--network).",
                    "Give either an authority (--authority) and at least one role (--role), or a "
                    "network (--network).",
                ),
            )
        )
    from gouvernail import server

    _setup()
    if authority:
        password = server.add_person(authority, username=username, name=name, roles=list(roles))
        say(f"{name} a accès à la collectivité {authority}.")
    else:
        password = _supervise(username, name, network)
        say(f"{name} supervise le réseau {network}.")
    if password:
        say("Premier mot de passe, à transmettre de vive voix et à changer :")
        tell(password)


def _supervise(username: str, name: str, network: str) -> str:
    """Return the first password of a supervisor, "" for an account that exists."""
    from django.utils import timezone

    from gouvernail.apps.accounts.services import account_exists, add_supervisor
    from gouvernail.common import tenancy

    with tenancy.scoped(platform=True):
        found = _network(network)
        password = "" if account_exists(username) else secrets.token_urlsafe(12)
        add_supervisor(
            found.pk, username=username, name=name, at=timezone.now(), password=password or None
        )
    return password


def _network(code: str) -> Any:
    from gouvernail.apps.network.queries import network_of

    found = network_of(code)
    if found is None:
        raise _unknown(f"le réseau « {code} »", f"the network “{code}”")
    return found


def _unknown(fr: str, en: str) -> RefusedError:
    return RefusedError(
        Problem(
            "not-there",
            Text(
                f"On ne trouve pas {fr}. Vérifiez le code, ou créez-le d’abord.",
                f"{en[:1].upper()}{en[1:]} was not found. Check the code, or create it first.",
            ),
        )
    )


def _setup() -> None:
    from gouvernail import server

    server.setup()
