"""A plan in its parts, and whole again."""

from __future__ import annotations

import copy
import json

import pytest

from apps.conftest import AT, PLAN
from core.steering.small_authority import case, steered
from gouvernail.apps.steering import queries
from gouvernail.apps.steering.models import CaseResult, Result
from gouvernail.apps.steering.parts import named, parts_of, whole
from gouvernail.apps.steering.services import keep_plan
from gouvernail_core.steering import to_plan

CASES = (case("a", 1_000, 4), case("b", 2_000, 3), case("c", 3_000, 2))


@pytest.fixture(scope="module")
def true_plan():
    """Return a plan as the core computes it, through JSON as the database does."""
    return json.loads(json.dumps(to_plan(steered(*CASES))))


def again(parts):
    return named(parts.plan, parts.law, {}, [whole(row.whole, parts.law) for row in parts.rows])


def test_a_plan_comes_back_from_its_parts_as_it_was(true_plan):
    parts = parts_of(true_plan)
    assert again(parts) == true_plan
    assert len(json.dumps(parts.plan)) < len(json.dumps(true_plan)) / 3


def test_a_rule_that_speaks_otherwise_of_one_case_keeps_its_words_there():
    plan = json.loads(PLAN.read_text(encoding="utf-8"))
    other = copy.deepcopy(plan["cases"][0])
    other["id"] = "autre"
    other["obligations"]["findings"][0]["title"] = {"fr": "Un autre titre", "en": "Another title"}
    plan["cases"].append(other)
    assert again(parts_of(plan)) == plan


def test_splitting_changes_nothing_of_the_plan_given(true_plan):
    before = copy.deepcopy(true_plan)
    parts_of(true_plan)
    assert true_plan == before


def test_what_the_rules_say_in_short_says_it_in_the_same_words(true_plan):
    parts = parts_of(true_plan)
    duties = {row.whole["id"]: row.duties for row in parts.rows}
    short = named(parts.plan, parts.law, duties)
    for brief, full in zip(short["cases"], true_plan["cases"], strict=True):
        held, wanted = brief["obligations"], full["obligations"]
        assert held["questions"] == wanted["questions"]
        for said, told in zip(held["findings"], wanted["findings"], strict=True):
            assert said.items() <= told.items()
            assert {"rule", "outcome", "outcome_label", "title", "who", "done_on"} <= set(said)


def test_a_case_is_read_whole_and_those_of_another_authority_are_not(
    exempleville, elsewhere, true_plan
):
    here = queries.latest_plan(keep(exempleville, true_plan).authority_id)
    there = queries.latest_plan(keep(elsewhere, {**true_plan, "cases": []}).authority_id)
    first = true_plan["cases"][0]
    assert queries.whole_case(here, first["id"]) == first
    assert queries.whole_plan(here) == true_plan
    assert queries.whole_case(here, "inconnu") is None
    assert queries.whole_case(there, first["id"]) is None
    codes = [each["id"] for each in true_plan["cases"][:2]]
    assert queries.whole_cases(here, reversed(codes)) == true_plan["cases"][:2]


def keep(authority, plan):
    return keep_plan(authority.pk, plan, facts_digest=authority.facts_digest, at=AT)


def test_the_latest_two_plans_stay_whole_the_others_in_short(exempleville, someone, at):
    from gouvernail.apps.steering.services import run_now

    for _turn in range(4):
        run_now(exempleville.pk, by=someone, at=at)
    kept = list(Result.objects.order_by("-pk").values_list("pk", flat=True))
    assert len(kept) == 4
    assert set(CaseResult.objects.values_list("result", flat=True)) == set(kept[:2])
