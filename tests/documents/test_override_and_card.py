"""An override where documents show the door, and the card of five reflexes."""

import pytest

from documents.reading import blanks_of, pages_of, read_odt, read_pdf, words_of
from gouvernail.documents import case_sheet, cst_report, roadmap_document
from gouvernail.documents.reflex_card import reflex_card, written
from gouvernail.documents.typst_out import pdf
from gouvernail_core.knowledge.loader import load_rules

REASON = "La séance de décembre est reportée, faute de quorum."
TEXT = {"fr": f"La DGS passe outre : {REASON}", "en": f"The DGS goes on: {REASON}"}


def overridden(plan, *, holds=True):
    case = plan["cases"][1]
    case["consultation"]["override"] = {
        "decided_on": "2026-11-20", "decided_by": "Hélène Vasseur", "reason": REASON,
        "until": "2026-12-31", "holds": holds,
    }  # fmt: skip
    door = next(d for d in case["doors"] if d["door"] == "dialogue")
    door |= {"state": "overridden", "text": TEXT}
    return case


def test_the_report_to_the_committee_tells_the_committee(plan):
    text = words_of(cst_report(plan, overridden(plan)))
    assert "Passage outre décidé le 20\u00a0novembre 2026 par Hélène Vasseur" in text
    assert REASON in text
    assert "reste demandé" in text
    assert "n’a plus d’effet" not in text


def test_it_is_told_even_when_it_is_over_and_in_english(plan):
    case = overridden(plan, holds=False)
    assert "n’a plus d’effet" in words_of(cst_report(plan, case))
    assert "no longer holds" in words_of(cst_report(plan, case, language="en"))


def test_a_report_without_an_override_says_nothing_of_it(plan):
    assert "Passage outre" not in words_of(cst_report(plan, plan["cases"][1]))


@pytest.mark.parametrize("made", [lambda p, c: case_sheet(p, c), lambda p, _c: roadmap_document(p)])
def test_the_fiche_and_the_roadmap_never_call_it_open(plan, made):
    case = overridden(plan)
    text = words_of(made(plan, case))
    assert "passée outre" in text
    assert REASON in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_card_is_one_page_of_a6_tagged_in_its_language(language):
    content = written("pdf", language)
    assert len(pages_of(content)) == 1
    found = read_pdf(content)
    assert found.marked
    assert found.language.split("-")[0] == language


def test_the_card_has_five_reflexes_a_name_to_fill_and_the_sources_of_its_rules():
    document = reflex_card()
    numbered = document.blocks[0]
    assert len(numbered.items) == 5
    assert blanks_of(document) == ["nom et téléphone"]
    text = words_of(document)
    for rule in load_rules():
        if rule.code in ("AIA-26-2", "RGPD-22", "VAL-DISCR", "VAL-NEUTRE"):
            assert rule.sources[0].text in text
    assert text.count("(à vérifier)") == 2


def test_the_card_can_be_changed_and_is_the_same_each_time():
    assert "Cinq réflexes avant de valider" in " ".join(read_odt(written("odt", "fr")).lines)
    assert pdf(reflex_card()) == pdf(reflex_card())
