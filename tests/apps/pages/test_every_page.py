"""Every page answers, in both languages, with one title, no dead link and nothing inline."""

from __future__ import annotations

import re

import pytest
from django.urls import Resolver404, resolve

from apps.pages.parts import Page

PAGES = {
    "/": ("Deux décisions n’attendent que vous", "Two decisions wait for you alone"),
    "/portefeuille": ("Trois cas d’usage, deux bloqués", "Three use cases, two blocked"),
    "/cas/c1": ("Comptes rendus d’entretien social", "Comptes rendus d’entretien social"),
    "/choisir": ("Un cas s’impose, un se discute", "One case holds whatever the weights"),
    "/feuille-de-route": ("Feuille de route 2026-2028", "Roadmap 2026-2028"),
    "/consulter": (
        "Une obligation bloquante, quatre obligations",
        "One blocking duty, four duties",
    ),
    "/consulter/calendrier": (
        "Dernier jour pour convoquer : mercredi 27 janvier 2027",
        "Last day to convene: ",
    ),
    "/preuves": ("obligations sans preuve", "duties without a proof"),
    "/papiers": ("Aucune pièce à signer", "No paper waits for a signature"),
    "/validation": ("Aucun acte n’est encore validé", "No act is validated yet"),
    "/ia-deja-la": ("Deux usages déjà là, un à décider", "Two uses already there, one to decide"),
    "/proteger": ("À protéger d’abord", "What to protect first"),
    "/changements": ("Ce qui a changé", "What has changed"),
    "/explorer": ("Une fiche sur trois est complète", "One fiche out of three is complete"),
}


def said(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("&#x27;", "'")


@pytest.mark.parametrize(("path", "titles"), PAGES.items())
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_answers_in_its_title(planned, path, titles, language):
    planned.cookies["langue"] = language
    answer = planned.get(path)
    assert answer.status_code == 200
    text = said(answer.content.decode())
    heading = re.search(r"<h1>(.*?)</h1>", text, re.S)[1]
    assert titles[language == "en"] in heading
    assert f'<html lang="{language}">' in text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_made(planned, path):
    page = Page(planned.get(path).content.decode())
    assert page.headings.count(1) == 1
    assert page.inline == []
    assert len(page.ids) == len(set(page.ids)), "an id twice"
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps), page.headings


@pytest.mark.parametrize("path", PAGES)
def test_no_link_is_dead(planned, path):
    page = Page(planned.get(path).content.decode())
    for link in page.links:
        target, _, anchor = link.partition("#")
        if link.startswith("https://"):
            continue
        if not target:
            assert anchor in page.ids, link
            continue
        try:
            resolve(target.partition("?")[0])
        except Resolver404:
            pytest.fail(f"{link} leads nowhere")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_shown_raw(planned, path):
    text = planned.get(path).content.decode()
    for raw in ("{'fr'", "None", "{{", "{%", "<c-", "Undefined", "&#x27;fr&#x27;"):
        assert raw not in text, raw


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_signs_in_first(client, db, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.url.startswith("/compte/connexion")


@pytest.mark.parametrize("path", PAGES)
def test_chloe_sees_nothing_of_it(planned, chloe, path):
    text = chloe.get(path).content.decode()
    assert "entretien social" not in text
    assert "Exempleville" not in text


@pytest.mark.parametrize("path", PAGES)
def test_before_the_first_plan_a_page_says_where_to_begin(alice, path):
    text = said(alice.get(path).content.decode())
    assert "Trois gestes avant votre première feuille de route" in text
    assert "/faits/classeur-vide.ods" in text
    assert "/plan/calculer" in text


def test_a_reader_is_not_offered_what_their_role_does_not_open(elu):
    text = elu.get("/").content.decode()
    assert "/plan/calculer" not in text
    assert "/faits/importer/" not in text


def test_pages_only_read(planned):
    for path in PAGES:
        assert planned.post(path).status_code == 405


def test_a_case_that_does_not_exist_is_not_found(planned):
    assert planned.get("/cas/inconnu").status_code == 404


def test_says_that_the_facts_have_moved(keep, plan, alice):
    keep(plan, stale=True)
    text = said(alice.get("/").content.decode())
    assert "Les faits ont changé depuis ce calcul" in text
    assert "Recalculer le plan" in text


def test_says_nothing_of_the_kind_when_they_have_not(planned):
    assert "Les faits ont changé" not in planned.get("/").content.decode()


def test_before_the_first_plan_a_computation_under_way_is_shown(alice, exempleville, at):
    from gouvernail.apps.jobs import services as jobs

    jobs.ask(exempleville.pk, "steering", by="Alice", at=at)
    text = said(alice.get("/").content.decode())
    assert "Le plan est en cours de calcul" in text


def test_during_a_new_computation_the_old_plan_stays_readable(planned, exempleville, at):
    from gouvernail.apps.jobs import services as jobs

    jobs.ask(exempleville.pk, "steering", by="Alice", at=at)
    text = said(planned.get("/portefeuille").content.decode())
    assert "Le plan est en cours de calcul" in text
    assert "Prévision des repas" in text
    assert 'hx-get="/plan/calcul/' in text
