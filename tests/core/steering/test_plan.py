"""The plan as JSON: complete, the same twice, and never more than a week's attention."""

import json

import pytest

from core.steering.small_authority import TODAY, case, facts, rows, steered
from gouvernail_core.facts import build, digest
from gouvernail_core.steering import steer, to_plan

pytestmark = pytest.mark.slow

CASES = (case("a", 1_000, 4), case("b", 2_000, 3), case("c", 3_000, 2), case("d", 40_000, 1))


def test_the_same_facts_give_the_same_plan():
    one, other = (to_plan(steered(*CASES)) for _ in range(2))
    assert json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def test_the_plan_names_the_facts_and_the_rules_it_was_made_from():
    plan = to_plan(steered(*CASES))
    assert plan["facts_digest"] == digest(rows(*CASES))
    assert plan["rules_version"]
    assert plan["on"] == TODAY.isoformat()


def test_the_order_of_the_rows_does_not_change_the_facts():
    assert facts(*CASES).digest == facts(*reversed(CASES)).digest


def test_a_changed_fact_changes_the_digest():
    changed = (case("a", 1_001, 4), *CASES[1:])
    assert facts(*CASES).digest != facts(*changed).digest


def test_the_week_asks_for_seven_things_at_most():
    many = [case(f"c{n}", 1_000, 2, elu="") for n in range(12)]
    plan = to_plan(steered(*many))
    asked = [item for item in plan["week"] if item["kind"] != "deadline"]
    assert len(asked) <= 7
    assert len(plan["week"]) - len(asked) <= 5


def test_progress_goes_forward_to_the_end():
    seen = []
    steer(
        build(rows(*CASES)), on=TODAY, samples=50, progress=lambda share, doing: seen.append(share)
    )
    assert seen == sorted(seen)
    assert seen[-1] <= 1


def test_every_text_is_in_both_languages():
    def texts(value):
        if isinstance(value, dict):
            if set(value) == {"fr", "en"}:
                yield value
            for inner in value.values():
                yield from texts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner)

    found = list(texts(to_plan(steered(*CASES))))
    assert len(found) > 500
    assert all(bool(t["fr"]) == bool(t["en"]) for t in found)
