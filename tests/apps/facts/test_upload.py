"""A workbook handed in: read, shown, then imported; nothing before that."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.conftest import small, words
from gouvernail.apps.facts import queries
from gouvernail.apps.facts.models import Upload
from gouvernail.apps.facts.services import forget_uploads
from gouvernail.workbook import write_workbook
from gouvernail_core.facts import digest


def workbook(rows, form="ods"):
    stream = io.BytesIO()
    write_workbook(rows, stream, format=form)
    return SimpleUploadedFile(f"classeur.{form}", stream.getvalue())


def hand_in(client, file):
    return client.post(reverse("facts:import"), {"workbook": file}, follow=True)


def fuller():
    rows = small()
    rows["services"][0]["agents"] = 14
    rows["services"].append({"id": "ccas", "name": "CCAS"})
    return rows


@pytest.mark.parametrize("form", ["ods", "xlsx"])
def test_a_workbook_is_read_shown_and_imported_when_asked(alice, exempleville, form):
    answer = hand_in(alice, workbook(fuller(), form))
    page = words(answer)
    assert answer.status_code == 200
    assert "CCAS" in page
    assert "<del>12</del>" in page
    assert digest(queries.rows_of(exempleville.pk)) == digest(small())
    done = alice.post(answer.wsgi_request.path)
    assert done.status_code == 302
    assert digest(queries.rows_of(exempleville.pk)) == digest(fuller())


def test_a_choice_to_look_at_twice_is_told_before_it_is_imported(alice, exempleville):
    rows = fuller()
    given = {"data_class": "C4", "tool_class": "T3", "reason": "Essai"}
    rows["matrix"] = [{**given, "answer": "yes"}]
    answer = hand_in(alice, workbook(rows))
    page = words(answer)
    assert answer.status_code == 200
    assert "À savoir" in page
    assert "Feuille « Choix données et outils », ligne 2, colonne « Réponse »" in page
    assert alice.post(answer.wsgi_request.path).status_code == 302
    assert queries.rows_of(exempleville.pk)["matrix"][0]["answer"] == "yes"


def test_asking_twice_imports_once(alice, exempleville):
    answer = hand_in(alice, workbook(fuller()))
    alice.post(answer.wsgi_request.path)
    before = queries.rows_of(exempleville.pk)
    again = alice.post(answer.wsgi_request.path)
    assert again.status_code == 200
    assert "Ce classeur est importé" in words(again)
    assert queries.rows_of(exempleville.pk) == before


def test_a_fault_is_told_with_its_sheet_row_and_column(alice, exempleville):
    rows = fuller()
    rows["people"][1]["service"] = "nulle-part"
    answer = hand_in(alice, workbook(rows))
    page = words(answer)
    assert answer.status_code == 422
    assert "Feuille « Personnes », ligne " in page
    assert "colonne « Service »" in page
    assert alice.post(answer.wsgi_request.path).status_code == 422
    assert digest(queries.rows_of(exempleville.pk)) == digest(small())


def test_removal_is_ticked_by_the_person(alice, exempleville):
    rows = small()
    rows["use_cases"].pop()
    answer = hand_in(alice, workbook(rows))
    assert "Prévision des repas" in words(answer)
    alice.post(answer.wsgi_request.path, {"retirer": "1"})
    assert [r["id"] for r in queries.rows_of(exempleville.pk)["use_cases"]] == ["courrier"]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken", b"\x00" * 2000])
def test_a_file_that_is_not_a_workbook_is_refused_with_a_sentence(alice, exempleville, content):
    answer = hand_in(alice, SimpleUploadedFile("classeur.ods", content))
    assert answer.status_code == 422
    assert 'role="alert"' in words(answer)
    assert digest(queries.rows_of(exempleville.pk)) == digest(small())


def test_no_file_is_a_fault_of_the_form(alice):
    assert alice.post(reverse("facts:import")).status_code == 422


def test_a_head_of_service_does_not_import(bruno):
    assert bruno.get(reverse("facts:import")).status_code == 403
    assert bruno.post(reverse("facts:import"), {"workbook": workbook(fuller())}).status_code == 403
    assert not Upload.objects.exists()


def test_the_empty_workbook_is_there_to_start_from(alice):
    answer = alice.get(reverse("facts:empty_workbook", args=["ods"]))
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


def test_a_workbook_nobody_confirmed_is_forgotten_after_a_week(alice, exempleville):
    answer = hand_in(alice, workbook(fuller()))
    kept = Upload.objects.get()
    assert forget_uploads(at=kept.at + timedelta(days=6)) == 0
    assert forget_uploads(at=kept.at + timedelta(days=8)) == 1
    page = words(alice.get(answer.wsgi_request.path))
    assert "Déposez-le de nouveau" in page
    assert alice.post(answer.wsgi_request.path).status_code == 422
    assert digest(queries.rows_of(exempleville.pk)) == digest(small())


def test_a_file_nothing_was_read_from_does_not_seem_to_remove_anything(alice, exempleville):
    page = words(hand_in(alice, SimpleUploadedFile("photo.ods", b"\x89PNG\r\n\x1a\n" + b"0" * 64)))
    assert "qui ne sont plus dans le classeur" not in page
