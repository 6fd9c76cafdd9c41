"""Every page, in a real browser: axe finds nothing, nothing overflows, the keyboard suffices."""

from __future__ import annotations

import pytest

from browser.conftest import PATHS, let_in, listen, overflow, violations
from gouvernail.apps.accounts.models import Supervision, User
from gouvernail.apps.network.models import Affiliation, Network

#: The pages about people, access and the record, besides those of the way.
PLATFORM = (
    "/personnes/",
    "/personnes/inviter",
    "/compte/",
    "/compte/absence/",
    "/compte/jetons/",
    "/compte/roles/",
    "/journal/",
    "/fichiers/",
    "/faits/",
    "/faits/services/",
    "/faits/services/nouveau/",
    "/api/v1/",
)


@pytest.mark.parametrize("path", [*PATHS, *PLATFORM])
def test_axe_finds_nothing_and_nothing_overflows(screen, path):
    for width in (1440, 390, 320):
        screen.set_viewport_size({"width": width, "height": 800})
        screen.goto(screen.base + path)
        assert overflow(screen) <= 0, f"wider than the window at {width}"
        assert violations(screen) == [], width


def test_axe_finds_nothing_where_a_missing_opinion_is_overridden(screen, keep, example_plan):
    example_plan["cases"][0]["id"] = "courrier"  # a case of the facts, whose opinion is missing
    keep(example_plan)
    for width in (1440, 320):
        screen.set_viewport_size({"width": width, "height": 800})
        screen.goto(screen.base + "/cas/courrier/passer-outre")
        assert screen.locator("[name=reason]").count() == 1
        assert overflow(screen) <= 0
        assert violations(screen) == []


@pytest.mark.parametrize("path", ["/reseau/", "/reseau/ouvrir", "/compte/jetons/", "/compte/"])
def test_axe_finds_nothing_on_the_pages_of_a_network(page, context, live_server, authority, path):
    network = Network.objects.create(code="cdg", name="Centre de gestion")
    Affiliation.objects.create(network=network, authority=authority, since="2026-01-01")
    user = User.objects.create(username="sam@test", name="Sam")
    Supervision.objects.create(user=user, network=network)
    let_in(context, live_server, user)
    for width in (1440, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(live_server.url + path)
        assert overflow(page) <= 0, f"wider than the window at {width}"
        assert violations(page) == [], width


@pytest.mark.parametrize("path", ["/", "/cas/c1", "/choisir", "/feuille-de-route", "/consulter"])
def test_axe_finds_nothing_in_the_dark(screen, path):
    screen.emulate_media(color_scheme="dark")
    screen.goto(screen.base + path)
    assert violations(screen) == []


@pytest.mark.parametrize("path", ["/cas/c1", "/consulter?etat=due", "/proteger"])
def test_axe_finds_nothing_behind_the_reasons(screen, path):
    screen.goto(screen.base + path)
    screen.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert violations(screen) == []


def test_axe_finds_nothing_before_the_first_plan(page, context, live_server, sign_in):
    heard = listen(page)
    sign_in(context)
    page.goto(live_server.url + "/")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Trois gestes")
    assert violations(page) == []
    assert heard == []


@pytest.mark.parametrize("path", ["/compte/connexion", "/nulle-part"])
def test_axe_finds_nothing_where_nobody_is_signed_in(page, live_server, db, path):
    page.goto(live_server.url + path)
    assert page.get_by_role("heading", level=1).is_visible()
    assert violations(page) == []


def test_the_skip_link_is_first_and_leads_to_the_content(screen):
    screen.goto(screen.base + "/portefeuille")
    screen.keyboard.press("Tab")
    focused = screen.evaluate("document.activeElement.textContent")
    assert focused == "Aller au contenu"
    screen.keyboard.press("Enter")
    assert screen.evaluate("document.activeElement.id") == "contenu"


def test_what_has_the_focus_shows_it(screen):
    screen.goto(screen.base + "/")
    for _ in range(6):
        screen.keyboard.press("Tab")
        outline = screen.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


def test_on_a_phone_the_menu_opens_and_closes(screen):
    screen.set_viewport_size({"width": 390, "height": 800})
    screen.goto(screen.base + "/")
    rail = screen.get_by_role("navigation", name="Navigation principale")
    assert not rail.is_visible()
    screen.get_by_role("button", name="Menu").click()
    assert rail.is_visible()
    assert violations(screen) == []
    screen.keyboard.press("Escape")
    assert not rail.is_visible()


def test_on_a_phone_the_portfolio_is_read_by_stage_or_in_a_table(screen):
    screen.set_viewport_size({"width": 390, "height": 800})
    screen.goto(screen.base + "/portefeuille")
    assert screen.locator(".quai").is_visible()
    assert not screen.locator("#t-tab").is_visible()
    screen.get_by_role("link", name="Tableau").click()
    assert screen.locator("#t-tab").is_visible()
    assert not screen.locator(".quai").is_visible()


def test_on_a_phone_the_matrix_is_a_list_for_each_case(screen):
    screen.goto(screen.base + "/consulter?etat=due")
    assert screen.locator(".croise").is_visible()
    screen.set_viewport_size({"width": 390, "height": 800})
    assert not screen.locator(".croise").is_visible()
    case = screen.locator(".petit-ecran details").first
    case.locator("summary").click()
    assert case.locator("a").first.is_visible()
    assert violations(screen) == []


def test_the_matrix_fits_a_small_office_screen(screen):
    screen.set_viewport_size({"width": 1280, "height": 800})
    screen.goto(screen.base + "/consulter?etat=due")
    box = ".defile:has(> .croise)"
    hidden = screen.locator(box).evaluate("e => e.scrollWidth - e.clientWidth")
    assert hidden <= 0


def test_what_waits_is_shown_while_other_weights_are_computed(screen):
    screen.goto(screen.base + "/choisir")
    words = screen.locator("#essai .htmx-indicator")
    assert not words.is_visible()
    screen.evaluate("document.querySelector('#essai form').classList.add('htmx-request')")
    assert words.is_visible()


def test_targets_are_large_enough_for_a_finger(screen):
    screen.set_viewport_size({"width": 390, "height": 800})
    screen.goto(screen.base + "/choisir")
    small = screen.evaluate(
        "[...document.querySelectorAll('.bouton, input, select')].filter(e => e.offsetParent)"
        ".filter(e => e.getBoundingClientRect().height < 36).map(e => e.outerHTML.slice(0, 80))"
    )
    assert small == []


def test_printed_pages_leave_the_screen_behind(screen):
    screen.emulate_media(media="print")
    screen.goto(screen.base + "/choisir")
    for selector in (".rail", ".bandeau", ".filtres", "#essai", ".evitement"):
        for element in screen.locator(selector).all():
            assert not element.is_visible(), selector
    assert screen.get_by_role("heading", level=1).is_visible()
