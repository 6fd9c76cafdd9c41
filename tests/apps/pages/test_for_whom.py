"""The week of each person: only what is theirs is said to wait for them."""

from __future__ import annotations

import pytest

from apps.conftest import member, words
from apps.pages.test_week import item
from gouvernail.apps.home import presentation
from gouvernail.apps.home.presentation import Reader

pytestmark = pytest.mark.usefixtures("in_french")

DGS = Reader("Hélène Vasseur", frozenset({"dgs"}))
DPO = Reader("Julien Ferrand", frozenset({"dpo"}))
SECRETARY = Reader("Odile Garnier", frozenset({"secretary"}))


@pytest.mark.parametrize(
    ("reader", "who", "theirs"),
    [
        (DGS, "DGS", True), (DGS, "dgs", True), (DGS, "", True), (DGS, "DPO", False),
        (DPO, "DGS", False), (DPO, "", False), (DPO, "DPO", True), (DPO, "DRH et DPO", True),
        (DPO, "Julien Ferrand (DPO)", True), (DPO, "julien ferrand", True),
        (DPO, "Nadia Benali (DRH)", False), (SECRETARY, "DGS", True), (SECRETARY, "DPO", True),
        (SECRETARY, "Nadia Benali", False),
    ],
)  # fmt: skip
def test_an_item_is_of_the_role_or_the_person_it_names(reader, who, theirs):
    assert reader.holds(who) is theirs


def test_the_decisions_of_the_director_do_not_wait_for_somebody_else(plan):
    plan["week"] = [item("decide", who="DGS"), item("decide", who="DGS")]
    week = presentation.week_page(plan, DPO)
    assert week.title == "Rien n’attend votre décision cette semaine"
    assert week.decisions == ()
    assert len(week.others) == 2
    assert week.others_title == "Ce que décide la direction générale"
    assert week.minutes == 0


def test_what_the_law_asks_of_another_role_is_not_the_director_s(plan):
    plan["week"] = [item("decide", who="DGS"), item("decide", who="DPO")]
    week = presentation.week_page(plan, DGS)
    assert week.title == "Une décision n’attend que vous"
    assert week.others_title == "Ce que d’autres décident"


def test_an_answer_that_somebody_holds_is_said_to_wait_for_them(plan):
    plan["week"] = [item("decide", who="DGS"), item("question", who="Julien Ferrand")]
    week = presentation.week_page(plan, DPO)
    assert week.title == "Une réponse n’attend que vous"
    assert week.questions[0].mine


def test_the_page_of_a_reader_says_nothing_waits_and_still_shows_the_rest(keep, plan, elu):
    keep(plan)
    text = words(elu.get("/"))
    assert "Rien n’attend votre décision cette semaine" in text
    assert "n’attendent que vous" not in text
    assert "Ce que décide la direction générale" in text


def test_the_director_sees_what_depends_on_her(planned):
    text = words(planned.get("/"))
    assert "Ce qui ne dépend que de vous" in text
    assert "Ce que décide la direction générale" not in text


def test_blocked_cases_that_are_not_shown_are_counted(plan):
    plan["week"] = [item("blocked")]
    for case in plan["cases"]:
        case["blocked"] = True
    assert presentation.week_page(plan).blocked_note == "1 sur 3, les voir tous"
    plan["cases"][1]["blocked"] = plan["cases"][2]["blocked"] = False
    assert presentation.week_page(plan).blocked_note == "Voir dans le portefeuille"


def test_a_gate_is_said_as_a_gate():
    badge = {"fr": "Dialogue\u00a0: fermée", "en": "Dialogue: closed"}
    assert words(presentation.gate_badge(badge)) == "Porte dialogue : fermée"


def test_a_deadline_says_who(keep, plan, exempleville, client_of):
    plan["week"] = [item("deadline", due="2027-01-15", who="Julien Ferrand")]
    keep(plan)
    dpo = client_of(member(exempleville, "julien", "dpo"))
    assert "Julien Ferrand" in words(dpo.get("/"))


def test_a_button_leads_where_it_says(planned):
    text = planned.get("/").content.decode()
    assert "/ia-deja-la?decision=attente" in text
    assert "Voir la proposition" in text


def test_each_use_may_be_decided_by_those_who_may(
    keep, plan, alice, elu, exempleville, someone, at
):
    from gouvernail.apps.facts import services
    from gouvernail_core.facts import sheet

    row = {"id": "u1", "name": plan["existing_uses"][0]["name"]}
    pk = services.add_row(exempleville.pk, sheet("existing_uses"), row, by=someone, at=at)
    keep(plan)
    link = f'href="/faits/existing_uses/{pk}/#f-verdict"'
    assert link in alice.get("/ia-deja-la").content.decode()
    assert "/faits/existing_uses/" not in elu.get("/ia-deja-la").content.decode()


def test_only_what_waits_is_shown_when_asked(planned):
    text = words(planned.get("/ia-deja-la?decision=attente"))
    assert "Traduction au guichet" in text
    assert "Aide à la rédaction" not in text
    assert 'href="/ia-deja-la"' in text
