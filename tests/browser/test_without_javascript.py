"""Without JavaScript everything is there: filters, sorting, other weights, the language."""

from __future__ import annotations

import pytest


@pytest.fixture
def plain(browser, browser_context_args, live_server, sign_in, keep, example_plan):
    """Return Alice's page in a browser that runs no script."""
    keep(example_plan)
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    sign_in(context)
    page = context.new_page()
    page.base = live_server.url
    yield page
    context.close()


def test_filters_work(plain):
    plain.goto(plain.base + "/portefeuille")
    plain.locator("#f-portes").select_option("fermee")
    plain.get_by_role("button", name="Filtrer").click()
    assert "portes=fermee" in plain.url
    assert plain.locator("article.cas").count() == 1


def test_sorting_works(plain):
    plain.goto(plain.base + "/portefeuille")
    plain.get_by_role("columnheader").get_by_role("link", name="Coût 2027").click()
    first = plain.locator("tbody tr").first
    assert "Prévision des repas" in first.inner_text()


def test_other_weights_are_computed(plain):
    plain.goto(plain.base + "/choisir")
    plain.get_by_label("Faisabilité, données prêtes").fill("90")
    plain.get_by_role("button", name="Recalculer").click()
    assert "p-feasibility=90" in plain.url
    assert plain.locator("#essai [role=status] h3").inner_text() == "Avec ces poids"


def test_a_wrong_weight_is_said_next_to_its_field(plain):
    plain.goto(plain.base + "/choisir")
    plain.get_by_label("Faisabilité, données prêtes").fill("beaucoup")
    plain.get_by_role("button", name="Recalculer").click()
    assert plain.get_by_text("Un poids est un nombre, par exemple 30").is_visible()


def test_the_language_changes(plain):
    plain.goto(plain.base + "/")
    plain.get_by_role("button", name="English").click()
    assert plain.get_by_role("heading", level=1).inner_text() == "Two decisions wait for you alone"
    assert plain.locator("html").get_attribute("lang") == "en"


def test_reasons_open(plain):
    plain.goto(plain.base + "/cas/c1")
    reason = plain.get_by_text("L’outil change les méthodes de travail de 14 agents, et le pilote")
    assert not reason.is_visible()
    plain.locator("#DS-PILOTE summary").click()
    assert reason.is_visible()


def test_on_a_phone_the_menu_opens(plain):
    plain.set_viewport_size({"width": 390, "height": 800})
    plain.goto(plain.base + "/")
    plain.get_by_role("button", name="Menu").click()
    assert plain.get_by_role("link", name="Portefeuille 3 cas").is_visible()
