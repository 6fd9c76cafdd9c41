"""The questions about one case, as the page shows them and reads their answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gouvernail.apps.facts.answers import answer_column
from gouvernail.apps.facts.fields import Field
from gouvernail.apps.obligations.answers import CaseAnswers, Given
from gouvernail.apps.obligations.presentation import tone
from gouvernail.common.wording import day, said_text
from gouvernail_core.facts import Choice, NotReadable
from gouvernail_core.facts.answers import read_answer
from gouvernail_core.kernel import Text
from gouvernail_core.knowledge.loader import load_facts
from gouvernail_core.knowledge.questionnaire import AnswerForm, QuestionSpec, load_questionnaire
from gouvernail_core.knowledge.schema import FactSpec, FactType
from gouvernail_core.obligations import Assessment
from gouvernail_core.obligations.context import shown_value
from gouvernail_core.obligations.questionnaire import (
    AskedQuestion,
    OutcomeMove,
    answers_of_boxes,
    answers_of_option,
    effect_of,
    facts_elsewhere,
    facts_presumed,
    option_chosen,
    questions_asked,
)
from gouvernail_core.steering.said import OUTCOME_LABELS

#: A yes/no nobody has touched: no button is on, not even « we do not know ».
_UNTOUCHED = "-"
#: What a person writes in a set to say that nothing of it is true.
_NONE = Choice("aucun", Text("Aucune de ces réponses", "None of these"))


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to tick."""

    value: str
    label: str
    example: str
    checked: bool
    id: str


@dataclass(frozen=True, slots=True)
class BoxGroup:
    """The boxes of one fact: one for a yes/no, one a code for a set, and « I do not know »."""

    fact: str
    label: str
    boxes: tuple[Box, ...]
    unsure: bool
    id: str


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One answer of a question that has options."""

    rank: int
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact the form is about, with the version of its answer when the page was made."""

    fact: str
    version: int


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as its form: `said` tells who has answered some of it already."""

    code: str
    form: str
    title: str
    example: str
    decides: int
    none: str
    shown: tuple[Shown, ...]
    options: tuple[AnswerOption, ...] = ()
    groups: tuple[BoxGroup, ...] = ()
    fields: tuple[Field, ...] = ()
    said: str = ""
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A duty that an answer moved: its title, its states before and after, why."""

    rule: str
    title: str
    before: str
    after: str
    tone: str
    why: str


@dataclass(frozen=True, slots=True)
class AnsweredView:
    """A question already answered: in words, by whom, and how many duties it moves."""

    code: str
    title: str
    lines: tuple[str, ...]
    said: str
    moves: int


@dataclass(frozen=True, slots=True)
class PageView:
    """What the page of the questions shows: `unsure` of those `left` were left open by somebody."""

    questions: tuple[QuestionView, ...]
    left: int
    unsure: int
    answered: tuple[AnsweredView, ...]
    presumed: tuple[str, ...]
    elsewhere: tuple[tuple[str, str], ...]
    effect: tuple[Move, ...]
    effect_of: str


def page_of(
    known: CaseAnswers,
    assessment: Assessment,
    *,
    wanted: str = "",
    everything: bool = False,
    since: str = "",
    refused: QuestionView | None = None,
) -> PageView:
    """Return the page: the question `wanted` or the most decisive one, or all of them.

    `since` is the question just answered, whose effect is told; `refused` the one whose answer
    could not be kept, shown again as it was typed.
    """
    asked = _unsure_last(known, questions_asked(known.situation, assessment))
    chosen = [_view(known, item) for item in (asked if everything else asked[:1])]
    if wanted in _codes() and (refused is None or refused.code != wanted):
        chosen = [_view(known, _again(wanted, asked))]
    if refused is not None:
        kept = [refused if view.code == refused.code else view for view in chosen]
        chosen = kept if any(view.code == refused.code for view in kept) else [refused]
    told = _spec(since)
    on = assessment.on
    facts = load_facts()
    elsewhere = facts_elsewhere(assessment.questions)
    return PageView(
        questions=tuple(chosen),
        left=len(asked),
        unsure=sum(_left_open(known, item) for item in asked),
        answered=_answered(known, {view.code for view in chosen}, on),
        presumed=tuple(
            said_text(facts[name].question)
            for name in facts_presumed(assessment.questions)
            if name not in elsewhere
        ),
        elsewhere=tuple((said_text(facts[n].question), sheet) for n, sheet in elsewhere.items()),
        effect=tuple(_move(move) for move in effect_of(known.situation, told.facts, on=on))
        if told
        else (),
        effect_of=said_text(told.title) if told else "",
    )


def _unsure_last(known: CaseAnswers, asked: Iterable[AskedQuestion]) -> tuple[AskedQuestion, ...]:
    """Return the questions, those to which somebody said « I do not know » after the others."""
    return tuple(sorted(asked, key=lambda item: _left_open(known, item)))


def _left_open(known: CaseAnswers, item: AskedQuestion) -> bool:
    return set(item.facts) <= _unsure(known, item.facts)


def _codes() -> frozenset[str]:
    return frozenset(spec.code for spec in load_questionnaire().questions)


def _spec(code: str) -> QuestionSpec | None:
    return load_questionnaire().question(code) if code in _codes() else None


def _again(code: str, asked: Sequence[AskedQuestion]) -> AskedQuestion:
    """Return a question to answer again: every fact of it, or those asked when none was given."""
    found = next((item for item in asked if item.spec.code == code), None)
    spec = load_questionnaire().question(code)
    return AskedQuestion(spec, spec.facts, found.decides if found else 0)


def _view(known: CaseAnswers, item: AskedQuestion) -> QuestionView:
    spec = item.spec
    stated = known.situation.facts
    facts = spec.facts if spec.form is AnswerForm.OPTIONS else item.facts
    chosen = option_chosen(spec, known.situation)
    view = _bare(known, spec, facts, item.decides)
    return replace(
        view,
        options=tuple(
            AnswerOption(rank, said_text(option.label), rank == chosen)
            for rank, option in enumerate(spec.options)
        ),
        groups=_groups(spec, facts, _ticked(facts, stated), _unsure(known, facts)),
        fields=tuple(_field(load_facts()[name], stated.get(name, "")) for name in facts)
        if spec.form is AnswerForm.FIELDS
        else (),
    )


def _bare(
    known: CaseAnswers, spec: QuestionSpec, facts: Sequence[str], decides: int
) -> QuestionView:
    return QuestionView(
        code=spec.code,
        form=spec.form.value,
        title=said_text(spec.title),
        example=said_text(spec.example),
        decides=decides,
        none=said_text(spec.none) if spec.none else "",
        shown=tuple(Shown(name, _version(known, name)) for name in facts),
        said=_who(known.given.get(name) for name in facts),
    )


def _version(known: CaseAnswers, name: str) -> int:
    given = known.given.get(name)
    return given.version if given else 0


def _ticked(facts: Iterable[str], stated: Mapping[str, Any]) -> set[str]:
    found = set()
    for name in facts:
        value = stated.get(name)
        if value is True:
            found.add(name)
        elif isinstance(value, frozenset):
            found |= {f"{name}={code}" for code in value}
    return found


def _unsure(known: CaseAnswers, facts: Iterable[str]) -> set[str]:
    return {name for name in facts if name in known.given and known.given[name].value == "?"}


def _groups(
    spec: QuestionSpec, facts: Sequence[str], ticked: set[str], unsure: set[str]
) -> tuple[BoxGroup, ...]:
    if spec.form is not AnswerForm.BOXES:
        return ()
    known = load_facts()
    return tuple(_group(known[name], spec, ticked, name in unsure) for name in facts)


def _group(fact: FactSpec, spec: QuestionSpec, ticked: set[str], unsure: bool) -> BoxGroup:
    name = fact.name
    if fact.type is FactType.TERNARY:
        sentence = (spec.boxes or {})[name]
        box = Box(name, said_text(sentence), example_of(fact), name in ticked, f"q-{name}")
        return BoxGroup(name, said_text(sentence), (box,), unsure, f"q-{name}")
    boxes = tuple(
        Box(
            value := f"{name}={code.code}",
            said_text(code.label),
            "",
            value in ticked,
            f"q-{name}-{rank}",
        )
        for rank, code in enumerate(fact.codes)
        if code.code != _NONE.code
    )
    return BoxGroup(name, said_text(fact.label), boxes, unsure, f"q-{name}")


def example_of(fact: FactSpec) -> str:
    """Return the example that the question of a fact gives, without its question."""
    _question, _mark, example = said_text(fact.question).partition("?")
    return example.strip()


def _field(fact: FactSpec, held: Any) -> Field:
    column = answer_column(fact)
    choices = column.choices
    if fact.type is FactType.SET:
        choices = (*(c for c in choices if c.code != _NONE.code), _NONE)
        if held != "" and not held:
            held = [_NONE.code]
    if isinstance(held, (frozenset, tuple)):
        held = sorted(str(each) for each in held)
    elif isinstance(held, date):
        held = held.isoformat()
    if fact.type is FactType.TERNARY and held == "":
        held = _UNTOUCHED
    return Field(column, choices, held if held is not None else "aucune")


def _answered(known: CaseAnswers, shown: set[str], on: date) -> tuple[AnsweredView, ...]:
    """Return the questions answered already, with what each answer moves."""
    found = []
    for spec in load_questionnaire().questions:
        lines = tuple(_lines(known, spec))
        if not lines or spec.code in shown:
            continue
        given = [known.given.get(name) for name in spec.facts]
        moves = len(effect_of(known.situation, spec.facts, on=on))
        found.append(AnsweredView(spec.code, said_text(spec.title), lines, _who(given), moves))
    return tuple(found)


def _lines(known: CaseAnswers, spec: QuestionSpec) -> Iterable[str]:
    """Yield what is known of a question: the yes and the no together, then each other fact."""
    facts, stated = load_facts(), known.situation.facts
    sorted_out: dict[str, list[str]] = {}
    for name in spec.facts:
        label = said_text(facts[name].label)
        if name not in stated:
            if name in known.given:
                sorted_out.setdefault(_("Not known"), []).append(label)
        elif isinstance(stated[name], bool):
            answer = _("Yes") if stated[name] else _("No")
            sorted_out.setdefault(answer, []).append(label)
        else:
            sorted_out[label] = [said_text(shown_value(facts[name], stated[name]))]
    for words, values in sorted_out.items():
        yield _("%(fact)s: %(value)s") % {"fact": words, "value": ", ".join(values)}


def _who(given: Iterable[Given | None]) -> str:
    """Return who answered, and when: each person once, on their latest day."""
    latest: dict[str, date | None] = {}
    for each in given:
        if each is not None and (each.who or each.on):
            before = latest.get(each.who)
            latest[each.who] = max(filter(None, (before, each.on)), default=None)
    parts = []
    for who, on in latest.items():
        said_day = day(on, weekday=False) if on else ""
        parts.append(", ".join(part for part in (who, said_day) if part))
    return "\u202f; ".join(parts)


def _move(move: OutcomeMove) -> Move:
    return Move(
        move.rule,
        said_text(move.title),
        said_text(OUTCOME_LABELS[move.before]),
        said_text(OUTCOME_LABELS[move.after]),
        tone(move.after.value),
        said_text(move.why),
    )


def read(
    known: CaseAnswers, code: str, posted: Any
) -> tuple[dict[str, object], QuestionView | None]:
    """Return the answers posted to a question, or the question again with what is to correct.

    The page says which facts it showed: what was not shown is not answered.
    """
    spec = load_questionnaire().question(code)
    facts = [name for name in posted.getlist("montre") if name in spec.facts] or list(spec.facts)
    gesture = posted.get("geste", "")
    if gesture == "nsp":
        return dict.fromkeys(facts), None
    if spec.form is AnswerForm.OPTIONS:
        return _read_option(known, spec, posted)
    if spec.form is AnswerForm.BOXES:
        return _read_boxes(known, spec, facts, posted)
    return _read_fields(known, spec, facts, posted)


def _read_option(
    known: CaseAnswers, spec: QuestionSpec, posted: Any
) -> tuple[dict[str, object], QuestionView | None]:
    try:
        return answers_of_option(spec, int(posted.get("choix", ""))), None
    except (ValueError, IndexError):
        view = _view(known, AskedQuestion(spec, spec.facts, 0))
        return {}, replace(view, errors=(_("Choose one answer, or “I do not know”."),))


def _read_boxes(
    known: CaseAnswers, spec: QuestionSpec, facts: Sequence[str], posted: Any
) -> tuple[dict[str, object], QuestionView | None]:
    ticked, unsure = set(posted.getlist("oui")), set(posted.getlist("nsp"))
    none = posted.get("geste") == "aucune"
    error = ""
    if none and ticked:
        error = _("You ticked some lines and chose “none”: keep one or the other.")
    elif not none and not ticked and not unsure:
        error = _("Tick at least one line, or choose one of the two other buttons.")
    if not error:
        return answers_of_boxes(facts, ticked, unsure), None
    view = _bare(known, spec, facts, 0)
    return {}, replace(view, groups=_groups(spec, facts, ticked, unsure), errors=(error,))


def _read_fields(
    known: CaseAnswers, spec: QuestionSpec, facts: Sequence[str], posted: Any
) -> tuple[dict[str, object], QuestionView | None]:
    answers: dict[str, object] = {}
    fields = []
    for name in facts:
        fact = load_facts()[name]
        written = [part for part in posted.getlist(name) if part.strip()]
        field = replace(_field(fact, ""), held=written if fact.type is FactType.SET else "")
        if fact.type is not FactType.SET:
            field.held = written[0] if written else ""
        fields.append(field)
        if not written:
            continue
        if len(written) > 1 and _NONE.code in written:
            field.errors.append(_("“None of these” cannot stand beside another answer."))
            continue
        try:
            answers[name] = read_answer(name, ", ".join(written))
        except NotReadable as unreadable:
            field.errors.append(said_text(unreadable.text))
    errors = tuple(error for field in fields for error in field.errors)
    if not answers and not errors:
        errors = (_("Answer at least one line, or choose “I do not know”."),)
    if not errors:
        return answers, None
    return {}, replace(_bare(known, spec, facts, 0), fields=tuple(fields), errors=errors)


def again(known: CaseAnswers, code: str, errors: tuple[str, ...]) -> QuestionView:
    """Return a question as it stands now, with why its answer could not be kept."""
    spec = load_questionnaire().question(code)
    return replace(_view(known, AskedQuestion(spec, spec.facts, 0)), errors=errors)


def seen(posted: Any) -> dict[str, int]:
    """Return the version of each answer as the page showed it."""
    shown = zip(posted.getlist("montre"), posted.getlist("vu"), strict=False)
    return {name: version_of(version) for name, version in shown}


def version_of(written: str) -> int:
    """Return a version a form sent; what is not one never matches."""
    return int(written) if written.isdigit() and len(written) < 10 else -1
