"""The ranking shows ten stores at once; the others open on request."""

from __future__ import annotations

import copy

from apps.conftest import words
from apps.pages.parts import part


def test_the_others_open_on_request(keep, plan, alice):
    first = plan["protect_first"][0]
    plan["protect_first"] = [
        {**copy.deepcopy(first), "id": f"s{rank}", "rank": rank, "name": f"Gisement {rank:02}"}
        for rank in range(1, 14)
    ]
    keep(plan)
    text = words(alice.get("/proteger"))
    shown, _, others = part(text, "resultats").partition('<details class="pourquoi autres"')
    assert "Gisement 10" in shown
    assert "Gisement 11" not in shown
    assert "Les 3 autres gisements" in others
    assert "Gisement 13" in others


def test_few_stores_are_all_shown(planned):
    assert "pourquoi autres" not in words(planned.get("/proteger"))
