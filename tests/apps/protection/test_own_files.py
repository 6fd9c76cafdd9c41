"""Somebody's own files: examined at once, shown to them alone, kept nowhere."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gouvernail.apps.journal.models import Entry
from gouvernail.apps.protection.models import StoreExamination
from services.examining import PERSON

pytestmark = pytest.mark.django_db


def given(name: str = "fiche.txt", content: bytes = PERSON.encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_anyone_may_see_what_their_own_files_hold(bruno, exempleville):
    files = [given(), given("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(99)), given("vide.txt", b" ")]
    page = bruno.post("/proteger/mes-fichiers", {"files": files}).content.decode()
    assert "fiche.txt" in page
    assert "Numéro de sécurité sociale" in page
    assert ">C4<" in page
    assert "image sans texte" in page


def test_nothing_of_them_is_kept(bruno, exempleville, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = Entry.objects.count()
    bruno.post("/proteger/mes-fichiers", {"files": [given()]})
    assert list(Path(tmp_path).iterdir()) == []
    assert not StoreExamination.objects.exists()
    assert Entry.objects.count() == before


def test_what_cannot_be_examined_here_is_said(bruno, exempleville, monkeypatch):
    assert bruno.post("/proteger/mes-fichiers", {}).status_code == 422
    monkeypatch.setattr("gouvernail.apps.protection.own.limit", lambda: 10)
    answer = bruno.post("/proteger/mes-fichiers", {"files": [given()]})
    assert answer.status_code == 422
    assert "trop" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b.txt", "x" * 250, "é\u202e.txt", "<b>.txt"]
)
def test_a_name_is_shown_and_never_followed(bruno, exempleville, name):
    answer = bruno.post("/proteger/mes-fichiers", {"files": [given(name)]})
    assert answer.status_code == 200
    assert "<b>.txt" not in answer.content.decode()
