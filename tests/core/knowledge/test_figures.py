"""Figures of the method: each says whether it was published or is ours; a wrong file is refused."""

import copy

import pytest

from gouvernail_core.knowledge.figures import OURS, load_figures, parse_figures
from gouvernail_core.knowledge.files import read_text
from gouvernail_core.knowledge.loader import parse_yaml
from gouvernail_core.knowledge.schema import KnowledgeError
from gouvernail_core.protection.scale import scale_of

FILE = "parameters/protection.yaml"
SOURCE = {"text": "x", "url": None, "read_on": None, "provenance": "memory"}


@pytest.fixture
def content():
    return copy.deepcopy(parse_yaml(FILE, read_text(FILE)))


def test_a_figure_of_ours_says_so_and_a_published_one_names_its_source(content):
    assert load_figures(FILE)["weights"]["NIR"].basis == OURS
    content["hours"]["day"] |= {"basis": "published", "source": SOURCE}
    assert parse_figures("x", content)["hours"]["day"].basis.fr == "x"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"basis": "published"}, "published figure"),
        ({"source": SOURCE}, "published figure"),
        ({"basis": "guessed"}, "guessed"),
        ({"value": -1}, "zero or more"),
        ({"value": float("nan")}, "zero or more"),
        ({"value": True}, "True"),
        ({"value": "8"}, "8"),
        ({"label": {"fr": "x", "en": ""}}, "both languages"),
        ({"weight": 3}, "unknown keys"),
    ],
)
def test_a_figure_that_is_not_one_is_refused_by_name(content, change, said):
    content["weights"]["NIR"] |= change
    with pytest.raises(KnowledgeError, match=said) as refused:
        parse_figures("protection.yaml", content)
    assert "NIR" in str(refused.value)


@pytest.mark.parametrize(
    ("group", "code"),
    [
        ("weights", "IBAN"), ("weights", "professional_email"), ("access", "team"),
        ("place", "encrypted"), ("hours", "purge"), ("hours", "day"), ("sensitivity", "many"),
        ("age", "past_retention"), ("sampling", "miss"),
    ],
)  # fmt: skip
def test_a_scale_without_one_of_its_figures_is_refused(content, group, code):
    del content[group][code]
    with pytest.raises(KnowledgeError, match=code):
        scale_of(parse_figures(FILE, content))


def test_a_figure_nobody_knows_is_refused(content):
    content["access"]["nobody"] = content["access"]["team"]
    with pytest.raises(KnowledgeError, match="nobody"):
        scale_of(parse_figures(FILE, content))
