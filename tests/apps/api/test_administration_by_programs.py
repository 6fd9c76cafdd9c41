"""What a program does to look after an authority: export it, follow, cancel and start again."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.utils import timezone

from apps.api.conftest import Program, key_of
from apps.conftest import member
from gouvernail.apps.jobs import services as jobs
from gouvernail.apps.jobs import work
from gouvernail.apps.jobs.models import Run
from gouvernail.apps.jobs.states import State
from gouvernail.apps.journal.models import Entry
from gouvernail_core.kernel import Text


@pytest.fixture(autouse=True)
def aside(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_an_export_is_asked_followed_and_taken(alices):
    asked = alices("POST", "exports")
    assert (asked.status_code, asked.json()["state"]) == (202, "queued")
    assert alices("POST", "exports").json()["id"] == asked.json()["id"]
    assert alices("GET", "exports").json() == []
    work.do(asked.json()["id"])
    assert alices("GET", f"jobs/{asked.json()['id']}").json()["state"] == "done"
    ready = alices("GET", "exports").json()[0]
    answer = alices("GET", f"exports/{ready['uid']}")
    content = b"".join(answer.streaming_content)
    assert len(content) == ready["size"]
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    kinds = Entry.objects.filter(act="export-taken").values_list("actor_kind", flat=True)
    assert list(kinds) == ["token"]


def test_a_computation_is_cancelled_once_and_started_again_once(alices):
    pk = alices("POST", "plan/runs").json()["id"]
    refused = alices("POST", f"jobs/{pk}/retry")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "nothing-to-retry")
    for _ in range(2):
        assert alices("POST", f"jobs/{pk}/cancel").json()["state"] == "cancelled"
    first = alices("POST", f"jobs/{pk}/retry").json()["id"]
    assert alices("POST", f"jobs/{pk}/retry").json()["id"] == first
    assert [run.state for run in Run.objects.order_by("pk")] == ["cancelled", "queued"]
    acts = list(Entry.objects.order_by("pk").values_list("act", flat=True))
    assert (acts.count("job-cancelled"), acts.count("job-retried")) == (1, 1)


def test_who_may_not_export_does_not_start_an_export_again(alices, exempleville):
    pk = alices("POST", "exports").json()["id"]
    lease = jobs.lease_of(jobs.claim(pk, at=timezone.now()))
    jobs.finish(lease, State.FAILED, Text("x", "x"), at=timezone.now())
    user = member(exempleville, "zoe", "dgs")
    narrow = Program(key_of(user, authority=exempleville, acts=["administer"]))
    assert narrow("POST", f"jobs/{pk}/retry").status_code == 403
    assert Run.objects.count() == 1


def test_sizes_and_versions_are_told(alices):
    told = alices("GET", "administration").json()
    assert told["sizes"]["rows"]["services"] == 1
    assert told["versions"]["database"].split()[0] in ("SQLite", "PostgreSQL")
