"""The plan is computed once, out of the page, and what is seen of it is true."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.conftest import pk_of, quick_plan, words
from gouvernail.apps.facts import services as facts
from gouvernail.apps.facts.queries import record_for, sheet_for
from gouvernail.apps.jobs import services as jobs
from gouvernail.apps.jobs import work
from gouvernail.apps.jobs.models import Run
from gouvernail.apps.jobs.states import State
from gouvernail.apps.journal.models import Entry
from gouvernail.apps.steering import queries, services
from gouvernail.apps.steering.models import Result
from gouvernail_core.kernel import Problem, RefusedError, Text


def change(authority, someone, agents):
    shown = sheet_for("services")
    pk = pk_of(authority, "services", code="accueil")
    version = record_for(shown, authority.pk, pk).version
    facts.change_row(
        authority.pk, shown, pk, {"agents": agents}, version=version, by=someone, at=timezone.now()
    )


def refuse(rows, *, on, progress=None):
    raise RefusedError(
        Problem("x", Text("Il manque un budget.", "A budget is missing."), sheet="Budgets")
    )


def break_down(rows, *, on, progress=None):
    raise ZeroDivisionError


@pytest.fixture
def queued(settings):
    """Leave tasks in the table, as in production, where a worker takes them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_asking_computes_and_the_page_has_the_plan(bruno, exempleville):
    answer = bruno.post(reverse("steering:ask"))
    assert answer.status_code == 302
    page = words(bruno.get(answer["Location"]))
    assert "Le plan est prêt" in page
    view = queries.latest_plan(exempleville)
    assert (view.stale, view.running, view.documents) == (False, None, ("cas/fiche.pdf",))
    assert [e.act for e in Entry.objects.all()[:2]] == ["plan-computed", "plan-asked"]


def test_who_only_reads_does_not_ask(elu):
    assert elu.post(reverse("steering:ask")).status_code == 403
    assert not Run.objects.exists()


def test_asking_is_never_a_link(bruno):
    assert bruno.get(reverse("steering:ask")).status_code == 405


def test_a_changed_fact_makes_the_plan_out_of_date_until_it_is_computed_again(
    exempleville, someone, at
):
    services.run_now(exempleville.pk, by=someone, at=at)
    assert not queries.latest_plan(exempleville.pk).stale
    change(exempleville, someone, 13)
    assert queries.latest_plan(exempleville.pk).stale
    change(exempleville, someone, 12)
    assert not queries.latest_plan(exempleville.pk).stale
    change(exempleville, someone, 13)
    services.run_now(exempleville.pk, by=someone, at=at)
    assert not queries.latest_plan(exempleville.pk).stale


def test_before_the_first_plan_there_is_none(exempleville):
    assert queries.latest_plan(exempleville) is None


def test_two_requests_share_one_computation(queued, alice, bruno):
    first = alice.post(reverse("steering:ask"))["Location"]
    assert bruno.post(reverse("steering:ask"))["Location"] == first
    assert Run.objects.count() == 1
    assert Entry.objects.filter(act="plan-asked").count() == 1


def test_the_database_itself_refuses_two_active_runs(exempleville, at):
    Run.objects.create(authority=exempleville, kind="steering", asked_at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(authority=exempleville, kind="steering", asked_at=at, state="running")


def test_a_run_is_claimed_by_one_worker_only(queued, exempleville, someone, at):
    run = services.request_run(exempleville.pk, by=someone, at=at)
    assert jobs.claim(run.id, at=at) is not None
    assert jobs.claim(run.id, at=at) is None
    assert services.compute(run.id) is None
    assert not Result.objects.exists()


def test_two_authorities_compute_at_the_same_time(queued, exempleville, elsewhere, someone, at):
    first = services.request_run(exempleville.pk, by=someone, at=at)
    second = services.request_run(elsewhere.pk, by=someone, at=at)
    assert first.id != second.id


def test_facts_changed_and_asked_during_a_run_are_computed_after_it(
    queued, exempleville, someone, at, settings, monkeypatch
):
    def slow(rows, *, on, progress=None):
        change(exempleville, someone, 40)
        services.request_run(exempleville.pk, by=someone, at=at)
        return quick_plan(rows, on=on)

    monkeypatch.setattr("apps.conftest.quick_plan", slow)
    run = services.request_run(exempleville.pk, by=someone, at=at)
    services.compute(run.id)
    assert queries.latest_plan(exempleville.pk).stale
    again = Run.objects.get(state=State.QUEUED)
    monkeypatch.setattr("apps.conftest.quick_plan", quick_plan)
    services.compute(again.pk)
    assert not queries.latest_plan(exempleville.pk).stale
    assert not Run.objects.filter(state__in=["queued", "running"]).exists()


def test_facts_that_cannot_be_used_are_said_in_words(bruno, settings):
    settings.STEERING_RUN = "apps.steering.test_runs.refuse"
    page = words(bruno.post(reverse("steering:ask"), follow=True))
    assert "Le plan n’a pas pu être calculé" in page
    assert "Feuille « Budgets »" in page
    assert "Il manque un budget." in page
    assert Entry.objects.first().act == "plan-failed"


def test_a_fault_of_ours_keeps_the_former_plan_and_shows_nothing_inside(
    bruno, exempleville, someone, at, settings
):
    services.run_now(exempleville.pk, by=someone, at=at)
    settings.STEERING_RUN = "apps.steering.test_runs.break_down"
    page = words(bruno.post(reverse("steering:ask"), follow=True))
    assert "vos faits sont intacts" in page
    assert "ZeroDivision" not in page
    assert queries.latest_plan(exempleville.pk).plan["authority"]["name"] == "Ville d’Exempleville"


def test_the_run_of_a_dead_worker_is_tried_again_then_ended_with_a_sentence(
    queued, exempleville, someone, at
):
    run = services.request_run(exempleville.pk, by=someone, at=at)
    for attempt in range(1, jobs.ATTEMPTS + 1):
        assert jobs.claim(run.id, at=at) is not None
        assert jobs.reap(at=at + timedelta(seconds=59)) == 0
        at += timedelta(minutes=2)
        assert jobs.reap(at=at) == 1
        at += timedelta(minutes=2)
        assert Run.objects.get(pk=run.id).attempts == attempt
    found = queries.latest_run(exempleville.pk)
    assert found.failed
    assert "Relancez-le" in found.message.fr
    assert services.request_run(exempleville.pk, by=someone, at=at).id != run.id


def test_the_third_attempt_waits_a_little(queued, exempleville, someone, at):
    run = services.request_run(exempleville.pk, by=someone, at=at)
    jobs.claim(run.id, at=at)
    at += timedelta(minutes=2)
    jobs.reap(at=at)
    assert jobs.claim(run.id, at=at) is not None  # the second one does not
    at += timedelta(minutes=2)
    jobs.reap(at=at)
    assert jobs.claim(run.id, at=at + timedelta(seconds=59)) is None
    assert jobs.claim(run.id, at=at + timedelta(seconds=60)) is not None


def test_a_renewed_lease_is_not_taken_back(queued, exempleville, someone, at):
    run = jobs.claim(services.request_run(exempleville.pk, by=someone, at=at).id, at=at)
    assert jobs.renew(jobs.lease_of(run), at=at + timedelta(seconds=50))
    assert jobs.reap(at=at + timedelta(seconds=100)) == 0


@pytest.mark.django_db(transaction=True)
def test_a_living_worker_renews_its_lease_while_it_works(queued, exempleville, someone):
    asked = services.request_run(exempleville.pk, by=someone, at=timezone.now())
    run = jobs.claim(asked.id, at=timezone.now())
    before = Run.objects.get(pk=run.id).lease_until
    with jobs.kept_alive(jobs.lease_of(run), every=0.01):
        time.sleep(0.5)  # the memory base of the tests lets one thread in at a time
    assert Run.objects.get(pk=run.id).lease_until > before


def test_a_worker_thought_dead_changes_nothing_once_another_took_over(
    queued, exempleville, someone, at
):
    asked = services.request_run(exempleville.pk, by=someone, at=at)
    first = jobs.lease_of(jobs.claim(asked.id, at=at))
    at += timedelta(minutes=2)
    jobs.reap(at=at)
    second = jobs.lease_of(jobs.claim(asked.id, at=at))
    assert not jobs.renew(first, at=at)
    assert not jobs.tell(first, 0.9, Text("x", "x"), at=at)
    assert not jobs.finish(first, State.DONE, Text("x", "x"), at=at)
    assert jobs.finish(second, State.DONE, Text("fini", "done"), at=at)
    assert Run.objects.get(pk=asked.id).state == State.DONE


def test_a_worker_that_slept_keeps_neither_its_result_nor_its_documents(
    queued, exempleville, someone, at, monkeypatch
):
    run = services.request_run(exempleville.pk, by=someone, at=at)

    def slept(rows, *, on, progress=None):
        Run.objects.filter(pk=run.id).update(lease_until=at)
        jobs.reap(at=at + timedelta(minutes=1))
        return quick_plan(rows, on=on)

    monkeypatch.setattr("apps.conftest.quick_plan", slept)
    assert services.compute(run.id) is None
    assert not Result.objects.exists()
    folder = queries.folder_of(0, exempleville.pk).parent
    assert list(folder.iterdir()) == []
    assert not Entry.objects.filter(act="plan-computed").exists()
    monkeypatch.setattr("apps.conftest.quick_plan", quick_plan)
    assert services.compute(run.id) is not None
    assert Entry.objects.filter(act="plan-computed").count() == 1


def test_a_cancelled_run_ends_at_once_and_its_worker_changes_nothing(
    queued, exempleville, elsewhere, someone, at
):
    run = jobs.claim(services.request_run(exempleville.pk, by=someone, at=at).id, at=at)
    assert not jobs.cancel(elsewhere.pk, run.id, at=at)
    assert jobs.cancel(exempleville.pk, run.id, at=at)
    assert not jobs.cancel(exempleville.pk, run.id, at=at)
    assert not jobs.finish(jobs.lease_of(run), State.DONE, Text("x", "x"), at=at)
    assert Run.objects.get(pk=run.id).state == State.CANCELLED


def test_the_task_of_a_killed_worker_does_not_run_for_ever(queued, exempleville, someone, at):
    from django_tasks_db.models import DBTaskResult

    run = services.request_run(exempleville.pk, by=someone, at=at)
    DBTaskResult.objects.update(status="RUNNING")
    jobs.claim(run.id, at=at)
    assert work.catch_up(at=at) == 0
    at += timedelta(minutes=2)
    jobs.reap(at=at)
    assert work.catch_up(at=at) == 1
    states = sorted(DBTaskResult.objects.values_list("status", flat=True))
    assert states == ["FAILED", "READY"]


def test_a_run_whose_task_was_lost_is_given_back_to_the_worker(queued, exempleville, someone, at):
    from django_tasks_db.models import DBTaskResult

    services.request_run(exempleville.pk, by=someone, at=at)
    assert work.catch_up(at=at) == 0
    DBTaskResult.objects.all().delete()
    assert work.catch_up(at=at) == 1
    assert work.catch_up(at=at) == 0


def test_a_run_asked_in_a_transaction_that_fails_was_never_asked(queued, exempleville, someone, at):
    from django_tasks_db.models import DBTaskResult

    with transaction.atomic():
        services.request_run(exempleville.pk, by=someone, at=at)
        transaction.set_rollback(True)
    assert not Run.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_how_far_it_is_can_be_seen_left_and_found_again(queued, bruno, exempleville, at):
    where = bruno.post(reverse("steering:ask"))["Location"]
    run = Run.objects.get()
    lease = jobs.lease_of(jobs.claim(run.id, at=at))
    jobs.tell(lease, 0.42, Text("Arbitrage", "Choice"), at=at)
    page = words(bruno.get(where))
    assert 'value="42"' in page
    assert "Arbitrage" in page
    part = bruno.get(where, headers={"hx-request": "true"})
    assert "<html" not in words(part)
    assert 'hx-trigger="every 2s"' in words(part)
    assert "HX-Refresh" not in part
    jobs.finish(lease, State.DONE, Text("fini", "done"), at=at)
    assert bruno.get(where, headers={"hx-request": "true"})["HX-Refresh"] == "true"


@pytest.mark.parametrize(("share", "percent"), [(-1, 0), (0.004, 0), (0.5, 50), (7, 100)])
def test_a_share_is_shown_between_nothing_and_all(
    queued, exempleville, someone, at, share, percent
):
    run = services.request_run(exempleville.pk, by=someone, at=at)
    lease = jobs.lease_of(jobs.claim(run.id, at=at))
    jobs.tell(lease, share, Text("x", "x"), at=at)
    assert Run.objects.get().percent == percent


def test_a_document_is_given_as_a_file_to_keep(bruno, exempleville, someone, at):
    services.run_now(exempleville.pk, by=someone, at=at)
    result = Result.objects.get()
    answer = bruno.get(reverse("steering:document", args=[result.pk, "cas/fiche.pdf"]))
    assert b"".join(answer.streaming_content) == b"%PDF-"
    assert answer["Content-Disposition"] == 'attachment; filename="fiche.pdf"'
    assert Entry.objects.first().act == "document-taken"


@pytest.mark.parametrize("name", ["rien.pdf", "../1/cas/fiche.pdf", "cas", "../../../etc/passwd"])
def test_a_file_the_plan_does_not_list_does_not_exist(bruno, exempleville, someone, at, name):
    services.run_now(exempleville.pk, by=someone, at=at)
    result = Result.objects.get()
    answer = bruno.get(f"/plan/documents/{result.pk}/{name}")
    assert answer.status_code == 404


def test_only_the_latest_plans_are_kept(exempleville, someone, at, monkeypatch):
    monkeypatch.setattr(services, "KEPT", 2)
    for _ in range(4):
        services.run_now(exempleville.pk, by=someone, at=at)
    assert Result.objects.count() == 2
    kept = {r.pk for r in Result.objects.all()}
    folders = queries.folder_of(0, exempleville.pk).parent
    assert {int(folder.name) for folder in folders.iterdir()} == kept


def test_the_documents_bear_the_seal_that_the_journal_still_has(
    exempleville, someone, at, monkeypatch, settings
):
    from gouvernail.apps.journal.queries import verified

    given = []

    def writer(plan, folder, *, progress=None):
        given.append(plan["journal_seal"])
        return []

    monkeypatch.setattr("apps.conftest.small_writer", writer, raising=False)
    settings.DOCUMENTS_WRITER = "apps.conftest.small_writer"
    services.run_now(exempleville.pk, by=someone, at=at)
    [seal] = given
    found = verified(exempleville.pk, printed=seal)
    assert found.alterations == ()
    assert found.seal != seal, "the entry of the plan itself came after"


def test_attempts_of_workers_asked_to_stop_are_not_held_against_the_run(
    queued, exempleville, someone, at
):
    from django_tasks_db.models import DBTaskResult

    run = services.request_run(exempleville.pk, by=someone, at=at)
    for number in range(1, jobs.ATTEMPTS + 2):
        lease = jobs.lease_of(jobs.claim(run.id, at=at))
        assert work.give_back(lease, at=at)
        assert not work.give_back(lease, at=at), "it is no longer held"
        assert DBTaskResult.objects.count() == number + 1
    jobs.claim(run.id, at=at)
    assert jobs.reap(at=at + timedelta(minutes=2)) == 1
    assert Run.objects.get(pk=run.id).state == State.QUEUED


def test_what_was_asked_during_a_run_is_asked_anew_in_the_act_that_ends_it(
    queued, exempleville, someone, at, monkeypatch
):
    def moved(rows, *, on, progress=None):
        change(exempleville, someone, 40)
        services.request_run(exempleville.pk, by=someone, at=at)
        return quick_plan(rows, on=on)

    seen = []

    def once_the_act_is_over(authority_id):
        seen.extend(run.state for run in Run.objects.order_by("pk"))

    monkeypatch.setattr("apps.conftest.quick_plan", moved)
    monkeypatch.setattr(services, "_forget_old", once_the_act_is_over)
    services.compute(services.request_run(exempleville.pk, by=someone, at=at).id)
    assert seen == ["done", "queued"]


def test_folders_of_dead_workers_leave_the_disk_and_those_of_plans_stay(
    queued, exempleville, someone, at
):
    services.run_now(exempleville.pk, by=someone, at=at)
    run = jobs.claim(services.request_run(exempleville.pk, by=someone, at=at).id, at=at)
    root = queries.folder_of(0, exempleville.pk).parent
    kept = {str(Result.objects.get().pk), f"run-{run.id}-{run.attempts}"}
    for name in (*kept, "run-999-1", "999"):
        (root / name).mkdir(exist_ok=True)
    assert services.sweep_documents(at=timezone.now()) == 1
    assert {path.name for path in root.iterdir()} == kept | {"999"}
    assert services.sweep_documents(at=timezone.now() + timedelta(hours=2)) == 1
    assert {path.name for path in root.iterdir()} == kept


def test_a_fault_that_passes_is_tried_again_and_the_last_one_is_told(
    queued, exempleville, someone, at, monkeypatch
):
    def busy(rows, *, on, progress=None):
        raise OperationalError("deadlock detected")

    monkeypatch.setattr("apps.conftest.quick_plan", busy)
    monkeypatch.setattr(jobs, "DELAYS", (timedelta(0), timedelta(0)))
    run = services.request_run(exempleville.pk, by=someone, at=at)
    for state in ("queued", "queued", "failed"):
        assert services.compute(run.id) is None
        assert Run.objects.get(pk=run.id).state == state
    assert Entry.objects.filter(act="plan-failed").count() == 1
