"""Invitations, profiles and delegations: what is given, refused, spent and taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import Http404

from apps.conftest import member
from gouvernail.apps.accounts import delegations, invitations, members
from gouvernail.apps.accounts.models import Delegation, Invitation, Membership, Supervision, User
from gouvernail.apps.accounts.queries import actor_of_place, places_of
from gouvernail.apps.journal.models import Entry
from gouvernail.apps.network.models import Affiliation, Network
from gouvernail_core.kernel import RefusedError


def actor(user, at, which=0):
    return actor_of_place(user, places_of(user, on=at.date())[which])


@pytest.fixture
def dgs(exempleville):
    return member(exempleville, "alice", "dgs")


@pytest.fixture
def director(exempleville):
    return member(exempleville, "bruno", "director")


@pytest.fixture
def supervisor(exempleville):
    network = Network.objects.create(code="cdg", name="CDG")
    Affiliation.objects.create(network=network, authority=exempleville, since=date(2026, 1, 1))
    user = User.objects.create_user("nadia", "pas à pas", name="Nadia")
    Supervision.objects.create(user=user, network=network)
    return user


def sent(authority, by, at, roles=("elu",), **more):
    return invitations.invite(authority.pk, name="Élu Nouveau", roles=roles, by=by, at=at, **more)


def test_an_invitation_keeps_only_the_digest_of_its_key(exempleville, dgs, at):
    made = sent(exempleville, actor(dgs, at), at)
    stored = Invitation.objects.values().get()
    assert made.key not in str(stored)
    assert stored["digest"] == invitations.digest_of(made.key)
    assert Entry.objects.filter(act="invitation-sent").count() == 1


def test_a_new_account_comes_in_once_and_only_once(exempleville, dgs, at):
    key = sent(exempleville, actor(dgs, at), at).key
    found, user = invitations.accept_new(key, username="Elu", password="bien long", at=at)
    assert found.authority_id == exempleville.pk
    assert Membership.objects.get(user=user).roles == ["elu"]
    with pytest.raises(RefusedError):
        invitations.accept_new(key, username="autre", password="bien long", at=at)
    assert not User.objects.filter(username="autre").exists()


def test_of_two_who_click_at_once_the_second_is_refused_and_leaves_nothing(
    exempleville, dgs, at, monkeypatch
):
    key = sent(exempleville, actor(dgs, at), at).key
    monkeypatch.setattr(invitations, "is_open", lambda *_, **__: True)
    invitations.accept_new(key, username="un", password="bien long", at=at)
    with pytest.raises(RefusedError):
        invitations.accept_new(key, username="deux", password="bien long", at=at)
    assert not User.objects.filter(username="deux").exists()


@pytest.mark.parametrize("days", [0, 91, -1])
def test_refuses_a_link_outside_one_to_ninety_days(exempleville, dgs, at, days):
    with pytest.raises(RefusedError):
        sent(exempleville, actor(dgs, at), at, days=days)


def test_an_expired_and_a_revoked_link_let_nobody_in(exempleville, dgs, director, at):
    by = actor(dgs, at)
    late, gone = sent(exempleville, by, at, days=1), sent(exempleville, by, at)
    invitations.revoke(exempleville.pk, gone.invitation.pk, by=by, at=at)
    invitations.revoke(exempleville.pk, gone.invitation.pk, by=by, at=at)
    for key, when in ((late.key, at + timedelta(days=1)), (gone.key, at)):
        with pytest.raises(RefusedError):
            invitations.accept_as(director, key, at=when)
    assert Entry.objects.filter(act="invitation-revoked").count() == 1
    assert Membership.objects.get(user=director).roles == ["director"]


def test_renewing_kills_the_former_link(exempleville, dgs, director, at):
    by = actor(dgs, at)
    first = sent(exempleville, by, at)
    again = invitations.renew(exempleville.pk, first.invitation.pk, by=by, at=at)
    assert invitations.by_key(first.key) is None
    invitations.accept_as(director, again.key, at=at)
    assert Membership.objects.get(user=director).roles == ["director", "elu"]
    with pytest.raises(RefusedError):
        invitations.renew(exempleville.pk, first.invitation.pk, by=by, at=at)


def test_a_name_that_is_taken_does_not_take_the_account_over(exempleville, dgs, director, at):
    key = sent(exempleville, actor(dgs, at), at).key
    for name in ("BRUNO@test ", "ｂruno@test", "bruno＠test"):
        with pytest.raises(RefusedError):
            invitations.accept_new(key, username=name, password="bien long", at=at)
    director.refresh_from_db()
    assert director.check_password("pas à pas")
    assert Invitation.objects.get().accepted_at is None


def test_refuses_profiles_the_giver_does_not_hold(exempleville, director, at):
    for roles in (["dgs"], ["agent"], ["supervisor"], [], ["unheard-of"]):
        with pytest.raises(RefusedError):
            sent(exempleville, actor(director, at), at, roles=roles)
    assert not Invitation.objects.exists()


def test_a_supervisor_invites_those_who_lead_and_only_where_their_network_hosts(
    exempleville, elsewhere, supervisor, at
):
    by = actor(supervisor, at)
    sent(exempleville, by, at, roles=["secretary"])
    with pytest.raises(RefusedError):
        sent(exempleville, by, at, roles=["elu"])
    with pytest.raises(Http404):
        sent(elsewhere, by, at, roles=["dgs"])
    assert Invitation.objects.count() == 1


def test_another_authoritys_invitations_and_members_do_not_exist(exempleville, elsewhere, dgs, at):
    chloe = member(elsewhere, "chloe", "dgs")
    made, by = sent(exempleville, actor(dgs, at), at), actor(chloe, at)
    theirs = Membership.objects.get(user=dgs).pk
    for act in (
        lambda: invitations.renew(elsewhere.pk, made.invitation.pk, by=by, at=at),
        lambda: invitations.revoke(elsewhere.pk, made.invitation.pk, by=by, at=at),
        lambda: members.withdraw(elsewhere.pk, theirs, by=by, at=at),
        lambda: members.change_roles(elsewhere.pk, theirs, ["agent"], by=by, at=at),
        lambda: sent(exempleville, by, at),
    ):
        with pytest.raises(Http404):
            act()


def test_the_last_leader_stays(exempleville, dgs, director, at, someone):
    pk = Membership.objects.get(user=dgs).pk
    with pytest.raises(RefusedError):
        members.withdraw(exempleville.pk, pk, by=actor(dgs, at), at=at)
    with pytest.raises(RefusedError):
        members.change_roles(exempleville.pk, pk, ["elu"], by=someone, at=at)
    assert Membership.objects.get(pk=pk).roles == ["dgs"]
    member(exempleville, "olga", "administrator")
    members.withdraw(exempleville.pk, pk, by=actor(dgs, at), at=at)
    assert not Membership.objects.filter(pk=pk).exists()


def test_nobody_changes_their_own_profiles(exempleville, dgs, at):
    pk = Membership.objects.get(user=dgs).pk
    with pytest.raises(RefusedError):
        members.change_roles(exempleville.pk, pk, ["dgs", "dpo"], by=actor(dgs, at), at=at)


def lend(authority, giver, taker, at, roles=("dgs",), start=0, end=7):
    return delegations.delegate(
        authority.pk, taker=taker.pk, roles=roles, by=actor(giver, at), at=at,
        starts_on=at.date() + timedelta(days=start), ends_on=at.date() + timedelta(days=end),
    )  # fmt: skip


def test_a_delegation_counts_from_its_first_to_its_last_day(exempleville, dgs, director, at):
    lend(exempleville, dgs, director, at, start=1, end=2)
    held = [
        "dgs" in places_of(director, on=at.date() + timedelta(days=day))[0].roles
        for day in range(4)
    ]
    assert held == [False, True, True, False]


def test_what_is_held_by_delegation_is_neither_lent_nor_given(exempleville, dgs, director, at):
    olga = member(exempleville, "olga", "elu")
    lend(exempleville, dgs, director, at)
    with pytest.raises(RefusedError):
        lend(exempleville, director, olga, at)
    with pytest.raises(RefusedError):
        sent(exempleville, actor(director, at), at, roles=["dgs"])
    assert Delegation.objects.count() == 1


@pytest.mark.parametrize(("start", "end"), [(3, 2), (-9, -1), (0, 400)])
def test_refuses_dates_that_make_no_absence(exempleville, dgs, director, at, start, end):
    with pytest.raises(RefusedError):
        lend(exempleville, dgs, director, at, start=start, end=end)


def test_refuses_to_lend_to_oneself_to_a_stranger_or_a_profile_one_lacks(
    exempleville, elsewhere, dgs, director, at
):
    chloe = member(elsewhere, "chloe", "dgs")
    for taker, roles in ((dgs, ["dgs"]), (chloe, ["dgs"]), (director, ["dpo"]), (director, [])):
        with pytest.raises(RefusedError):
            lend(exempleville, dgs, taker, at, roles=roles)


def test_ending_early_ends_now_and_twice_changes_nothing(exempleville, dgs, director, at):
    made = lend(exempleville, dgs, director, at)
    with pytest.raises(Http404):
        delegations.end(exempleville.pk, made.pk, by=actor(director, at), at=at)
    for _time in range(2):
        delegations.end(exempleville.pk, made.pk, by=actor(dgs, at), at=at)
    assert Entry.objects.filter(act="delegation-ended").count() == 1
    assert places_of(director, on=at.date())[0].roles == {"director"}


def test_losing_a_profile_or_ones_access_ends_what_was_lent(
    exempleville, dgs, director, at, someone
):
    olga = member(exempleville, "olga", "dgs", "dpo")
    made = lend(exempleville, olga, director, at, roles=["dgs", "dpo"])
    pk = Membership.objects.get(user=olga).pk
    members.change_roles(exempleville.pk, pk, ["dpo"], by=someone, at=at)
    assert Delegation.objects.get(pk=made.pk).roles == ["dpo"]
    members.withdraw(exempleville.pk, pk, by=someone, at=at)
    assert places_of(director, on=at.date())[0].roles == {"director"}


def test_a_link_made_by_somebody_withdrawn_lets_nobody_in(exempleville, dgs, at):
    other = member(exempleville, "lea", "dgs")
    key = sent(exempleville, actor(other, at), at, roles=["dgs"]).key
    members.withdraw(exempleville.pk, other.memberships.get().pk, by=actor(dgs, at), at=at)
    with pytest.raises(RefusedError):
        invitations.accept_as(other, key, at=at)
    with pytest.raises(RefusedError):
        invitations.accept_new(key, username="revenue", password="bien long", at=at)
    assert not Membership.objects.filter(user=other).exists()


def test_a_link_gives_no_more_than_its_maker_still_may(exempleville, dgs, at):
    other = member(exempleville, "lea", "dgs")
    high = sent(exempleville, actor(other, at), at, roles=["dgs"]).key
    members.change_roles(
        exempleville.pk, other.memberships.get().pk, ["director"], by=actor(dgs, at), at=at
    )
    with pytest.raises(RefusedError):
        invitations.accept_new(high, username="haut", password="bien long", at=at)


def test_a_link_of_a_closed_account_lets_nobody_in(exempleville, dgs, at):
    key = sent(exempleville, actor(dgs, at), at).key
    User.objects.filter(pk=dgs.pk).update(is_active=False)
    with pytest.raises(RefusedError):
        invitations.accept_new(key, username="elu", password="bien long", at=at)


def test_a_link_of_a_supervisor_dies_with_their_supervision(exempleville, supervisor, at):
    key = sent(exempleville, actor(supervisor, at), at, roles=["dgs"]).key
    assert invitations.is_open(invitations.by_key(key), at=at)
    Supervision.objects.all().delete()
    with pytest.raises(RefusedError):
        invitations.accept_new(key, username="dg", password="bien long", at=at)


def test_nobody_is_somebody_the_facts_do_not_know(exempleville, dgs, director, at):
    by, pk = actor(dgs, at), director.memberships.get().pk
    with pytest.raises(RefusedError):
        sent(exempleville, by, at, person="inconnu")
    with pytest.raises(RefusedError):
        members.change(exempleville.pk, pk, ["director"], person="inconnu", by=by, at=at)
    members.change(exempleville.pk, pk, ["director"], person="bruno", by=by, at=at)
    assert Membership.objects.get(pk=pk).person == "bruno"


def test_a_profile_changed_by_the_command_of_the_server_ends_what_was_lent(
    exempleville, dgs, director, at
):
    lend(exempleville, dgs, director, at)
    member(exempleville, "alice", "agent")
    assert places_of(director, on=at.date())[0].roles == {"director"}
