"""The papers of those who decide: the deliberation, the charter, the two notes."""

import copy
import re
from datetime import date

import pytest

from documents.reading import blanks_of, pages_of, read_docx, read_odt, read_pdf, words_of
from gouvernail.demo.example import example_rows
from gouvernail.documents import blocks as b
from gouvernail.documents.pandoc_out import docx, odt
from gouvernail.documents.papers import Need, charter, deliberation, management_note, mayor_note
from gouvernail.documents.papers.institutions import institution
from gouvernail.documents.typst_out import pdf
from gouvernail.steering_run import compute
from gouvernail_core.authority import AuthorityKind
from gouvernail_core.kernel import Ternary
from gouvernail_core.protection import DataClass, DataStore, ToolClass, may_receive

PAPERS = {
    "deliberation": deliberation.PAPER,
    "charter deliberation": deliberation.CHARTER_PAPER,
    "charter": charter.PAPER,
    "management": management_note.PAPER,
    "mayor": mayor_note.PAPER,
}
LANGUAGES = ("fr", "en")
#: Where a paper writes an article of law: « art. 4 », « L. 253-5 », « R. 254-68 », « Article 9 ».
ARTICLE = re.compile(r"\b(?:[LRD]\.\s*\d[\d-]*|arts?\.\s*\d+)")


@pytest.fixture(scope="module")
def example():
    """Return the plan of the example authority."""
    return compute(example_rows(), on=date(2026, 11, 27))


@pytest.fixture
def unknown(empty_plan):
    """Return the plan of an authority of which nothing is known but its name."""
    facts = dict.fromkeys(("population", "agents", "kind", "kind_label"))
    return empty_plan | {"authority": empty_plan["authority"] | facts | {"ambition": ""}}


def case_of(plan, name):
    """Return the case a paper is about: the one to be voted, or one of which little is known."""
    if not PAPERS[name].about_case:
        return None
    known = [c for c in plan["cases"] if c["id"] == "deliberations"]
    return known[0] if known else {"id": "x", "title": "Nouvelle idée", "chosen": True}


def made(plan, name, language="fr"):
    return PAPERS[name].build(plan, case_of(plan, name), language)


def ten_cases(plan):
    """Return the plan with ten proposed cases of long names, each waiting for all it can."""
    grown = copy.deepcopy(plan)
    model = next(c for c in grown["cases"] if c["id"] == "deliberations")
    grown["cases"] = [
        copy.deepcopy(model)
        | {
            "id": f"case-{n}",
            "title": f"Réponse aux demandes de renseignements des habitants, lot {n}",
            "benefit": "Une réponse juste dès la première fois, et moins d’attente. " * 4,
        }
        for n in range(10)
    ]
    grown["authority"]["ambition"] = "Rendre du temps aux agents pour l’accueil. " * 12
    return grown


# ------------------------------------------------------------------ every paper


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_a_tagged_pdf_in_its_language(example, name, language):
    document = made(example, name, language)
    found = read_pdf(pdf(document))
    assert (found.ua, found.a, found.marked) == ("1", ("2", "A"), True)
    assert found.language.split("-")[0] == language
    assert found.title == document.title


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_an_authority_that_knows_nothing_gets_a_paper_of_blanks(unknown, name, language):
    document = made(unknown, name, language)
    assert len(blanks_of(document)) >= 4
    assert read_pdf(pdf(document)).ua == "1"
    assert "None" not in words_of(document)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_written_for_a_word_processor_too(example, name):
    document = made(example, name)
    headings = [(x.level, x.text) for x in document.blocks if isinstance(x, b.Heading)]
    for found in (read_odt(odt(document)), read_docx(docx(document))):
        assert [(level, text.strip()) for level, text in found.headings] == headings
        assert found.tables == sum(isinstance(x, b.Table) for x in document.blocks)


@pytest.mark.parametrize("name", PAPERS)
def test_english_leaves_no_french_sentence_of_ours(example, name):
    """The words of the facts stay as given; those of the paper are ours, and differ."""
    french = {x.text for x in made(example, name).blocks if isinstance(x, b.Heading)}
    english = {x.text for x in made(example, name, "en").blocks if isinstance(x, b.Heading)}
    assert french & english <= {"Options"}
    assert "\u202f:" not in words_of(made(example, name, "en"))


@pytest.mark.parametrize("name", PAPERS)
def test_no_article_of_law_is_cited_that_no_finding_carries(example, name):
    """Read from the paper by their shape, and looked for in the sources of the plan as written."""
    answers = [example["obligations"]["authority"], *(c["obligations"] for c in example["cases"])]
    carried = " ".join(
        " ".join(s["text"].split())
        for answer in answers
        for finding in answer["findings"]
        for s in finding["sources"]
    )
    for case in (case_of(example, name), *example["cases"]):
        if case is None or not PAPERS[name].about_case:
            continue
        text = " ".join(words_of(PAPERS[name].build(example, case, "fr")).split())
        for article in ARTICLE.findall(text):
            assert article in carried, article
    text = " ".join(words_of(made(example, name)).split())
    assert all(article in carried for article in ARTICLE.findall(text))


# ----------------------------------------------------------------- deliberation


def test_only_a_case_that_calls_for_a_vote_is_to_be_voted(example):
    needs = {
        c["id"]: deliberation.PAPER.standing(example, c).need
        for c in example["cases"]
        if c["chosen"]
    }
    assert needs["deliberations"] is Need.DUE
    assert set(needs.values()) == {Need.DUE, Need.NOT_NEEDED}


def test_the_deliberation_has_its_usual_parts(example):
    text = words_of(made(example, "deliberation"))
    for part in (
        "Exposé des motifs",
        "Visas",
        "Considérants",
        "L’avis du personnel",
        "Le dispositif",
        "Vote du conseil municipal",
        "Transmise au contrôle de légalité",
        "Le secrétaire de séance",
    ):
        assert part in text
    assert [n for n in range(1, 12) if f"Article {n}. " in text] == list(range(1, 10))


def test_a_text_known_from_memory_is_to_be_checked(example):
    document = made(example, "deliberation")
    cited = [
        line for line in words_of(document).split("\n") if line.startswith("Vu le code général")
    ]
    assert cited
    assert all(line.endswith("[à vérifier]") for line in cited)


def test_a_ruling_or_a_guide_is_never_cited_as_the_ground_of_a_vote(example):
    for case in example["cases"]:
        text = words_of(deliberation.PAPER.build(example, case, "fr"))
        visas = [line for line in text.split("\n") if line.startswith("Vu ")]
        assert not re.search("Conseil d’État|Tribunal|Guide|lignes directrices", "\n".join(visas))


def test_what_is_only_to_examine_founds_no_vote(unknown):
    """Nothing is stated: every rule is to examine, and the only visas left are those to write."""
    finding = {
        "rule": "GOV-DELIB", "outcome": "to_examine", "title": {"fr": "x", "en": "x"},
        "reasons": [{"text": {"fr": "Il manque un fait.", "en": "A fact is missing."}}],
        "sources": [{"text": "CGCT, L. 2121-29", "provenance": "memory"}],
    }  # fmt: skip
    case = {"id": "x", "title": "Idée", "chosen": True, "obligations": {"findings": [finding]}}
    document = deliberation.PAPER.build(unknown, case, "fr")
    visas = [line for line in words_of(document).split("\n") if line.startswith("Vu ")]
    assert not any("code général" in line for line in visas)
    assert "pourquoi l’assemblée vote" in " ".join(blanks_of(document))


def test_an_opinion_nobody_knows_to_be_due_is_to_settle_not_missing(example):
    """Unknown is not yes: the vote is not held back by it, the question is told."""
    case = copy.deepcopy(case_of(example, "deliberation"))
    case["consultation"] |= {"due": "unknown"}
    assert "à trancher avant le vote" in words_of(deliberation.PAPER.build(example, case, "fr"))
    plan = example | {"cases": [case]}
    text = words_of(mayor_note.PAPER.build(plan, None, "fr"))
    assert "Avis du personnel, à trancher" in text
    assert "Avis du personnel manquant" not in text


def test_the_opinion_given_is_dated_and_its_vote_left_to_fill(example):
    heard = next(c for c in example["cases"] if c["id"] == "repas")
    text = words_of(deliberation.PAPER.build(example, heard, "fr"))
    assert "rendu le 25\u00a0juin 2026" in text
    assert "sens de l’avis\u00a0: favorable" in text
    assert "ne pas mettre aux voix" not in text
    awaited = words_of(made(example, "deliberation"))
    assert "ne pas mettre aux voix" in awaited
    assert "À compléter\u00a0: date de l’avis" in awaited


def test_the_deliberation_is_signed_on_its_second_page(example):
    pages = pages_of(pdf(made(example, "deliberation")))
    assert len(pages) == 2
    assert "Le secrétaire de séance" in pages[1]


def test_no_sitting_before_the_opinion_is_suggested(example):
    """The council sits on 14 December, the committee on 11 February: December is too early."""
    text = words_of(made(example, "deliberation"))
    assert "8\u00a0mars 2027" in text
    assert "14\u00a0décembre 2026" not in text


@pytest.mark.parametrize("kind", AuthorityKind)
def test_each_kind_of_authority_votes_in_its_own_words(example, kind):
    plan = example | {"authority": example["authority"] | {"kind": kind.value}}
    words = institution(plan)
    text = words_of(made(plan, "deliberation"))
    assert f"Vote {words.of_assembly.fr}" in text
    assert words.executive.fr in text
    assert ("conseil municipal" in text.lower()) == (kind is AuthorityKind.COMMUNE)


# ---------------------------------------------------------------------- charter


def test_the_table_of_the_charter_is_the_rule_the_software_applies(example):
    """Checked cell by cell against the answer given to a case with one store of that class."""
    document = made(example, "charter")
    table = next(x for x in document.blocks if isinstance(x, b.Table))
    said = {"oui": "yes", "non": "no", "si masquées": "masked", "après AIPD": "aipd"}
    conditions = {"masked": {"masked": Ternary.YES}, "aipd": {"aipd_done": Ternary.YES}}
    for data, row in zip(DataClass, table.rows, strict=True):
        for tool, cell in zip(ToolClass, row[1:], strict=True):
            word = said[b.plain(cell)]
            store = DataStore("s", "Dossier", examined=Ternary.YES, data_class=data)
            answer, _ = may_receive(tool, [store])
            assert answer.value == (word if word in ("yes", "no") else "unknown")
            met, _ = may_receive(tool, [store], **conditions.get(word, {}))
            assert met is Ternary.of(word != "no")
    unknown, _ = may_receive(ToolClass.T0, [DataStore("s", "Dossier")])
    assert unknown.value == "unknown"
    assert "dont je ne connais pas la classe\u00a0: je demande avant" in words_of(document)


def test_the_charter_holds_on_two_pages(example):
    for language in LANGUAGES:
        assert len(pages_of(pdf(made(example, "charter", language)))) == 2


def test_a_charter_that_waits_for_an_opinion_is_told_so_and_offered_to_the_vote(example):
    standing = charter.PAPER.standing(example, None)
    assert standing.need is Need.DONE
    assert "l’avis du personnel reste à recueillir" in standing.why.fr
    voted = deliberation.CHARTER_PAPER.standing(example, None)
    assert (voted.need, voted.rules) == (Need.TO_EXAMINE, ("DS-FS-REGLES",))


def test_a_charter_nobody_knows_is_to_examine_for_no_text_imposes_it(example):
    cases = [
        c | {"facts": [f for f in c["facts"] if "charter" not in f["fact"]]}
        for c in example["cases"]
    ]
    plan = example | {"cases": cases}
    standing = charter.PAPER.standing(plan, None)
    assert standing.need is Need.TO_EXAMINE
    assert "aucun texte ne l’impose" in standing.why.fr


def test_without_any_use_no_charter_is_asked_for(unknown):
    assert charter.PAPER.standing(unknown, None).need is Need.NOT_NEEDED


# ------------------------------------------------------------------------ notes


def test_the_management_note_holds_on_two_pages(example):
    for language in LANGUAGES:
        assert len(pages_of(pdf(made(example, "management", language)))) == 2


def test_the_management_note_asks_only_for_what_is_not_decided(example):
    callout = [x for x in made(example, "management").blocks if isinstance(x, b.Callout)][-1]
    assert "Relecture des délibérations" in b.plain(callout.content)
    assert "Prévision des repas" not in b.plain(callout.content)
    assert management_note.PAPER.standing(example, None).need is Need.DUE


def test_the_note_is_done_once_every_proposed_case_is_decided(example):
    cases = [c | {"stage": "chosen"} if c["chosen"] else c for c in example["cases"]]
    assert management_note.PAPER.standing(example | {"cases": cases}, None).need is Need.DONE


def test_nothing_proposed_asks_for_no_note(unknown):
    assert management_note.PAPER.standing(unknown, None).need is Need.LATER
    assert mayor_note.PAPER.standing(unknown, None).need is Need.LATER


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_of_the_mayor_is_one_page_with_four_cases_and_with_ten(example, language):
    for plan in (example, ten_cases(example)):
        assert len(pages_of(pdf(made(plan, "mayor", language)))) == 1


def test_the_note_of_the_mayor_counts_as_proven_only_the_core(example):
    """Four cases are proposed; two hold whatever the weighting, two are disputed."""
    sure = [c for c in example["selection"]["cases"] if c["acceptability"] == 1.0]
    assert len(sure) == 2
    assert "pour 2 cas sur 4" in words_of(made(example, "mayor"))


def test_the_money_is_that_of_the_roadmap(example):
    text = words_of(made(example, "mayor"))
    for year in example["roadmap"]["budget"]:
        spent = sum(year["cases"].values())
        assert f"{year['year']}\u00a0: {spent // 1000}\u202f000\u00a0€" in text


def test_the_mayor_is_told_why_the_note_is_asked_for(example):
    standing = mayor_note.PAPER.standing(example, None)
    assert standing.need is Need.DUE
    assert "Relecture des délibérations" in standing.why.fr
