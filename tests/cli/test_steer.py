"""The main job: a workbook in, a folder of documents out; or a sentence, and nothing written."""

import json
from datetime import date

import pytest

from gouvernail.cli.way import read_workbook
from gouvernail.demo.example import example_rows
from gouvernail.formats.plan import PlanValue
from gouvernail.workbook.write import write_workbook

ON = "2026-11-23"


@pytest.fixture(scope="module")
def small_rows():
    """The example with three cases: quick to steer, and still a whole way."""
    rows = {sheet: [dict(row) for row in lines] for sheet, lines in example_rows().items()}
    kept = {"repas", "entretiens", "deliberations"}
    rows["use_cases"] = [row for row in rows["use_cases"] if row["id"] in kept]
    for sheet in ("ratings", "legal_facts", "consultations", "proofs"):
        rows[sheet] = [r for r in rows[sheet] if not r.get("case") or r["case"] in kept]
    rows["offers"] = rows["offer_answers"] = []
    rows["existing_uses"] = [{**r, "case": ""} for r in rows["existing_uses"]]
    return rows


@pytest.fixture(scope="module")
def workbook(small_rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("classeur") / "classeur.ods"
    write_workbook(small_rows, path)
    return path


def changed(rows, sheet, code, **values):
    key = "year" if sheet == "budgets" else "id"
    return {
        **rows,
        sheet: [{**row, **values} if row.get(key) == code else row for row in rows[sheet]],
    }


def test_the_workbook_becomes_a_roadmap_in_one_command(gouvernail, workbook, tmp_path):
    out = tmp_path / "feuille"
    answer = gouvernail("steer", workbook, "--out", out, "--on", ON, "--json")
    assert answer.code == 0, answer.err
    PlanValue.model_validate(answer.json)
    assert {"feuille-de-route.pdf", "feuille-de-route.odt", "feuille-de-route.docx"} <= {
        path.name for path in out.iterdir()
    }
    assert json.loads((out / "plan.json").read_text()) == answer.json
    chosen = [case["id"] for case in answer.json["cases"] if case["chosen"]]
    assert chosen
    for case in chosen:
        assert (out / "cas" / case / "fiche.pdf").read_bytes().startswith(b"%PDF")


def test_a_choice_to_look_at_twice_is_told_and_stops_nothing(small_rows, tmp_path, capsys):
    out = {"data_class": "C4", "tool_class": "T3", "answer": "yes", "reason": "Essai"}
    path = tmp_path / "classeur.ods"
    write_workbook({**small_rows, "matrix": [out]}, path)
    assert read_workbook(path)["matrix"][0]["answer"] == "yes"
    assert "à confirmer par le délégué" in capsys.readouterr().err


def test_the_plan_is_that_of_the_day_asked(gouvernail, workbook, tmp_path):
    answer = gouvernail("steer", workbook, "--out", tmp_path / "f", "--on", "2027-03-01", "--json")
    assert answer.json["on"] == "2027-03-01"
    assert min(task["end"] for task in answer.json["roadmap"]["tasks"]) >= "2026-11-23"


def test_limits_nothing_can_meet_leave_nothing_behind(gouvernail, small_rows, tmp_path):
    poor = changed(small_rows, "budgets", 2027, amount_eur=100)
    write_workbook(poor, tmp_path / "pauvre.ods")
    answer = gouvernail("steer", tmp_path / "pauvre.ods", "--out", tmp_path / "f", "--on", ON)
    assert answer.code == 1
    assert "2027" in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pauvre.ods"]


def test_every_problem_is_said_at_once_where_it_is(gouvernail, small_rows, tmp_path):
    wrong = changed(small_rows, "use_cases", "repas", requires=["inconnu"], elu="personne")
    write_workbook(wrong, tmp_path / "faux.xlsx")
    answer = gouvernail("steer", tmp_path / "faux.xlsx", "--out", tmp_path / "f", "--on", ON)
    assert answer.code == 1
    assert "2 points à corriger" in answer.err
    assert answer.err.count("Feuille «\u202fCas d’usage\u202f»") == 2
    assert not (tmp_path / "f").exists()


def test_a_file_where_a_folder_is_expected_is_refused(gouvernail, workbook, tmp_path):
    (tmp_path / "fichier").write_text("x")
    answer = gouvernail("steer", workbook, "--out", tmp_path / "fichier", "--on", ON)
    assert answer.code == 1
    assert (tmp_path / "fichier").read_text() == "x"


def test_a_second_run_replaces_the_first_and_leaves_other_files_alone(
    gouvernail, workbook, tmp_path
):
    out = tmp_path / "f"
    out.mkdir()
    (out / "mes-notes.txt").write_text("à garder")
    for _ in range(2):
        assert gouvernail("steer", workbook, "--out", out, "--on", ON).code == 0
    assert (out / "mes-notes.txt").read_text() == "à garder"
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


@pytest.mark.parametrize("name", ["vide.ods", "vide.xlsx"])
def test_the_empty_workbook_is_written_and_asks_to_be_filled(gouvernail, tmp_path, name):
    assert gouvernail("workbook", tmp_path / name).code == 0
    answer = gouvernail("steer", tmp_path / name, "--out", tmp_path / "f")
    assert answer.code == 1
    assert "Collectivité" in answer.err


def test_the_example_workbook_is_accepted_as_it_is(gouvernail, tmp_path):
    from gouvernail.cli.way import read_workbook
    from gouvernail_core.facts import digest

    assert gouvernail("workbook", tmp_path / "ex.ods", "--example").code == 0
    assert digest(read_workbook(tmp_path / "ex.ods")) == digest(example_rows())


def test_an_existing_file_is_never_replaced(gouvernail, tmp_path):
    (tmp_path / "mien.ods").write_text("précieux")
    answer = gouvernail("workbook", tmp_path / "mien.ods")
    assert answer.code == 1
    assert (tmp_path / "mien.ods").read_text() == "précieux"


def test_a_workbook_is_an_ods_or_an_xlsx(gouvernail, tmp_path):
    assert gouvernail("workbook", tmp_path / "classeur.csv").code == 1


def test_today_is_the_default_day(gouvernail, monkeypatch):
    from gouvernail.cli.console import day

    assert day(None) == date.today()
