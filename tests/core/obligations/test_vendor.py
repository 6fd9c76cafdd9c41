"""What to ask a vendor: only what matters for the case; what an offer speaks of, word for word."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail_core.knowledge.files import read_text
from gouvernail_core.knowledge.loader import parse_yaml
from gouvernail_core.knowledge.schema import KnowledgeError
from gouvernail_core.knowledge.vendor import load_vendor_questions, parse_vendor_questions
from gouvernail_core.obligations import Situation, assess
from gouvernail_core.obligations.vendor import (
    LONGEST_QUOTE,
    MOST_QUOTES,
    by_group,
    fills,
    spoken_of,
    vendor_questions,
)

ON = date(2026, 11, 27)
QUESTIONS = load_vendor_questions().questions
#: What the issue asks of the letter, with the question that asks it.
WANTED = {
    "AI Act role": "role", "6(3) evidence": "exemption", "notice": "notice", "logs": "logs",
    "no training on our data": "training", "change of model notified": "model_change",
    "reversibility": "reversibility", "accessibility": "accessibility", "hosting": "place",
    "law": "law",
}  # fmt: skip


def findings(**facts):
    named = {f"use_case.{name}" if "." not in name else name: v for name, v in facts.items()}
    return assess(Situation.of(named), on=ON, ask=False).findings


@pytest.mark.parametrize("code", WANTED.values(), ids=WANTED)
def test_each_point_a_vendor_must_answer_has_its_question(code):
    assert load_vendor_questions().question(code).text.fr.endswith("?")


def test_only_what_matters_for_the_case_is_asked():
    calm = findings(is_ai_system=False, personal_data=False, online_service=False, processor=False)
    asked = {question.code for question in vendor_questions(calm)}
    assert "exemption" not in asked
    assert "accessibility" not in asked
    told = findings(is_ai_system=True, personal_data=True, processor=True, online_service=True)
    asked = {question.code for question in vendor_questions(told)}
    assert {"exemption", "accessibility", "processor", "training"} <= asked


def test_what_nobody_knows_yet_is_asked():
    assert {"role", "processor", "place"} <= {q.code for q in vendor_questions(findings())}


def test_the_groups_hold_every_question_once_in_order():
    grouped = by_group(QUESTIONS)
    assert sorted(q.code for each in grouped.values() for q in each) == sorted(
        q.code for q in QUESTIONS
    )
    assert list(grouped) == [code for code, _label in load_vendor_questions().groups]


OFFER = (
    "Notre assistant est hébergé en France.\r\nVos données ne servent JAMAIS à entraîner nos "
    "modèles !\nNous sommes certifiés HDS. L’export est possible à tout moment."
)


def test_an_offer_is_quoted_word_for_word_where_it_speaks_of_a_point():
    found = spoken_of(OFFER)
    assert [q.text for q in found["place"]] == ["Notre assistant est hébergé en France."]
    (training,) = found["training"]
    assert training.text == OFFER[training.start : training.end]
    assert [q.text for q in found["health_hosting"]] == ["Nous sommes certifiés HDS."]
    assert found["law"] == ()
    assert found["reversibility"]


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        ("Une solution sans contrainte.", "training"),
        ("Améliorez votre productivité !", "training"),
        ("Depuis 20 ans à vos côtés.", "market_date"),
        ("Vous validez manuellement.", "notice"),
        ("Un scoreboard pour tous.", "profiling"),
    ],
)
def test_a_word_that_only_looks_like_a_sign_shows_nothing(offer, code):
    assert spoken_of(offer)[code] == ()


def test_a_wrapped_line_and_a_stop_inside_a_word_do_not_cut_a_sentence():
    (quote,) = spoken_of("Le serveur peut être\nhébergé chez vous. Fin.")["place"]
    assert quote.text == "Le serveur peut être\nhébergé chez vous."
    (quote,) = spoken_of("Voir exemple.fr/version 2.1 pour la suite.")["model_change"]
    assert quote.text == "Voir exemple.fr/version 2.1 pour la suite."


def test_a_brochure_without_a_full_stop_is_quoted_from_its_beginning():
    (quote,) = spoken_of("hébergé " + "x" * 1_000_000)["place"]
    assert len(quote.text) == LONGEST_QUOTE


@given(st.text(max_size=300), st.sampled_from([OFFER, "", "…", "نعم"]))
def test_every_quote_is_the_offer_itself_at_its_place(more, offer):
    text = f"{offer}\n{more}"
    for quotes in spoken_of(text).values():
        assert len(quotes) <= MOST_QUOTES
        for quote in quotes:
            assert text[quote.start : quote.end] == quote.text


@given(st.text(max_size=200))
def test_adding_text_after_an_offer_takes_no_quote_away(more):
    before, after = spoken_of(OFFER), spoken_of(f"{OFFER}\n\n{more}")
    for code, quotes in before.items():
        assert after[code][: len(quotes)] == quotes


@pytest.mark.parametrize("offer", ["", " \n", "a" * 1_000_000, "données. " * 100_000])
def test_an_empty_or_a_huge_offer_is_read(offer):
    assert set(spoken_of(offer)) == {question.code for question in QUESTIONS}


def test_an_exemption_counts_only_with_its_written_proof():
    exemption = load_vendor_questions().question("exemption")
    assert not fills(exemption, "fournisseur", " ")
    assert not fills(exemption, "base_UE", "")
    assert fills(exemption, "base_UE", "n° EU-123")
    assert fills(exemption, "aucune", ""), "no proof claimed, none needed"
    assert not fills(exemption, None, "n° EU-123"), "no answer fills nothing"
    assert not fills(load_vendor_questions().question("role"), "fournisseur", "x"), "no fact"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c["questions"][0]["rules"].append("NO-RULE"), "no rules"),
        (lambda c: c["questions"][0].update(group="none"), "no group"),
        (lambda c: c["questions"][2].update(fact="use_case.none"), "no fact"),
        (lambda c: c["questions"].append(c["questions"][0]), "stands twice"),
        (lambda c: c["questions"][0].update(more=1), "unknown keys"),
    ],
)
def test_questions_that_are_not_some_are_refused(change, said):
    content = parse_yaml("vendor.yaml", read_text("vendor.yaml"))
    change(content)
    with pytest.raises(KnowledgeError, match=said):
        parse_vendor_questions("vendor.yaml", content)
