"""The whole matrix, over every address: each profile opens its pages, and no other."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import resolve

from apps.accounts.test_permissions import addresses
from gouvernail.apps.accounts.models import Membership, Supervision, User
from gouvernail.apps.network.models import Affiliation, Network
from gouvernail_core.access import Act, Profile, Scope, may

#: Pages that send somebody elsewhere instead of refusing: the first page leads each to their own.
LEADS_ELSEWHERE = {"/"}


@pytest.fixture
def walk(filled):
    """Return an address of each page, with its act."""
    found = {}
    for path in addresses(filled):
        view = resolve(path).func
        found.setdefault(f"{view.__module__}.{view.__name__}", (view.act, path))
    return sorted(found.values(), key=lambda pair: pair[1])


def ask(client, path):
    """Ask, by the method that the page takes."""
    answer = client.get(path)
    if answer.status_code == 405:
        answer = client.post(path, {})
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def walked(user, walk):
    """Yield each act with its address and what answers; one page closes every session."""
    client = Client(headers={"accept-language": "fr"})
    client.force_login(user)
    for act, path in walk:
        if path in LEADS_ELSEWHERE:
            continue
        yield act, path, ask(client, path)
        if path.startswith("/compte/"):
            client.force_login(user)


def test_the_walk_meets_every_act_of_a_page(walk):
    assert {act for act, _path in walk} == set(Act) - {Act.READ_PUBLIC}
    assert len(walk) > 70


@pytest.mark.parametrize("profile", sorted(set(Profile) - {Profile.SUPERVISOR}), ids=str)
def test_a_profile_opens_its_pages_and_no_other(profile, walk, exempleville):
    user = User.objects.create(username="essai@test", name="Essai")
    Membership.objects.create(user=user, authority=exempleville, roles=[profile.value])
    for act, path, status in walked(user, walk):
        allowed = may([profile.value], act) and act.scope is not Scope.NETWORK
        assert (status != 403) == allowed, (act, path)


def test_a_supervisor_opens_the_pages_of_the_network_and_none_of_an_authority(
    walk, exempleville, at
):
    network = Network.objects.create(code="cdg", name="Centre de gestion")
    Affiliation.objects.create(network=network, authority=exempleville, since=at)
    user = User.objects.create(username="sam@test", name="Sam")
    Supervision.objects.create(user=user, network=network)
    for act, path, status in walked(user, walk):
        allowed = may(["supervisor"], act) and act.scope is not Scope.AUTHORITY
        assert (status != 403) == allowed, (act, path)


def test_somebody_who_belongs_nowhere_opens_only_their_own_account(walk):
    nobody = User.objects.create(username="nul@test", name="Personne")
    for act, path, status in walked(nobody, walk):
        if act.scope is not Scope.ONESELF:
            assert status == 403, (act, path)
