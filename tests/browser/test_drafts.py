"""A closed tab: what was typed in a form is kept as it is typed, and comes back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from apps.conftest import pk_of
from browser.conftest import overflow, violations


def test_what_is_typed_survives_a_closed_tab(screen, authority):
    form = f"{screen.base}/faits/services/{pk_of(authority, 'services', code='accueil')}/"
    screen.goto(form)
    screen.get_by_label("Nom", exact=False).first.fill("Accueil du public")
    expect(screen.get_by_text("Brouillon gardé à")).to_be_visible(timeout=5000)
    screen.goto("about:blank")
    screen.goto(form)
    expect(screen.get_by_text("Vous aviez commencé")).to_be_visible()
    screen.get_by_role("link", name="Reprendre").click()
    expect(screen.get_by_label("Nom", exact=False).first).to_have_value("Accueil du public")
    screen.get_by_role("button", name="Enregistrer").click()
    screen.goto(form)
    expect(screen.get_by_text("Vous aviez commencé")).to_have_count(0)
    expect(screen.get_by_label("Nom", exact=False).first).to_have_value("Accueil du public")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_draft_and_the_export_fit_any_screen_and_every_reader(screen, authority, width):
    screen.set_viewport_size({"width": width, "height": 900})
    form = f"{screen.base}/faits/services/{pk_of(authority, 'services', code='accueil')}/"
    screen.goto(form)
    screen.get_by_label("Nom", exact=False).first.fill("Accueil du public")
    expect(screen.get_by_text("Brouillon gardé à")).to_be_visible(timeout=5000)
    for address in (form, f"{screen.base}/administration/export/"):
        screen.goto(address)
        assert violations(screen) == []
        assert overflow(screen) <= 0


def test_the_export_is_asked_prepared_by_the_worker_and_taken_by_a_click(screen):
    from gouvernail.apps.jobs.models import Run
    from gouvernail.apps.jobs.work import do

    screen.goto(screen.base + "/administration/export/")
    screen.get_by_role("button", name="Préparer le fichier").click()
    screen.get_by_text("Le fichier est en préparation").wait_for()
    do(Run.objects.latest("pk").pk)
    with screen.expect_download() as taken:  # the page saw by itself that it is ready
        screen.get_by_role("link", name="exempleville-").click()
    assert taken.value.suggested_filename.startswith("exempleville-")
