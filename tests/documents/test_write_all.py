"""Everything is written, or nothing is."""

import json
import os

import pytest

from gouvernail.documents import write, write_all
from gouvernail.documents.write import safe_name

WANTED = {
    "feuille-de-route.pdf",
    "feuille-de-route.odt",
    "feuille-de-route.docx",
    "plan.ods",
    "plan.json",
    "cas/repas/fiche.pdf",
    "cas/repas/fiche.odt",
    "cas/repas/fiche.docx",
    "cas/entretiens/fiche.pdf",
    "cas/entretiens/fiche.odt",
    "cas/entretiens/fiche.docx",
    "cas/entretiens/rapport-cst.pdf",
    "cas/entretiens/rapport-cst.odt",
    "cas/entretiens/rapport-cst.docx",
    "cas/entretiens/aipd.pdf",
    "cas/entretiens/aipd.odt",
    "cas/entretiens/aipd.docx",
}


@pytest.fixture
def light(monkeypatch):
    """Replace the slow writers: these tests are about files, not about what they hold."""
    monkeypatch.setattr(write.typst_out, "pdf", lambda document: document.title.encode())
    for name in ("odt", "docx"):
        monkeypatch.setattr(write.pandoc_out, name, lambda document, reference: b"office")


def _files(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.slow
def test_writes_every_document_of_the_plan(plan, tmp_path):
    seen = []
    out = tmp_path / "parent" / "plan"
    paths = write_all(plan, out, progress=lambda done, text: seen.append((done, text.fr)))
    assert _files(out) == WANTED == {p.relative_to(out).as_posix() for p in paths}
    assert seen[0] == (0, "Écrire feuille-de-route.pdf")
    assert [round(done * 17) for done, _ in seen] == list(range(17))
    assert json.loads((out / "plan.json").read_text(encoding="utf-8")) == plan
    assert (out / "feuille-de-route.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert (out / "plan.ods").read_bytes().startswith(b"PK")


def test_leaves_no_draft_beside(plan, tmp_path, light):
    write_all(plan, tmp_path / "plan")
    assert [p.name for p in tmp_path.iterdir()] == ["plan"]


def test_a_new_run_replaces_ours_and_leaves_the_rest(plan, tmp_path, light):
    out = tmp_path / "plan"
    write_all(plan, out)
    (out / "notes.txt").write_text("à moi")
    plan["cases"][0]["chosen"] = False
    write_all(plan, out)
    assert _files(out) == {n for n in WANTED if "repas" not in n} | {"notes.txt"}
    assert [p.name for p in tmp_path.iterdir()] == ["plan"]


def test_notes_somebody_kept_beside_a_document_stay(plan, tmp_path, light):
    out = tmp_path / "plan"
    write_all(plan, out)
    (out / "cas" / "repas" / "mes-notes.txt").write_text("à moi")
    plan["cases"][0]["chosen"] = False
    write_all(plan, out)
    assert (out / "cas" / "repas" / "mes-notes.txt").read_text() == "à moi"
    assert not (out / "cas" / "repas" / "fiche.pdf").exists()


def test_the_draft_of_a_killed_run_is_swept_away(plan, tmp_path, light):
    left = tmp_path / ".plan-tué"
    left.mkdir()
    os.utime(left, (0, 0))
    write_all(plan, tmp_path / "plan")
    assert not left.exists()


def test_a_failure_leaves_what_was_there(plan, tmp_path, light, monkeypatch):
    out = tmp_path / "plan"
    write_all(plan, out)
    before = {name: (out / name).read_bytes() for name in _files(out)}
    plan["authority"]["name"] = "Autre"

    def fails(plan, *, language):
        raise RuntimeError("no space")

    monkeypatch.setattr(write.plan_workbook, "ods", fails)
    with pytest.raises(RuntimeError, match="no space"):
        write_all(plan, out)
    assert {name: (out / name).read_bytes() for name in _files(out)} == before
    assert [p.name for p in tmp_path.iterdir()] == ["plan"]


def test_a_failure_while_moving_puts_back_what_was_there(plan, tmp_path, light, monkeypatch):
    out = tmp_path / "plan"
    write_all(plan, out)
    before = {name: (out / name).read_bytes() for name in _files(out)}
    replace = write.os.replace

    failed = []

    def fails_once_on_json(source, target):
        arrives = source.name == "plan.json" and target.parent == out
        if arrives and not failed:
            failed.append(source)
            raise OSError("disk full")
        replace(source, target)

    monkeypatch.setattr(write.os, "replace", fails_once_on_json)
    with pytest.raises(OSError, match="disk full"):
        write_all(plan, out)
    assert {name: (out / name).read_bytes() for name in _files(out)} == before


def test_an_empty_plan_leaves_its_roadmap_and_workbook(empty_plan, tmp_path, light):
    write_all(empty_plan, tmp_path / "plan")
    assert _files(tmp_path / "plan") == {n for n in WANTED if not n.startswith("cas/")}


def test_case_names_never_leave_the_folder_nor_collide(plan, tmp_path, light):
    plan["cases"][0]["id"] = "../../Évasion"
    plan["cases"][1]["id"] = "evasion"
    write_all(plan, tmp_path / "plan")
    folders = {p.name for p in (tmp_path / "plan" / "cas").iterdir()}
    assert folders == {"evasion", "evasion-2"}


@pytest.mark.parametrize("text", ["", "..", "/", "con\x00", "é" * 300, "a/../../b", "𓀀"])
def test_a_safe_name_is_a_plain_file_name(text):
    name = safe_name(text)
    assert 0 < len(name) <= 60
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in name)
