"""The roadmap says what a council needs, and says what it does not know."""

import pytest

from documents.reading import blanks_of, words_of
from gouvernail.documents import blocks as b
from gouvernail.documents import roadmap_document

SECTIONS = [
    "En une page",
    "Les prochaines dates",
    "D’où nous partons",
    "Le portefeuille",
    "Comment le choix a été fait",
    "Les cas proposés",
    "Ce que le droit demande",
    "Le calendrier du dialogue social",
    "Le plan",
    "Le budget",
    "La formation",
    "Comment on mesurera",
    "Ce que nous ne savons pas",
    "Méthode et provenance",
    "Annexe\u00a0: ce que le droit demande, cas par cas",
]


def test_has_the_usual_sections_in_order(plan):
    document = roadmap_document(plan)
    titles = [x.text for x in document.blocks if isinstance(x, b.Heading) and x.level == 1]
    assert titles == SECTIONS


def test_says_from_which_facts_rules_and_software_it_was_made(plan):
    document = roadmap_document(plan)
    for word in ("4f1d9a2c77b0", "2026-11-22", "Gouvernail 0.1.0"):
        assert word in document.footer
        assert word in " ".join(value for _, value in document.facts)


def test_bears_the_seal_of_the_journal_where_one_is_kept(plan):
    assert "Sceau du journal" not in dict(roadmap_document(plan).facts)
    assert "Pour vérifier le journal" not in words_of(roadmap_document(plan))
    plan["journal_seal"] = "214-7FQA-ABCD-EFGH-IJKL"
    document = roadmap_document(plan)
    assert "214-7FQA-ABCD-EFGH-IJKL" in [value for _, value in document.facts]
    assert "Le sceau 214-7FQA-ABCD-EFGH-IJKL dit tout" in words_of(document)


def test_gives_the_money_of_each_year_and_its_envelope(plan):
    text = words_of(roadmap_document(plan))
    assert "32\u202f000\u00a0€ sur 60\u202f000\u00a0€" in text
    assert "Aucune recette ni économie attendue n’entre dans ce budget" in text


def test_shows_a_missing_envelope_as_a_blank(plan):
    assert "À compléter" in blanks_of(roadmap_document(plan))
    for year in plan["roadmap"]["budget"]:
        year["envelope_eur"] = 50000
    assert "À compléter" not in blanks_of(roadmap_document(plan))


def test_names_the_missing_person_instead_of_inventing_one(plan):
    assert "À compléter\u00a0: directeur référent" in blanks_of(roadmap_document(plan))


def test_says_how_each_text_of_law_was_read(plan):
    text = words_of(roadmap_document(plan))
    assert "lu dans une source qui le cite le 22\u00a0novembre 2026" in text
    assert "de mémoire, à vérifier" in text


def test_sorts_obligations_by_deadline_and_says_since_when(plan):
    tables = [x for x in roadmap_document(plan).blocks if isinstance(x, b.Table)]
    asked = next(
        t
        for t in tables
        if t.caption.endswith("Comptes rendus d’entretien social")
        and t.columns[0].label == "Échéance"
    )
    days = [b.plain(row[0]) for row in asked.rows]
    assert days == ["depuis le 2\u00a0août 2026", "15\u00a0janv. 2027", "11\u00a0févr. 2027"]


def test_ranks_open_questions_by_what_they_decide(plan):
    text = words_of(roadmap_document(plan))
    first = text.index("Combien de temps l’enregistrement", text.index("Ce que nous ne savons pas"))
    assert first < text.rindex("La collectivité tient-elle un registre public")


def test_an_authority_with_nothing_chosen_gets_a_document_that_says_so(empty_plan):
    document = roadmap_document(empty_plan)
    text = words_of(document)
    titles = [x.text for x in document.blocks if isinstance(x, b.Heading) and x.level == 1]
    assert titles == SECTIONS
    assert "Rien n’est encore choisi." in text
    assert "Pas encore de choix." in text
    assert "Pas encore de calendrier." in text
    assert len(blanks_of(document)) >= 4


def test_a_plan_that_cannot_hold_says_what_conflicts(plan):
    plan["roadmap"]["conflict"] = [{"fr": "Deux pilotes, un seul DPO.", "en": "Two pilots."}]
    assert "Deux pilotes, un seul DPO." in words_of(roadmap_document(plan))


def test_the_english_version_has_no_french_word_of_ours(plan):
    text = words_of(roadmap_document(plan, language="en"))
    for word in ("Ce que", "À compléter", "Le plan", "retenu ", "Décision", "depuis le"):
        assert word not in text
    assert "What the law asks" in text
    assert "€66,000" in text


def test_two_languages_have_the_same_shape(plan):
    shapes = [
        [type(block).__name__ for block in roadmap_document(plan, language=language).blocks]
        for language in ("fr", "en")
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("key", ["cases", "existing_uses", "protect_first", "training"])
def test_any_empty_part_still_gives_a_document(plan, key):
    plan[key] = []
    assert roadmap_document(plan).blocks


def test_refuses_to_skip_a_heading_level(plan):
    document = roadmap_document(plan)
    bad = (b.Heading(1, "Un"), b.Heading(3, "Trois"))
    with pytest.raises(ValueError, match="heading level 3 after 1"):
        b.Document(
            **{
                f: getattr(document, f)
                for f in (
                    "title",
                    "subtitle",
                    "language",
                    "authority",
                    "made_on",
                    "facts_digest",
                    "rules_version",
                    "software",
                )
            },
            blocks=bad,
        )
