"""The fictive network: as many authorities and people as asked, whole, sealed, and nobody's."""

from __future__ import annotations

from collections import Counter

import pytest

from apps.conftest import words
from gouvernail.apps.accounts.models import Membership, User
from gouvernail.apps.accounts.permissions import ROLES
from gouvernail.apps.journal.queries import verified
from gouvernail.apps.network.models import Affiliation, Network
from gouvernail.apps.network.queries import standings
from gouvernail.demo.filling import fill_network
from gouvernail.demo.network import towns
from gouvernail_core.facts import check
from gouvernail_core.kernel import RefusedError

ASKED = (9, 70, 3)


@pytest.fixture
def network(exempleville, alice, at):
    """Return the network around Alice's authority."""
    said = fill_network(*ASKED)
    assert len(said) == 1
    return Network.objects.get()


def test_has_as_many_authorities_and_people_as_asked(network):
    assert Affiliation.objects.filter(network=network).count() == 9
    assert User.objects.count() == 70
    assert not any(user.has_usable_password() for user in User.objects.exclude(name="Alice"))


def test_every_authority_is_led_and_its_journal_stands(network, at):
    for standing in standings(network.pk, on=at.date()):
        assert verified(standing.id).alterations == ()
        roles = {r for m in Membership.objects.filter(authority=standing.id) for r in m.roles}
        assert roles & {"dgs", "secretary"}


def test_the_same_seed_draws_the_same_network_and_another_does_not():
    assert list(towns(6, 40, seed=2)) == list(towns(6, 40, seed=2))
    assert list(towns(6, 40, seed=2)) != list(towns(6, 40, seed=3))


@pytest.mark.slow
def test_four_hundred_and_twenty_authorities_hold_sixteen_thousand_people_of_every_role():
    drawn = list(towns(420, 16_000))
    assert len({town.code for town in drawn}) == len({town.name for town in drawn}) == 420
    assert len({one.username for town in drawn for one in town.people}) == 16_000
    assert all("fictive" in town.name or "fictif" in town.name for town in drawn)
    roles = Counter(role for town in drawn for one in town.people for role in one.roles)
    assert set(roles) <= ROLES
    assert len(roles) >= 11
    assert roles["secretary"] > 100, "most town halls are small"
    two = sum(1 for town in drawn for one in town.people if len(one.roles) > 1)
    assert two > 50, "where the staff is modest, some hold two roles"
    places = Counter(one.username for town in drawn for one in town.people)
    assert sum(1 for count in places.values() if count > 1) > 5, "a secretary for two town halls"
    assert [problem for town in drawn[::20] for problem in check(town.rows)] == []


def test_the_sign_in_page_lists_whom_one_may_be_and_not_thousands(client, network, settings):
    settings.DEMO = True
    page = words(client.get("/compte/connexion"))
    assert "Sacha Réseau" in page
    assert page.count('name="person"') < 10


def test_refuses_fewer_people_than_authorities(exempleville, alice):
    with pytest.raises(RefusedError):
        fill_network(9, 9, 1)
    with pytest.raises(RefusedError):
        fill_network(1, 900, 1)
    assert not Network.objects.exists()
