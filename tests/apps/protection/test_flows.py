"""The map of the flows and the catalogue of what may be shared."""

from __future__ import annotations

import json

import pytest

from gouvernail_core.facts import sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def flows(exempleville, someone, at):
    from gouvernail.apps.facts.services import add_row

    for row in (
        {"id": "f1", "giver": "accueil", "receiver": "finances", "what": "Factures",
         "means": "paper", "personal": True, "carrier": "Régisseur"},
        {"id": "f2", "giver": "finances", "receiver": "accueil", "what": "Réponses", "means": None},
    ):  # fmt: skip
        known = {s["id"] for s in _services(exempleville.pk)}
        for service in {row["giver"], row["receiver"]} - known:
            given = {"id": service, "name": service.capitalize()}
            add_row(exempleville.pk, sheet("services"), given, by=someone, at=at)
        add_row(exempleville.pk, sheet("flows"), row, by=someone, at=at)


def _services(pk):
    from gouvernail.apps.facts.queries import rows_of_sheet

    return rows_of_sheet(sheet("services"), pk)


def test_the_page_shows_what_stands_out_the_map_and_the_table(alice, flows):
    page = alice.get("/proteger/flux").content.decode()
    assert "Données personnelles passées à la main" in page
    assert '<svg class="carte-flux"' in page
    assert "Régisseur" in page
    assert 'd="M' in page
    assert "," not in page.partition('d="M')[2].partition('"')[0], "a comma is no decimal in SVG"


def test_the_table_sorts_and_leaves_as_a_file(alice, flows):
    page = alice.get("/proteger/flux?tri=-vers").content.decode()
    assert page.index("Factures", page.index("<table")) < page.index("Réponses")
    text = alice.get("/proteger/flux.csv").content.decode("utf-8-sig")
    assert "Factures" in text
    assert len(text.strip().splitlines()) >= 3


def test_without_any_flow_the_page_says_how_to_begin(alice):
    assert "Aucun flux n’a encore été indiqué" in alice.get("/proteger/flux").content.decode()


def test_only_what_a_person_marked_open_and_was_examined_is_in_the_catalogue(
    alice, exempleville, someone, at
):
    from gouvernail.apps.facts.services import add_row

    for code, kept in (("ouvert", {"open_data": True}), ("ferme", {"open_data": False})):
        row = {"id": code, "name": code, "examined": True, "data_class": "C0", "personal": False}
        add_row(exempleville.pk, sheet("stores"), row | kept, by=someone, at=at)
    answer = alice.get("/proteger/catalogue.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    content = json.loads(answer.content)
    assert content["@type"] == "dcat:Catalog"
    assert [each["dct:title"]["@value"] for each in content["dcat:dataset"]] == ["ouvert"]


def test_another_authority_sees_none_of_it(chloe, flows):
    assert "Factures" not in chloe.get("/proteger/flux").content.decode()
    assert "Factures" not in chloe.get("/proteger/flux.csv").content.decode("utf-8-sig")
