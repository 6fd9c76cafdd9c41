"""A vendor's offer: pasted, asked about by a letter, answered, and its answers become facts."""

from __future__ import annotations

from datetime import date

import pytest

from apps.conftest import pk_of, words
from documents.reading import words_of
from gouvernail.apps.facts import queries as facts
from gouvernail.apps.facts.services import add_row
from gouvernail.apps.obligations.offers import offer_page
from gouvernail.documents.vendor_letter import vendor_letter
from gouvernail.steering_run import compute
from gouvernail_core.facts import sheet
from gouvernail_core.knowledge.vendor import load_vendor_questions

pytestmark = pytest.mark.usefixtures("in_french")

ON = date(2026, 11, 27)
TEXT = "Nos serveurs sont hébergés en France. Vos données n’entraînent aucun modèle."
TRAINING = "use_case.vendor_trains_on_data"


@pytest.fixture
def offer(exempleville, someone, at):
    """Return where an offer for « Tri du courrier » is."""
    row = {"id": "offre-1", "case": "courrier", "vendor": "Éditeur A", "tool": "Trieur 3",
           "text": TEXT}  # fmt: skip
    add_row(exempleville.pk, sheet("offers"), row, by=someone, at=at)
    return pk_of(exempleville, "offers", code="offre-1")


def post(browser, offer, seen=0, **answers):
    """Answer some questions of an offer, each by (answer, proof)."""
    data = {"question": list(answers)}
    for code, (value, proof) in answers.items():
        data |= {f"reponse-{code}": value, f"preuve-{code}": proof, f"vu-{code}": str(seen)}
    return browser.post(f"/offres/{offer}", data)


def stated(authority):
    rows = facts.rows_of_sheet(sheet("legal_facts"), authority.pk)
    return {row["fact"]: (row["value"], row["evidence"]) for row in rows}


def test_from_the_case_to_the_questions_in_three_pages(alice, planned, exempleville):
    case = alice.get("/cas/c2").content.decode()
    assert "/cas/c2/offres" in case
    listed = alice.get("/cas/courrier/offres").content.decode()
    assert "/faits/offers/nouveau/?case=courrier" in listed
    sent = {"id": "o", "case": "courrier", "vendor": "Éditeur A", "text": TEXT}
    assert alice.post("/faits/offers/nouveau/?case=courrier", sent).status_code == 302
    pk = pk_of(exempleville, "offers", code="o")
    assert f"/offres/{pk}" in alice.get("/cas/courrier/offres").content.decode()


def test_the_page_quotes_the_offer_where_it_speaks_and_says_where_it_does_not(alice, offer):
    text = words(alice.get(f"/offres/{offer}"))
    assert "<q>Nos serveurs sont hébergés en France.</q>" in text
    assert "l’offre n’en dit rien" in text


def test_answers_are_kept_with_their_proof_and_seen_by_all(alice, bruno, offer):
    assert post(alice, offer, training=("non", "Annexe 2")).status_code == 302
    page = bruno.get(f"/offres/{offer}").context["page"]
    line = next(x for g in page.groups for x in g.lines if x.code == "training")
    assert (line.value, line.evidence) == ("non", "Annexe 2")
    assert page.answered == 1


def test_chosen_answers_become_facts_with_where_they_come_from(alice, offer, exempleville):
    post(alice, offer, training=("non", "Annexe 2"), processor=("oui", ""))
    chosen = {"fait": [TRAINING], f"vu-{TRAINING}": "0"}
    alice.post(f"/offres/{offer}/retenir", chosen)
    assert stated(exempleville)[TRAINING] == ("non", "Éditeur A · Trieur 3 : Annexe 2")
    assert "use_case.processor" not in stated(exempleville), "only what was chosen"


def test_what_the_answers_would_move_is_told_before_they_are_kept(alice, offer):
    post(alice, offer, processor=("oui", "Contrat type"))
    answer = alice.get(f"/offres/{offer}")
    assert [move.rule for move in answer.context["page"].effect] == ["RGPD-28"]
    assert "Retenues, elles font bouger 1 règle" in words(answer)


def test_an_answer_somebody_gave_is_shown_beside_and_never_overwritten_in_silence(
    alice, offer, exempleville, someone, at
):
    known = {"case": "courrier", "fact": TRAINING, "value": "oui"}
    add_row(exempleville.pk, sheet("legal_facts"), known, by=someone, at=at)
    post(alice, offer, training=("non", "Annexe 2"))
    (filling,) = alice.get(f"/offres/{offer}").context["page"].fillings
    assert (filling.known, filling.proposed, filling.checked) == ("oui", "non", False)
    alice.post(f"/offres/{offer}/retenir", {"fait": [TRAINING], f"vu-{TRAINING}": "0"})
    assert stated(exempleville)[TRAINING][0] == "oui", "it was not what they had read"
    alice.post(f"/offres/{offer}/retenir", {"fait": [TRAINING], f"vu-{TRAINING}": "1"})
    assert stated(exempleville)[TRAINING][0] == "non"


def test_a_claim_of_exemption_without_its_proof_fills_nothing(alice, offer, exempleville):
    post(alice, offer, exemption=("fournisseur", ""))
    answer = alice.get(f"/offres/{offer}")
    assert answer.context["page"].fillings == ()
    assert "Sans sa preuve écrite" in words(answer)
    alice.post(f"/offres/{offer}/retenir", {"fait": ["use_case.filter_evidence"]})
    assert "use_case.filter_evidence" not in stated(exempleville)
    post(alice, offer, seen=1, exemption=("fournisseur", "Évaluation du 3 mars"))
    assert alice.get(f"/offres/{offer}").context["page"].fillings


def test_a_date_that_cannot_be_read_is_shown_again_and_nothing_is_kept(alice, offer):
    refused = post(alice, offer, market_date=("hier", ""), training=("non", "Annexe 2"))
    assert refused.status_code == 422
    text = refused.content.decode()
    assert 'value="hier"' in text
    assert 'value="Annexe 2"' in text
    assert alice.get(f"/offres/{offer}").context["page"].answered == 0


def test_two_people_who_answer_at_once_see_each_other(alice, bruno, offer):
    post(alice, offer, training=("non", "Annexe 2"))
    stopped = post(bruno, offer, training=("oui", ""))
    assert stopped.status_code == 409
    assert alice.get(f"/offres/{offer}").context["page"].groups
    line = next(
        x for g in alice.get(f"/offres/{offer}").context["page"].groups for x in g.lines
        if x.code == "training"
    )  # fmt: skip
    assert line.value == "non"


def test_both_answers_are_shown_to_the_one_who_came_second(alice, bruno, offer):
    post(alice, offer, notice=("En français", "Annexe 1"))
    stopped = post(bruno, offer, notice=("Aucune", ""))
    assert stopped.status_code == 409
    text = words(stopped)
    assert "En français, Annexe 1" in text
    assert 'value="Aucune"' in text


def test_a_form_nobody_touched_answers_nothing(alice, offer, exempleville):
    from gouvernail.apps.journal.queries import latest

    count = len(latest(exempleville.pk))
    post(alice, offer, training=("?", ""), processor=("?", ""), notice=("", ""))
    assert alice.get(f"/offres/{offer}").context["page"].answered == 0
    assert len(latest(exempleville.pk)) == count


def test_a_vendor_who_contradicts_the_case_stays_in_sight(alice, offer, exempleville, someone, at):
    post(alice, offer, processor=("oui", "Contrat type"))
    known = {"case": "courrier", "fact": "use_case.processor", "value": "non"}
    add_row(exempleville.pk, sheet("legal_facts"), known, by=someone, at=at)
    (filling,) = alice.get(f"/offres/{offer}").context["page"].fillings
    assert (filling.known, filling.proposed, filling.checked) == ("non", "oui", False)


def test_who_reads_does_not_answer_and_another_authority_has_no_such_offer(elu, chloe, offer):
    assert elu.get(f"/offres/{offer}").status_code == 200
    assert post(elu, offer, training=("non", "")).status_code == 403
    assert elu.post(f"/offres/{offer}/retenir", {"fait": [TRAINING]}).status_code == 403
    for path in (f"/offres/{offer}", f"/offres/{offer}/retenir"):
        assert chloe.post(path, {"fait": [TRAINING]}).status_code == 404
    assert chloe.get(f"/offres/{offer}").status_code == 404


def test_a_question_that_does_not_exist_is_not_found(alice, offer):
    assert post(alice, offer, nothing=("oui", "")).status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_letter_puts_every_question_of_the_page_and_no_other(
    alice, offer, exempleville, small_rows, language
):
    small_rows["offers"] = [
        {"id": "offre-1", "case": "courrier", "vendor": "Éditeur A", "text": TEXT}
    ]
    plan = compute(small_rows, on=ON)
    case = plan["cases"][0]
    said = words_of(vendor_letter(plan, case, case["offers"][0], language=language))
    asked = case["offers"][0]["questions"]
    page = offer_page(exempleville.pk, offer, None, on=ON)
    assert asked == [q.code for q in load_vendor_questions().questions if q.code in asked]
    assert {line.code for group in page.groups for line in group.lines} == set(asked)
    for question in load_vendor_questions().questions:
        text = question.text.fr if language == "fr" else question.text.en
        assert (" ".join(text.split()) in " ".join(said.replace("\u202f", " ").split())) is (
            question.code in asked
        ), question.code


def test_an_offer_already_answered_asks_for_no_letter(small_rows):
    small_rows["offers"] = [
        {"id": "o", "case": "courrier", "vendor": "A", "answered_on": date(2026, 11, 2)}
    ]
    assert compute(small_rows, on=ON)["cases"][0]["offers"] == []
