"""The administration: where to go, how much is kept, what is computed, one authority at a time."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.conftest import member, words
from gouvernail.apps.administration import queries, services
from gouvernail.apps.jobs import services as jobs
from gouvernail.apps.jobs.models import Run
from gouvernail.apps.jobs.states import State
from gouvernail.apps.journal.models import Entry
from gouvernail.apps.steering.services import request_run, run_now
from gouvernail.common.health import heard
from gouvernail.keeping.archive import LAST_BACKUP
from gouvernail_core.kernel import Text

HOME, JOBS = "/administration/", "/administration/calculs/"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()


@pytest.fixture
def queued(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def waiting(queued, exempleville, someone, at):
    """Return a computation that waits."""
    return request_run(exempleville.pk, by=someone, at=at)


def ended(run, state=State.FAILED):
    lease = jobs.lease_of(jobs.claim(run.id, at=timezone.now()))
    assert jobs.finish(lease, state, Text("Un budget manque.", "x"), at=timezone.now())


def acts(*wanted):
    found = Entry.objects.filter(act__in=wanted).order_by("pk")
    return list(found.values_list("act", "actor_name"))


def test_the_home_leads_everywhere_and_counts_what_is_kept(alice, exempleville, someone, at):
    run_now(exempleville.pk, by=someone, at=at)
    heard(at=timezone.now())
    page = words(alice.get(HOME))
    for where in ("/personnes/", JOBS, "/administration/export/", "/journal"):
        assert f'href="{where}' in page, where
    assert "Lignes de faits" in page
    assert "SQLite" in page or "PostgreSQL" in page
    assert "Rien ne se calcule" not in page


def test_the_home_is_in_the_rail_of_those_who_administer(alice, bruno, exempleville):
    assert f'href="{HOME}"' in words(alice.get("/faits/"))
    assert f'href="{HOME}"' not in words(bruno.get("/faits/"))


@pytest.mark.parametrize("who", ["bruno", "elu"])
@pytest.mark.parametrize("path", [HOME, JOBS, f"{JOBS}export.csv"])
def test_only_those_who_administer_come_in(request, exempleville, who, path):
    assert request.getfixturevalue(who).get(path).status_code == 403


def test_a_silent_worker_is_told_in_words(alice, exempleville):
    heard(at=timezone.now() - timedelta(minutes=5))
    assert "Rien ne se calcule en ce moment" in words(alice.get(HOME))


def test_sizes_are_those_of_one_authority(exempleville, elsewhere, someone, at):
    alone = queries.sizes_of(exempleville.pk)
    run_now(elsewhere.pk, by=someone, at=at)
    member(elsewhere, "chloe", "dgs")
    assert queries.sizes_of(exempleville.pk) == alone
    other = queries.sizes_of(elsewhere.pk)
    assert (other.plans, other.people, other.document_bytes) == (1, 1, 5)


def test_the_whole_database_is_told_only_to_an_authority_that_is_alone(
    request, alice, exempleville
):
    assert queries.sizes_of(exempleville.pk).database > 100_000
    assert "La base entière" in words(alice.get(HOME))
    request.getfixturevalue("elsewhere")
    assert queries.sizes_of(exempleville.pk).database is None
    assert "La base entière" not in words(alice.get(HOME))


def test_the_last_backup_is_told_with_the_seal_of_this_authority_only(
    alice, exempleville, settings
):
    told = {
        "at": "2026-11-25T03:00:00+00:00",
        "seals": {"exempleville": "12-abc", "ailleurs": "x9"},
    }
    (settings.DATA_DIR / LAST_BACKUP).write_text(json.dumps(told))
    page = words(alice.get(HOME))
    assert "12-abc" in page
    assert "x9" not in page
    assert "25 novembre 2026" in page


@pytest.mark.parametrize("content", ["", "{}", '{"at": "hier", "seals": {}}', "[1]", "\x00"])
def test_what_cannot_be_read_of_a_backup_is_as_if_none_was_known(
    alice, exempleville, settings, content
):
    (settings.DATA_DIR / LAST_BACKUP).write_text(content)
    assert "Aucune sauvegarde" in words(alice.get(HOME))


def test_computations_are_listed_filtered_sorted_and_exported(alice, exempleville, waiting):
    ended(waiting)
    alice.post("/administration/export/")
    page = words(alice.get(JOBS))
    assert "Calcul du plan" in page
    assert "Un budget manque." in page
    assert "Export de la collectivité" in page
    part = words(alice.get(f"{JOBS}?etat=failed", headers={"hx-request": "true"}))
    assert "Un budget manque." in part
    assert "Export de la collectivité" not in part
    assert "<html" not in part
    up = words(alice.get(f"{JOBS}?tri=calcul"))
    down = words(alice.get(f"{JOBS}?tri=-calcul"))
    body = [page[page.index("<tbody") :] for page in (up, down)]
    first = [each.index("Calcul du plan") < each.index("Export de la coll") for each in body]
    assert first == [True, False]
    content = alice.get(f"{JOBS}export.csv").content.decode("utf-8-sig")
    assert content.count("\r\n") == 3
    assert "Un budget manque." in content
    nothing = words(alice.get(f"{JOBS}?mot=introuvable"))
    assert "Aucun calcul ne répond" in nothing


@pytest.mark.parametrize("query", ["?etat=zzz", "?tri=zzz", "?calcul=%00", "?mot=" + "x" * 5000])
def test_an_address_written_wrongly_still_gives_the_list(alice, waiting, query):
    assert alice.get(f"{JOBS}{query}").status_code == 200


def test_how_far_it_is_moves_without_loading_the_page(alice, waiting, at):
    lease = jobs.lease_of(jobs.claim(waiting.id, at=at))
    jobs.tell(lease, 0.42, Text("Arbitrage", "Choice"), at=at)
    where = reverse("administration:job", args=[waiting.id])
    assert f'hx-get="{where}"' in words(alice.get(JOBS))
    part = alice.get(where, headers={"hx-request": "true"})
    assert 'value="42"' in words(part)
    assert "Arbitrage" in words(part)
    assert "HX-Refresh" not in part
    jobs.finish(lease, State.DONE, Text("fini", "done"), at=at)
    assert alice.get(where, headers={"hx-request": "true"})["HX-Refresh"] == "true"
    assert alice.get(where)["Location"] == JOBS


def test_cancelling_twice_is_done_once_and_said_politely(alice, waiting):
    where = reverse("administration:cancel", args=[waiting.id])
    assert "Annulé." in words(alice.post(where, follow=True))
    assert Run.objects.get().state == State.CANCELLED
    again = words(alice.post(where, follow=True))
    assert "était déjà terminé" in again
    assert acts("job-cancelled") == [("job-cancelled", "Alice")]


def test_what_ended_meanwhile_is_not_cancelled(alice, waiting):
    ended(waiting, State.DONE)
    page = words(alice.post(reverse("administration:cancel", args=[waiting.id]), follow=True))
    assert "était déjà terminé" in page
    assert Run.objects.get().state == State.DONE
    assert acts("job-cancelled") == []


def test_starting_again_twice_makes_one_computation(alice, waiting):
    ended(waiting)
    where = reverse("administration:retry", args=[waiting.id])
    assert "Relancé." in words(alice.post(where, follow=True))
    assert "déjà en route" in words(alice.post(where, follow=True))
    assert [run.state for run in Run.objects.order_by("pk")] == ["failed", "queued"]
    assert acts("job-retried", "plan-asked") == [
        ("plan-asked", "test"),
        ("plan-asked", "Alice"),
        ("job-retried", "Alice"),
    ]


@pytest.mark.parametrize("state", [None, State.DONE])
def test_what_waits_or_is_done_is_not_started_again(alice, waiting, state):
    if state:
        ended(waiting, state)
    page = words(alice.post(reverse("administration:retry", args=[waiting.id]), follow=True))
    assert "n’a rien à relancer" in page
    assert Run.objects.count() == 1


def test_a_kind_of_work_that_no_longer_exists_is_shown_and_not_started_again(
    alice, exempleville, at
):
    run = Run.objects.create(authority=exempleville, kind="former", state="failed", asked_at=at)
    assert "former" in words(alice.get(JOBS))
    page = words(alice.post(reverse("administration:retry", args=[run.pk]), follow=True))
    assert "n’a rien à relancer" in page


@pytest.mark.parametrize("name", ["cancel", "retry"])
def test_nothing_is_cancelled_or_started_again_by_a_link_nor_by_chance(alice, bruno, waiting, name):
    where = reverse(f"administration:{name}", args=[waiting.id])
    assert alice.get(where).status_code == 405
    assert bruno.post(where).status_code == 403
    assert Run.objects.get().state == State.QUEUED


@pytest.mark.parametrize("name", ["cancel", "retry"])
def test_chloe_touches_no_computation_of_alice(chloe, waiting, name):
    assert chloe.post(reverse(f"administration:{name}", args=[waiting.id])).status_code == 404
    assert Run.objects.get().state == State.QUEUED


def test_a_cancelled_plan_is_not_said_to_be_ready(alice, waiting):
    alice.post(reverse("administration:cancel", args=[waiting.id]))
    page = words(alice.get(reverse("steering:progress", args=[waiting.id])))
    assert "Le plan est prêt" not in page
    assert "a été annulé" in page


def test_a_cancellation_that_cannot_be_told_does_not_happen(
    exempleville, waiting, someone, at, monkeypatch
):
    def broken(*given, **named):
        raise ZeroDivisionError

    monkeypatch.setattr(services, "record", broken)
    with pytest.raises(ZeroDivisionError):
        services.cancel_job(exempleville.pk, waiting, by=someone, at=at)
    assert Run.objects.get().state == State.QUEUED
