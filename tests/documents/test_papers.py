"""The papers people sign: their usual sections, what is known, a visible blank for the rest."""

from __future__ import annotations

import copy
import re
from bisect import bisect_right
from datetime import date
from itertools import accumulate

import pypdfium2
import pytest

from documents.reading import blanks_of as blanks_in
from documents.reading import pages_of, read_docx, read_odt, read_pdf, words_of
from gouvernail.demo.example import example_rows
from gouvernail.documents import blocks as b
from gouvernail.documents import pandoc_out, typst_out
from gouvernail.documents.papers import OFFERED, PAPERS, Need, blanks_of
from gouvernail.documents.papers.clauses import CLAUSES
from gouvernail.documents.papers.mention import EXCHANGE
from gouvernail.steering_run import compute
from gouvernail_core.knowledge.loader import load_facts, load_rules
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
        ("registre-rgpd", ["Responsable du traitement", "Coordonnées du responsable",
                           "Responsable conjoint", "Représentant dans l’Union européenne",
                           "Délégué à la protection des données", "Coordonnées du délégué",
                           "Finalité", "Personnes concernées", "Catégories de données",
                           "Destinataires", "Transfert hors d’Europe",
                           "Pays et organismes qui reçoivent", "Garanties du transfert",
                           "Durées de conservation", "Mesures de sécurité"]),
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


def mentions_of(plan) -> str:
    return words_of(BY_CODE["mentions"].build(plan, plan["cases"][0], "fr"))


def judged(plan: dict, **outcomes: str) -> dict:
    """Return the plan with these rules of its first case told otherwise, the others silent."""
    changed = copy.deepcopy(plan)
    for finding in changed["cases"][0]["obligations"]["findings"]:
        name = finding["rule"].replace("-", "_")
        finding["outcome"] = outcomes.get(name, "not_applicable")
    return changed


@pytest.mark.parametrize(
    "words",
    [
        # CRPA, R. 311-3-1-1: the purpose, the right to the rules, how to use it, the CADA.
        "Finalité du traitement",
        "Vous avez le droit d’obtenir les règles qui le définissent",
        "les principales caractéristiques de sa mise en œuvre",
        "écrivez à",
        "la Commission d’accès aux documents administratifs (CADA)",
        "préparée avec l’aide d’un traitement algorithmique",
        "sur la décision elle-même et en ligne",
        # CRPA, R. 311-3-1-2: degree and mode, data and sources, parameters and weight, operations;
        # one month of silence is a refusal, two months to appeal.
        "degré et mode",
        "leurs sources",
        "leur poids",
        "Opérations effectuées",
        "un mois de silence vaut refus",
        "sans réponse au bout d’un mois",
        "dans les deux mois",
    ],
)
def test_the_notice_on_a_decision_says_everything_its_articles_list(benefits, words):
    assert words in mentions_of(benefits)


def test_a_notice_nobody_knows_to_be_due_is_only_conditional(benefits):
    plan = judged(benefits, CRPA_MENTION="to_examine", CRPA_EXPLIC="to_examine")
    for finding in plan["cases"][0]["obligations"]["findings"]:
        finding["missing"] = [
            {
                "fact": "use_case.individual_decision",
                "question": {"fr": "Décide-t-on pour une personne ? Exemple : oui.", "en": "?"},
            }
        ]
    said = mentions_of(plan)
    before, after = said.split("Si elle est due, la mention est", 1)
    assert "Cette mention pourrait être due" in before
    assert "Reste à savoir : Décide-t-on pour une personne ?" in before.replace("\u00a0", " ")
    assert "Exemple : oui" not in said
    assert "Cette décision a été préparée" not in before
    assert "Cette décision a été préparée" in after
    assert "pourrait" not in mentions_of(judged(benefits, CRPA_MENTION="due"))
    # The head of the paper and the notice put the question; the explanation does not again.
    assert said.count("Décide-t-on pour une personne") == 2
    assert "Les mêmes questions en décident" in said


def test_each_rule_on_decisions_has_its_own_wording(benefits):
    of_crpa = mentions_of(judged(benefits, CRPA_MENTION="due"))
    of_act = mentions_of(judged(benefits, AIA_26_11="due"))
    both = mentions_of(judged(benefits, CRPA_MENTION="due", AIA_26_11="due"))
    algorithm, high_risk = "traitement algorithmique, mis", "classé à haut risque"
    assert (algorithm in of_crpa, high_risk in of_crpa) == (True, False)
    assert (algorithm in of_act, high_risk in of_act) == (False, True)
    assert (algorithm in both, high_risk in both) == (True, True)
    assert "Une seule mention peut porter les deux" in both
    assert "Une seule mention" not in of_act


def test_a_notice_of_an_exchange_to_examine_has_its_question_and_its_words(benefits):
    lines = mentions_of(benefits).splitlines()
    asked = [at for at, line in enumerate(lines) if "(à examiner)" in line]
    assert len(asked) == 4
    for at, notice in zip(asked, EXCHANGE, strict=True):
        question = load_facts()[notice.fact].question.fr.split("?")[0].strip()
        assert question in lines[at]
        assert lines[at + 1].startswith("Si elle est due, écrire")
        assert notice.words.fr.strip(": ") in lines[at + 1].replace("\u00a0", " ")


def lines_of(document) -> dict[str, str]:
    """Return what each labelled line of a document says."""
    found = {}
    for block in document.blocks:
        if isinstance(block, b.Paragraph) and isinstance(block.content[0], b.Span):
            said = b.plain(block.content[1:]).replace("\u202f", " ").replace("\u00a0", " ")
            found[block.content[0].text.rstrip(" :\u00a0")] = said
    return found


def stating(plan: dict, fact: str, word: str) -> dict:
    """Return the plan with one fact of its first case stated otherwise."""
    changed = copy.deepcopy(plan)
    facts = changed["cases"][0]["facts"]
    changed["cases"][0]["facts"] = [
        *(each for each in facts if each["fact"] != fact),
        {"fact": fact, "label": {}, "value": {"fr": word, "en": word}},
    ]
    return changed


def entry_of(plan: dict) -> dict[str, str]:
    return lines_of(BY_CODE["registre-rgpd"].build(plan, plan["cases"][0], "fr"))


def test_the_representative_of_the_register_is_that_of_a_controller_outside_the_union(example):
    said = entry_of(example)
    assert said["Représentant dans l’Union européenne"].startswith("sans objet")
    executive = example["authority"]["people"]["executive"]
    assert [line for line, words in said.items() if executive in words] == [
        "Responsable du traitement"
    ]


def test_the_register_puts_the_question_of_what_nobody_stated(benefits):
    said = entry_of(benefits)
    for line, fact in (
        ("Base légale", "legal_basis"), ("Sous-traitant", "processor"),
        ("Transfert hors d’Europe", "transfer_outside_eea"),
    ):  # fmt: skip
        question = load_facts()[f"use_case.{fact}"].question.fr.split("?")[0].strip()
        assert said[line].startswith("À compléter")
        assert question[1:] in said[line]
        assert "Exemple" not in said[line]


def test_the_register_asks_the_guarantees_of_a_transfer_unless_nothing_leaves(benefits):
    fact = "use_case.transfer_outside_eea"
    for plan in (benefits, stating(benefits, fact, "oui")):
        assert "décision d’adéquation" in entry_of(plan)["Garanties du transfert"]
    none = entry_of(stating(benefits, fact, "non"))
    assert none["Garanties du transfert"].startswith("sans objet")
    assert "Pays et organismes qui reçoivent" not in none


@pytest.mark.parametrize("code", ["registre-rgpd", "aipd"])
def test_a_processor_is_asked_its_name(benefits, code):
    def said(word: str) -> str:
        plan = stating(benefits, "use_case.processor", word)
        return lines_of(BY_CODE[code].build(plan, plan["cases"][0], "fr"))["Sous-traitant"]

    assert said("oui") == "oui, À compléter : son nom et ses coordonnées"
    assert said("non") == "non"


@pytest.mark.parametrize("code", ["registre-rgpd", "aipd"])
def test_what_nobody_knows_of_the_hosting_is_asked_once(benefits, code):
    said = lines_of(BY_CODE[code].build(benefits, benefits["cases"][0], "fr"))
    assert said["Hébergement"] == "À compléter : où, sous quel droit"
    assert "ne savons pas" not in "".join(said.values())


def test_what_nobody_knows_of_the_hosting_is_not_said_after_a_blank(benefits):
    said = lines_of(BY_CODE["rapport-cst"].build(benefits, benefits["cases"][0], "fr"))
    assert said["Outil"] == "À compléter : l’outil"


@pytest.mark.parametrize(
    ("word", "said", "asked"),
    [
        ("non", "le fournisseur n’y emploie pas nos données", "pièce qui l’y engage"),
        ("oui", "le fournisseur y emploie nos données", "ce qui y mettra fin"),
        ("", "", "le fournisseur réutilise-t-il vos données"),
    ],
)
def test_the_assessment_says_whether_the_vendor_trains_on_the_data(benefits, word, said, asked):
    plan = stating(benefits, "use_case.vendor_trains_on_data", word) if word else benefits
    document = BY_CODE["aipd"].build(plan, plan["cases"][0], "fr")
    words = lines_of(document)["Entraînement des modèles"]
    assert words.startswith(said)
    assert "À compléter" in words
    assert asked in words


def test_the_register_is_kept_and_not_signed(benefits, example):
    for plan in (benefits, example):
        document = BY_CODE["registre-rgpd"].build(plan, plan["cases"][0], "fr")
        assert not any(isinstance(block, b.SignatureBlock) for block in document.blocks)
        assert "signer" not in document.kicker
        assert "Fiche créée le" in lines_of(document)
    keeper = example["authority"]["people"]["dpo"]
    assert entry_of(example)["Registre tenu par"] == keeper


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


def clauses_of(plan: dict) -> dict[str, list[b.Block]]:
    """Return the blocks of each clause by its title."""
    found: dict[str, list[b.Block]] = {}
    for block in BY_CODE["clauses"].build(plan, plan["cases"][0], "fr").blocks[2:]:
        if isinstance(block, b.Heading):
            found[block.text] = []
        else:
            list(found.values())[-1].append(block)
    return found


FIGURES = re.compile(r"(\d+|deux|trois|six|douze) (heures|jours|mois)")


def test_a_delay_that_no_text_sets_is_said_to_be_ours(benefits):
    """Naive: every delay of the words of a clause is marked, or is that of a text (six months)."""
    marked = set()
    for clause, blocks in clauses_of(judged(benefits, RGPD_28="due", CP_CLAUSES="watch")).items():
        words, *notes = [
            b.plain(block.content) for block in blocks if isinstance(block, b.Paragraph)
        ]
        said = " ".join(notes).replace("\u202f", " ").replace("\u00a0", " ").lower()
        for figure in FIGURES.finditer(words):
            assert f"{figure[0]} : délai proposé par gouvernail, à votre main" in said, clause
            marked.add(figure[0])
    assert marked == {"24 heures", "30 jours", "trois mois", "six mois"}


def test_six_months_of_logs_are_the_law_for_a_high_risk_tool(benefits):
    blocks = clauses_of(judged(benefits, AIA_26_6="due", CP_CLAUSES="watch"))["Journaux"]
    assert not any("proposé par" in b.plain(p.content) for p in blocks if hasattr(p, "content"))


def test_a_clause_tells_a_duty_from_an_advice_and_from_a_doubt(benefits):
    def said(clause: str, **outcomes: str) -> str:
        blocks = clauses_of(judged(benefits, **outcomes))[clause]
        *_, last = (b.plain(p.content) for p in blocks if isinstance(p, b.Paragraph))
        return last

    assert said("Changement de modèle", CP_CLAUSES="watch").startswith("Conseillée par")
    assert "Demandée" not in said("Changement de modèle", CP_CLAUSES="watch")
    both = said("Journaux", CP_CLAUSES="watch", AIA_26_6="due")
    assert both.index("Demandée par") < both.index("Conseillée par")
    assert "art. 26(6)" in both
    assert said("Pouvoir expliquer", AIA_86="to_examine").startswith("À examiner")


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        ("clauses", ("Pour la collectivité", "Le titulaire")),
        ("mentions", ("La direction du service",)),
        ("aipd", ("Pour la collectivité", "Le délégué à la protection des données")),
    ],
)
def test_a_paper_ends_with_the_places_of_those_who_sign_it(benefits, code, labels):
    last = BY_CODE[code].build(benefits, benefits["cases"][0], "fr").blocks[-1]
    assert isinstance(last, b.SignatureBlock)
    assert last.labels == labels


@pytest.mark.parametrize("code", ["mentions", "registre-rgpd", "clauses", "aipd"])
def test_a_paper_says_the_same_in_each_format(benefits, code):
    document = BY_CODE[code].build(benefits, benefits["cases"][0], "fr")
    pdf = typst_out.pdf(document)
    assert read_pdf(pdf).ua == "1"
    texts = [
        " ".join(pages_of(pdf)),
        read_odt(pandoc_out.odt(document)).text,
        read_docx(pandoc_out.docx(document)).text,
    ]
    for text in texts:
        bare = "".join(text.split())
        for heading in headings(document):
            assert "".join(heading.split()) in bare
        for blank in blanks_in(document):
            assert "".join(blank.split()) in bare


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


def test_the_head_of_a_paper_to_examine_names_what_would_tell(example):
    case = next(c for c in example["cases"] if c["id"] == "guichet")
    paper = BY_CODE["analyse-droits-fondamentaux"]
    assert paper.standing(example, case).need is Need.TO_EXAMINE
    head = b.plain(paper.build(example, case, "fr").blocks[0].content)
    question = load_facts()["use_case.annex_iii_points"].question.fr.split("?")[0].strip()
    assert f"Reste à savoir : {question}" in head.replace("\u00a0", " ")


def test_the_report_to_the_committee_says_first_why(example):
    for case in example["cases"]:
        reasons = case["consultation"].get("reasons")
        first = BY_CODE["rapport-cst"].build(example, case, "fr").blocks[0]
        assert first.label == "Pourquoi cette pièce."
        if reasons:
            assert reasons[0]["text"]["fr"] in b.plain(first.content)
        else:
            assert "À compléter" in b.plain(first.content)


def passages(document) -> list[list[str]]:
    """Return the start of the paragraphs that follow one another, without their spaces."""
    found: list[list[str]] = [[]]
    for block in document.blocks:
        if isinstance(block, b.Paragraph):
            blank = next((n for n, x in enumerate(block.content) if isinstance(x, b.Blank)), 99)
            found[-1].append("".join(b.plain(block.content[: blank + 1]).split())[:40])
        else:
            found.append([])
    return [each for each in found if len(each) > 1]


@pytest.mark.parametrize("name", ["example", "benefits"])
@pytest.mark.parametrize("paper", OF_A_CASE, ids=lambda paper: paper.code)
def test_no_page_ends_or_begins_with_one_line_of_a_passage(request, name, paper):
    plan = request.getfixturevalue(name)
    for case in plan["cases"]:
        document = paper.build(plan, case, "fr")
        pages = ["".join(page.split()) for page in pages_of(typst_out.pdf(document))]
        ends, at = list(accumulate(map(len, pages))), 0
        for passage in passages(document):
            on = []
            for line in passage:
                at = "".join(pages).index(line, at)
                on.append(bisect_right(ends, at))
            assert on[0] == on[1], (case["id"], passage[0])
            assert on[-2] == on[-1], (case["id"], passage[-1])


def filled(data: bytes) -> float:
    """Return how far down its last page a PDF goes, its foot aside, as a share of the page."""
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[len(pdf) - 1]
        text = page.get_textpage()
        boxes = [text.get_rect(at) for at in range(text.count_rects())]
        height = page.get_height()
        # The foot of a page is in its last 22 mm.
        return 1 - min(bottom for _, bottom, _, _ in boxes if bottom > 62) / height


@pytest.mark.parametrize("case", ["entretiens", "guichet"])
@pytest.mark.parametrize(
    "code", ["aipd", "clauses", "registre-rgpd", "analyse-droits-fondamentaux"]
)
def test_the_last_page_of_a_paper_is_not_nearly_empty(example, case, code):
    found = next(c for c in example["cases"] if c["id"] == case)
    assert filled(typst_out.pdf(BY_CODE[code].build(example, found, "fr"))) > 0.3


@pytest.mark.parametrize("copies", [1, 3])
def test_the_note_of_the_executive_is_one_page_whatever_the_portfolio(example, copies):
    plan = copy.deepcopy(example)
    plan["cases"] = [
        {**case, "id": f"{case['id']}-{n}"} for n in range(copies) for case in plan["cases"]
    ]
    pdf = typst_out.pdf(BY_CODE["note-maire"].build(plan, None, "fr"))
    assert len(pages_of(pdf)) == 1
