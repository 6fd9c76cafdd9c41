"""The example authority: fictive, coherent, sourced, and a real dilemma."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from gouvernail.demo.example import example_rows
from gouvernail.demo.share import write_share
from gouvernail_core.authority import Body
from gouvernail_core.authority.directory import search
from gouvernail_core.facts import build, notes
from gouvernail_core.kernel import Stage, Ternary
from gouvernail_core.portfolio import value_of
from gouvernail_core.protection import FlowIssue, ScanDuty, flow_findings
from gouvernail_core.selection import Status, solve
from gouvernail_core.steering.choose import choice_of


@pytest.fixture(scope="module")
def facts():
    return build(example_rows())


@pytest.fixture(scope="module")
def selection(facts):
    return solve(choice_of(facts, {}, seed=1).problem)


def test_is_a_town_that_does_not_exist(facts):
    assert facts.authority.name == "Ville de Val-de-Brenne"
    assert search("val de brenne") == ()


def test_each_reader_receives_rows_of_their_own():
    example_rows()["use_cases"][0]["title"] = "Changé"
    assert example_rows()["use_cases"][0]["title"] == "Prévision des repas"


def test_its_services_hold_all_its_agents(facts):
    assert sum(service.agents for service in facts.services) == facts.authority.agents == 550


def test_says_what_has_not_been_examined(facts):
    seen = Counter(store.examined for store in facts.stores)
    assert seen == {Ternary.YES: 14, Ternary.UNKNOWN: 5, Ternary.NO: 4}
    for store in facts.stores:
        assert (store.data_class is not None) <= (store.examined is not Ternary.NO)


def test_each_store_of_the_share_is_examined_in_its_own_folder(facts, tmp_path):
    named = {store.id: store.folder for store in facts.stores if store.folder}
    assert named == {code: path.name for code, path in write_share(tmp_path).items()}


def test_two_services_are_silos_and_two_are_the_only_way_through(facts):
    given, taken = ({getattr(f, end) for f in facts.flows} for end in ("giver", "receiver"))
    alone = {service.id for service in facts.services} - given - taken
    assert alone == {"culture", "police"}
    found = flow_findings(facts.flows, facts.stores, facts.services)
    assert {f.subject for f in found if f.issue is FlowIssue.SILO} == alone
    assert {f.subject for f in found if f.issue is FlowIssue.CUT_POINT} == {"finances", "rh"}
    rest_on = Counter(flow.carrier for flow in facts.flows if flow.carrier)
    assert rest_on == {"Secrétaire du CCAS": 3, "Gestionnaire de la paie": 2}


def test_files_are_examined_once_all_that_was_due_is_done(facts):
    assert {answer.duty for answer in facts.scan_duties} == set(ScanDuty)
    assert all(a.done is Ternary.YES and a.reference for a in facts.scan_duties)
    on = {answer.duty: answer.on for answer in facts.scan_duties}
    assert max(on.values()) < facts.authority.plan_from
    assert on[ScanDuty.STAFF_BODY] in {s.on for s in facts.sittings if s.body is Body.CST}
    assert on[ScanDuty.PURPOSE] < on[ScanDuty.DPO] < on[ScanDuty.STAFF_BODY]
    assert on[ScanDuty.STAFF_BODY] < on[ScanDuty.AGENTS_INFORMED]


def test_nothing_of_the_example_is_to_be_looked_at_twice():
    assert notes(example_rows()) == ()


def test_every_case_names_the_public_case_it_draws_on(facts):
    for case in facts.use_cases:
        assert case.source_id.startswith("UC")
        assert case.source_url.startswith("https://")
    assert len({case.source_id for case in facts.use_cases}) == 9


def test_one_pair_is_incomplete_and_one_case_is_stopped(facts):
    assert [case.id for case in facts.use_cases if not case.elu] == ["courrier"]
    stopped = [case for case in facts.use_cases if case.stage is Stage.STOPPED]
    assert [case.id for case in stopped] == ["candidatures"]
    assert stopped[0].stage_reason


def test_some_raters_are_silent_and_some_disagree(facts):
    assert any(value_of(rating).silent for rating in facts.ratings)
    views = [(r.elu, r.director, r.agents) for r in facts.ratings]
    given = [[view for view in three if view is not None] for three in views]
    gaps = [max(scores) - min(scores) for scores in given if len(scores) > 1]
    assert max(gaps) >= 2


def test_savings_are_shown_and_weigh_nothing(facts):
    assert {c.id: c.weight for c in facts.criteria}["economies"] == 0
    assert sum(c.weight for c in facts.criteria) == 100


def test_says_honestly_what_nobody_knows_yet(facts):
    unknown = [fact for fact in facts.legal_facts if fact.value == "?"]
    assert 10 <= len(unknown) <= len(facts.legal_facts) / 4


def test_not_everything_fits_its_means(facts):
    running = [case for case in facts.use_cases if case.in_the_running]
    for budget in facts.budgets:
        assert sum(case.costs_eur[budget.year] for case in running) > budget.amount_eur


def test_two_cases_hold_whatever_the_weighting_and_four_are_disputed(selection):
    status = {case.id: case.status for case in selection.cases}
    assert {one for one, found in status.items() if found is Status.CORE} == {"repas", "entretiens"}
    disputed = {one for one, found in status.items() if found is Status.BORDERLINE}
    assert disputed == {"guichet", "deliberations", "voirie", "courrier"}
    assert set(selection.recommended) == {"repas", "entretiens", "guichet", "deliberations"}


def test_what_is_recommended_fits_the_budgets_of_every_year(facts, selection):
    for budget in facts.budgets:
        spent = sum(facts.case(one).costs_eur[budget.year] for one in selection.recommended)
        assert spent <= budget.amount_eur


def test_actors_genuinely_disagree(facts):
    assert len({priority.actor for priority in facts.priorities}) == 5


def test_the_committee_sits_after_the_elections_and_not_before(facts):
    election = date(2026, 12, 10)
    coming = [s.on for s in facts.sittings if s.body == "cst" and s.on >= facts.authority.plan_from]
    assert min(coming) == facts.authority.new_body_installed_on == date(2027, 2, 11)
    assert min(coming) > election


def test_no_sitting_falls_on_a_week_end(facts):
    assert all(sitting.on.weekday() < 5 for sitting in facts.sittings)
