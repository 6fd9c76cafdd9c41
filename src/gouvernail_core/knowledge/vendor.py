"""The questions to put to whoever offers a tool, read once and refused when they are wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gouvernail_core.kernel import Text
from gouvernail_core.knowledge.files import read_text
from gouvernail_core.knowledge.loader import load_facts, load_rules, parse_yaml
from gouvernail_core.knowledge.schema import KnowledgeError, _Node

_FILE = "vendor.yaml"


@dataclass(frozen=True, slots=True)
class VendorQuestion:
    """One question of the letter. `proof`: its answer fills its fact only with a written proof."""

    code: str
    group: str
    text: Text
    why: Text
    rules: tuple[str, ...]
    fact: str
    proof: bool
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VendorQuestions:
    """The questions, and the groups they stand in, in order."""

    groups: tuple[tuple[str, Text], ...]
    questions: tuple[VendorQuestion, ...]

    def question(self, code: str) -> VendorQuestion:
        """Return the question of that code; `KeyError` when there is none."""
        for question in self.questions:
            if question.code == code:
                return question
        raise KeyError(code)


@cache
def load_vendor_questions() -> VendorQuestions:
    """Return the questions, their rules and their facts being those of the law.

    >>> load_vendor_questions().question("training").fact
    'use_case.vendor_trains_on_data'
    """
    return parse_vendor_questions(_FILE, parse_yaml(_FILE, read_text(_FILE)))


def parse_vendor_questions(where: str, content: object) -> VendorQuestions:
    """Return the questions of a file; raise `KnowledgeError` when its shape is wrong."""
    root = _Node(where, content)
    groups = root.many("groups", _group)
    questions = root.many("questions", _question)
    root.close()
    rules, facts = {rule.code for rule in load_rules()}, load_facts()
    codes = [question.code for question in questions]
    for question in questions:
        known = {code for code, _label in groups}
        if question.group not in known:
            raise KnowledgeError(f"{where}, {question.code}: no group {question.group}")
        if lost := set(question.rules) - rules:
            raise KnowledgeError(f"{where}, {question.code}: no rules {sorted(lost)}")
        if question.fact and question.fact not in facts:
            raise KnowledgeError(f"{where}, {question.code}: no fact {question.fact}")
    if len(codes) != len(set(codes)):
        raise KnowledgeError(f"{where}: a question stands twice")
    return VendorQuestions(groups, questions)


def _group(where: str, item: object) -> tuple[str, Text]:
    node = _Node(where, item)
    group = (node.take("code", str), node.text("label"))
    node.close()
    return group


def _question(where: str, item: object) -> VendorQuestion:
    node = _Node(where, item)
    question = VendorQuestion(
        code=node.take("code", str),
        group=node.take("group", str),
        text=node.text("text"),
        why=node.text("why"),
        rules=tuple(str(code) for code in node.take("rules", list)),
        fact=node.maybe("fact", str) or "",
        proof=node.maybe("proof", bool) or False,
        signs=tuple(str(sign) for sign in node.take("signs", list)),
    )
    node.close()
    return question
