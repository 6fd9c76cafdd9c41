"""What moved, why, by whom: on the week, on the choice, in the banner, on a page of its own."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest

from apps.conftest import AT, pk_of, words
from gouvernail.apps.facts import services
from gouvernail.apps.facts.history import moves
from gouvernail.apps.journal.queries import facts_moved
from gouvernail.apps.steering.models import Result
from gouvernail.apps.steering.services import keep_plan
from gouvernail_core.facts import sheet


@pytest.fixture
def change(exempleville, someone):
    """Return how to change the budget of 2027, and when."""

    def changed(amount: int, at=AT) -> None:
        pk = pk_of(exempleville, "budgets", year=2027)
        stored = services.of_authority(sheet("budgets"), exempleville.pk).get(pk=pk)
        services.change_row(
            exempleville.pk, sheet("budgets"), pk, {"amount_eur": amount},
            version=stored.version, by=someone, at=at,
        )  # fmt: skip
        exempleville.refresh_from_db()

    return changed


@pytest.fixture
def two_plans(keep, plan, change):
    """Keep two plans, with a budget that moved between them."""
    before = copy.deepcopy(plan)
    before["roadmap"]["tasks"][0]["start"] = "2026-11-24"
    keep(before)
    change(50000, AT + timedelta(minutes=5))
    result = keep(plan)
    Result.objects.filter(pk=result.pk).update(computed_at=AT + timedelta(minutes=10))


def test_the_week_says_which_fact_moved_and_what_it_changes(two_plans, alice):
    text = words(alice.get("/"))
    assert "Budgets 2027" in text
    assert "60 000" in text
    assert "50 000" in text
    assert "par test, le" in text
    assert text.index("Ce qui a changé depuis le calcul") < text.index('id="t-bloc"')


@pytest.mark.parametrize("path", ["/choisir", "/feuille-de-route"])
def test_other_pages_say_it_in_a_line(two_plans, alice, path):
    text = words(alice.get(path))
    assert "Depuis le calcul précédent : 1 changement dans le plan" in text
    assert 'href="/changements"' in text


def test_the_page_of_the_changes_lists_them_all(two_plans, change, alice):
    change(40000, AT + timedelta(hours=3))
    text = words(alice.get("/changements"))
    assert "Entre le calcul du 23 novembre 2026" in text
    assert "24 novembre 2026" in text
    assert "Faits changés depuis le calcul" in text
    assert "40 000" in text


def test_the_first_plan_has_nothing_to_compare_with(planned):
    assert "Ce plan est le premier" in words(planned.get("/changements"))
    assert "Depuis le calcul précédent" not in words(planned.get("/choisir"))


def test_the_banner_says_which_facts_moved_by_whom_and_when(keep, plan, change, alice):
    keep(plan)
    change(50000, AT + timedelta(hours=2))
    text = words(alice.get("/portefeuille"))
    assert "Les faits ont changé depuis ce calcul" in text
    assert "23 novembre 2026 à 10 h 00" in text
    assert "50 000" in text
    assert "par test, le 23 novembre 2026 à 12 h 00" in text


def test_the_banner_names_three_and_counts_the_others(keep, plan, change, alice):
    keep(plan)
    for step in range(5):
        change(50000 + step, AT + timedelta(hours=step + 1))
    assert "et 2 autres" in words(alice.get("/"))


def test_documents_from_before_the_change_are_said_so(keep, plan, change, alice):
    keep(plan)
    assert "Documents d’avant" not in words(alice.get("/feuille-de-route"))
    change(50000, AT + timedelta(hours=1))
    assert "Documents d’avant ce changement" in words(alice.get("/feuille-de-route"))


def test_another_authority_s_changes_are_not_told(two_plans, chloe, elsewhere, plan):
    for day in (-1, 1):
        at = AT + timedelta(days=day)
        keep_plan(elsewhere.pk, plan, facts_digest=elsewhere.facts_digest, at=at)
    text = words(chloe.get("/changements"))
    assert "50 000" not in text


def test_an_import_is_told_fact_by_fact(exempleville, small_rows, someone, in_french):
    small_rows["budgets"] = [
        {"year": 2027, "amount_eur": 55000}, {"year": 2028, "amount_eur": 10000},
    ]  # fmt: skip
    services.import_rows(exempleville.pk, small_rows, by=someone, at=AT + timedelta(hours=1))
    told = moves(facts_moved(exempleville.pk, since=AT))
    assert [words(move.title).split(",")[0] for move in told] == ["Budgets 2027", "Budgets 2028"]
    assert words(told[0].before) == "60 000"
    assert told[1].after == "ajouté"
    assert moves(facts_moved(exempleville.pk, since=AT + timedelta(hours=1))) == []


def test_a_case_entered_on_screen_is_shown_before_it_is_computed(
    keep, plan, alice, exempleville, someone
):
    keep(plan)
    row = {"id": "accueil-vocal", "title": "Accueil vocal", "problem": "Trop d’appels perdus."}
    later = AT + timedelta(hours=1)
    services.add_row(exempleville.pk, sheet("use_cases"), row, by=someone, at=later)
    board = words(alice.get("/portefeuille"))
    assert "Accueil vocal" in board
    assert "pas encore calculé" in board
    page = words(alice.get("/cas/accueil-vocal"))
    assert "Le calcul ne l’a pas encore vu" in page
    assert "Trop d’appels perdus." in page
    assert alice.get("/cas/inconnu").status_code == 404


def test_a_case_of_another_authority_does_not_exist(keep, plan, chloe, elsewhere, someone):
    row = {"id": "secret", "title": "Cas d’ailleurs"}
    services.add_row(elsewhere.pk, sheet("use_cases"), row, by=someone, at=AT)
    keep(plan)
    keep_plan(elsewhere.pk, plan, facts_digest="x", at=AT)
    assert chloe.get("/cas/secret").status_code == 200
    assert chloe.get("/cas/courrier").status_code == 200  # their own row, not Exempleville's


def test_the_documents_of_a_case_are_on_its_page(exempleville, plan, alice):
    documents = ["cas/c1/fiche.pdf", "cas/c1/fiche.odt", "cas/c1/rapport-cst.pdf", "plan.ods"]
    digest = exempleville.facts_digest
    result = keep_plan(exempleville.pk, plan, facts_digest=digest, at=AT, documents=documents)
    text = words(alice.get("/cas/c1"))
    for name in documents[:3]:
        assert f'href="/plan/documents/{result.pk}/{name}"' in text
    assert "La fiche du cas" in text
    assert "La fiche du cas" not in words(alice.get("/cas/c2"))
