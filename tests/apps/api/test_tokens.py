"""A token opens what it was given, to whom it was given, while its maker may; nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.api.conftest import Program, key_of
from apps.conftest import member, words
from gouvernail.apps.accounts import tokens
from gouvernail.apps.accounts.models import ApiToken, Delegation, Membership, User
from gouvernail.apps.accounts.queries import actor_of_place, places_of
from gouvernail.apps.journal.models import Entry
from gouvernail_core.kernel import RefusedError

PAGE = "/compte/jetons/"


@pytest.fixture
def made(alice):
    """Return the key that Alice makes on the page."""
    answer = alice.post(PAGE, {"name": "Logiciel RH", "acts": ["read", "edit_facts"], "days": "30"})
    return re.search(r"gv_[\w-]+", answer.content.decode())[0]


def person(user):
    return actor_of_place(user, places_of(user, on=timezone.localdate())[0])


def test_the_page_shows_the_key_once_and_keeps_its_digest_only(alice, made):
    token = ApiToken.objects.get()
    assert made not in str(ApiToken.objects.values().get())
    assert token.prefix == made[:9]
    assert made not in words(alice.get(PAGE))
    assert "Logiciel RH" in words(alice.get(PAGE))


def test_says_who_it_is(made):
    told = Program(made)("GET", "me").json()
    assert told == {
        "token": "Logiciel RH",
        "authority": "exempleville",
        "network": None,
        "acts": ["read", "edit_facts"],
    }


def test_making_and_closing_are_told_to_the_journal_without_the_key(alice, made):
    alice.post(f"{PAGE}{ApiToken.objects.get().pk}/fermer")
    acts = list(Entry.objects.filter(act__startswith="token").order_by("seq"))
    assert [(e.act, e.subject) for e in acts] == [
        ("token-made", "Logiciel RH"), ("token-revoked", "Logiciel RH"),
    ]  # fmt: skip
    assert made not in str([e.after for e in acts])


def test_an_act_by_a_program_is_told_as_a_programs(made):
    Program(made)("POST", "facts/services", {"values": {"id": "ccas", "name": "CCAS"}})
    entry = Entry.objects.get(act="fact-added")
    assert (entry.actor_kind, entry.actor_name) == ("token", "Logiciel RH")
    assert entry.actor_uid == str(User.objects.get(username="alice@test").uid)


def test_does_not_do_what_it_was_not_given(made):
    answer = Program(made)("GET", "people")
    assert answer.status_code == 403
    assert "manage_people" in answer.json()["detail"]


@pytest.mark.parametrize(
    "shown",
    ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer gv_", "Bearer gv_" + "x" * 5000, "Bearer é"],
)
def test_refuses_what_is_no_key(client, shown, exempleville):
    answer = client.get("/api/v1/me", headers={"authorization": shown})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_refuses_an_altered_key(made):
    other = "A" if made[-1] != "A" else "B"
    assert Program(made[:-1] + other)("GET", "me").status_code == 401
    assert Program(made.swapcase())("GET", "me").status_code == 401


def test_a_closed_token_opens_nothing_from_that_moment(alice, made):
    assert Program(made)("GET", "me").status_code == 200
    alice.post(f"{PAGE}{ApiToken.objects.get().pk}/fermer")
    assert Program(made)("GET", "me").status_code == 401


def test_a_token_opens_nothing_after_its_last_day(made):
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Program(made)("GET", "me").status_code == 401


def test_a_token_goes_with_the_account_of_its_maker(made):
    User.objects.filter(username="alice@test").update(is_active=False)
    assert Program(made)("GET", "me").status_code == 401


def test_a_token_goes_with_the_access_of_its_maker(made):
    Membership.objects.filter(user__username="alice@test").delete()
    assert Program(made)("GET", "me").status_code == 401


def test_a_token_loses_what_its_maker_loses(made):
    Membership.objects.filter(user__username="alice@test").update(roles=["elu"])
    assert Program(made)("GET", "facts").status_code == 200
    body = {"values": {"id": "ccas", "name": "CCAS"}}
    assert Program(made)("POST", "facts/services", body).status_code == 403


def test_one_gives_a_program_only_what_one_holds_by_oneself(exempleville, at):
    leader, director = member(exempleville, "lea", "dgs"), member(exempleville, "dan", "director")
    today = timezone.localdate()
    Delegation.objects.create(
        authority=exempleville, giver=leader, taker=director, roles=["dgs"], starts_on=today,
        ends_on=today, created_at=at,
    )  # fmt: skip
    with pytest.raises(RefusedError):
        tokens.make(name="x", acts=["import"], by=person(director), at=at)
    assert tokens.make(name="x", acts=["edit_facts"], by=person(director), at=at).key


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"acts": []}, {"acts": ["unheard-of"]}, {"acts": ["delegate"]},
     {"acts": ["manage_tokens"]}, {"days": 0}, {"days": 367}],
)  # fmt: skip
def test_refuses_a_token_that_says_nothing_or_too_much(exempleville, at, wrong):
    by = person(member(exempleville, "lea", "dgs"))
    given = {"name": "x", "acts": ["read"], "days": 30} | wrong
    with pytest.raises(RefusedError):
        tokens.make(**given, by=by, at=at)
    assert not ApiToken.objects.exists()


def test_a_program_makes_no_key(exempleville, at):
    user = member(exempleville, "lea", "dgs")
    holder = tokens.holder_of(key_of(user, authority=exempleville), at=timezone.now())
    with pytest.raises(RefusedError):
        tokens.make(name="x", acts=["read"], by=holder.actor, at=at)


def test_a_program_gives_no_profile_that_its_maker_could_not(exempleville):
    program = Program(key_of(member(exempleville, "dan", "dgs"), authority=exempleville))
    target = Membership.objects.get(user=member(exempleville, "eva", "elu"))
    assert program("PUT", f"people/{target.pk}/roles", {"roles": ["director"]}).status_code == 200
    Membership.objects.filter(user__username="dan@test").update(roles=["director"])
    assert program("PUT", f"people/{target.pk}/roles", {"roles": ["dgs"]}).status_code == 403


def test_nobody_sees_or_closes_the_tokens_of_another_authority(alice, made, chloe):
    assert "Logiciel RH" not in words(chloe.get(PAGE))
    assert chloe.post(f"{PAGE}{ApiToken.objects.get().pk}/fermer").status_code == 404
    assert Program(made)("GET", "me").status_code == 200


def test_only_those_who_lead_make_tokens(bruno, elu):
    for browser in (bruno, elu):
        assert browser.get(PAGE).status_code == 403
        assert browser.post(PAGE, {"name": "x", "acts": ["read"], "days": "1"}).status_code == 403
    assert not ApiToken.objects.exists()


def test_a_session_opens_nothing_to_a_program(alice):
    assert alice.get("/api/v1/me").status_code == 401
    assert alice.post("/api/v1/plan/runs").status_code == 401


def test_the_last_use_is_kept_within_the_hour(made):
    Program(made)("GET", "me")
    first = ApiToken.objects.get().last_used_at
    Program(made)("GET", "me")
    assert ApiToken.objects.get().last_used_at == first


def test_the_list_leaves_as_a_file_without_any_key(alice, made):
    content = alice.get(f"{PAGE}export/csv").content.decode()
    assert "Logiciel RH" in content
    assert made not in content


def test_a_supervisor_makes_a_token_of_the_network(client_of, network):
    from gouvernail.apps.accounts.models import Supervision

    user = User.objects.create(username="sam@test", name="Sam")
    Supervision.objects.create(user=user, network=network)
    given = {"name": "Tableau", "acts": ["supervise"], "days": "30"}
    answer = client_of(user).post(PAGE, given)
    key = re.search(r"gv_[\w-]+", answer.content.decode())[0]
    told = Program(key)("GET", "network/authorities").json()
    assert [row["code"] for row in told["items"]] == ["exempleville"]
    assert Program(key)("GET", "facts").status_code == 403
