"""The administration on a desk and on a telephone: all of it reads, nothing sticks out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.utils import timezone

from browser.conftest import overflow, violations
from gouvernail.apps.jobs import services as jobs
from gouvernail.apps.jobs.models import Run
from gouvernail.apps.jobs.states import State
from gouvernail.common.health import heard
from gouvernail_core.kernel import Text

PATHS = ("/administration/", "/administration/calculs/", "/administration/export/")


@pytest.fixture
def computations(authority, settings, tmp_path):
    """Make a computation in each state, an export that works among them."""
    settings.DATA_DIR = tmp_path
    heard(at=timezone.now())
    for number, state in enumerate(State):
        run = Run.objects.create(
            authority=authority,
            kind="steering" if state is not State.RUNNING else "export",
            asked_by="Alice Dupont",
            asked_at=timezone.now(),
            message_fr="Il manque le budget de 2028. Complétez la feuille « Budgets ».",
        )
        if state is State.QUEUED:
            run.delete()
            continue
        lease = jobs.lease_of(jobs.claim(run.pk, at=timezone.now()))
        if state is State.RUNNING:
            jobs.tell(lease, 0.1 * number + 0.4, Text("Écriture", "Writing"), at=timezone.now())
        else:
            jobs.finish(lease, state, Text(run.message_fr, ""), at=timezone.now())


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_of_the_administration_reads_at_any_width(screen, computations, path, width):
    screen.set_viewport_size({"width": width, "height": 900})
    screen.goto(screen.base + path)
    if folder := os.environ.get("GV_LOOK"):
        name = path.strip("/").replace("/", "-")
        screen.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert overflow(screen) == 0
    assert violations(screen) == []


def test_a_computation_is_cancelled_and_started_again_by_hand(screen, computations):
    screen.goto(f"{screen.base}/administration/calculs/")
    screen.get_by_role("button", name="Annuler Export").click()
    screen.get_by_text("Rien n’en sera gardé").wait_for()
    assert Run.objects.get(kind="export").state == State.CANCELLED


def test_a_computation_that_ends_shows_it_without_being_asked(screen, computations):
    screen.goto(f"{screen.base}/administration/calculs/")
    assert screen.get_by_role("progressbar").count() >= 1
    run = Run.objects.get(kind="export")
    lease = jobs.Lease(run.pk, run.attempts)
    jobs.finish(lease, State.DONE, Text("Le fichier est là.", ""), at=timezone.now())
    screen.get_by_text("Le fichier est là.").wait_for(timeout=8000)
