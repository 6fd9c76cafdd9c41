"""The pages about people, seen by those they are for, and shut to the others."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from apps.accounts.test_permissions import addresses
from apps.conftest import member, words
from gouvernail.apps.accounts import invitations
from gouvernail.apps.accounts.models import Delegation, Invitation, Membership, Supervision, User
from gouvernail.apps.accounts.services import add_members
from gouvernail.apps.journal.models import Entry
from gouvernail.apps.network.models import Affiliation, Network
from gouvernail.apps.steering.services import run_now
from gouvernail.common.actor import command
from gouvernail.demo.network import Newcomer


@pytest.fixture
def network(exempleville):
    made = Network.objects.create(code="cdg", name="CDG d’essai", contact="02 00 00 00 00")
    Affiliation.objects.create(network=made, authority=exempleville, since=date(2026, 1, 1))
    return made


@pytest.fixture
def supervisor(network, client_of):
    user = User.objects.create_user("nadia", "pas à pas", name="Nadia")
    Supervision.objects.create(user=user, network=network)
    return client_of(user)


def link(authority, **more):
    from django.utils import timezone

    sent = invitations.invite(
        authority.pk, name="Élu Nouveau", roles=["elu"], by=command("test"), at=timezone.now(),
        **more,
    )  # fmt: skip
    return reverse("people:accept", args=[sent.key])


def test_inviting_shows_the_link_once_and_the_list_shows_it_waits(alice):
    page = alice.get("/personnes/inviter")
    assert "Élu ou élue" in words(page)
    given = {"name": "Élu Nouveau", "email": "", "roles": ["elu"], "days": "14"}
    shown = alice.post("/personnes/inviter", given)
    assert "/invitation/" in words(shown)
    listed = words(alice.get("/personnes/"))
    assert "Élu Nouveau" in listed
    assert "/invitation/" not in listed


def test_an_invitation_that_cannot_be_keeps_what_was_typed(alice):
    answer = alice.post("/personnes/inviter", {"name": "Élu Nouveau", "days": "999"})
    assert answer.status_code == 422
    assert "Élu Nouveau" in words(answer)
    assert not Invitation.objects.exists()


def test_coming_in_by_the_link_makes_an_account_and_lands_there(client, exempleville):
    path = link(exempleville)
    assert "Ville d’Exempleville" in words(client.get(path))
    answer = client.post(path, {"username": "elu", "password": "une phrase assez longue 7"})
    assert answer.status_code == 302
    assert client.get("/").status_code == 200
    assert client.get(path).status_code == 410
    assert Membership.objects.get(user__username="elu").roles == ["elu"]


def test_a_weak_password_is_refused_and_the_link_still_serves(client, exempleville):
    path = link(exempleville)
    assert client.post(path, {"username": "elu", "password": "1234"}).status_code == 422
    assert client.get(path).status_code == 200


def test_somebody_signed_in_accepts_with_their_account(chloe, exempleville):
    path = link(exempleville)
    assert chloe.post(path).status_code == 302
    assert "Ville d’Exempleville" in words(chloe.get("/faits/"))


@pytest.mark.parametrize("key", ["x", "A" * 43, "%00", "é" * 9])
def test_an_unknown_link_is_told_kindly(client, db, key):
    answer = client.get(f"/invitation/{key}/")
    assert answer.status_code == 404


def test_bruno_opens_none_of_the_pages_of_people(bruno):
    for path in ("/personnes/", "/personnes/inviter", "/personnes/export/ods", "/reseau/"):
        assert bruno.get(path).status_code == 403


def test_the_list_filters_sorts_and_exports(alice, bruno):
    assert "bruno@test" not in words(alice.get("/personnes/?profil=dgs"))
    assert "bruno@test" in words(alice.get("/personnes/?mot=bru&tri=-nom"))
    assert alice.get("/personnes/export/csv").content.decode().count("@test") == 2
    assert alice.get("/personnes/export/doc").status_code == 404


def test_changing_and_withdrawing_by_the_pages(alice, bruno):
    pk = Membership.objects.get(user__username="bruno@test").pk
    assert alice.post(f"/personnes/{pk}/profils", {"roles": ["drh"]}).status_code == 302
    assert Membership.objects.get(pk=pk).roles == ["drh"]
    assert alice.post(f"/personnes/{pk}/profils", {"roles": ["supervisor"]}).status_code == 422
    assert alice.post(f"/personnes/{pk}/retirer").status_code == 302
    assert bruno.get("/faits/").status_code == 403


def test_the_last_leader_is_told_why_they_stay(alice):
    pk = Membership.objects.get(user__username="alice@test").pk
    answer = alice.post(f"/personnes/{pk}/retirer")
    assert answer.status_code == 422
    assert "dernière personne" in words(answer)


def test_an_absence_lends_and_the_other_is_told(alice, bruno):
    taker = User.objects.get(username="bruno@test").pk
    from django.utils import timezone

    today = timezone.localdate()
    given = {
        "taker": taker, "roles": ["dgs"], "starts_on": today, "ends_on": today + timedelta(days=3),
    }  # fmt: skip
    assert bruno.get("/personnes/").status_code == 403
    assert alice.post("/compte/absence/", given).status_code == 302
    assert "Vous agissez aussi pour Alice" in words(bruno.get("/personnes/"))
    pk = Delegation.objects.get().pk
    assert bruno.post(f"/compte/absence/{pk}/fin").status_code == 404
    assert alice.post(f"/compte/absence/{pk}/fin").status_code == 302
    assert bruno.get("/personnes/").status_code == 403


def test_the_roles_are_readable_by_all_and_exported(bruno):
    page = words(bruno.get("/compte/roles/"))
    assert "Secrétariat de mairie" in page
    assert "Inviter et changer les rôles" in page
    assert bruno.get("/compte/roles/export/csv").status_code == 200


def test_somebody_of_two_places_switches_and_somebody_of_one_sees_no_switch(
    alice, exempleville, elsewhere
):
    assert "Changer de lieu" not in words(alice.get("/faits/"))
    user = User.objects.get(username="alice@test")
    Membership.objects.create(user=user, authority=elsewhere, roles=["elu"])
    assert "Changer de lieu" in words(alice.get("/faits/"))
    alice.post("/compte/lieu", {"place": f"authority-{elsewhere.pk}"})
    assert "Commune d’Ailleurs" in words(alice.get("/faits/"))


def test_a_supervisor_lands_on_the_network_and_reads_states(supervisor, exempleville, elsewhere):
    assert supervisor.get("/")["Location"] == "/reseau/"
    page = words(supervisor.get("/reseau/"))
    assert "Ville d’Exempleville" in page
    assert "Ailleurs" not in page
    assert supervisor.get(f"/reseau/{exempleville.pk}/").status_code == 200
    for path in (f"/reseau/{elsewhere.pk}/", f"/reseau/{elsewhere.pk}/inviter"):
        assert supervisor.get(path).status_code == 404
        assert supervisor.post(path).status_code in {404, 405}
    assert supervisor.get("/reseau/export/csv").content.count(b"\r\n") == 2


def test_a_supervisor_opens_no_page_of_an_authority(supervisor, filled):
    own = ("/reseau/", "/compte/", "/lieu")
    tried = [path for path in addresses(filled) if not path.startswith(own) and path != "/"]
    assert len(tried) > 50
    for path in tried:
        for answer in (supervisor.get(path), supervisor.post(path)):
            assert answer.status_code in {403, 404, 405}, path
            assert "Tri du courrier" not in words(answer), path


def test_a_supervisor_invites_who_leads_and_nobody_else(supervisor, exempleville):
    path = f"/reseau/{exempleville.pk}/inviter"
    given = {"leader": "Sonia Petit", "email": "", "role": "secretary"}
    assert "/invitation/" in words(supervisor.post(path, given))
    assert supervisor.post(path, given | {"role": "elu"}).status_code == 422
    assert Invitation.objects.get().roles == ["secretary"]


def test_a_supervisor_opens_an_authority_once(supervisor, network, elsewhere):
    given = {"code": "petit-bourg", "name": "Petit-Bourg", "leader": "Sonia", "role": "secretary"}
    assert "/invitation/" in words(supervisor.post("/reseau/ouvrir", given))
    assert supervisor.post("/reseau/ouvrir", given).status_code == 422
    assert supervisor.post("/reseau/ouvrir", given | {"code": "ailleurs"}).status_code == 422
    assert network.affiliations.count() == 2


def test_fifty_authorities_ask_the_database_no_more_than_two(
    supervisor, network, django_assert_num_queries
):
    from django.apps import apps
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    model = apps.get_model("authority.Authority")

    def host(count):
        for n in range(count):
            made = model.objects.create(code=f"c{model.objects.count()}", name=f"C{n}")
            Affiliation.objects.create(network=network, authority=made, since=date(2026, 1, 1))

    host(1)
    supervisor.get("/reseau/")
    with CaptureQueriesContext(
        connection,
    ) as two:
        supervisor.get("/reseau/")
    host(48)
    with django_assert_num_queries(len(two)):
        assert "C47" in words(supervisor.get("/reseau/"))


def test_an_agent_lands_on_what_concerns_them_and_reads_no_more(
    exempleville, client_of, someone, at
):
    user = member(exempleville, "ines", "agent")
    agent = client_of(user)
    assert agent.get("/")["Location"] == "/pour-moi/"
    empty = words(agent.get("/pour-moi/"))
    assert "Rien ne change dans votre travail" in empty
    run_now(exempleville.pk, by=someone, at=at)
    from gouvernail.apps.home.own import own_cases
    from gouvernail.apps.steering.queries import latest_plan

    view = latest_plan(exempleville)
    service = view.plan["cases"][0]["service"]["id"]
    assert own_cases(view, service)
    assert own_cases(view, "") == []
    page = words(agent.get("/pour-moi/"))
    assert "Sophie Delmas" not in page
    for path in ("/faits/", "/portefeuille", "/changements"):
        assert agent.get(path).status_code == 403


def test_an_agent_invited_as_somebody_of_the_facts_finds_the_cases_of_their_service(
    alice, exempleville, client_of, someone, at
):
    from gouvernail.apps.steering.queries import latest_plan

    run_now(exempleville.pk, by=someone, at=at)
    case = latest_plan(exempleville).plan["cases"][0]
    apps.get_model("authority.Person").objects.filter(code="bruno").update(
        service=case["service"]["id"]
    )
    given = {"name": "Inès", "roles": ["agent"], "person": "bruno", "days": "14"}
    shown = alice.post("/personnes/inviter", given).content.decode()
    key = re.search(r"/invitation/([\w-]+)/", shown)
    assert Invitation.objects.get().person == "bruno"
    invitations.accept_new(
        key[1], username="ines@test", password="assez long pour servir", at=timezone.now()
    )
    page = words(client_of(User.objects.get(username="ines@test")).get("/pour-moi/"))
    assert words(case["title"]) in page


def test_who_somebody_is_in_the_facts_is_changed_and_told(alice, exempleville):
    pk = Membership.objects.get(user=member(exempleville, "ines", "agent")).pk
    alice.post(f"/personnes/{pk}/profils", {"roles": ["agent"], "person": "bruno"})
    assert Membership.objects.get(pk=pk).person == "bruno"
    assert Entry.objects.filter(act="member-changed").latest("seq").after == {"person": "bruno"}
    alice.post(f"/personnes/{pk}/profils", {"roles": ["agent"], "person": "inconnu"})
    assert Membership.objects.get(pk=pk).person == "bruno"


def test_a_secretary_reads_at_most_ten_actions_and_whom_to_turn_to(
    exempleville, network, client_of, someone, at
):
    page = client_of(member(exempleville, "sonia", "secretary"))
    first = words(page.get("/"))
    assert "Demander le plan" in first
    assert "CDG d’essai" in first
    assert "02 00 00 00 00" in first
    run_now(exempleville.pk, by=someone, at=at)
    second = page.get("/")
    assert second.status_code == 200
    assert 0 < len(second.context["actions"].shown) <= 10


def test_erasing_asks_for_the_name_and_leaves_nobody(alice, bruno, exempleville):
    from gouvernail.apps.facts.queries import rows_of

    user = User.objects.get(username="bruno@test")
    User.objects.filter(pk=user.pk).update(name="Bruno Martin")
    pk = Membership.objects.get(user=user).pk
    path = f"/personnes/{pk}/effacer/"
    assert bruno.get(path).status_code == 403
    assert alice.post(path, {"name": "Quelqu’un"}).status_code == 422
    assert Membership.objects.filter(pk=pk).exists()
    assert alice.post(path, {"name": "bruno martin", "in_facts": "on"}).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.email, user.is_active) == ("Personne effacée", "", False)
    assert "bruno" not in user.username
    assert not user.has_usable_password()
    assert bruno.get("/faits/").status_code == 302
    assert "Bruno Martin" not in str(rows_of(exempleville.pk)["people"])
    assert alice.get(path).status_code == 404


def test_erasing_here_leaves_an_account_that_opens_another_place(
    alice, bruno, elsewhere, exempleville
):
    user = User.objects.get(username="bruno@test")
    Membership.objects.create(user=user, authority=elsewhere, roles=["elu"])
    pk = Membership.objects.get(user=user, authority=exempleville).pk
    assert "ouvre un autre lieu" in words(alice.get(f"/personnes/{pk}/effacer/"))
    alice.post(f"/personnes/{pk}/effacer/", {"name": "Bruno"})
    assert User.objects.get(pk=user.pk).username == "bruno@test"
    assert list(Membership.objects.filter(user=user).values_list("roles", flat=True)) == [["elu"]]


def test_the_last_leader_is_not_erased_nor_oneself(alice):
    pk = Membership.objects.get(user__username="alice@test").pk
    assert alice.post(f"/personnes/{pk}/effacer/", {"name": "Alice"}).status_code == 422
    assert Membership.objects.filter(pk=pk).exists()


def test_erasing_takes_what_they_began_to_type_and_their_name_off_what_they_asked(
    alice, bruno, exempleville, elsewhere, someone, at
):
    from gouvernail.apps.facts import drafts
    from gouvernail.apps.facts.models import Draft
    from gouvernail.apps.jobs.models import Run
    from gouvernail.common.tenancy import scoped
    from gouvernail_core.facts import sheet

    bruno.post("/plan/calculer")
    user = User.objects.get(username="bruno@test")
    Membership.objects.create(user=user, authority=elsewhere, roles=["elu"])
    typed = {"name": ["Le voisin de Bruno"]}
    with scoped(platform=True):
        for place in (exempleville, elsewhere):
            drafts.keep(place.pk, user.pk, sheet("people"), 0, typed, version=0, at=at)
        other = User.objects.get(username="alice@test")
        drafts.keep(exempleville.pk, other.pk, sheet("people"), 0, typed, version=0, at=at)
    pk = Membership.objects.get(user=user, authority=exempleville).pk
    assert alice.post(f"/personnes/{pk}/effacer/", {"name": "Bruno"}).status_code == 302
    with scoped(platform=True):
        left = set(Draft.objects.values_list("user__username", "authority__code"))
        asked = list(Run.objects.values_list("asked_by", flat=True))
    assert left == {("alice@test", "exempleville"), ("bruno@test", "ailleurs")}
    assert asked == ["Personne effacée"]


def test_thousands_of_people_come_a_hundred_at_a_time_and_all_in_the_file(
    alice, exempleville, someone, at
):
    crowd = [Newcomer(f"p{rank:03}@test", f"Personne {rank:03}", ("agent",)) for rank in range(230)]
    add_members(exempleville.pk, crowd, by=someone, at=at)
    first, last = words(alice.get("/personnes/")), words(alice.get("/personnes/?page=3"))
    assert first.count("@test") == 100
    assert "231 personnes" in first
    assert "Page 1 sur 3" in first
    assert last.count("@test") == 31
    assert words(alice.get("/personnes/?page=99")).count("@test") == 31
    assert words(alice.get("/personnes/?page=-1&mot=personne 2")).count("@test") == 30
    assert "page=3" not in words(alice.get("/personnes/?page=2&tri=-nom")).split("<tbody")[0]
    assert alice.get("/personnes/export/csv?page=2").content.decode().count("@test") == 231
