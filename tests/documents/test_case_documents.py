"""The sheet of a case and the draft report to the committee."""

from documents.reading import blanks_of, words_of
from gouvernail.documents import case_sheet, cst_report
from gouvernail.documents.papers import OFFERED
from gouvernail.documents.papers.staff_report import standing


def test_the_sheet_has_the_sections_of_the_field(plan):
    text = words_of(case_sheet(plan, plan["cases"][0]))
    for title in (
        "Le problème",
        "Le travail réel, aujourd’hui",
        "Les tâches allégées",
        "Le bénéfice attendu, et sa mesure",
        "Et sans intelligence artificielle",
        "Qui, avec quoi, à quel coût",
        "Le dialogue social",
        "Ce que le droit demande",
        "La décision",
    ):
        assert title in text


def test_the_sheet_says_since_when_the_opinion_is_known(plan):
    text = words_of(case_sheet(plan, plan["cases"][0]))
    assert "Avis rendu le\u00a0: 25\u00a0juin 2026" in text
    assert "Sens de l’avis\u00a0: favorable" in text


def test_the_gap_between_raters_is_the_distance_of_their_marks(plan):
    rating = plan["cases"][1]["ratings"][1]
    assert (rating["elu"], rating["director"], rating["agents"]) == (3, 4, 2)
    text = words_of(case_sheet(plan, plan["cases"][1]))
    assert "Soulagement des agents\n3\n4\n2\n2\nTrois agents craignent" in text


def test_a_report_is_due_until_the_opinion_is_given(plan):
    def offered(case):
        return standing(plan, case).need in OFFERED

    given, due, none = plan["cases"]
    assert [offered(case) for case in (given, due, none)] == [False, True, False]
    due["consultation"]["due"] = "unknown"
    assert offered(due)
    due["consultation"]["opinion_on"] = "2027-02-11"
    assert not offered(due)


def test_the_report_says_it_is_a_draft(plan):
    document = cst_report(plan, plan["cases"][1])
    assert document.kicker == "Projet de rapport, à compléter"
    assert "Projet de rapport." in words_of(document)


def test_the_report_bears_the_seal_of_the_journal(plan):
    plan["journal_seal"] = "214-7FQA-ABCD-EFGH-IJKL"
    document = cst_report(plan, plan["cases"][1])
    assert "214-7FQA-ABCD-EFGH-IJKL" in [value for _, value in document.facts]


def test_the_report_leaves_blank_what_nobody_has_said(plan):
    blanks = " | ".join(blanks_of(cst_report(plan, plan["cases"][1])))
    for wanted in (
        "directeur référent",
        "charge avant et après",
        "compétences nouvelles",
        "postes créés",
        "document unique",
        "ce qui sera mesuré",
        "l’engagement de la collectivité",
    ):
        assert wanted in blanks


def test_the_vote_is_blank_for_each_college(plan):
    document = cst_report(plan, plan["cases"][1])
    vote = next(
        x for x in document.blocks if getattr(x, "caption", "").startswith("Avis du comité")
    )
    assert len(vote.rows) == 2
    assert len(blanks_of(type(document)(**{**_identity(document), "blocks": (vote,)}))) == 6


def _identity(document):
    names = ("title", "subtitle", "language", "authority", "made_on", "facts_digest")
    return {n: getattr(document, n) for n in (*names, "rules_version", "software")}


def test_the_report_says_when_nobody_knows_whether_it_is_mandatory(plan):
    plan["cases"][1]["consultation"]["due"] = "unknown"
    assert "ne permettent pas de dire si l’avis est obligatoire" in words_of(
        cst_report(plan, plan["cases"][1])
    )


def test_a_case_with_nothing_known_but_its_title_still_has_its_documents(plan):
    bare = {"id": "x", "title": "Nouvelle idée", "chosen": True, "doors": []}
    sheet, report = case_sheet(plan, bare), cst_report(plan, bare)
    assert len(blanks_of(sheet)) >= 10
    assert len(blanks_of(report)) >= 20
