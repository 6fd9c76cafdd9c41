"""The duties: the authority first, cases on request, each with its reasons and sources."""

from __future__ import annotations

import csv
import io

import pytest

from apps.conftest import words
from gouvernail.apps.obligations import presentation

pytestmark = pytest.mark.usefixtures("in_french")


def all_findings(plan):
    yield from plan["obligations"]["authority"]["findings"]
    for case in plan["cases"]:
        yield from case["obligations"]["findings"]


def wanted(plan, **params):
    return presentation.filters(plan, params, "/consulter")


def test_counts_are_those_of_counting_rules_one_by_one(plan):
    found = presentation.counts(plan)
    for outcome in presentation.OUTCOMES:
        rules = {f["rule"] for f in all_findings(plan) if f["outcome"] == outcome}
        assert found[outcome] == len(rules)


def test_nothing_is_asked_of_a_case_that_was_stopped(plan):
    before = presentation.counts(plan)["blocking"]
    plan["cases"][0]["stage"] = "stopped"
    assert presentation.counts(plan)["blocking"] == before - 1
    asked = {code for item in presentation.questions(plan) for code, _title in item.about}
    assert "c1" not in asked
    assert "c1" not in {item.code for item in presentation.summaries(plan)}
    assert [case["id"] for case in presentation.matrix_cases(plan, wanted(plan))] == ["c2", "c3"]
    assert presentation.matrix_cases(plan, wanted(plan, cas="c1"))[0]["id"] == "c1"


def test_without_filter_only_the_authority_is_told_rule_by_rule(plan):
    assert [group.code for group in presentation.groups(plan, wanted(plan))] == [""]


@pytest.mark.parametrize("outcome", presentation.OUTCOMES)
def test_a_filter_on_the_state_keeps_every_finding_of_that_state(plan, outcome):
    groups = presentation.groups(plan, wanted(plan, etat=outcome))
    held = [f for group in groups for f in (*group.findings, *group.aside)]
    assert len(held) == sum(f["outcome"] == outcome for f in all_findings(plan))
    assert {f["outcome"] for f in held} <= {outcome}


def test_filters_on_the_case_the_person_and_the_word(plan):
    assert [g.code for g in presentation.groups(plan, wanted(plan, cas="c1"))] == ["c1"]
    for group in presentation.groups(plan, wanted(plan, qui="DRH")):
        assert all({"fr": "DRH", "en": "HR director"} in f["who"] for f in group.findings)
    found = presentation.groups(plan, wanted(plan, mot="transcription", cas="c1"))
    assert found == ()


def test_the_matrix_holds_a_cell_for_each_finding_that_asks_something(plan):
    lines = presentation.matrix(plan, wanted(plan))
    cells = [cell for line in lines for cell in line.cells if cell and cell.href]
    expected = [
        f for case in plan["cases"] for f in case["obligations"]["findings"]
        if f["outcome"] != "not_applicable"
    ]  # fmt: skip
    assert len(cells) == len(expected)


def test_cells_lead_to_the_rule_on_the_page_of_the_case(planned, plan):
    from apps.pages.parts import Page

    ids = Page(planned.get("/cas/c1").content.decode()).ids
    lines = presentation.matrix(plan, wanted(plan, cas="c1"))
    for line in lines:
        for cell in line.cells:
            if cell and cell.href:
                assert cell.href.partition("#")[2] in ids


def test_summaries_add_up(plan):
    for item, case in zip(presentation.summaries(plan), plan["cases"], strict=True):
        given = case["obligations"]["counts"]
        expected = {k: given.get(k, 0) for k in presentation.STATES[:-1]}
        assert dict(item.counts) == expected


def proven(plan, **proof):
    """Give a proof to the impact assessment of the first case."""
    finding = plan["cases"][0]["obligations"]["findings"][1]
    finding.update({"owner": "Julien Ferrand", **proof})


def test_what_a_proof_shows_done_is_no_longer_to_do(plan):
    before = presentation.counts(plan)
    proven(plan, done_on="2026-10-30")
    after = presentation.counts(plan)
    assert after["due"] == before["due"] - 1
    assert after["done"] == 1
    assert "une faite" in presentation.duties_title(plan)
    assert dict(presentation.summaries(plan)[0].counts)["done"] == 1
    kept = presentation.groups(plan, wanted(plan, etat="due", cas="c1"))
    assert "RGPD-AIPD" not in {f["rule"] for group in kept for f in group.findings}


def test_a_proof_is_said_on_the_page_of_the_case(keep, plan, alice):
    proven(plan, done_on="2026-10-30")
    keep(plan)
    assert "Fait le 30 octobre 2026" in words(alice.get("/cas/c1"))
    assert "Fait le" in words(alice.get("/consulter?etat=done"))


def test_a_promise_says_when_and_by_whom(keep, plan, alice):
    proven(plan, promised_on="2027-01-15")
    keep(plan)
    assert "Attendu le 15 janvier 2027, par Julien Ferrand." in words(alice.get("/cas/c1"))


def test_questions_come_by_what_they_decide(plan):
    found = presentation.questions(plan)
    assert [item.decides for item in found] == [3, 2, 1, 1]
    assert found[0].about == (("c3", "Aide à la réponse au guichet"),)


def test_a_question_of_several_cases_is_asked_once(plan):
    first, last = plan["cases"][0], plan["cases"][2]
    first["obligations"]["questions"] = last["obligations"]["questions"][:1]
    found = presentation.questions(plan)[0]
    assert [code for code, _title in found.about] == ["c1", "c3"]
    assert found.decides == 6


def test_provenance_is_said_in_words(planned):
    text = planned.get("/consulter?etat=due").content.decode()
    assert "lu" in text
    assert "lu dans une source qui le cite" in text
    assert "Pourquoi" in text


def test_the_file_holds_every_finding(planned, plan):
    text = planned.get("/consulter.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) - 1 == len(list(all_findings(plan)))


def test_the_management_team_is_not_a_sitting_of_the_dialogue(plan):
    plan["dialogue"]["sittings"].append(
        {
            "body": "codir",
            "body_label": {"fr": "Comité de direction", "en": "x"},
            "on": "2027-01-07",
        }
    )
    assert "codir" not in {item["body"] for item in presentation.sittings(plan)}


def test_beyond_thirty_cases_one_is_chosen_for_the_matrix(keep, plan, alice):
    model = plan["cases"][0]
    plan["cases"] += [model | {"id": f"d{n:02}", "title": f"Doublon {n:02}"} for n in range(40)]
    keep(plan)
    text = words(alice.get("/consulter"))
    assert "n’est pas montré pour 43 cas" in text
    assert 'class="croise' not in text
    assert "Doublon 39" in text
    chosen = words(alice.get("/consulter?cas=d07"))
    assert 'class="croise' in chosen
    assert "Un pilote en conditions réelles est déjà une mise en œuvre" in chosen
