"""The PDF of each document is tagged, titled, described, in its language."""

import itertools

import pytest

from documents.reading import read_pdf
from gouvernail.documents import case_sheet, cst_report, roadmap_document
from gouvernail.documents.typst_out import pdf

MAKERS = {
    "roadmap": lambda plan, language: roadmap_document(plan, language=language),
    "sheet": lambda plan, language: case_sheet(plan, plan["cases"][1], language=language),
    "report": lambda plan, language: cst_report(plan, plan["cases"][1], language=language),
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", MAKERS)
def test_every_document_is_tagged_titled_and_in_its_language(whole_plan, kind, language):
    document = MAKERS[kind](whole_plan, language)
    found = read_pdf(pdf(document))
    assert found.marked
    assert found.shows_title
    assert found.tabs
    assert found.title == document.title
    assert found.language.split("-")[0] == language
    assert found.ua == "1"
    assert found.a == ("2", "A")
    assert found.actions == 0


def test_every_figure_is_described_and_every_header_has_a_scope(whole_plan):
    found = read_pdf(pdf(roadmap_document(whole_plan)))
    assert len(found.alts) == 3  # acceptability, calendar, budget
    assert all(len(alt) > 40 for alt in found.alts)
    assert found.tags["Table"] >= 8
    assert found.tags["TH"] >= 30
    assert set(found.scopes) == {"/Column"}


def test_headings_never_skip_a_level(whole_plan):
    levels = read_pdf(pdf(roadmap_document(whole_plan))).headings
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_description_of_a_chart_gives_its_figures(whole_plan):
    alts = read_pdf(pdf(roadmap_document(whole_plan))).alts
    assert "97\u202f%" in alts[0]
    assert "Comptes rendus d’entretien social" in alts[1]
    assert "32\u202f000\u00a0€ sur 60\u202f000\u00a0€" in alts[2]


def test_the_same_plan_gives_the_same_bytes(whole_plan):
    assert pdf(roadmap_document(whole_plan)) == pdf(roadmap_document(whole_plan))
