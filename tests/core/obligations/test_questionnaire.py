"""The questionnaire asks only what can change an outcome, and each answer tells what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from gouvernail_core.kernel import Outcome
from gouvernail_core.knowledge.files import read_text
from gouvernail_core.knowledge.loader import load_facts, parse_yaml
from gouvernail_core.knowledge.questionnaire import (
    AnswerForm,
    load_questionnaire,
    parse_questionnaire,
)
from gouvernail_core.knowledge.schema import FactType, KnowledgeError
from gouvernail_core.obligations import Situation, assess
from gouvernail_core.obligations.engine import trial_values
from gouvernail_core.obligations.questionnaire import (
    AskedQuestion,
    answers_of_boxes,
    answers_of_option,
    effect_of,
    facts_presumed,
    option_chosen,
    questions_asked,
)
from rules.reading import load, situation

ON = date(2026, 11, 27)
SMALL_COMMUNE = {
    "authority.type": "commune",
    "authority.population": 3200,
    "authority.agents": 120,
    "authority.cst": "cdg",
    "authority.cdg_affiliated": True,
    "authority.rssi": False,
    "authority.next_cst_dates": [date(2027, 2, 11)],
    "use_case.status": "idée",
}
#: What its secretary knows of an assistant that drafts letters for the staff; the rest is no.
DRAFTING_ASSISTANT = {
    "use_case.is_ai_system": True,
    "use_case.is_algorithmic": True,
    "use_case.generative": True,
    "use_case.outputs": ["texte"],
    "use_case.personal_data": True,
    "use_case.data": ["identité"],
    "use_case.work_impact": ["missions"],
    "use_case.has_charter_or_instructions": True,
    "use_case.hosted_by_third_party": True,
    "use_case.processor": True,
    "contract.kind": "marché",
    "contract.need_value_ht": 9000,
    "contract.price": 3000,
    "contract.consultation_date": date(2027, 1, 15),
    "authority.executive_delegation_threshold": 90000,
    "authority.fte": 104,
}
T01 = load("public_cases.yaml")["T01"]


def asked(known: Situation) -> tuple[AskedQuestion, ...]:
    return questions_asked(known, assess(known, on=ON))


def answered(known: Situation, question: AskedQuestion, truth: Mapping[str, object]) -> Situation:
    """Return the situation once somebody who knows `truth` has answered; the rest is no."""
    plain = {FactType.TERNARY: False, FactType.SET: []}
    for name in question.facts:
        value = truth.get(name, plain.get(load_facts()[name].type))
        if value is not None:
            known = known.having(name, value)
    return known


def interview(known: Situation, truth: Mapping[str, object]) -> tuple[list[str], Situation]:
    """Return the questions put until those left are ones nobody can answer, and what is known."""
    put: list[str] = []
    left_open: set[str] = set()
    while questions := [q for q in asked(known) if not set(q.facts) <= left_open]:
        put.append(questions[0].spec.code)
        known = answered(known, questions[0], truth)
        left_open |= set(questions[0].facts) - set(known.facts)
    return put, known


def test_a_small_commune_answers_at_most_twelve_questions_about_an_internal_drafting_assistant():
    put, known = interview(Situation.of(SMALL_COMMUNE), DRAFTING_ASSISTANT)
    assert len(put) <= 12, put
    assert len(put) == len(set(put)), "a question twice"
    left = [f for f in assess(known, on=ON).findings if f.outcome is Outcome.TO_EXAMINE]
    assert left == []


def test_a_departement_that_scores_benefits_gets_every_duty_of_its_public_case():
    truth = dict(situation(T01["facts"]).facts)
    own = {name: value for name, value in truth.items() if name.startswith("authority.")}
    _put, known = interview(Situation.of(own), truth)
    found = {f.rule: f.outcome for f in assess(known, on=ON).findings}
    asking = {code for code, outcome in found.items() if outcome is not Outcome.NOT_APPLICABLE}
    assert set(T01["asks"]) <= asking
    assert found["AIA-27"] is Outcome.DUE
    assert found["RGPD-35"] is Outcome.DUE


@pytest.mark.parametrize("start", [SMALL_COMMUNE, SMALL_COMMUNE | DRAFTING_ASSISTANT, {}])
def test_every_question_put_holds_an_answer_that_changes_an_outcome(start):
    known = Situation.of(start)
    now = {f.rule: f.outcome for f in assess(known, on=ON, ask=False).findings}
    for question in asked(known):
        assert any(
            {
                f.rule: f.outcome
                for f in assess(known.having(name, value), on=ON, ask=False).findings
            }
            != now
            for name in question.facts
            for value in trial_values(load_facts()[name])
        ), question.spec.code


@pytest.mark.parametrize("start", [SMALL_COMMUNE, {}])
def test_no_answer_left_out_would_change_an_outcome_unless_presumed_or_written_elsewhere(start):
    known = Situation.of(start)
    found = assess(known, on=ON)
    shown = {name for question in asked(known) for name in question.facts}
    elsewhere = set(load_questionnaire().elsewhere) | set(facts_presumed(found.questions))
    assert {question.fact for question in found.questions} <= shown | elsewhere


def test_the_small_commune_is_not_asked_what_only_a_large_authority_must_answer():
    small = {name for question in asked(Situation.of(SMALL_COMMUNE)) for name in question.facts}
    assert "use_case.publishable_documents" not in small, "open data begins at 3,500 inhabitants"
    large = SMALL_COMMUNE | {"authority.population": 60000, "authority.fte": 600}
    known = {name for question in asked(Situation.of(large)) for name in question.facts}
    assert "use_case.publishable_documents" in known


def test_what_is_neither_ticked_nor_unsure_is_no_and_an_empty_set_says_none():
    facts = ["use_case.scoring", "use_case.profiling", "use_case.outputs", "use_case.work_impact"]
    found = answers_of_boxes(facts, ["use_case.scoring"], ["use_case.profiling"])
    assert found == {
        "use_case.scoring": True,
        "use_case.profiling": None,
        "use_case.outputs": [],
        "use_case.work_impact": ["aucun"],
    }


def test_what_is_ticked_wins_over_not_sure():
    ticked = ["use_case.scoring", "use_case.outputs=texte"]
    found = answers_of_boxes(
        ["use_case.scoring", "use_case.outputs"], ticked, ["use_case.scoring", "use_case.outputs"]
    )
    assert found == {"use_case.scoring": True, "use_case.outputs": ["texte"]}


def test_each_option_is_found_again_in_the_facts_it_settles():
    spec = load_questionnaire().question("tool")
    for rank in range(len(spec.options)):
        known = Situation.of(answers_of_option(spec, rank))
        assert option_chosen(spec, known) == rank
    assert option_chosen(spec, Situation()) is None
    for wrong in (-1, len(spec.options)):
        with pytest.raises(IndexError):
            answers_of_option(spec, wrong)


def test_the_effect_of_an_answer_is_the_difference_of_two_assessments():
    known = Situation.of({**SMALL_COMMUNE, **DRAFTING_ASSISTANT})
    names = ["use_case.personal_data", "use_case.data"]
    silent = known.without(names[0]).without(names[1])
    before = {f.rule: f.outcome for f in assess(silent, on=ON).findings}
    after = {f.rule: f.outcome for f in assess(known, on=ON).findings}
    differ = {rule: (before[rule], after[rule]) for rule in before if before[rule] != after[rule]}
    assert {m.rule: (m.before, m.after) for m in effect_of(known, names, on=ON)} == differ
    assert differ
    assert effect_of(known, [], on=ON) == ()


def spoilt(change) -> object:
    content = parse_yaml("questionnaire.yaml", read_text("questionnaire.yaml"))
    change(content)
    return content


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c["elsewhere"].pop("use_case.status"), "asked nowhere"),
        (lambda c: c["questions"][3]["facts"].append("use_case.scoring"), "facts twice"),
        (lambda c: c["questions"][0]["facts"].append("use_case.nothing"), "each option settles"),
        (lambda c: c["questions"][1].pop("none"), "none"),
        (lambda c: c["questions"][1]["boxes"].clear(), "has its sentence"),
        (lambda c: c["questions"][3].update(form="options"), "options"),
        (lambda c: c["questions"][2]["facts"].append("use_case.effects"), "a box is"),
    ],
)
def test_a_questionnaire_that_is_not_one_is_refused(change, said):
    with pytest.raises(KnowledgeError, match=said):
        parse_questionnaire("questionnaire.yaml", spoilt(change), load_facts())


def test_every_question_is_written_in_both_languages_with_its_example():
    for spec in load_questionnaire().questions:
        texts = [spec.title, spec.example, *(o.label for o in spec.options)]
        texts += [spec.none] if spec.none else []
        texts += list((spec.boxes or {}).values())
        assert all(text.fr and text.en and text.fr != text.en for text in texts), spec.code
        assert spec.form is AnswerForm.OPTIONS or not spec.options
