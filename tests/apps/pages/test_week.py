"""« Ma semaine »: at most seven items, the current step, what changed."""

from __future__ import annotations

import copy

import pytest

from gouvernail.apps.home import presentation

pytestmark = pytest.mark.usefixtures("in_french")

WAITING = {"state": "waiting", "state_label": {"fr": "En attente", "en": "Waiting"}}


def item(kind, page="case", code="c1", **more):
    return {
        "kind": kind, "title": {"fr": kind, "en": kind}, "text": {"fr": "", "en": ""},
        "minutes": 5, "due": None, "who": "", "link": {"page": page, "id": code}, "badge": None,
        **more,
    }  # fmt: skip


def test_shows_seven_items_at_most_and_every_deadline_apart(plan):
    plan["week"] = [item("decide") for _ in range(5)] + [item("blocked") for _ in range(5)]
    plan["week"] += [item("deadline", due=f"2027-01-{day:02}") for day in range(4, 7)]
    week = presentation.week_page(plan)
    assert len(week.decisions) + len(week.blocked) + len(week.questions) == 7
    assert week.hidden == 3
    assert len(week.deadlines) >= 3


def test_minutes_are_those_of_the_decisions(plan):
    assert presentation.week_page(plan).minutes == 20
    assert "20" in presentation.week_page(plan).lede


@pytest.mark.parametrize(
    ("count", "title"),
    [(0, "Rien n’attend votre décision cette semaine"), (1, "Une décision n’attend que vous"),
     (2, "Deux décisions n’attendent que vous"), (7, "Sept décisions n’attendent que vous")],
)  # fmt: skip
def test_the_title_is_the_answer(plan, count, title):
    plan["week"] = [item("decide") for _ in range(count)]
    assert presentation.week_page(plan).title == title


def test_every_item_leads_to_its_page(plan):
    week = presentation.week_page(plan)
    links = [line.href for line in (*week.decisions, *week.blocked, *week.questions)]
    assert links == ["/choisir", "/ia-deja-la?decision=attente#u1", "/cas/c1", "/cas/c3", "/faits/"]


@pytest.mark.parametrize(
    ("page", "code", "href"),
    [("obligations", "AIA-04", "/consulter#collectivite-AIA-04"),
     ("obligations", None, "/consulter"), ("dialogue", None, "/consulter#seances"),
     ("protection", "s2", "/proteger#s2"),
     ("roadmap", None, "/feuille-de-route"), ("unheard-of", None, "")],
)  # fmt: skip
def test_links_name_the_place_on_the_page(page, code, href):
    assert presentation.page_address({"page": page, "id": code}) == href


def test_deadlines_are_in_order_and_hold_the_sittings(plan):
    days = [line.on for line in presentation.week_page(plan).deadlines]
    assert days == sorted(days)
    assert "2027-02-11" in days


def test_the_current_step_is_that_of_the_first_decision(plan):
    states = {step.code: step.state for step in presentation.way(plan)}
    assert states["choose"] == "ici"
    plan["week"] = [item("decide", "protection", "s1")]
    assert {s.code: s.state for s in presentation.way(plan)}["protect"] == "ici"


def test_before_the_plan_the_way_begins_with_protecting():
    steps = presentation.way(None)
    assert [step.state for step in steps] == ["ici", *[""] * 7]


def test_steps_without_a_page_are_said_to_come_and_lead_nowhere(planned):
    steps = {step.code: step for step in presentation.way(None)}
    for code in ("decide", "measure", "account"):
        assert steps[code].href == ""
        assert steps[code].note == "À venir"


def test_progress_counts_what_is_done(plan):
    notes = {step.code: step.note for step in presentation.way(plan)}
    assert notes["protect"] == "1 gisement sur 3 examiné"
    assert notes["explore"] == "2 cas sur 3 notés par leur binôme"
    assert notes["choose"] == "2 retenus sur 2"
    assert notes["consult"] == "1 avis sur 2"


def test_says_what_changed_since_the_previous_plan(keep, plan, alice):
    before = copy.deepcopy(plan)
    before["selection"]["recommended"] = ["c2", "c3"]
    before["cases"][0]["doors"][0] |= WAITING
    before["roadmap"]["tasks"][0]["start"] = "2026-11-24"
    keep(before)
    keep(plan)
    text = alice.get("/").content.decode().replace("\u00a0", " ")
    assert "Ce qui a changé depuis le calcul précédent" in text
    assert "24 novembre 2026" in text


def moved(alice):
    """Return what moved, as pages show it."""
    return alice.get("/").context["changes"].plan


def test_nothing_changed_between_a_plan_and_itself(keep, plan, alice):
    keep(plan)
    assert moved(alice) == ()
    keep(copy.deepcopy(plan))
    assert moved(alice) == ()


def test_a_change_of_gate_of_proposal_and_of_date_is_told_once_each(keep, plan, alice):
    before = copy.deepcopy(plan)
    before["selection"]["recommended"] = ["c2"]
    before["cases"][0]["doors"][0] |= WAITING
    before["roadmap"]["tasks"][0]["start"] = "2026-11-24"
    keep(before)
    keep(plan)
    found = moved(alice)
    assert len(found) == 3
    told = {(change.before, change.after) for change in found}
    assert ("En attente", "Ouverte") in told
    assert "24 novembre 2026" in {change.before for change in found}


def test_a_case_that_left_the_plan_leads_nowhere(keep, plan, alice):
    before = copy.deepcopy(plan)
    gone = before["cases"][-1] | {"id": "parti", "title": "Cas parti"}
    before["cases"].append(gone)
    before["selection"]["recommended"].append("parti")
    keep(before)
    keep(plan)
    assert [(c.title, c.case) for c in moved(alice)] == [("Cas parti", "")]
