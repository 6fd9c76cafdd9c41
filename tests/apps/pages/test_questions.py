"""The questions about one case: one at a time, saved at each, with names and what each changed."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from apps.conftest import member, words
from gouvernail.apps.facts import queries as facts
from gouvernail.apps.facts.services import add_row
from gouvernail.apps.journal.queries import latest
from gouvernail.apps.obligations.answers import answer, case_answers
from gouvernail.common.actor import Actor, ActorKind
from gouvernail_core.facts import sheet
from gouvernail_core.knowledge.questionnaire import load_questionnaire

pytestmark = pytest.mark.usefixtures("in_french")

PAGE = "/cas/courrier/questions"
AT = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
TOOL = list(load_questionnaire().question("tool").facts)


def given(authority) -> dict[str, str]:
    rows = facts.rows_of_sheet(sheet("legal_facts"), authority.pk)
    return {row["fact"]: row["value"] for row in rows if row["case"] == "courrier"}


def post(browser, question, seen=None, **fields):
    """Answer a question as its form would; `seen` gives the versions when they are not 0."""
    shown = fields.pop("montre", list(load_questionnaire().question(question).facts))
    versions = [str((seen or {}).get(name, 0)) for name in shown]
    return browser.post(PAGE, {"question": question, "montre": shown, "vu": versions, **fields})


def test_the_page_asks_one_question_the_most_decisive_first(alice):
    answer = alice.get(PAGE)
    text = words(answer)
    assert answer.context["page"].left > 5
    assert len(answer.context["page"].questions) == 1
    assert "Est-ce une intelligence artificielle ?" in text
    assert "Exemple : Un assistant qui rédige en est une" in text
    assert "Je ne sais pas" in text


def test_all_the_questions_stand_on_one_page_when_asked(alice):
    page = alice.get(f"{PAGE}?tout=1").context["page"]
    assert len(page.questions) == page.left
    ids = re.findall(r'id="([^"]+)"', alice.get(f"{PAGE}?tout=1").content.decode())
    assert len(ids) == len(set(ids)), "an id twice"


def test_an_answer_is_kept_at_once_with_its_day_and_the_next_question_tells_what_it_moved(
    alice, exempleville
):
    saved = post(alice, "tool", choix="0")
    assert saved.status_code == 302
    assert given(exempleville)["use_case.is_ai_system"] == "oui"
    assert given(exempleville)["use_case.is_algorithmic"] == "oui"
    text = words(alice.get(saved["Location"]))
    assert "Enregistré : « Est-ce une intelligence artificielle ? »" in text
    assert re.search(r"Cette réponse fait bouger \d+ règles", text)
    acts = {told.act for told in latest(exempleville.pk, limit=2)}
    assert acts == {"fact-added"}


def test_who_answered_is_named_when_the_sheet_of_people_knows_them(exempleville, client_of):
    from gouvernail.apps.accounts.models import Membership

    user = member(exempleville, "alice", "dgs")
    Membership.objects.filter(user=user).update(person="alice")
    browser = client_of(user)
    post(browser, "tool", choix="1")
    assert "Alice Dupont" in words(browser.get(f"{PAGE}?q=tool"))


def test_boxes_left_unticked_are_no_and_a_doubt_stays_a_doubt(alice, exempleville):
    shown = ["use_case.scoring", "use_case.profiling", "use_case.vulnerable"]
    post(alice, "privacy", montre=shown, oui=["use_case.vulnerable"], nsp=["use_case.profiling"])
    kept = given(exempleville)
    assert kept["use_case.vulnerable"] == "oui"
    assert kept["use_case.scoring"] == "non"
    assert kept["use_case.profiling"] == "?"
    assert "use_case.innovative" not in kept, "what was not shown is not answered"


def test_nothing_ticked_is_not_taken_for_no(alice, exempleville):
    before = given(exempleville)
    refused = post(alice, "privacy")
    assert refused.status_code == 422
    assert "Cochez au moins une ligne" in words(refused)
    assert given(exempleville) == before


def test_none_of_these_says_no_to_all_that_was_shown(alice, exempleville):
    post(alice, "privacy", geste="aucune")
    kept = given(exempleville)
    assert kept["use_case.cnil_required_items"] == "aucun"
    names = load_questionnaire().question("privacy").facts
    assert {kept[name] for name in names if name != "use_case.cnil_required_items"} == {"non"}


def test_boxes_and_none_together_are_refused_and_stay_ticked(alice):
    refused = post(alice, "privacy", geste="aucune", oui=["use_case.scoring"])
    assert refused.status_code == 422
    assert 'value="use_case.scoring" checked' in refused.content.decode()


def test_i_do_not_know_is_kept_and_the_question_comes_back_last(alice, exempleville):
    first = alice.get(PAGE).context["page"].questions[0].code
    post(alice, first, geste="nsp")
    kept = given(exempleville)
    assert {kept[name] for name in load_questionnaire().question(first).facts} == {"?"}
    every = alice.get(f"{PAGE}?tout=1").context["page"]
    assert every.questions[-1].code == first
    assert every.unsure == 1


def test_a_figure_that_cannot_be_read_is_said_and_shown_again(alice, exempleville):
    before = given(exempleville)
    refused = post(
        alice, "purchase", **{"contract.kind": "marché", "contract.need_value_ht": "beaucoup"}
    )
    assert refused.status_code == 422
    assert 'value="beaucoup"' in refused.content.decode()
    assert given(exempleville) == before, "nothing is half kept"


def test_numbers_days_and_lists_are_read_as_they_are_written(alice, exempleville):
    post(
        alice,
        "purchase",
        **{
            "contract.kind": "marché",
            "contract.need_value_ht": "48 000,50",
            "contract.consultation_date": "2027-03-01",
            "use_case.council_matters": ["tarif", "règlement"],
        },
    )
    stated = case_answers(exempleville.pk, "courrier").situation.facts
    assert str(stated["contract.need_value_ht"]) == "48000.5"
    assert stated["contract.consultation_date"].isoformat() == "2027-03-01"
    assert stated["use_case.council_matters"] == {"tarif", "règlement"}


def test_what_the_authority_itself_must_say_is_written_on_its_own_sheet(alice, exempleville):
    version = facts.record_for(sheet("authority"), exempleville.pk, exempleville.pk).version
    threshold = "authority.executive_delegation_threshold"
    post(alice, "authority", collectivite=version, **{threshold: "90000"})
    assert post(alice, "authority", collectivite=version, **{threshold: "4"}).status_code == 409
    row = facts.record_for(sheet("authority"), exempleville.pk, exempleville.pk).row
    assert row["delegation_threshold_eur"] == 90000
    assert "authority.executive_delegation_threshold" not in given(exempleville)


def test_two_people_who_answer_at_once_see_each_other(alice, bruno, exempleville):
    post(alice, "tool", choix="0")
    stopped = post(bruno, "tool", choix="1")
    assert stopped.status_code == 409
    assert "Quelqu’un a répondu à cette question entre-temps" in words(stopped)
    assert given(exempleville)["use_case.is_ai_system"] == "oui", "the first answer stands"


def test_a_form_sent_twice_is_kept_once_and_blames_nobody(alice, exempleville):
    assert post(alice, "tool", choix="0").status_code == 302
    count = len(latest(exempleville.pk))
    assert post(alice, "tool", choix="0").status_code == 302
    assert len(latest(exempleville.pk)) == count


def test_the_same_answer_twice_writes_once(exempleville):
    by = Actor(ActorKind.PERSON, "Alice", authority_id=exempleville.pk)
    told = {"seen": {}, "by": by, "at": AT}
    assert answer(exempleville.pk, "courrier", {"use_case.scoring": True}, **told) == ()
    count = len(latest(exempleville.pk))
    told["seen"] = {"use_case.scoring": 1}
    assert answer(exempleville.pk, "courrier", {"use_case.scoring": True}, **told) == ()
    assert len(latest(exempleville.pk)) == count


def test_somebody_who_reads_sees_the_questions_and_cannot_answer(elu, exempleville):
    page = elu.get(PAGE)
    assert page.status_code == 200
    assert "Enregistrer" not in words(page)
    before = given(exempleville)
    assert post(elu, "tool", choix="0").status_code == 403
    assert given(exempleville) == before


def test_the_case_of_another_authority_does_not_exist_here(alice, elsewhere, someone, at):
    row = {"id": "secret", "title": "Un cas d’Ailleurs"}
    add_row(elsewhere.pk, sheet("use_cases"), row, by=someone, at=at)
    assert alice.get("/cas/secret/questions").status_code == 404
    assert alice.post("/cas/secret/questions", {"question": "tool"}).status_code == 404


@pytest.mark.parametrize(
    "posted",
    [
        {"question": "nothing"},
        {"question": ""},
        {},
    ],
)
def test_a_question_that_does_not_exist_is_not_found(alice, posted):
    assert alice.post(PAGE, posted).status_code == 404


@pytest.mark.parametrize(
    "posted",
    [
        {"question": "tool", "choix": "99"},
        {"question": "tool", "choix": "-1"},
        {"question": "tool", "choix": "x"},
        {"question": "privacy", "oui": "use_case.unheard_of"},
        {"question": "purchase", "contract.kind": "troc"},
        {"question": "purchase", "use_case.council_matters": ["aucun", "tarif"]},
        {"question": "purchase"},
    ],
)
def test_what_a_form_never_sends_is_refused_calmly(alice, exempleville, posted):
    before = given(exempleville)
    assert alice.post(PAGE, posted).status_code in (302, 422)
    if posted.get("oui") != "use_case.unheard_of":
        assert given(exempleville) == before


def test_when_nothing_is_left_the_page_says_so_and_shows_every_answer(alice, exempleville):
    for _turn in range(40):
        page = alice.get(PAGE).context["page"]
        if page.left == page.unsure:
            break
        post(alice, page.questions[0].code, montre=[s.fact for s in page.questions[0].shown],
             seen={s.fact: s.version for s in page.questions[0].shown}, geste="nsp")  # fmt: skip
    else:
        pytest.fail("the questions never end")
    assert "où personne ne sait encore" in words(alice.get(PAGE))


def test_before_the_kind_of_the_authority_is_known_the_page_asks_for_it(db, client_of, someone, at):
    from gouvernail.apps.facts.services import open_authority

    pk = open_authority("neuve", name="Commune neuve", by=someone, at=at)
    add_row(pk, sheet("use_cases"), {"id": "courrier", "title": "Tri"}, by=someone, at=at)
    from django.apps import apps

    new = apps.get_model("authority.Authority").objects.get(pk=pk)
    browser = client_of(member(new, "nora", "dgs"))
    for path in (PAGE, "/cas/courrier/offres"):
        answer = browser.get(path, follow=True)
        assert answer.redirect_chain[-1][0] == f"/faits/authority/{pk}/"
        assert "Dites d’abord quel est le type de votre collectivité" in words(answer)


def test_an_answer_that_changes_loses_the_evidence_of_the_one_before(
    alice, exempleville, someone, at
):
    known = {"case": "courrier", "fact": "use_case.scoring", "value": "oui", "evidence": "Note 3"}
    add_row(exempleville.pk, sheet("legal_facts"), known, by=someone, at=at)
    shown = ["use_case.scoring"]

    def evidence():
        rows = facts.rows_of_sheet(sheet("legal_facts"), exempleville.pk)
        return next(row["evidence"] for row in rows if row["fact"] == "use_case.scoring")

    post(alice, "privacy", {"use_case.scoring": 1}, montre=shown, oui=shown)
    assert evidence() == "Note 3", "the same answer keeps it"
    post(alice, "privacy", {"use_case.scoring": 2}, montre=shown, geste="aucune")
    assert evidence() == ""
