"""What a form says before and after one answers: titles, marks, who is offered first."""

from __future__ import annotations

import re

import pytest

from apps.conftest import words
from gouvernail_core.facts import Layout, sheets


def test_the_page_says_what_it_adds(alice):
    assert "<h1>Ajouter un cas d’usage</h1>" in words(alice.get("/faits/use_cases/nouveau/"))


@pytest.mark.parametrize("sheet", [s.code for s in sheets() if s.layout is not Layout.FORM])
def test_every_sheet_has_its_own_words_to_add(alice, sheet):
    assert "<h1>Ajouter une ligne</h1>" not in words(alice.get(f"/faits/{sheet}/nouveau/"))


def test_required_answers_are_marked(alice):
    page = words(alice.get("/faits/budgets/nouveau/"))
    assert page.count("(obligatoire)") == 2


def test_what_lacks_is_named_above_the_form(alice):
    answer = alice.post("/faits/use_cases/nouveau/", {"title": "Sans repère"})
    assert answer.status_code == 422
    assert "Repère : cette case est vide" in words(answer)


def test_the_people_of_the_role_are_offered_first(alice, exempleville, someone, at):
    from gouvernail.apps.facts import services
    from gouvernail_core.facts import sheet

    row = {"id": "sophie", "name": "Sophie Delmas", "role": "elu"}
    services.add_row(exempleville.pk, sheet("people"), row, by=someone, at=at)
    page = words(alice.get("/faits/use_cases/nouveau/"))
    groups = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', page, re.S)
    assert [label for label, _ in groups] == [
        "Élus et élues", "Autres personnes", "Directions de service", "Autres personnes",
    ]  # fmt: skip
    assert "Sophie Delmas" in groups[0][1]
    assert "Bruno Martin" in groups[2][1]
    assert "Sophie Delmas" in groups[3][1]
