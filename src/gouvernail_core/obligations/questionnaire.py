"""From what the rules still lack to the few questions worth a person's time, and what they change.

The engine names the facts that can change an outcome; here they are gathered in the questions that
people can answer at one look at their project, the most decisive first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gouvernail_core.kernel import Finding, Outcome, Text
from gouvernail_core.knowledge.loader import load_facts
from gouvernail_core.knowledge.questionnaire import AnswerForm, QuestionSpec, load_questionnaire
from gouvernail_core.knowledge.schema import FactType
from gouvernail_core.obligations.engine import assess, rules
from gouvernail_core.obligations.model import Assessment, Question, Situation

#: What a set says when nothing of it is true and it has a code for that.
_NOTHING = "aucun"


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question worth asking: the facts of it that can still change an outcome.

    `decides` is the number of rules that the most decisive of them can change.
    """

    spec: QuestionSpec
    facts: tuple[str, ...]
    decides: int


@dataclass(frozen=True, slots=True)
class OutcomeMove:
    """A rule whose outcome differs: from what to what, and the first reason it gives now."""

    rule: str
    title: Text
    before: Outcome
    after: Outcome
    why: Text


def questions_asked(situation: Situation, assessment: Assessment) -> tuple[AskedQuestion, ...]:
    """Return the questions that can change an outcome, the most decisive first.

    A question that only facts presumed aloud would justify is left out: see `facts_presumed`.
    Boxes show the neighbours that a first answer would call for, so that nobody comes back to the
    same question.

    >>> from gouvernail_core.obligations.engine import assess
    >>> nothing = Situation()
    >>> questions_asked(nothing, assess(nothing, on=date(2026, 11, 22)))[0].spec.code
    'tool'
    """
    decides = {each.fact: each.decides for each in assessment.questions}
    open_rules = [f.rule for f in assessment.findings if f.outcome is Outcome.TO_EXAMINE]
    called = frozenset[str]().union(*(rules()[code].reads for code in open_rules))
    known = load_facts()
    found = []
    for spec in load_questionnaire().questions:
        asked = [name for name in spec.facts if name in decides]
        if all(known[name].presumed is not None for name in asked):
            continue
        if spec.form is AnswerForm.BOXES:
            asked = [
                name
                for name in spec.facts
                if name in decides
                or (name in called and name not in situation.facts and known[name].presumed is None)
            ]
        most = max(decides.get(name, 0) for name in asked)
        found.append(AskedQuestion(spec, tuple(asked), most))
    return tuple(sorted(found, key=lambda each: -each.decides))


def facts_presumed(questions: Iterable[Question]) -> tuple[str, ...]:
    """Return the facts presumed aloud whose contrary would change an outcome."""
    known = load_facts()
    return tuple(each.fact for each in questions if known[each.fact].presumed is not None)


def facts_elsewhere(questions: Iterable[Question]) -> Mapping[str, str]:
    """Return the facts that decide and stand on another page, with the sheet that holds them."""
    elsewhere = load_questionnaire().elsewhere
    return {each.fact: elsewhere[each.fact] for each in questions if each.fact in elsewhere}


def answers_of_boxes(
    facts: Sequence[str], ticked: Iterable[str], unsure: Iterable[str]
) -> dict[str, object]:
    """Return what boxes say of the `facts` shown; ``None`` is « I do not know ».

    `ticked` holds the name of a yes/no fact, or ``name=code`` for a code of a set. What is shown,
    not ticked and not unsure is no: the page says so.

    >>> answers_of_boxes(["use_case.scoring", "use_case.outputs"], ["use_case.outputs=texte"], [])
    {'use_case.scoring': False, 'use_case.outputs': ['texte']}
    """
    marked, doubtful = set(ticked), set(unsure)
    known = load_facts()
    answers: dict[str, object] = {}
    for name in facts:
        spec = known[name]
        if spec.type is FactType.TERNARY:
            answers[name] = True if name in marked else None if name in doubtful else False
            continue
        codes = [code.code for code in spec.codes if f"{name}={code.code}" in marked]
        if codes:
            answers[name] = codes
        elif name in doubtful:
            answers[name] = None
        else:
            has_nothing = any(code.code == _NOTHING for code in spec.codes)
            answers[name] = [_NOTHING] if has_nothing else []
    return answers


def answers_of_option(spec: QuestionSpec, chosen: int) -> dict[str, object]:
    """Return what the option of that rank settles; `IndexError` when there is no such option."""
    if chosen < 0:
        raise IndexError(chosen)
    return dict(spec.options[chosen].facts)


def option_chosen(spec: QuestionSpec, situation: Situation) -> int | None:
    """Return the rank of the option that the stated facts match, none when none does."""
    for rank, option in enumerate(spec.options):
        if all(situation.facts.get(name) is value for name, value in option.facts.items()):
            return rank
    return None


def effect_of(situation: Situation, facts: Iterable[str], *, on: date) -> tuple[OutcomeMove, ...]:
    """Return what the answers to `facts` change in what the rules say on the day `on`.

    The same situation is judged with and without them.

    >>> known = Situation.of({"use_case.personal_data": True})
    >>> moved = effect_of(known, ["use_case.personal_data"], on=date(2026, 11, 22))
    >>> [move.after.value for move in moved if move.rule == "RGPD-30"]
    ['due']
    """
    silent = situation
    for name in facts:
        silent = silent.without(name)
    before = assess(silent, on=on, ask=False).findings
    return moved(before, assess(situation, on=on, ask=False).findings)


def moved(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[OutcomeMove, ...]:
    """Return the rules of `after` whose outcome is not that of `before`, in their order."""
    was = {finding.rule: finding.outcome for finding in before}
    return tuple(
        OutcomeMove(
            finding.rule,
            finding.title,
            was[finding.rule],
            finding.outcome,
            finding.reasons[0].text if finding.reasons else finding.title,
        )
        for finding in after
        if finding.rule in was and was[finding.rule] is not finding.outcome
    )


__all__ = [
    "AnswerForm",
    "AskedQuestion",
    "OutcomeMove",
    "answers_of_boxes",
    "answers_of_option",
    "effect_of",
    "facts_elsewhere",
    "facts_presumed",
    "moved",
    "option_chosen",
    "questions_asked",
]
