"""One's messages on screen, and how each person chooses to be told."""

from __future__ import annotations

import pytest

from apps.conftest import member, words
from gouvernail.apps.accounts import invitations, members
from gouvernail.apps.accounts.models import Membership, User
from gouvernail.apps.messaging.models import Letter, Notice, Preference
from gouvernail.apps.messaging.notices import KEPT, choose, notify, notify_those_who
from gouvernail.apps.steering.services import run_now
from gouvernail.common.actor import Actor, ActorKind
from gouvernail_core.access import Act


@pytest.fixture
def bruno_user(exempleville):
    user = member(exempleville, "bruno", "director")
    user.email = "bruno@exempleville.example"
    user.save()
    return user


def told(user, authority, at, kind="plan-computed", **more):
    return notify(kind, user.pk, authority_id=authority.pk, at=at, **more)


def test_a_plan_that_is_computed_is_said_to_those_who_may_ask_for_it(
    alice, bruno, elu, exempleville, someone, at
):
    run_now(exempleville.pk, by=someone, at=at)
    names = Notice.objects.values_list("user__name", flat=True).order_by("user__name")
    assert list(names) == ["Alice", "Bruno"]


def test_a_message_is_read_and_counted(alice, bruno, exempleville, at):
    user = User.objects.get(username="bruno@test")
    told(user, exempleville, at)
    told(user, exempleville, at, "role-given", words={"by": "Alice", "fr": "DPO", "en": "DPO"})
    page = words(bruno.get("/messages/"))
    assert "2 messages à lire" in page
    assert "Alice a changé vos profils : DPO." in page
    assert "Vous avez tout lu" in words(alice.get("/messages/"))
    first = Notice.objects.first()
    alice.post(f"/messages/{first.pk}/lu")
    assert Notice.objects.filter(read_at=None).count() == 2
    bruno.post(f"/messages/{first.pk}/lu")
    assert "1 message à lire" in words(bruno.get("/messages/"))
    bruno.post("/messages/lus")
    assert not Notice.objects.filter(read_at=None).exists()


def test_messages_of_one_kind_are_shown_alone(bruno, exempleville, at):
    user = User.objects.get(username="bruno@test")
    told(user, exempleville, at)
    assert "Le plan est à jour" in words(bruno.get("/messages/?nature=plan-computed"))
    assert "Aucun message de cette sorte" in words(bruno.get("/messages/?nature=role-given"))
    assert bruno.get("/messages/?nature=rien").status_code == 200


def test_what_concerns_another_authority_is_not_here(chloe, bruno_user, exempleville, at):
    told(bruno_user, exempleville, at)
    pk = Notice.objects.get().pk
    chloe.post(f"/messages/{pk}/lu")
    chloe.post("/messages/lus")
    assert Notice.objects.get().read_at is None
    assert "Pas encore de message" in words(chloe.get("/messages/"))


def test_somebody_who_left_is_told_nothing(bruno_user, exempleville, elsewhere, at):
    assert told(bruno_user, elsewhere, at) is False
    Membership.objects.filter(user=bruno_user).delete()
    assert told(bruno_user, exempleville, at) is False


@pytest.mark.parametrize(
    ("channel", "on_screen", "by_mail", "in_digest"),
    [("none", 0, 0, 0), ("screen", 1, 0, 0), ("email", 1, 1, 0), ("digest", 1, 0, 1)],
)
def test_one_is_told_the_way_one_chose(
    bruno_user, exempleville, at, channel, on_screen, by_mail, in_digest
):
    choose(bruno_user.pk, exempleville.pk, {"plan-computed": channel})
    told(bruno_user, exempleville, at)
    found = Notice.objects.all()
    assert (found.count(), Letter.objects.count(), found.filter(in_digest=True).count()) == (
        on_screen, by_mail, in_digest,
    )  # fmt: skip


def test_choices_are_kept_and_what_does_not_exist_is_ignored(bruno, exempleville):
    given = {"plan-failed": "none", "digest": "email", "role-given": "pigeon", "rien": "email"}
    assert bruno.post("/messages/preferences/", given).status_code == 302
    kept = dict(Preference.objects.values_list("kind", "channel"))
    assert kept == {"plan-failed": "none", "digest": "email"}
    page = bruno.get("/messages/preferences/").content.decode()
    assert '<option value="none" selected>Pas du tout' in page


def test_only_the_latest_messages_are_kept(bruno_user, exempleville, at):
    rows = [
        Notice(authority=exempleville, user=bruno_user, kind="plan-computed", created_at=at)
        for _ in range(KEPT)
    ]
    Notice.objects.bulk_create(rows)
    told(bruno_user, exempleville, at)
    assert Notice.objects.count() == KEPT


def test_a_link_that_was_typed_is_shown_as_text(bruno, exempleville, at):
    user = User.objects.get(username="bruno@test")
    told(user, exempleville, at, "invitation-accepted", words={"name": "<script>{by}"})
    page = bruno.get("/messages/").content.decode()
    assert "&lt;script&gt;{by}" in page


def test_new_profiles_are_said_to_whoever_receives_them(alice, bruno_user, exempleville, at):
    user = User.objects.get(username="alice@test")
    by = Actor(
        ActorKind.PERSON, "Alice", user.pk, exempleville.pk, frozenset({"dgs"}), uid=str(user.uid)
    )
    pk = Membership.objects.get(user=bruno_user).pk
    members.change_roles(exempleville.pk, pk, ["dpo"], by=by, at=at)
    letter = Letter.objects.get()
    assert letter.email == bruno_user.email
    assert "Alice a changé vos profils" in letter.text
    assert Notice.objects.get().kind == "role-given"


def test_an_invitation_with_an_address_leaves_and_its_key_is_not_kept(
    alice, exempleville, mailoutbox
):
    given = {"name": "Noé", "email": "noe@exempleville.example", "roles": ["agent"], "days": 14}
    page = words(alice.post("/personnes/inviter", given))
    [sent] = mailoutbox
    assert sent.to == ["noe@exempleville.example"]
    key = sent.body.split("/invitation/")[1].split("/")[0]
    assert invitations.by_key(key).name == "Noé"
    letter = Letter.objects.get()
    assert (letter.state, letter.text) == ("sent", "")
    assert "Il part par courriel à noe@exempleville.example" in page


def test_an_invitation_without_an_address_is_printed_with_a_square(alice, mailoutbox):
    given = {"name": "Noé", "email": "", "roles": ["agent"], "days": 14}
    page = words(alice.post("/personnes/inviter", given))
    assert not mailoutbox
    assert '<svg class="qr" role="img"' in page
    assert "Adressez-vous à Alice" in page
    assert "style=" not in page.split('class="qr"')[1].split("</svg>")[0]


def test_whoever_invites_knows_when_it_is_accepted(alice, exempleville, at, someone):
    sent = invitations.invite(exempleville.pk, name="Noé", roles=["agent"], by=someone, at=at)
    invitations.accept_new(sent.key, username="noe", password="pas à pas", at=at)
    notice = Notice.objects.get()
    assert (notice.user.name, notice.kind, notice.words) == (
        "Alice", "invitation-accepted", {"name": "Noé"},
    )  # fmt: skip


def test_erasing_somebody_takes_their_letters_and_messages(alice, bruno_user, exempleville, at):
    told(bruno_user, exempleville, at, "plan-failed", words={"fr": "Non.", "en": "No."})
    told(User.objects.get(username="alice@test"), exempleville, at)
    choose(bruno_user.pk, exempleville.pk, {"digest": "email"})
    assert Letter.objects.count() == 1
    from gouvernail.apps.home.erasing import erase_person
    from gouvernail.common.actor import command

    pk = Membership.objects.get(user=bruno_user).pk
    erase_person(exempleville.pk, pk, in_facts=False, by=command("test"), at=at)
    assert not Letter.objects.exists()
    assert not Preference.objects.exists()
    assert Notice.objects.get().user.name == "Alice"


def test_a_message_to_those_who_may_asks_few_questions(
    alice, bruno, exempleville, at, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        told = notify_those_who(Act.RUN, "plan-computed", authority_id=exempleville.pk, at=at)
    assert told == 2
