"""With JavaScript, lists and weights answer without reloading, and the address follows."""

from __future__ import annotations

from playwright.sync_api import expect


def test_filters_answer_in_place_and_the_address_follows(screen):
    screen.goto(screen.base + "/portefeuille")
    screen.evaluate("window.same = true")
    screen.locator("#f-portes").select_option("ouvertes")
    screen.wait_for_url("**portes=ouvertes*")
    expect(screen.locator("article.cas")).to_have_count(1)
    assert screen.evaluate("window.same") is True
    screen.go_back()
    expect(screen.locator("article.cas")).to_have_count(3)


def test_a_word_filters_while_it_is_typed(screen):
    screen.goto(screen.base + "/portefeuille")
    screen.get_by_label("Mot").press_sequentially("guichet")
    expect(screen.locator("article.cas")).to_have_count(1)
    assert screen.evaluate("document.activeElement.name") == "mot"


def test_sorting_keeps_the_filters(screen):
    screen.goto(screen.base + "/portefeuille?portes=attente")
    screen.get_by_role("columnheader").get_by_role("link", name="Coût 2027").click()
    screen.wait_for_url("**tri=cout*")
    assert "portes=attente" in screen.url
    screen.wait_for_selector("th[aria-sort=ascending] >> text=Coût 2027")


def test_other_weights_answer_in_place(screen):
    screen.goto(screen.base + "/choisir")
    screen.evaluate("window.same = true")
    screen.get_by_label("Soulagement des agents").fill("0")
    screen.get_by_role("button", name="Recalculer").click()
    screen.wait_for_selector("#essai h3 >> text=Avec ces poids")
    assert screen.evaluate("window.same") is True
    assert "p-relief=0" in screen.url
