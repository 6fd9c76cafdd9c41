"""The examination of files from its page: what is due first, who may, what is kept."""

from __future__ import annotations

import json
from datetime import date

import pytest

from gouvernail.apps.facts.queries import rows_of_sheet
from gouvernail.apps.jobs import services as jobs
from gouvernail.apps.journal.models import Entry
from gouvernail.apps.protection import queries, services
from gouvernail.apps.protection.models import StoreExamination
from gouvernail_core.facts import sheet
from gouvernail_core.kernel import RefusedError
from gouvernail_core.protection import ScanDuty
from services.examining import PERSON

pytestmark = pytest.mark.django_db

STORES = [
    {"id": "rh", "name": "Dossiers RH", "service": "accueil", "folder": "rh", "examined": None},
    {"id": "avis", "name": "Avis publiés", "folder": "avis", "examined": None},
    {"id": "grave", "name": "Déjà classé", "folder": "grave", "data_class": "C4", "examined": True},
    {"id": "papier", "name": "Registres", "kind": "paper"},
    {"id": "dehors", "name": "Ailleurs", "folder": "dehors"},
]


@pytest.fixture
def share(settings, tmp_path, exempleville):
    """Return the folder of the authority's files, with a little of each."""
    settings.SHARES_DIR = tmp_path / "partages"
    settings.EXAMINATIONS_DIR = tmp_path / "examens"
    top = settings.SHARES_DIR / exempleville.code
    for name, content in (
        ("rh/fiche.txt", PERSON),
        ("avis/piscine.txt", "La piscine ouvre à neuf heures.\n"),
        ("grave/note.txt", "Rien ici.\n"),
    ):
        (top / name).parent.mkdir(parents=True)
        (top / name).write_text(content, encoding="utf-8")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "x.txt").write_text(PERSON, encoding="utf-8")
    (top / "dehors").symlink_to(tmp_path / "secret")
    return top


@pytest.fixture
def state(exempleville, someone, at):
    """Return what writes the stores, and the duties that are done."""
    from gouvernail.apps.facts.services import add_row

    def write(*done: ScanDuty, stores=STORES) -> None:
        known = {row["id"] for row in rows_of_sheet(sheet("stores"), exempleville.pk)}
        for row in stores:
            if row["id"] not in known:
                add_row(exempleville.pk, sheet("stores"), row, by=someone, at=at)
        for duty in done:
            row = {"duty": duty.value, "done": True, "on": date(2026, 11, 2), "reference": "Note"}
            add_row(exempleville.pk, sheet("scan_duties"), row, by=someone, at=at)

    return write


@pytest.fixture
def planned(alice, exempleville, someone, at):
    """Return Alice's browser, in an authority that has a plan."""
    from gouvernail.apps.steering.services import run_now

    run_now(exempleville.pk, by=someone, at=at)
    return alice


def stored(authority) -> dict[str, dict]:
    return {row["id"]: row for row in rows_of_sheet(sheet("stores"), authority.pk)}


def test_until_its_own_duties_are_done_nothing_is_examined(alice, exempleville, share, state):
    state(*list(ScanDuty)[:-1])
    page = alice.get("/proteger/examen").content.decode()
    assert "Une exigence reste à remplir" in page
    assert "Examiner les fichiers</button>" not in page
    answer = alice.post("/proteger/examen")
    assert answer.status_code == 409
    assert "attend que ses propres exigences" in answer.content.decode()
    assert not StoreExamination.objects.exists()


def test_without_a_folder_the_page_says_whom_to_ask(alice, exempleville, settings, tmp_path, state):
    settings.SHARES_DIR = tmp_path / "rien"
    state(*ScanDuty)
    page = alice.get("/proteger/examen").content.decode()
    assert "Aucun dossier n’est ouvert" in page
    assert str(tmp_path / "rien") in page
    assert alice.post("/proteger/examen").status_code == 409


def test_an_examination_is_asked_done_kept_and_told(alice, exempleville, share, state):
    state(*ScanDuty)
    assert alice.post("/proteger/examen").status_code == 302
    found = queries.found_of(exempleville.pk)
    assert set(found) == {"rh", "avis", "grave"}
    assert found["rh"].found["class"] == "C4"
    assert found["rh"].found["types"]["NIR"]["count"] == 1
    entries = list(Entry.objects.filter(authority_id=exempleville.pk).values_list("act", flat=True))
    assert "examination-asked" in entries
    assert "files-examined" in entries
    page = alice.get("/proteger/examen").content.decode()
    assert "Numéro de sécurité sociale" in page
    assert "Examiner ce qui a changé" in page


def test_what_somebody_said_is_never_lowered_by_a_machine(alice, exempleville, share, state):
    state(*ScanDuty)
    alice.post("/proteger/examen")
    stores = stored(exempleville)
    assert (stores["rh"]["data_class"], stores["rh"]["examined"]) == ("C4", True)
    assert (stores["avis"]["data_class"], stores["avis"]["examined"]) == ("C1", True)
    assert (stores["grave"]["data_class"], stores["grave"]["examined"]) == ("C4", True)


def test_a_store_read_in_part_is_not_said_to_be_examined(alice, exempleville, share, state):
    (share / "avis" / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    state(*ScanDuty)
    alice.post("/proteger/examen")
    assert stored(exempleville)["avis"]["examined"] is None
    assert stored(exempleville)["avis"]["data_class"] is None
    assert "image sans texte" in alice.get("/proteger/examen/avis").content.decode()


def test_a_link_out_of_the_folders_of_the_authority_is_not_followed(
    alice, exempleville, share, state
):
    state(*ScanDuty)
    alice.post("/proteger/examen")
    assert "dehors" not in queries.found_of(exempleville.pk)
    assert "Dossier introuvable" in alice.get("/proteger/examen").content.decode()


def test_only_those_who_answer_for_the_data_see_what_is_in_files(
    bruno, chloe, alice, exempleville, share, state
):
    state(*ScanDuty)
    alice.post("/proteger/examen")
    for path in ("/proteger/examen", "/proteger/examen/rh", "/proteger/examen/rh.csv"):
        assert bruno.get(path).status_code == 403
    assert bruno.post("/proteger/examen").status_code == 403
    assert bruno.post("/proteger/examen/pause").status_code == 403
    assert chloe.get("/proteger/examen/rh").status_code == 404
    assert "Dossiers RH" not in chloe.get("/proteger/examen").content.decode()


def test_paused_it_goes_on_from_where_it_stopped(alice, exempleville, share, state, someone, at):
    state(*ScanDuty)
    jobs.ask(exempleville.pk, queries.EXAMINATION, by="Alice", at=at)
    page = alice.get("/proteger/examen").content.decode()
    assert "Mettre l’examen en pause" in page
    assert alice.post("/proteger/examen/pause").status_code == 302
    assert queries.latest_examination(exempleville.pk).state == "cancelled"
    assert "Reprendre l’examen" in alice.get("/proteger/examen").content.decode()
    assert alice.post("/proteger/examen/pause").status_code == 302, "twice is once"
    alice.post("/proteger/examen")
    assert set(queries.found_of(exempleville.pk)) == {"rh", "avis", "grave"}


def test_a_file_taken_away_is_no_longer_counted(alice, exempleville, share, state):
    state(*ScanDuty)
    alice.post("/proteger/examen")
    (share / "rh" / "fiche.txt").unlink()
    (share / "rh" / "vide.txt").write_text("Rien.\n", encoding="utf-8")
    alice.post("/proteger/examen")
    found = queries.found_of(exempleville.pk)["rh"].found
    assert (found["types"], found["risk"]) == ({}, 0)


def test_the_store_says_what_was_read_found_and_where(alice, exempleville, share, state):
    state(*ScanDuty)
    alice.post("/proteger/examen")
    page = alice.get("/proteger/examen/rh").content.decode()
    assert "fiche.txt" in page
    assert "Ce qui a été lu, et ce qui ne l’a pas été" in page
    assert "157" not in page.partition("<main")[2].replace("1570", "")
    csv = alice.get("/proteger/examen/rh.csv").content.decode("utf-8-sig")
    assert "fiche.txt" in csv
    assert alice.get("/proteger/examen/papier").status_code == 404


def test_the_acts_that_remove_most_risk_come_first_within_the_days_given(
    planned, exempleville, share, state
):
    state(*ScanDuty)
    planned.post("/proteger/examen")
    page = planned.get("/proteger?jours=5").content.decode()
    assert "Par où commencer" in page
    assert "Dossiers RH" in page
    assert "Rien ne tient dans ce temps" in planned.get("/proteger?jours=0").content.decode()
    for odd in ("abc", "-3", "nan", "1e9", "2,5", "inf"):
        assert planned.get("/proteger", {"jours": odd}).status_code == 200


def test_a_command_examines_too_and_says_why_not(exempleville, share, state, someone, at):
    with pytest.raises(RefusedError):
        services.examine_now(exempleville.pk, by=someone, at=at)
    state(*ScanDuty)
    assert services.examine_now(exempleville.pk, by=someone, at=at).state == "done"


def test_of_five_hundred_values_none_is_in_the_database_the_journal_or_a_page(
    alice, planned, exempleville, share, state, caplog
):
    from scan.test_nothing_is_kept import lines_of, planted

    values = planted(500)
    (share / "rh" / "tout.txt").write_text(lines_of(values), encoding="utf-8")
    state(*ScanDuty)
    caplog.set_level("DEBUG")
    alice.post("/proteger/examen")
    rows = list(StoreExamination.objects.values())
    (kinds,) = (row["found"]["types"] for row in rows if row["store"] == "rh")
    assert sum(kind["distinct"] for kind in kinds.values()) > 400
    told = [json.dumps(rows, default=str), caplog.text]
    told += [json.dumps(list(Entry.objects.values()), default=str)]
    for path in (
        "/proteger", "/proteger/examen", "/proteger/examen/rh", "/proteger/examen/rh.csv",
        "/journal/", "/proteger/examen/inconnu",
    ):  # fmt: skip
        told.append(alice.get(path).content.decode("utf-8", "replace"))
    written = "".join(told)
    assert [value for value in values if value in written] == []
    assert "Belladone" not in written
