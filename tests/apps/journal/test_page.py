"""The journal is read by those who answer for it, in sentences, and verified on demand."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import models, transaction
from python_calamine import CalamineWorkbook

from apps.conftest import words
from gouvernail.apps.journal.models import Entry
from gouvernail.apps.journal.queries import seal_of
from gouvernail.apps.journal.services import record
from gouvernail.common.actor import Actor, ActorKind, service
from services.roles import behind

PAGE = "/journal/"


def person(authority, name="Alice Dupont", **more):
    return Actor(ActorKind.PERSON, name, None, authority.pk, **more)


def test_says_who_did_what_with_what_moved_in_the_words_of_the_sheets(alice, exempleville, at):
    record("fact-changed", by=person(exempleville, standing_in=("Bruno Martin",)), at=at,
           subject="Enveloppes annuelles : 2027", before={}, after={})  # fmt: skip
    page = words(alice.get(PAGE))
    assert "Alice Dupont" in page
    assert "au nom de Bruno Martin" in page
    assert "a importé le classeur" in page
    assert "Détail" in page
    assert seal_of(exempleville.pk) in page


@pytest.mark.parametrize("path", [PAGE, "/journal/export/csv"])
def test_is_closed_to_a_role_that_does_not_open_it(bruno, path):
    assert bruno.get(path).status_code == 403


def test_shows_nothing_of_another_authority(chloe, exempleville, at):
    record("fact-removed", by=person(exempleville), at=at, subject="Services : secret")
    for path in (PAGE, "/journal/export/csv", f"{PAGE}?mot=secret"):
        said = words(chloe.get(path))
        assert "Services : secret" not in said
        assert seal_of(exempleville.pk) not in said


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("acte=plan-computed", {"plan"}),
        ("nature=service", {"plan"}),
        ("nature=person", {"services"}),
        ("mot=SERVICES", {"services"}),
        ("du=2026-11-24", {"services"}),
        ("au=2026-11-23&nature=service", {"plan"}),
        ("du=hier&au=2026-99-99&acte=dance&page=-1", {"plan", "services"}),
        ("mot=rien", set()),
    ],
)
def test_filters_by_kind_act_dates_and_word(alice, exempleville, at, asked, kept):
    record("plan-computed", by=service(), at=at, authority_id=exempleville.pk)
    record("fact-removed", by=person(exempleville), at=at + timedelta(days=1), subject="Services")
    table = words(alice.get(f"{PAGE}?{asked}")).partition("<tbody")[2]
    found = {"plan": "a calculé le plan", "services": "a retiré Services"}
    assert {name for name, sentence in found.items() if sentence in table} == kept


def test_gives_a_hundred_entries_a_page(alice, exempleville, at):
    for number in range(120):
        record("fact-removed", by=person(exempleville), at=at, subject=f"n-{number}-")
    first = words(alice.get(f"{PAGE}?acte=fact-removed"))
    assert first.count('id="e-') == 100
    assert "n-119-" in first
    assert "page=2" in first
    second = words(alice.get(f"{PAGE}?acte=fact-removed&page=2"))
    assert second.count('id="e-') == 20
    assert "n-0-" in second
    assert alice.get(f"{PAGE}?page=999999999999999999999").status_code == 200


def test_asks_two_questions_of_the_journal_however_many_entries(alice, exempleville, at):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for number in range(110):
        record("fact-removed", by=person(exempleville), at=at, subject=str(number))
    with CaptureQueriesContext(connection) as asked:
        alice.get(PAGE)
    # The entries and the head; on PostgreSQL the scope of the request is set besides.
    assert sum("journal_" in each["sql"] for each in asked) == 2
    assert sum("set_config" not in each["sql"] for each in asked) <= 12


def test_verifies_on_demand_and_says_it_in_words(alice, exempleville):
    assert "telles qu’elles ont été écrites" in words(alice.post(PAGE))
    models.QuerySet(Entry).filter(authority=exempleville, seq=2).update(subject="autre")
    page = words(alice.post(PAGE))
    assert "Le journal a été altéré" in page
    assert "Entrée 2" in page
    assert "l’objet n’est pas ce qui a été écrit" in page


@pytest.mark.parametrize("form", ["csv", "ods", "xlsx"])
def test_exports_what_the_filters_keep(alice, exempleville, form, at):
    record("fact-removed", by=person(exempleville), at=at, subject="=1+1")
    answer = alice.get(f"/journal/export/{form}?acte=fact-removed")
    assert answer.status_code == 200
    if form == "csv":
        text = answer.content.decode("utf-8-sig")
        assert "a retiré =1+1" in text
        assert "a importé" not in text
        assert seal_of(exempleville.pk) in text


@pytest.mark.parametrize("form", ["csv", "ods", "xlsx"])
def test_a_sign_that_a_file_cannot_hold_does_not_close_the_export_for_ever(
    alice, exempleville, form
):
    alice.post("/compte/", {"name": "Alice\x0b\x1b\ufffeDupont"})
    answer = alice.get(f"/journal/export/{form}")
    assert answer.status_code == 200
    if form == "csv":
        assert "\x1b" not in answer.content.decode("utf-8-sig")
    else:
        read = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
        assert "Alice���Dupont" in str(read.to_python())


def test_an_unknown_form_of_export_does_not_exist(alice):
    assert alice.get("/journal/export/pdf").status_code == 404


def test_the_command_verifies_and_says_which_entry(exempleville, monkeypatch, capsys):
    import typer

    from gouvernail import server
    from gouvernail.cli.journal import verify

    monkeypatch.setattr(server, "setup", lambda: None)
    verify(None, printed=None, as_json=False)
    assert "exempleville : 2 entrées, le journal est intact. Sceau : 2-" in capsys.readouterr().out
    with transaction.atomic(), behind():
        models.QuerySet(Entry).filter(authority=exempleville, seq=1)._raw_delete(using="default")
    with pytest.raises(typer.Exit) as end:
        verify("exempleville", printed=None, as_json=False)
    assert end.value.exit_code == 1
    assert "Entrée 1 : retirée du journal." in capsys.readouterr().out
