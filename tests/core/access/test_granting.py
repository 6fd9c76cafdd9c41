"""Nobody gives more than they hold: every pair of profiles is tried."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from gouvernail_core.access import Act, Profile, may, may_grant, within

PROFILES = [profile.value for profile in Profile]
LEADERS = {"dgs", "secretary", "administrator"}


@pytest.mark.parametrize("giver", PROFILES)
def test_each_profile_gives_exactly_what_was_decided(giver):
    given = {profile for profile in PROFILES if may_grant([giver], [profile])}
    if giver in LEADERS:
        assert given == set(PROFILES) - {"usager", "supervisor"}
    elif giver == "supervisor":
        assert given == LEADERS
    else:
        assert given == set()


def test_inside_an_authority_no_pair_of_profiles_gives_an_act_it_lacks():
    for pair, asked in product(combinations(PROFILES, 2), PROFILES):
        if may_grant(pair, [asked]):
            assert may(pair, Act.MANAGE_PEOPLE)
            assert not LEADERS.intersection(pair) or within(pair, [asked])


def test_one_profile_too_many_refuses_them_all():
    assert not may_grant(["dgs"], ["elu", "supervisor"])
    assert not may_grant(["supervisor"], ["dgs", "elu"])


@pytest.mark.parametrize("asked", [[], ["unheard-of"], ["usager"]])
def test_nothing_and_the_unknown_are_not_given(asked):
    assert not may_grant(["dgs"], asked)


def test_what_one_holds_is_within_what_one_holds():
    for profile in PROFILES:
        assert within([profile], [profile])
    assert not within(["agent"], ["other"])
