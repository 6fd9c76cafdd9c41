"""Who may do what: the matrix is whole, and says what was decided."""

from __future__ import annotations

import pytest

from gouvernail_core.access import MATRIX, Act, Profile, Scope, acts_of, may, may_grant
from gouvernail_core.authority import Role

EVERYONE = {"read_public"}
ACCOUNT = EVERYONE | {"choose_place", "own_account"}
READER = ACCOUNT | {"read", "read_own"}
CONTRIBUTOR = READER | {"edit_facts", "run", "read_files", "send_files", "delegate"}
LEADER = CONTRIBUTOR | {
    "import", "read_journal", "manage_people", "manage_tokens", "administer", "erase_person",
    "export_authority",
}  # fmt: skip
EXPECTED = {
    "dgs": LEADER | {"override_gate", "examine"},
    "secretary": LEADER | {"override_gate", "examine"},
    "administrator": LEADER,
    "director": CONTRIBUTOR,
    "drh": CONTRIBUTOR,
    "rssi": CONTRIBUTOR | {"examine"},
    "dpo": CONTRIBUTOR | {"read_journal", "erase_person", "examine"},
    "elu": READER | {"read_files", "delegate"},
    "staff_rep": READER | {"read_files"},
    "inspection": READER | {"read_files", "read_journal"},
    "other": READER,
    "partner": READER,
    "agent": ACCOUNT | {"read_own"},
    "supervisor": ACCOUNT | {"supervise", "open_authority", "manage_people", "manage_tokens"},
    "usager": EVERYONE,
}


def test_every_profile_has_its_line():
    assert set(EXPECTED) == {profile.value for profile in Profile}


@pytest.mark.parametrize("profile", sorted(EXPECTED))
def test_a_profile_opens_its_acts_and_no_other(profile):
    assert {act.value for act in acts_of([profile])} == EXPECTED[profile]


def test_every_act_has_its_profiles_its_words_and_its_scope():
    assert set(MATRIX) == set(Act)
    for act in Act:
        assert act.label.fr
        assert act.label.en
        assert act.scope in Scope


def test_several_profiles_open_what_any_of_them_opens():
    assert set(acts_of(["elu", "director"])) == set(acts_of(["elu"])) | set(acts_of(["director"]))


def test_nobody_and_an_unknown_profile_open_nothing():
    for profiles in ([], ["unheard-of"]):
        assert not any(may(profiles, act) for act in Act)


def test_the_roles_of_the_steering_are_profiles_with_the_same_codes():
    assert {role.value for role in Role} <= {profile.value for profile in Profile}


def test_a_supervisor_reads_none_of_the_answers_of_an_authority():
    assert not may(["supervisor"], Act.READ)
    assert not may(["supervisor"], Act.READ_OWN)
    assert not may(["supervisor"], Act.READ_JOURNAL)


def test_only_those_who_lead_write_more_than_facts():
    leads = {Profile.DGS, Profile.SECRETARY, Profile.ADMINISTRATOR}
    for act in (Act.IMPORT, Act.EXPORT_AUTHORITY):
        assert MATRIX[act] == leads
    assert MATRIX[Act.MANAGE_TOKENS] == leads | {Profile.SUPERVISOR}


def test_only_who_directs_goes_on_without_an_opinion():
    assert MATRIX[Act.OVERRIDE_GATE] == {Profile.DGS, Profile.SECRETARY}


def test_an_administrator_still_names_the_director_and_a_director_of_service_does_not():
    assert may_grant(["administrator"], ["dgs"])
    assert not may_grant(["director"], ["dgs"])
