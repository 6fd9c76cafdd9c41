"""Networks from the command line: opened, affiliated, supervised; refusals say what to do."""

from __future__ import annotations

import pytest

from gouvernail import server
from gouvernail.apps.accounts.models import Supervision
from gouvernail.apps.network.models import Affiliation, Network
from gouvernail.cli import networks
from gouvernail_core.kernel import RefusedError


@pytest.fixture(autouse=True)
def ready(monkeypatch, db):
    monkeypatch.setattr(server, "setup", lambda: None)


def test_a_network_is_opened_then_brought_up_to_date():
    networks.open_network("cdg", name="CDG", contact="02")
    networks.open_network("cdg", name="Centre de gestion", contact="")
    found = Network.objects.get()
    assert (found.name, found.contact) == ("Centre de gestion", "02")


def test_affiliating_twice_changes_nothing(exempleville):
    networks.open_network("cdg", name="CDG", contact="")
    for _time in range(2):
        networks.affiliate("exempleville", network="cdg")
    assert Affiliation.objects.get().authority_id == exempleville.pk


def test_refuses_an_authority_or_a_network_that_is_not_there(exempleville):
    with pytest.raises(RefusedError, match="cdg"):
        networks.affiliate("exempleville", network="cdg")
    networks.open_network("cdg", name="CDG", contact="")
    with pytest.raises(RefusedError):
        networks.affiliate("nulle-part", network="cdg")
    assert not Affiliation.objects.exists()


def test_a_supervisor_is_given_a_network_and_no_authority(capsys):
    networks.open_network("cdg", name="CDG", contact="")
    for _time in range(2):
        networks.give_access("nadia", name="Nadia", authority="", roles=[], network="cdg")
    assert Supervision.objects.get().user.username == "nadia"


@pytest.mark.parametrize(
    ("authority", "roles", "network"),
    [("", [], ""), ("a", ["dgs"], "cdg"), ("a", [], "")],
)
def test_refuses_access_to_nowhere_or_to_two_places(authority, roles, network):
    with pytest.raises(RefusedError):
        networks.give_access("n", name="N", authority=authority, roles=roles, network=network)
