"""What htmx receives is exactly the part of the page it replaces."""

from __future__ import annotations

import pytest

from apps.pages.parts import part, without_tokens

FRAGMENTS = [
    ("/portefeuille", "resultats"),
    ("/portefeuille?portes=fermee&tri=-cout", "resultats"),
    ("/portefeuille?mot=introuvable", "resultats"),
    ("/consulter?etat=due", "resultats"),
    ("/ia-deja-la?tri=usage", "resultats"),
    ("/proteger?tri=-documents", "resultats"),
    ("/choisir?p-quality=10&p-relief=10&p-feasibility=80", "essai"),
    ("/choisir?p-quality=beaucoup", "essai"),
]


@pytest.mark.parametrize(("path", "identifier"), FRAGMENTS)
def test_fragment_equals_the_part_of_the_reloaded_page(planned, path, identifier):
    whole = planned.get(path)
    alone = planned.get(path, headers={"HX-Request": "true"})
    assert alone.status_code == whole.status_code
    expected = without_tokens(part(whole.content.decode(), identifier))
    assert without_tokens(alone.content.decode()) == expected


def test_caches_keep_the_two_apart(planned):
    assert "HX-Request" in planned.get("/portefeuille")["Vary"]


def test_going_back_in_the_history_gives_a_whole_page(planned):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<!doctype html>" in planned.get("/portefeuille", headers=headers).content.decode()
