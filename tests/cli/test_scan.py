"""`gouvernail scan` and `gouvernail detect`: what is said, what is refused, what is never said."""

import sqlite3

import pydantic
import pytest

from gouvernail.formats.scan import DetectDocument, ScanDocument
from services.examining import PERSON


@pytest.fixture
def share(tmp_path):
    top = tmp_path / "Partage"
    top.mkdir()
    (top / "fiche.txt").write_text(PERSON, encoding="utf-8")
    (top / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return top


def valid(document: type[pydantic.BaseModel], answer: object) -> bool:
    document.model_validate(answer, strict=False)
    return True


def test_a_folder_is_examined_and_the_answer_is_that_of_its_schema(gouvernail, share):
    answer = gouvernail("scan", share, "--json", "--workers", 1, "--on", "2026-11-27")
    assert answer.code == 0
    assert valid(ScanDocument, answer.json)
    assert answer.json["finished"] is True
    assert answer.json["on"] == "2026-11-27"
    assert [each["path"] for each in answer.json["files"]] == ["fiche.txt", "photo.png"]
    assert "Lecture" in answer.err


def test_on_a_terminal_it_says_what_was_not_looked_at_before_what_was_found(gouvernail, share):
    answer = gouvernail("scan", share, "--workers", 1)
    assert answer.code == 0
    assert "Non examinés" in answer.out
    assert "image sans texte" in answer.out
    assert "Numéro de sécurité sociale : 1 fois, 1 valeur" in answer.out
    assert "157" not in answer.out


def test_what_cannot_be_examined_is_refused_in_a_sentence(gouvernail, share, tmp_path):
    for words, said in (
        ((tmp_path / "absent",), "n’existe pas"),
        ((share, share / "fiche.txt"), "compté deux fois"),
        ((share, share), "compté deux fois"),
        ((share, "--state", tmp_path), "est un fichier"),
        ((share, "--dask", "tcp://127.0.0.1:9"), "Aucun ordonnanceur Dask"),
    ):
        answer = gouvernail("scan", *words, "--workers", 1)
        assert answer.code == 1
        assert said in " ".join(answer.err.replace("\u00a0", " ").split())
        assert answer.out == ""


def test_a_file_of_something_else_is_not_taken_for_a_state(gouvernail, share, tmp_path):
    with sqlite3.connect(tmp_path / "compta.db") as db:
        db.execute("CREATE TABLE ecritures (a)")
    answer = gouvernail("scan", share, "--state", tmp_path / "compta.db", "--workers", 1)
    assert (answer.code, "rien n’y a été changé" in answer.err) == (1, True)


def test_a_state_lets_the_next_examination_go_on(gouvernail, share, tmp_path):
    state = tmp_path / "etat"
    first = gouvernail("scan", share, "--json", "--state", state, "--workers", 1)
    again = gouvernail("scan", share, "--json", "--state", state, "--workers", 1)
    assert first.json == again.json


def test_a_text_gives_its_findings_by_characters(gouvernail, tmp_path):
    text = "Élu : M. Jean Martin, 06\u00a012 34 56 78\n"
    file = tmp_path / "note.txt"
    file.write_text(text, encoding="utf-8")
    answer = gouvernail("detect", file, "--json")
    assert answer.code == 0
    assert valid(DetectDocument, answer.json)
    assert [(text[s["start"] : s["end"]], s["type"]) for s in answer.json["spans"]] == [
        ("Jean Martin", "PER"),
        ("06\u00a012 34 56 78", "TEL"),
    ]


def test_a_text_of_another_time_is_read_in_its_own_characters(gouvernail, tmp_path):
    text = "Née le 3 mai 1969, déléguée\n"
    for encoding in ("cp1252", "utf-16"):
        file = tmp_path / f"{encoding}.txt"
        file.write_text(text, encoding=encoding)
        (span,) = gouvernail("detect", file, "--json").json["spans"]
        assert text[span["start"] : span["end"]] == "3 mai 1969"


def test_what_is_unsure_is_given_only_on_request(gouvernail, tmp_path):
    file = tmp_path / "note.txt"
    file.write_text("Référence 732829320\n", encoding="utf-8")
    assert gouvernail("detect", file, "--json").json["spans"] == []
    (span,) = gouvernail("detect", file, "--json", "--least", 0).json["spans"]
    assert (span["type"], span["confidence"]) == ("SIREN", 0.1)


def test_a_document_is_not_taken_for_a_text(gouvernail, tmp_path):
    for name, data in (("a.pdf", b"%PDF-1.7\n"), ("b.docx", b"PK\x03\x04" + bytes(40))):
        (tmp_path / name).write_bytes(data)
        answer = gouvernail("detect", tmp_path / name)
        assert answer.code == 1
        assert "gouvernail scan" in answer.err
    assert gouvernail("detect", tmp_path / "absent.txt").code == 1
    assert gouvernail("detect", tmp_path).code == 1


def test_an_empty_text_holds_nothing_and_says_so(gouvernail, tmp_path):
    (tmp_path / "vide.txt").write_bytes(b"")
    assert gouvernail("detect", tmp_path / "vide.txt").out.startswith("Rien")
    assert gouvernail("detect", tmp_path / "vide.txt", "--json").json == {"spans": []}


def test_a_draw_says_what_it_read_and_how_sure_it_is(gouvernail, tmp_path):
    top = tmp_path / "Partage"
    top.mkdir()
    for number in range(30):
        (top / f"{number}.txt").write_text(PERSON * (1 + number % 3), encoding="utf-8")
    answers = [
        gouvernail("scan", top, "--sample", 5, "--seed", 3, "--json", "--workers", 1).json
        for _ in range(2)
    ]
    assert valid(ScanDocument, answers[0])
    drawn = answers[0]["stores"][0]["sample"]
    assert (drawn["files"], drawn["read"], drawn["seed"]) == (30, 30, 3)
    assert drawn["low"] == drawn["high"] == pytest.approx(answers[0]["stores"][0]["risk"], abs=0.01)
    assert drawn == answers[1]["stores"][0]["sample"]
    told = gouvernail("scan", top, "--sample", 5, "--workers", 1).out
    assert "Tirage au sort" in told
    assert "30 lus sur 30" in told
