"""What holds of every situation: unknown never lies, and what is not read changes nothing."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail_core.kernel import Outcome
from gouvernail_core.knowledge.loader import load_facts
from gouvernail_core.knowledge.schema import FactType
from gouvernail_core.obligations import Situation, assess
from gouvernail_core.obligations.context import Context
from gouvernail_core.obligations.engine import _context, rules, trial_values
from gouvernail_core.obligations.model import FactValue
from gouvernail_core.obligations.predicate import PREDICATES

pytestmark = pytest.mark.slow

ON = date(2026, 11, 22)
FACTS = load_facts()
READ = sorted(set().union(*(rule.reads for rule in rules().values())))
#: Facts whose silence is read as a presumption, said aloud: the only ones that may surprise.
#: `filter_evidence` is the burden of proof of art. 6(3), `psychosocial_risk` only adds a risk,
#: `authority.cst` is derived and may be overridden.
PRESUMED = {name for name, spec in FACTS.items() if spec.presumed is not None} | {
    "use_case.filter_evidence",
    "use_case.first_use",
    "use_case.placed_on_market",
    "use_case.significant_design_change",
    "use_case.psychosocial_risk",
    "authority.cst",
}


def values(name: str) -> st.SearchStrategy[object]:
    spec = FACTS[name]
    other = (date(2026, 1, 1),) if spec.type is FactType.DATE else (1,)
    return st.sampled_from(trial_values(spec) or other)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    names = draw(st.lists(st.sampled_from(READ), unique=True, max_size=25))
    return Situation.of({name: draw(values(name)) for name in names})


def outcomes(situation: Situation) -> dict[str, Outcome]:
    return {item.rule: item.outcome for item in assess(situation, on=ON, ask=False).findings}


@given(situations(), st.data())
@settings(max_examples=25, deadline=None)
def test_a_fact_a_rule_does_not_read_never_changes_its_outcome(
    situation: Situation, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(FACTS)))
    before = outcomes(situation)
    after = outcomes(situation.having(name, data.draw(values(name))))
    for code, rule in rules().items():
        if name not in rule.reads:
            assert after[code] is before[code], (code, name)


@given(situations(), st.data())
@settings(max_examples=25, deadline=None)
def test_an_answer_only_ever_settles_what_was_open(
    situation: Situation, data: st.DataObject
) -> None:
    unknown = [name for name in READ if name not in situation.facts and name not in PRESUMED]
    name = data.draw(st.sampled_from(unknown))
    before = outcomes(situation)
    after = assess(situation.having(name, data.draw(values(name))), on=ON, ask=False)
    for item in after.findings:
        stopped = item.reasons[0].code.startswith("blocked-by")
        if before[item.rule] is not Outcome.TO_EXAMINE and not stopped:
            assert item.outcome is before[item.rule], (item.rule, name)


@given(situations())
@settings(max_examples=25, deadline=None)
def test_to_examine_always_names_what_is_missing(situation: Situation) -> None:
    for item in assess(situation, on=ON, ask=False).findings:
        assert bool(item.missing) == (item.outcome is Outcome.TO_EXAMINE), item.rule
        assert item.reasons


@given(situations(), st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
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
        for value in trial_values(FACTS[question.fact]):
            after = outcomes(situation.having(question.fact, value))
            changed |= {code for code, outcome in after.items() if outcome is not before[code]}
        assert question.decides == len(changed)
    counts = [question.decides for question in found.questions]
    assert counts == sorted(counts, reverse=True)


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
        outer = _context(Situation(facts), ON)
        predicate.judge(outer)
        allowed = set(predicate.reads)
        for code in predicate.rules:
            allowed |= rules()[code].reads
        assert facts.seen <= allowed, predicate.name


def test_the_context_refuses_a_fact_that_is_not_one() -> None:
    import pytest

    ctx: Context = _context(Situation(), ON)
    with pytest.raises(KeyError):
        ctx.value("use_case.no_such_fact")
