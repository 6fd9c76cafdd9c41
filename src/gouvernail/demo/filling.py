"""Writing the fictive network: its authorities by the same acts as real ones, its people at once.

Django is imported inside the function: the rest of the demonstration needs none.
"""

from __future__ import annotations

from collections.abc import Callable

from gouvernail.demo.network import NETWORK, towns
from gouvernail_core.kernel import Problem, RefusedError, Text

Report = Callable[[float, Text], None]

_OPENING = Text("Ouverture des collectivités", "Opening the authorities")
#: The plans that the worker is asked for, so that the supervisor sees some move.
ASKED = 6


def fill_network(
    authorities: int, people: int, seed: int, *, progress: Report | None = None
) -> tuple[str, ...]:
    """Fill a network around the authorities that are here already; return whom one may be.

    `authorities` and `people` count those that are here. Raises RefusedError when fewer are asked
    than there are.
    """
    from django.apps import apps
    from django.db import transaction
    from django.utils import timezone

    from gouvernail.apps.accounts.services import add_members, add_supervisor
    from gouvernail.apps.facts import services as facts
    from gouvernail.apps.network import services as networks
    from gouvernail.apps.steering.services import request_run
    from gouvernail.common.actor import command
    from gouvernail.common.tenancy import scoped

    by, at = command("gouvernail demo"), timezone.now()
    with scoped(platform=True, lasting=True):
        known = list(apps.get_model("authority.Authority").objects.values_list("pk", flat=True))
        there = apps.get_model("accounts.User").objects.count()
        count, left = authorities - len(known), people - there - 1
        if count < 1 or left < count:
            raise RefusedError(_TOO_FEW)
        code, name, contact = NETWORK
        network = networks.open_network(code, name=name, contact=contact)
        for pk in known:
            networks.affiliate(network, pk, by=by, at=at)
        add_supervisor(network.pk, username="reseau@demo", name="Sacha Réseau", at=at)
        said = [f"Sacha Réseau, supervision du réseau ({name})"]
        for rank, town in enumerate(towns(count, left, seed=seed)):
            with transaction.atomic():
                pk = facts.open_authority(town.code, by=by, at=at)
                facts.import_rows(pk, town.rows, by=by, at=at, name="Démonstration")
                add_members(pk, town.people, by=by, at=at)
                networks.affiliate(network, pk, by=by, at=at)
                if rank < ASKED:
                    request_run(pk, by=by, at=at)
            if progress:
                progress((rank + 1) / count, _OPENING)
    return tuple(said)


_TOO_FEW = Problem(
    "network-too-small",
    Text(
        "Demandez au moins deux collectivités, et plus de personnes que de collectivités.",
        "Ask for two authorities at least, and for more people than authorities.",
    ),
)
