"""The stores: their order, what nobody has looked at."""

from __future__ import annotations

import pytest

from gouvernail.apps.protection import presentation

pytestmark = pytest.mark.usefixtures("in_french")


def test_the_band_is_whole(plan):
    parts = presentation.coverage(plan["protect_first"])
    assert sum(part.count for part in parts) == len(plan["protect_first"])
    assert sum(float(part.width[:-1]) for part in parts) == pytest.approx(100, abs=0.05)
    starts = [float(part.start[:-1]) for part in parts]
    assert starts == sorted(starts)


def test_no_store_makes_an_empty_band():
    assert all(part.width == "0.00%" for part in presentation.coverage([]))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("", ["s1", "s2", "s3"]),
        ("-documents", ["s2", "s1", "s3"]),
        ("gisement", ["s1", "s3", "s2"]),
    ],
)
def test_stores_are_sorted_as_asked(plan, wanted, expected):
    assert [row.store["id"] for row in presentation.rows(plan, wanted)] == expected


def test_an_unknown_class_is_a_question_mark_not_a_low_class(planned):
    text = planned.get("/proteger").content.decode()
    assert ">?</abbr>" in text
    assert "Non précisé" in text
    assert "2 gisements n’ont pas été examinés" in text


def test_without_any_store_the_page_says_how_to_begin(keep, plan, alice):
    plan["protect_first"] = []
    keep(plan)
    assert "Commencez par une liste" in alice.get("/proteger").content.decode()


def test_without_any_use_the_page_says_how_to_begin(keep, plan, alice):
    plan["existing_uses"] = []
    keep(plan)
    assert "Commencez par demander" in alice.get("/ia-deja-la").content.decode()
