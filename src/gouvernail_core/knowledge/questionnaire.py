"""The questions put to people, read once and refused when they are wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gouvernail_core.kernel import Text
from gouvernail_core.knowledge.files import read_text
from gouvernail_core.knowledge.loader import load_facts, parse_yaml
from gouvernail_core.knowledge.schema import FactSpec, FactType, KnowledgeError, _Node

_FILE = "questionnaire.yaml"


class AnswerForm(StrEnum):
    """How a question is answered: one choice, boxes to tick, or a control for each fact."""

    OPTIONS = "options"
    BOXES = "boxes"
    FIELDS = "fields"


@dataclass(frozen=True, slots=True)
class QuestionOption:
    """One answer of a question with options, and the facts it settles."""

    label: Text
    facts: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """One question: its words, an example, the facts it settles.

    `boxes` holds the sentence of each yes/no fact that is ticked, `none` the one that says that
    nothing of the list is true.
    """

    code: str
    form: AnswerForm
    title: Text
    example: Text
    facts: tuple[str, ...]
    options: tuple[QuestionOption, ...] = ()
    boxes: Mapping[str, Text] | None = None
    none: Text | None = None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Every question, in order; `elsewhere` names the sheet of a fact read from another page."""

    questions: tuple[QuestionSpec, ...]
    elsewhere: Mapping[str, str]

    def question(self, code: str) -> QuestionSpec:
        """Return the question of that code; `KeyError` when there is none."""
        for question in self.questions:
            if question.code == code:
                return question
        raise KeyError(code)


@cache
def load_questionnaire() -> Questionnaire:
    """Return the questionnaire; every fact of the law stands in it once.

    >>> load_questionnaire().question("tool").form.value
    'options'
    """
    return parse_questionnaire(_FILE, parse_yaml(_FILE, read_text(_FILE)), load_facts())


def parse_questionnaire(
    where: str, content: object, facts: Mapping[str, FactSpec]
) -> Questionnaire:
    """Return the questionnaire of a file.

    Raises `KnowledgeError` when its shape is wrong, or when a fact is missing or stands twice.
    """
    root = _Node(where, content)
    questions = root.many("questions", lambda place, item: _question(_Node(place, item), facts))
    elsewhere: dict[str, str] = root.take("elsewhere", dict)
    root.close()
    found = [name for question in questions for name in question.facts] + list(elsewhere)
    for name in found:
        if name not in facts:
            raise KnowledgeError(f"{where}: {name} is not a fact")
    doubles = sorted({name for name in found if found.count(name) > 1})
    lost = sorted(set(facts) - set(found))
    if doubles or lost:
        raise KnowledgeError(f"{where}: facts twice {doubles}, facts asked nowhere {lost}")
    return Questionnaire(questions, elsewhere)


def _question(node: _Node, facts: Mapping[str, FactSpec]) -> QuestionSpec:
    form = AnswerForm(node.one_of("form", [each.value for each in AnswerForm]))
    names = tuple(str(name) for name in node.take("facts", list))
    options = node.many("options", _option)
    sentences: dict[str, object] = node.maybe("boxes", dict) or {}
    boxes = {name: _text(f"{node.where}, {name}", raw) for name, raw in sentences.items()}
    none = node.text("none") if "none" in node.left else None
    spec = QuestionSpec(
        code=node.take("code", str),
        form=form,
        title=node.text("title"),
        example=node.text("example"),
        facts=names,
        options=options,
        boxes=boxes,
        none=none,
    )
    node.close()
    if (form is AnswerForm.BOXES) is not (none is not None):
        raise node.refuse("none", "boxes, and they alone, say that nothing is true")
    if (form is AnswerForm.OPTIONS) is not bool(options):
        raise node.refuse("options", "only a question with options has some")
    if any(set(option.facts) != set(names) for option in options):
        raise node.refuse("options", "each option settles every fact of the question")
    if form is AnswerForm.BOXES:
        kinds = {name: facts[name].type for name in names if name in facts}
        if set(kinds.values()) - {FactType.TERNARY, FactType.SET}:
            raise node.refuse("facts", "a box is a yes/no fact or the code of a set")
        if {name for name, kind in kinds.items() if kind is FactType.TERNARY} != set(boxes):
            raise node.refuse("boxes", "each yes/no fact, and no other, has its sentence")
    return spec


def _option(where: str, item: object) -> QuestionOption:
    node = _Node(where, item)
    option = QuestionOption(node.text("label"), node.take("facts", dict))
    node.close()
    return option


def _text(where: str, raw: object) -> Text:
    return _Node(where, {"text": raw}).text("text")
