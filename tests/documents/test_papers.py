"""The papers people sign: their usual sections, what is known, a visible blank for the rest."""

from __future__ import annotations

import copy
import re
from datetime import date

import pytest

from documents.reading import words_of
from gouvernail.demo.example import example_rows
from gouvernail.documents import blocks as b
from gouvernail.documents import typst_out
from gouvernail.documents.papers import OFFERED, PAPERS, Need, blanks_of
from gouvernail.documents.papers.clauses import CLAUSES
from gouvernail.steering_run import compute
from gouvernail_core.knowledge.loader import load_rules
from gouvernail_core.protection import DEFAULT_MATRIX, DataClass, ToolClass
from rules.reading import load

ON = date(2026, 11, 23)
BY_CODE = {paper.code: paper for paper in PAPERS}
OF_A_CASE = [paper for paper in PAPERS if paper.about_case]
OF_THE_AUTHORITY = [paper for paper in PAPERS if not paper.about_case]


def plan_of_t01() -> dict:
    """Return the plan of a département that scores benefits, and nothing else known."""
    facts = load("public_cases.yaml")["T01"]["facts"]
    given = facts["authority"]
    rows = {
        "authority": [
            {
                "code": "dep", "name": "Département d’Exemple", "kind": "departement",
                "agents": given["agents"], "fte": given["fte"], "population": given["population"],
            }
        ],
        "use_cases": [{"id": "rsa", "title": "Attribution du RSA", "stage": "candidate"}],
        "legal_facts": [
            {"case": "rsa", "fact": f"use_case.{name}", "value": _written(value)}
            for name, value in facts["use_case"].items()
        ],
    }  # fmt: skip
    plan = compute(rows, on=ON)
    plan["cases"][0]["chosen"] = True
    return plan


def _written(value) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return ", ".join(value) if isinstance(value, list) else str(value)


@pytest.fixture(scope="module")
def benefits() -> dict:
    return plan_of_t01()


@pytest.fixture(scope="module")
def nothing() -> dict:
    """Return the plan of an authority of which only the name is known, and one idea."""
    rows = {
        "authority": [{"code": "x", "name": "Commune de X", "kind": "commune"}],
        "use_cases": [{"id": "idee", "title": "Une idée"}],
    }
    plan = compute(rows, on=ON)
    plan["cases"][0]["chosen"] = True
    return plan


@pytest.fixture(scope="module")
def example() -> dict:
    return compute(example_rows(), on=ON)


def case_of(plan, paper):
    return plan["cases"][0] if paper.about_case else None


def headings(document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, b.Heading)]


@pytest.mark.parametrize(
    ("code", "sections"),
    [
        # RGPD, art. 30(1): a, b, c, d, e, f, g
        ("registre-rgpd", ["Responsable du traitement", "Délégué à la protection des données",
                           "Finalité", "Personnes concernées", "Catégories de données",
                           "Destinataires", "Transfert hors d’Europe", "Durées de conservation",
                           "Mesures de sécurité"]),
        # RGPD, art. 35(7): a, b, c, d; 35(2) and 35(9)
        ("aipd", ["Finalité", "Nécessité et proportionnalité", "Les risques", "Les mesures",
                  "Délégué à la protection des données", "Personnes concernées"]),
        # AI Act, art. 27(1): a to f; 27(3) and (4)
        ("analyse-droits-fondamentaux", ["démarche", "combien de temps", "Fréquence",
                                         "Groupes de personnes", "risques de préjudice",
                                         "contrôle par des personnes", "Où se plaindre",
                                         "notifié à l’autorité de surveillance"]),
        ("deliberation", ["Exposé des motifs", "Visas", "Vu l’avis de l’instance du personnel",
                          "Article 1. Objet", "Vote", "Le secrétaire de séance"]),
    ],
)  # fmt: skip
def test_a_paper_has_every_section_its_text_asks(benefits, code, sections):
    paper = BY_CODE[code]
    said = words_of(paper.build(benefits, benefits["cases"][0], "fr"))
    for section in sections:
        assert section in said, section


def test_the_notice_on_a_decision_says_what_why_and_how_to_ask(benefits):
    said = words_of(BY_CODE["mentions"].build(benefits, benefits["cases"][0], "fr"))
    # CRPA, R. 311-3-1-1: the purpose, the right to know the rules, how to exercise it.
    assert "préparée avec l’aide d’un traitement algorithmique" in said
    assert "Vous pouvez demander les règles qui le définissent" in said
    assert "Écrivez à" in said
    # CRPA, R. 311-3-1-2: degree and mode, data and sources, parameters and weight, operations.
    for words in ("degré et mode", "leurs sources", "leur poids", "Opérations effectuées"):
        assert words in said
    assert "Vous échangez avec" not in said, "nobody converses with this tool"


def test_every_duty_that_asks_a_paper_is_named_by_it(benefits):
    case = benefits["cases"][0]
    due = {f["rule"] for f in case["obligations"]["findings"] if f["outcome"] == "due"}
    for code, rule in (
        ("registre-rgpd", "RGPD-30"), ("aipd", "RGPD-35"),
        ("analyse-droits-fondamentaux", "AIA-27"), ("mentions", "CRPA-MENTION"),
    ):  # fmt: skip
        standing = BY_CODE[code].standing(benefits, case)
        assert rule in due
        assert standing.need is Need.DUE
        assert rule in standing.rules
        source = next(r for r in load_rules() if r.code == rule).sources[0].text
        assert source in words_of(BY_CODE[code].build(benefits, case, "fr"))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_of_an_authority_that_knows_nothing_a_paper_shows_blanks_and_invents_nothing(
    nothing, paper, language
):
    document = paper.build(nothing, case_of(nothing, paper), language)
    if paper.code not in ("mentions", "clauses"):  # nothing asks for either
        assert blanks_of(document) > 0
    said = words_of(document)
    assert not re.search(r"\b(None|null|nan|\{\w+\})\b", said)
    assert "–" not in said or paper.code in ("note-maire",), "a dash is not a blank"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_a_paper_says_why_it_is_asked_and_is_a_draft(example, paper):
    document = paper.build(example, case_of(example, paper), "fr")
    assert "rojet" in document.kicker
    assert isinstance(document.blocks[0], b.Callout)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_a_paper_is_complete_in_english(example, paper):
    french = paper.build(example, case_of(example, paper), "fr")
    english = paper.build(example, case_of(example, paper), "en")
    assert len(headings(french)) == len(headings(english))
    assert not set(headings(french)) & set(headings(english)) - {
        "Options",
        "Vote",
        "Article 5. Budget",
    }
    assert "À compléter" not in words_of(english)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_no_article_is_cited_that_no_duty_of_the_plan_carries(example, paper):
    """A figure of a text stands in the sources of the findings, or nowhere."""
    case = next(c for c in example["cases"] if c["id"] == "guichet") if paper.about_case else None
    cited = re.findall(r"(?:art\.|[LRD]\.) ?\d[\d\-]*", words_of(paper.build(example, case, "fr")))
    whole = example["obligations"]["authority"]["findings"]
    own = case["obligations"]["findings"] if case else []
    known = " ".join(
        source["text"] for f in (*whole, *own) for source in (*f["sources"], *_reasons(f))
    ).replace("\u00a0", " ")
    # The report to the staff committee tells the delays of any committee.
    allowed = ("R. 254-68", "R. 254-74") if paper.code == "rapport-cst" else ()
    assert [each for each in cited if each not in known and each not in allowed] == []


def _reasons(finding):
    return [reason["source"] for reason in finding["reasons"] if reason["source"]]


def test_only_the_clauses_the_facts_call_for_are_written(example, benefits):
    case = next(c for c in example["cases"] if c["id"] == "guichet")
    found = headings(BY_CODE["clauses"].build(example, case, "fr"))
    titles = {clause.title.fr: clause for clause in CLAUSES}
    asking = {
        f["rule"] for f in case["obligations"]["findings"]
        if f["outcome"] != "not_applicable"
    }  # fmt: skip
    assert set(found) == {title for title, clause in titles.items() if asking & set(clause.rules)}
    assert "Réversibilité" in found
    assert "Laïcité et neutralité" not in found
    known = {rule.code for rule in load_rules()}
    assert {rule for clause in CLAUSES for rule in clause.rules} <= known


def test_the_charter_says_what_may_go_where_as_the_protection_does(example):
    document = BY_CODE["charte"].build(example, None, "fr")
    (table,) = (block for block in document.blocks if isinstance(block, b.Table))
    words = {"yes": "oui", "no": "non", "if_masked": "si masquées", "after_aipd": "après AIPD"}
    for row, data in zip(table.rows, DataClass, strict=True):
        for cell, tool in zip(row[1:], ToolClass, strict=True):
            assert b.plain(cell) == words[DEFAULT_MATRIX[data, tool].value], (data, tool)


def test_a_charter_that_exists_is_not_asked_again(example):
    plan = copy.deepcopy(example)
    for case in plan["cases"]:
        case["facts"] = [f for f in case["facts"] if "charter" not in f["fact"]]
    assert BY_CODE["charte"].standing(plan, None).need in OFFERED
    assert BY_CODE["charte"].standing(example, None).need is Need.DONE


def test_a_duty_done_asks_no_paper_any_more(benefits):
    plan = copy.deepcopy(benefits)
    case = plan["cases"][0]
    for finding in case["obligations"]["findings"]:
        finding["done_on"] = "2026-11-02"
    for code in ("registre-rgpd", "aipd", "analyse-droits-fondamentaux", "mentions"):
        assert BY_CODE[code].standing(plan, case).need is Need.DONE


def test_a_paper_that_nothing_asks_is_not_offered(nothing, example):
    repas = next(c for c in example["cases"] if c["id"] == "repas")
    assert BY_CODE["aipd"].standing(example, repas).need is Need.NOT_NEEDED
    assert BY_CODE["note-maire"].standing(nothing, None).need is Need.DUE
    nothing_chosen = {**nothing, "cases": [{**nothing["cases"][0], "chosen": False}]}
    assert BY_CODE["note-maire"].standing(nothing_chosen, None).need is Need.LATER


@pytest.mark.parametrize("copies", [1, 3])
def test_the_note_of_the_executive_is_one_page_whatever_the_portfolio(example, copies):
    import io

    import pypdfium2

    plan = copy.deepcopy(example)
    plan["cases"] = [
        {**case, "id": f"{case['id']}-{n}"} for n in range(copies) for case in plan["cases"]
    ]
    pdf = typst_out.pdf(BY_CODE["note-maire"].build(plan, None, "fr"))
    assert len(pypdfium2.PdfDocument(io.BytesIO(pdf))) == 1
