"""The catalogue of what may be shared: nothing that was not examined, nothing about a person."""

import json
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from gouvernail_core.kernel import Ternary
from gouvernail_core.protection import DataClass, DataStore, catalogue, kept_out, why_not_shared
from gouvernail_core.protection.dcat import CONTEXT, THEMES

ON = date(2026, 11, 27)
ACTS = DataStore(
    "actes", "Délibérations et arrêtés publiés", service="ag", personal=Ternary.NO,
    open_data=Ternary.YES, examined=Ternary.YES, data_class=DataClass.C0,
    note="Vu avec le secrétaire, à purger", carriers=("Archiviste",),
)  # fmt: skip
PLANS = replace(ACTS, id="plans", name="Plans des réseaux", data_class=DataClass.C1)
TABLES = "http://publications.europa.eu/resource/authority/"


def read(stores, **more):
    return json.loads(catalogue(stores, authority="Ville d’Exemple", on=ON, **more))


def walk(node, path=()):
    """Give every key of a document with what it holds."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value, path
            yield from walk(value, (*path, key))
    elif isinstance(node, list):
        for item in node:
            yield from walk(item, path)


def test_the_catalogue_has_what_dcat_ap_makes_mandatory():
    found = read([PLANS, ACTS], services={"ag": "Affaires générales"})
    assert found["@context"]["dcat"] == "http://www.w3.org/ns/dcat#"
    assert found["@context"]["dct"] == "http://purl.org/dc/terms/"
    assert found["@type"] == "dcat:Catalog"
    for key in ("dct:title", "dct:description", "dct:publisher", "dcat:dataset"):
        assert found[key]
    assert found["dct:modified"] == {"@value": "2026-11-27", "@type": "xsd:date"}
    assert found["dct:publisher"] == {"@type": "foaf:Agent", "foaf:name": "Ville d’Exemple"}
    assert [item["dct:identifier"] for item in found["dcat:dataset"]] == ["actes", "plans"]
    for item in found["dcat:dataset"]:
        assert item["@type"] == "dcat:Dataset"
        for key in ("dct:title", "dct:description"):
            assert item[key]["@language"] == "fr"
            assert item[key]["@value"]


def test_every_term_is_of_a_vocabulary_declared_and_every_link_is_an_address():
    found = read([PLANS, ACTS], themes={"actes": "GOVE"}, base="https://ville.example/donnees")
    for key, value, path in walk(found):
        if "@context" not in path and key != "@context":
            assert key.startswith("@") or key.partition(":")[0] in CONTEXT, key
        if key == "@id":
            assert value.startswith(("http://", "https://"))
        if key == "@type" and isinstance(value, str):
            assert value.partition(":")[0] in CONTEXT


def test_access_and_theme_are_of_the_tables_of_the_union():
    acts, plans = read([PLANS, ACTS], themes={"actes": "GOVE"})["dcat:dataset"]
    assert acts["dct:accessRights"] == {"@id": TABLES + "access-right/PUBLIC"}
    assert plans["dct:accessRights"] == {"@id": TABLES + "access-right/RESTRICTED"}
    assert acts["dcat:theme"] == {"@id": TABLES + "data-theme/GOVE"}
    assert "dcat:theme" not in plans
    assert len(THEMES) == 14


def test_notes_and_carriers_of_the_house_stay_out():
    text = catalogue([ACTS], authority="Ville d’Exemple", on=ON)
    assert "purger" not in text
    assert "Archiviste" not in text
    values = {str(v) for _, v, _ in walk(json.loads(text)) if isinstance(v, str)}
    assert ACTS.note not in values


@pytest.mark.parametrize("said", Ternary)
@pytest.mark.parametrize("examined", Ternary)
@pytest.mark.parametrize("data", [None, *DataClass])
def test_only_what_was_marked_open_examined_and_holds_nobody_is_in(said, examined, data):
    for personal in Ternary:
        store = replace(ACTS, open_data=said, examined=examined, data_class=data, personal=personal)
        allowed = (
            said is Ternary.YES
            and examined is Ternary.YES
            and data in (DataClass.C0, DataClass.C1)
            and personal is not Ternary.YES
        )
        assert (why_not_shared(store) == ()) is allowed
        assert bool(read([store])["dcat:dataset"]) is allowed
        assert bool(kept_out([store])) is not allowed


def test_every_store_is_either_shared_or_told_why_not():
    stores = [
        replace(ACTS, id=f"{n:02d}", open_data=said, data_class=data)
        for n, (said, data) in enumerate(product(Ternary, [None, *DataClass]))
    ]
    shared = {item["dct:identifier"] for item in read(stores)["dcat:dataset"]}
    kept = {item.store for item in kept_out(stores)}
    assert shared | kept == {store.id for store in stores}
    assert not shared & kept


def test_the_same_facts_give_the_same_text_in_whatever_order():
    one = catalogue([ACTS, PLANS], authority="V", on=ON)
    assert one == catalogue([PLANS, ACTS], authority="V", on=ON)


def test_an_unknown_theme_or_an_address_that_is_none_is_refused():
    with pytest.raises(ValueError, match="theme"):
        read([ACTS], themes={"actes": "VILLE"})
    for licence in ("Licence ouverte", "https://a b"):
        with pytest.raises(ValueError, match="address"):
            read([ACTS], licence=licence)


def test_a_name_cannot_break_the_document():
    store = replace(ACTS, name='Actes "publiés"\\ </script>')
    assert read([store])["dcat:dataset"][0]["dct:title"]["@value"] == store.name
