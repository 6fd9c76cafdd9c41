"""What holds of every situation: unknown never lies, and what is not read changes nothing."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail_core.kernel import Outcome, Ternary
from gouvernail_core.knowledge.loader import load_facts, load_rules
from gouvernail_core.obligations import Situation, assess
from gouvernail_core.obligations.conditions import Condition
from gouvernail_core.obligations.context import Context
from gouvernail_core.obligations.engine import _context, compile_rules, find, rules, trial_values
from gouvernail_core.obligations.judgement import Judgement
from gouvernail_core.obligations.model import FactValue
from gouvernail_core.obligations.predicate import PREDICATES
from rules.reading import ON

VALUES = {name: trial_values(spec) for name, spec in load_facts().items()}
STATED = [name for name, values in VALUES.items() if values]
#: Facts whose silence is read as something, aloud or by the law itself: answering may overturn it.
READ_IN_SILENCE = {name for name, spec in load_facts().items() if spec.presumed is not None} | {
    "use_case.filter_evidence",  # the burden of proof of article 6(3)
    "use_case.first_use",  # the earliest day is taken
    "use_case.placed_on_market",
    "use_case.significant_design_change",
    "use_case.psychosocial_risk",  # it only ever adds a risk
    "contract.kind",  # a value without a kind is read as a purchase
    "contract.price",  # a public contract is presumed paid for
    "authority.cst",  # derived from the staff, and may be overridden
}


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    names = draw(st.lists(st.sampled_from(STATED), unique=True, max_size=30))
    return Situation.of({name: draw(st.sampled_from(VALUES[name])) for name in names})


def outcomes(situation: Situation) -> dict[str, Outcome]:
    return {item.rule: item.outcome for item in assess(situation, on=ON, ask=False).findings}


def conditions() -> Iterator[tuple[str, Condition, frozenset[str]]]:
    """Yield each condition with its rule and every fact it may read, through other rules too."""
    for code, rule in rules().items():
        for condition in (rule.applies, rule.blocks):
            if condition is not None:
                through = [rules()[other].reads for other in condition.rules]
                yield code, condition, condition.reads.union(*through)


def judged(condition: Condition, situation: Situation) -> Judgement:
    return condition.judge(_context(situation, ON, rules()))


@given(situations(), st.sampled_from(STATED), st.data())
@settings(max_examples=40, deadline=None)
def test_a_fact_a_condition_does_not_read_changes_nothing_of_its_answer(
    situation: Situation, name: str, data: st.DataObject
) -> None:
    other = situation.having(name, data.draw(st.sampled_from(VALUES[name])))
    for code, condition, reads in conditions():
        if name not in reads:
            assert judged(condition, other) == judged(condition, situation), (code, name)


@given(situations(), st.sampled_from(sorted(set(STATED) - READ_IN_SILENCE)))
@settings(max_examples=40, deadline=None)
def test_each_value_of_an_unknown_gives_an_answer_that_the_unknown_allowed(
    situation: Situation, name: str
) -> None:
    silent = situation.without(name)
    for code, condition, reads in conditions():
        before = judged(condition, silent).value
        if name not in reads or before is Ternary.UNKNOWN:
            continue
        for value in VALUES[name]:
            assert judged(condition, silent.having(name, value)).value is before, (code, name)


@given(situations(), st.data())
@settings(max_examples=20, deadline=None)
def test_answering_what_is_asked_ends_every_examination(
    situation: Situation, data: st.DataObject
) -> None:
    for code, condition, reads in conditions():
        stated = situation
        for _ in range(len(reads) + 1):
            found = judged(condition, stated)
            if not found.unknown or found.missing[0].startswith("parameter."):
                break
            name = found.missing[0]
            assert name not in stated.facts, (code, name)
            stated = stated.having(name, data.draw(st.sampled_from(VALUES[name])))
        else:
            pytest.fail(f"{code} still asks after every fact it reads")


@given(situations(), st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_rules_is_indifferent(situation: Situation, seed: int) -> None:
    specs = list(load_rules())
    random.Random(seed).shuffle(specs)
    shuffled = find(situation, on=ON, among=compile_rules(specs))
    in_order = assess(situation, on=ON, ask=False).findings
    assert {each.rule: each for each in shuffled} == {each.rule: each for each in in_order}


@given(situations(), st.data())
@settings(max_examples=40, deadline=None)
def test_a_fact_a_rule_does_not_read_never_changes_its_outcome(
    situation: Situation, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(STATED))
    before = outcomes(situation)
    after = outcomes(situation.having(name, data.draw(st.sampled_from(VALUES[name]))))
    for code, rule in rules().items():
        if name not in rule.reads:
            assert after[code] is before[code], (code, name)


@given(situations(), st.data())
@settings(max_examples=40, deadline=None)
def test_an_answer_only_ever_settles_what_was_open(
    situation: Situation, data: st.DataObject
) -> None:
    unknown = [n for n in STATED if n not in situation.facts and n not in READ_IN_SILENCE]
    name = data.draw(st.sampled_from(unknown))
    before = outcomes(situation)
    value = data.draw(st.sampled_from(VALUES[name]))
    after = assess(situation.having(name, value), on=ON, ask=False)
    for item in after.findings:
        stopped = item.reasons[0].code.startswith("blocked-by")
        if before[item.rule] is not Outcome.TO_EXAMINE and not stopped:
            assert item.outcome is before[item.rule], (item.rule, name)


@given(situations())
@settings(max_examples=40, deadline=None)
def test_to_examine_always_names_what_is_missing(situation: Situation) -> None:
    for item in assess(situation, on=ON, ask=False).findings:
        assert bool(item.missing) == (item.outcome is Outcome.TO_EXAMINE), item.rule
        assert item.reasons


@given(situations(), st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_the_order_of_the_facts_is_indifferent(situation: Situation, shuffler: Any) -> None:
    names = list(situation.facts)
    shuffler.shuffle(names)
    assert assess(Situation({n: situation.facts[n] for n in names}), on=ON) == assess(
        situation, on=ON
    )


@given(situations())
@settings(max_examples=10, deadline=None)
def test_a_question_counts_the_rules_its_answers_change(situation: Situation) -> None:
    found = assess(situation, on=ON)
    before = {item.rule: item.outcome for item in found.findings}
    for question in found.questions[:3]:
        changed = set()
        for value in VALUES[question.fact]:
            after = outcomes(situation.having(question.fact, value))
            changed |= {code for code, outcome in after.items() if outcome is not before[code]}
        assert question.decides == len(changed)
    presumed = {name for name, spec in load_facts().items() if spec.presumed is not None}
    order = [(-question.decides, question.fact in presumed) for question in found.questions]
    assert order == sorted(order)


class Recorder(dict[str, FactValue]):
    """Facts that remember which of them were looked at."""

    def __init__(self, facts: dict[str, FactValue]) -> None:
        super().__init__(facts)
        self.seen: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.seen.add(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self.seen.add(str(key))
        return super().__contains__(key)


@given(situations())
@settings(max_examples=30, deadline=None)
def test_a_predicate_reads_nothing_it_does_not_declare(situation: Situation) -> None:
    for predicate in PREDICATES.values():
        facts = Recorder(dict(situation.facts))
        outer = _context(Situation(facts), ON, rules())
        predicate.judge(outer)
        allowed = set(predicate.reads)
        for code in predicate.rules:
            allowed |= rules()[code].reads
        assert facts.seen <= allowed, predicate.name


def test_the_context_refuses_a_fact_that_is_not_one() -> None:
    ctx: Context = _context(Situation(), ON, rules())
    with pytest.raises(KeyError):
        ctx.value("use_case.no_such_fact")
