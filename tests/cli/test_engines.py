"""The engines alone: the contracts of the command line, exit codes and sentences."""

import io
import json

import pytest

PROBLEM = {
    "criteria": ["quality", "relief"],
    "cases": [
        {"id": "c1", "values": {"quality": 0.8, "relief": [0.4, 0.6]}, "uses": {"budget": 12000}},
        {"id": "c2", "values": {"quality": 0.5, "relief": 0.9}, "uses": {"budget": 30000}},
        {"id": "c3", "values": {"quality": 0.2, "relief": 0.1}, "uses": {"budget": 30000}},
    ],
    "limits": {"budget": 45000},
    "cardinality": [1, 2],
    "weightings": {"DGS": {"ranking": ["quality", "relief"]}},
}
TASKS = {
    "horizon": 20,
    "capacities": {"dpo": 1},
    "tasks": [
        {"id": "a", "duration": 3, "demands": {"dpo": 1}, "value": 1},
        {"id": "b", "duration": 2, "demands": {"dpo": 1}, "value": 2, "only_at": [1, 6]},
    ],
}


def test_select_answers_in_the_contract(gouvernail, document):
    answer = gouvernail("select", document(PROBLEM), "--json")
    assert answer.code == 0
    assert answer.json["recommended"] == ["c1", "c2"]
    assert answer.json["complete"] is True
    assert {c["status"] for c in answer.json["cases"]} <= {"core", "borderline", "exterior"}
    assert set(answer.json["actors"]) == {"DGS"}


def test_select_speaks_french_to_a_person(gouvernail, document):
    answer = gouvernail("select", document(PROBLEM))
    assert answer.code == 0
    assert "Portefeuille recommandé : c1, c2" in answer.out


def test_limits_nothing_can_meet_are_said_and_refused(gouvernail, document):
    tight = {**PROBLEM, "limits": {"budget": 1000}}
    answer = gouvernail("select", document(tight), "--json")
    assert answer.code == 1
    assert answer.json["conflict"]
    assert "Desserrez" in answer.err


def test_contradictory_rankings_are_refused(gouvernail, document):
    crossed = {"DGS": {"ranking": ["quality", "relief"], "bounds": {"relief": [0.6, 0.9]}}}
    answer = gouvernail("select", document({**PROBLEM, "weightings": crossed}), "--json")
    assert answer.code == 1
    assert answer.out == ""
    assert "DGS" in answer.err


@pytest.mark.parametrize(
    "change",
    [
        {"cases": [PROBLEM["cases"][0], PROBLEM["cases"][0]]},
        {"requires": [["c1", "c2"], ["c2", "c1"]]},
        {"requires": [["c1", "personne"]]},
        {"limits": {"budget": -1}},
        {"limits": {"budget": "beaucoup"}},
        {"criteria": []},
    ],
    ids=["an id twice", "a cycle", "nobody", "a negative limit", "a word for a number", "nothing"],
)
def test_a_faulty_problem_gets_a_sentence_and_nothing_on_stdout(gouvernail, document, change):
    answer = gouvernail("select", document({**PROBLEM, **change}), "--json")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.strip()
    assert "Traceback" not in answer.err


def test_schedule_answers_in_the_contract(gouvernail, document):
    """b may start at 1 or 6 and excludes a: the best is b at 1, a at 3 (1×6 + 2×3 = 12)."""
    answer = gouvernail("schedule", document(TASKS), "--json")
    assert answer.code == 0
    assert answer.json["starts"] == {"a": 3, "b": 1}
    assert (answer.json["objective"], answer.json["proven"], answer.json["gap"]) == (12, True, 0)


def test_a_calendar_that_cannot_hold_is_said_and_refused(gouvernail, document):
    answer = gouvernail(
        "schedule", document({**TASKS, "capacities": {"dpo": 1}, "horizon": 4}), "--json"
    )
    assert answer.code == 1
    assert answer.err.strip()


def test_obligations_answer_in_the_contract(gouvernail, document):
    facts = {"authority": {"agents": 48}, "use_case": {"is_ai_system": True}}
    answer = gouvernail("obligations", document(facts), "--on", "2026-11-22", "--json")
    assert answer.code == 0
    assert answer.json["on"] == "2026-11-22"
    assert answer.json["derived"]["staff_body"] == "cdg"
    by_rule = {f["rule"]: f for f in answer.json["findings"]}
    assert by_rule["AIA-04"]["outcome"] == "due"
    assert all(f["missing"] for f in by_rule.values() if f["outcome"] == "to_examine")
    decides = [q["decides"] for q in answer.json["questions"]]
    assert decides == sorted(decides, reverse=True)


def test_an_unknown_fact_is_refused_with_the_nearest_name(gouvernail, document):
    answer = gouvernail("obligations", document({"use_case": {"profilling": True}}), "--json")
    assert answer.code == 1
    assert "use_case.profiling" in answer.err


def test_a_date_that_does_not_exist_is_refused(gouvernail, document):
    answer = gouvernail("obligations", document({}), "--on", "2026-02-31", "--json")
    assert answer.code == 1
    assert "AAAA-MM-JJ" in answer.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        ("[]", "objet"),
        ('{"cases": NaN}', "NaN"),
        ("[" * 200_000, "imbriqué"),
    ],
    ids=["empty", "truncated", "a list", "not a number", "a bottomless nest"],
)
@pytest.mark.parametrize("command", ["select", "schedule", "obligations"])
def test_what_is_not_a_document_gets_its_sentence(gouvernail, document, command, content, said):
    answer = gouvernail(command, document(content), "--json")
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err


def test_a_missing_file_and_a_folder_get_their_sentence(gouvernail, tmp_path):
    assert "n’existe pas" in gouvernail("select", tmp_path / "rien.json").err
    assert "dossier" in gouvernail("select", tmp_path).err


def test_a_dash_reads_standard_input(gouvernail, monkeypatch):
    class Stdin:
        buffer = io.BytesIO(json.dumps(PROBLEM).encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    assert gouvernail("select", "-", "--json").code == 0


def test_a_wrong_usage_exits_with_two(gouvernail):
    assert gouvernail("select").code == 2
    assert gouvernail("inconnue").code == 2


def test_every_format_prints_its_schema(gouvernail):
    names = [line.split()[0] for line in gouvernail("schema").out.splitlines()]
    assert {"obligations", "select", "schedule", "plan"} <= set(names)
    for name in names:
        printed = gouvernail("schema", name).json
        assert printed.get("properties") or printed.get("$defs")


def test_a_format_that_does_not_exist_is_refused(gouvernail):
    answer = gouvernail("schema", "inconnu")
    assert answer.code == 1
    assert "plan" in answer.err
