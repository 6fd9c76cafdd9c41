"""The JSON of `gouvernail select`: the contract's own example, and every wrong shape refused."""

from __future__ import annotations

import json

import pytest

from gouvernail.formats.problems import read_json
from gouvernail.formats.selection import SelectionDocument, read_problem, to_json
from gouvernail_core.kernel import Interval, RefusedError
from gouvernail_core.selection import solve

FULL = {
    "criteria": ["quality", "relief", "feasibility"],
    "cases": [
        {
            "id": "c1",
            "values": {"quality": 0.8, "relief": [0.4, 0.6]},
            "uses": {"budget_2027": 12000, "staff_days": 40, "load_social": 2},
        },
        {"id": "c2", "values": {"quality": 0.5, "relief": 0.5, "feasibility": 0.9}},
        {"id": "c3", "values": {"quality": 1, "relief": 0, "feasibility": 0.2}},
        {"id": "c4", "values": {"quality": 0.3, "relief": 0.7, "feasibility": 0.6}},
    ],
    "limits": {"budget_2027": 60000, "staff_days": 120, "load_social": 3},
    "cardinality": [3, 4],
    "excludes": [["c1", "c2"]],
    "requires": [["c3", "c1"]],
    "must": [],
    "never": [],
    "reference": {"quality": 0.4, "relief": 0.35, "feasibility": 0.25},
    "weightings": {
        "DGS": {"ranking": ["quality", ["relief", "feasibility"]]},
        "élus": {"bounds": {"quality": [0.2, 0.6]}},
    },
    "gap": 0.0,
    "seed": 1,
}


def document(**changes):
    return json.loads(json.dumps({**FULL, **changes}))


def refused(given):
    with pytest.raises(RefusedError) as refusal:
        read_problem(given)
    return {problem.path: problem for problem in refusal.value.problems}


def test_reads_every_field_of_the_contract():
    problem = read_problem(document())
    assert problem.cases[0].values["relief"] == Interval(0.4, 0.6)
    assert problem.cases[2].values["quality"] == Interval(1.0, 1.0)
    assert problem.weightings["DGS"].ranking == (("quality",), ("relief", "feasibility"))
    assert problem.weightings["élus"].bounds == {"quality": (0.2, 0.6)}
    assert (problem.cardinality, problem.requires) == ((3, 4), (("c3", "c1"),))


def test_the_answer_has_the_shape_of_its_schema():
    answer = to_json(solve(read_problem(document()), samples=50))
    again = json.loads(json.dumps(answer, allow_nan=False))
    SelectionDocument.model_validate(again)
    assert again["recommended"] == ["c1", "c3", "c4"]
    assert set(again["actors"]) == {"DGS", "élus"}
    assert again["conflict"] is None
    assert "«\u202fc1\u202f» n’est pas évalué" in again["notes"][0]


def test_an_impossible_problem_gives_its_conflict():
    given = document(must=["c1", "c2"])
    answer = to_json(solve(read_problem(given), samples=50))
    SelectionDocument.model_validate(json.loads(json.dumps(answer)))
    assert [line["kind"] for line in answer["conflict"]] == ["excludes", "must", "must"]
    assert answer["recommended"] == []


def test_only_criteria_and_cases_are_needed():
    problem = read_problem({"criteria": ["quality"], "cases": [FULL["cases"][0] | {"values": {}}]})
    assert problem.limits == {}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"criteria": "quality"}, "criteria"),
        ({"cases": [{"values": {}}]}, "cases[0].id"),
        ({"cases": [{"id": 3, "values": {}}]}, "cases[0].id"),
        ({"cases": [{"id": "c1", "values": {"quality": "0.8"}}]}, "cases[0].values.quality"),
        ({"cases": [{"id": "c1", "values": {"quality": [0.8]}}]}, "cases[0].values.quality"),
        ({"cases": [{"id": "c1", "values": {"quality": True}}]}, "cases[0].values.quality"),
        ({"cases": [{"id": "c1", "values": {"quality": [0.6, 0.4]}}]}, "cases[0].values.quality"),
        ({"cases": [{"id": "c1", "values": {}, "usse": {}}]}, "cases[0].usse"),
        ({"limits": {"budget_2027": None}}, "limits.budget_2027"),
        ({"limits": {"budget_2027": -1}}, "limits.budget_2027"),
        ({"cardinality": [3]}, "cardinality"),
        ({"cardinality": [3.5, 4]}, "cardinality[0]"),
        ({"excludes": [["c1"]]}, "excludes[0]"),
        ({"excludes": [["c1", "zz"]]}, "excludes[0][1]"),
        ({"weightings": {"DGS": {"ranking": ["quality", 2]}}}, "weightings.DGS.ranking[1]"),
        ({"weightings": {"DGS": {"order": []}}}, "weightings.DGS.order"),
        ({"seed": 1.5}, "seed"),
        ({"seeds": 1}, "seeds"),
    ],
)
def test_refuses_with_the_place_in_words(changes, path):
    found = refused(document(**changes))
    assert path in found
    assert found[path].text.fr
    assert found[path].text.en


@pytest.mark.parametrize("given", [None, [], "x", 3])
def test_refuses_what_is_not_an_object(given):
    (problem,) = refused(given).values()
    assert "un objet {…}" in problem.text.fr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": 1,}', "ligne 1, colonne 9"),
        ("", "ligne 1, colonne 1"),
        ('{"a": NaN}', "NaN"),
        ('{"a": 1, "a": 2}', "deux fois"),
        (b'{"a": "\xe9"}', "UTF-8"),
        ("[" * 100_000, "imbriqué"),
    ],
)
def test_refuses_what_is_not_json(text, words):
    with pytest.raises(RefusedError, match=words):
        read_json(text)


def test_numbers_too_great_for_a_float_are_refused():
    given = read_json('{"criteria": ["q"], "cases": [{"id": "a", "values": {"q": 1e999}}]}')
    assert "cases[0].values.q" in refused(given)
