"""A sentence is closed once, whatever people type at the end of theirs."""

import copy
import re
from datetime import date
from typing import Any

import pytest

from gouvernail.demo.example import example_rows
from gouvernail.documents import blocks as b
from gouvernail.documents import typst_out
from gouvernail.documents.papers import PAPERS
from gouvernail.documents.punctuation import settled
from gouvernail.steering_run import compute

TYPED = ("summary", "problem", "today", "stays_human", "benefit", "measure", "simpler_way", "tool")
#: A dot after a closing sign; an ellipsis of three dots is one sign.
TWICE = re.compile(r"(?<!\.)\.\s*\.(?!\.)|[?!…]\s*\.")


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    return compute(example_rows(), on=date(2026, 11, 23))


def printed(data: Any) -> list[str]:
    """Return every text the PDF is given, a blank with the dots it is printed with."""
    if isinstance(data, dict):
        if "k" in data:
            return [data["s"] + (" …" if data["k"] == "blank" else "")]
        return [text for value in data.values() for text in printed(value)]
    if isinstance(data, list):
        texts = [printed(each) for each in data]
        if data and all(isinstance(each, dict) and "k" in each for each in data):
            return ["".join(text for (text,) in texts)]
        return [text for each in texts for text in each]
    return [data] if isinstance(data, str) else []


@pytest.mark.parametrize("end", ["", ".", " ?", "…"])
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_no_paper_closes_a_sentence_twice(example, paper, end):
    plan = copy.deepcopy(example)
    for case in plan["cases"]:
        case.update({name: case[name].rstrip(".") + end for name in TYPED if case[name] and end})
    for case in plan["cases"] if paper.about_case else [None]:
        for language in ("fr", "en"):
            data = typst_out.as_data(paper.build(plan, case, language))
            assert [text for text in printed(data) if TWICE.search(text)] == []


def test_what_is_not_a_sentence_closed_twice_is_left_as_typed():
    texts = ("Suite... Fin", "art. 5, al. 2", "https://exemple.fr/..", "v1..2", "Quoi ? .5")
    blocks = tuple(b.Paragraph((text,)) for text in texts if "/" not in text)
    assert settled(blocks) == blocks
    link = b.Paragraph((b.link("texte", "https://exemple.fr/.."),))
    assert settled((link,)) == (link,)


def test_a_stop_after_a_link_that_has_one_is_dropped_and_the_rest_kept():
    (found,) = settled((b.Paragraph((b.link("Réponse.", None), ". Et après.")),))
    assert b.plain(found.content) == "Réponse. Et après."


def test_a_question_needs_no_colon():
    from gouvernail.documents.voice import Voice

    assert Voice("fr").colon("Pourquoi ?") == "Pourquoi ? "
    assert Voice("fr").colon("Motif") == "Motif\u00a0: "
