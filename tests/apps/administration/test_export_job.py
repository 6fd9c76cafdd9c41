"""The export is a job: asked, made aside, taken by those who may, removed in time."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.conftest import words
from gouvernail.apps.administration import queries, services
from gouvernail.apps.administration.models import Export
from gouvernail.apps.jobs import services as jobs
from gouvernail.apps.jobs import work
from gouvernail.apps.jobs.models import Run
from gouvernail.apps.journal.models import Entry

PAGE = "/administration/export/"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def queued(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def acts():
    return list(Entry.objects.order_by("pk").values_list("act", "actor_name"))


def on_disk():
    return sorted(path.name for path in queries.exports_root().iterdir())


def test_alice_asks_leaves_comes_back_and_takes_the_file(alice, exempleville):
    assert "Préparer le fichier" in words(alice.get(PAGE))
    assert alice.post(PAGE)["Location"] == PAGE
    page = words(alice.get(PAGE))
    export = Export.objects.get()
    assert export.name in page
    assert reverse("administration:take_export", args=[export.uid]) in page
    answer = alice.get(reverse("administration:take_export", args=[export.uid]))
    content = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == f'attachment; filename="{export.name}"'
    assert answer["Cache-Control"] == "private, no-store"
    assert len(content) == export.size
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert b"export-asked" in archive.read("journal.jsonl")
    assert acts()[-3:] == [
        ("export-asked", "Alice"),
        ("authority-exported", "gouvernail"),
        ("export-taken", "Alice"),
    ]
    assert export.place not in page, "where it lies is nobody’s business"


def test_how_far_it_is_is_shown_live_and_two_who_ask_share_one(queued, alice, exempleville, at):
    alice.post(PAGE)
    alice.post(PAGE)
    assert Run.objects.count() == 1
    page = words(alice.get(PAGE))
    assert "en préparation" in page
    assert "Préparer le fichier" not in page
    part = alice.get(PAGE, headers={"hx-request": "true"})
    assert 'hx-trigger="every 2s"' in words(part)
    assert "HX-Refresh" not in part
    work.do(Run.objects.get().pk)
    assert alice.get(PAGE, headers={"hx-request": "true"})["HX-Refresh"] == "true"


def test_reading_the_page_asks_for_nothing(alice, exempleville):
    alice.get(PAGE)
    assert not Run.objects.exists()


@pytest.mark.parametrize("who", ["bruno", "elu"])
def test_only_those_who_lead_ask_and_take(request, alice, exempleville, who):
    browser = request.getfixturevalue(who)
    alice.post(PAGE)
    place = reverse("administration:take_export", args=[Export.objects.get().uid])
    assert browser.get(PAGE).status_code == 403
    assert browser.post(PAGE).status_code == 403
    assert browser.get(place).status_code == 403


def test_chloe_does_not_find_the_export_of_alice(alice, chloe, exempleville):
    alice.post(PAGE)
    uid = Export.objects.get().uid
    assert chloe.get(reverse("administration:take_export", args=[uid])).status_code == 404
    assert str(uid) not in words(chloe.get(PAGE))


def test_a_worker_that_slept_keeps_no_file_and_the_next_one_gives_one(
    queued, alice, exempleville, monkeypatch, at
):
    alice.post(PAGE)
    run = Run.objects.get()
    real = services.export_to

    def slept(*given, **named):
        Run.objects.filter(pk=run.pk).update(lease_until=at)
        jobs.reap(at=at + timedelta(minutes=1))
        return real(*given, **named)

    monkeypatch.setattr(services, "export_to", slept)
    assert work.do(run.pk) is None
    assert on_disk() == []
    assert not Export.objects.exists()
    assert "authority-exported" not in dict(acts())
    monkeypatch.setattr(services, "export_to", real)
    assert work.do(run.pk) is not None
    assert on_disk() == [Export.objects.get().place]
    assert [act for act, _ in acts()].count("authority-exported") == 1


def test_a_cancelled_export_stops_where_it_is(queued, alice, exempleville, monkeypatch):
    alice.post(PAGE)
    run = Run.objects.get()
    monkeypatch.setattr(work, "TELL_EVERY_SECONDS", 0)
    real = services.export_to

    def cancelled(*given, **named):
        jobs.cancel(exempleville.pk, run.pk, at=timezone.now())
        return real(*given, **named)

    monkeypatch.setattr(services, "export_to", cancelled)
    assert work.do(run.pk) is None
    assert on_disk() == []


def test_a_fault_is_told_in_words_and_leaves_nothing(alice, exempleville, monkeypatch):
    def broken(*given, **named):
        raise OSError("no space left")

    monkeypatch.setattr(services, "export_to", broken)
    alice.post(PAGE)
    page = words(alice.get(PAGE))
    assert "n’a pas pu être préparé" in page
    assert "no space" not in page
    assert on_disk() == []
    assert acts()[-1] == ("export-failed", "gouvernail")


def test_only_the_latest_exports_are_kept(
    alice, exempleville, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(services, "KEPT", 2)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(4):
            alice.post(PAGE)
    assert Export.objects.count() == 2
    assert on_disk() == sorted(Export.objects.values_list("place", flat=True))


def test_an_export_is_gone_after_a_week(alice, exempleville, django_capture_on_commit_callbacks):
    alice.post(PAGE)
    place = reverse("administration:take_export", args=[Export.objects.get().uid])
    now = timezone.now()
    assert services.sweep_exports(at=now + timedelta(days=6)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert services.sweep_exports(at=now + timedelta(days=8))
    assert alice.get(place).status_code == 404
    assert on_disk() == []


def test_an_export_whose_time_is_over_is_not_given_even_before_it_is_removed(alice, exempleville):
    alice.post(PAGE)
    Export.objects.update(until=timezone.now())
    uid = Export.objects.get().uid
    assert alice.get(reverse("administration:take_export", args=[uid])).status_code == 404


def test_bytes_without_a_row_are_removed_once_nobody_can_be_writing_them(alice, exempleville):
    alice.post(PAGE)
    (queries.exports_root() / "lost").write_bytes(b"half")
    assert services.sweep_exports(at=timezone.now()) == 0
    assert services.sweep_exports(at=timezone.now() + timedelta(hours=7)) == 1
    assert on_disk() == [Export.objects.get().place]


def test_a_file_that_a_restored_backup_does_not_have_is_not_proposed(alice, exempleville):
    alice.post(PAGE)
    export = Export.objects.get()
    queries.path_of(export).unlink()
    assert export.name not in words(alice.get(PAGE))
    where = reverse("administration:take_export", args=[export.uid])
    assert alice.get(where).status_code == 404
