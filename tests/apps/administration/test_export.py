"""What an export holds and leaves out; which files are refused."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from datetime import UTC, datetime

import pytest
from django.apps import apps

from apps.conftest import PLAN, member, words
from gouvernail.apps.facts.queries import rows_of
from gouvernail.apps.files.queries import files_of, path_of
from gouvernail.apps.files.services import add_file
from gouvernail.apps.journal.queries import verified
from gouvernail.common.inspection import inspect
from gouvernail.keeping import tables
from gouvernail.keeping.export import export_to
from gouvernail.keeping.import_ import bring_in
from gouvernail.workbook import read_rows
from gouvernail_core import journal
from gouvernail_core.kernel import RefusedError


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def exported(authority, someone, at):
    stream = io.BytesIO()
    export_to(authority.pk, stream, by=someone, at=at)
    return stream.getvalue()


def opened(content):
    return zipfile.ZipFile(io.BytesIO(content))


def test_every_table_of_an_authority_is_taken_or_left_out_for_a_reason():
    known = {*tables.TAKEN, *tables.LEFT_OUT}
    expected = {tables.AUTHORITY, *tables.tables_of_authorities()}
    assert expected - known == set(), (
        "a table with a column `authority` leaves with an export or says why not: write its label "
        "in keeping/tables.py, in TAKEN (after those it points to) or in LEFT_OUT with the reason"
    )
    assert known - expected == set(), "keeping/tables.py names a table that is no more"
    assert set(tables.TAKEN).isdisjoint(tables.LEFT_OUT)


def test_a_table_taken_points_only_to_what_can_be_found_on_arrival():
    for label in tables.TAKEN:
        for field in tables.fields_of(label):
            if field.is_relation:
                target = field.related_model._meta.label
                before = tables.TAKEN[: tables.TAKEN.index(label)]
                named = target in (tables.USER, tables.NETWORK, *before)
                assert named or field.null, f"{label}.{field.name} would be lost on arrival"


def test_no_column_that_opens_a_door_leaves():
    for label in tables.TAKEN:
        for field in tables.fields_of(label):
            open_doors = ("password", "secret", "token", "key", "place")
            assert not any(word in field.name for word in open_doors), f"{label}.{field.name}"


def test_an_export_is_readable_without_the_software(exempleville, someone, at):
    member(exempleville, "alice", "dgs")
    with opened(exported(exempleville, someone, at)) as archive:
        names = set(archive.namelist())
        assert {"LISEZ-MOI.txt", "README.txt", "people.json", "journal.jsonl"} <= names
        facts = json.loads(archive.read("facts/services.json"))
        assert facts[0]["name"] == "Accueil"
        book = read_rows(archive.read("facts/workbook.ods"), name="workbook.ods")
        assert book.rows["people"][0]["name"] == "Alice Dupont"
        assert json.loads(archive.read("people.json"))[0]["roles"] == ["dgs"]
        told = json.loads(archive.read("manifest.json"))
        assert told["authority"]["code"] == "exempleville"
        assert told["seal"]
        last = json.loads(archive.read("journal.jsonl").splitlines()[-1])
        assert last["act"] == "authority-exported"
        for told_by in ("LISEZ-MOI.txt", "README.txt"):
            text = archive.read(told_by).decode()
            for name in names - {"LISEZ-MOI.txt", "README.txt"}:
                assert name.split("/")[0] in text, (told_by, name)


def test_an_export_names_nobody_of_another_authority(exempleville, elsewhere, someone, at):
    member(elsewhere, "chloe", "dgs")
    with opened(exported(exempleville, someone, at)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            for word in ("Chloé", "Chlo\\u00e9", "chloe@test", "Ailleurs"):
                assert word.encode() not in content, (name, word)


def test_a_file_taken_back_meanwhile_is_told_missing(exempleville, someone, at, settings):
    given = inspect(b"a note", "../../note.txt", limit=100)
    kept = add_file(exempleville.pk, given, sheet="services", row="accueil", by=someone, at=at)
    (settings.MEDIA_ROOT / str(exempleville.uid) / kept.place).unlink()
    with opened(exported(exempleville, someone, at)) as archive:
        told = json.loads(archive.read("manifest.json"))
    assert told["missing"] == [f"files/{kept.uid}.txt"]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda content: content[: len(content) // 2], "incomplet ou abîmé"),
        (lambda content: b"", "incomplet ou abîmé"),
        (lambda content: changed(content, "people.json", b"[1]", sign=False), "incomplet ou abîmé"),
        (lambda content: without(content, "journal.jsonl"), "incomplet ou abîmé"),
        (lambda content: changed(content, "journal.jsonl", b""), "altéré"),
        (lambda content: changed(content, "people.json", b'[{"uid": 3}]'), "ne peut pas"),
        (lambda content: changed(content, "tables/facts.Upload.jsonl", b"[1]\n"), "ne peut pas"),
        (lambda content: overgrown(content), "ne peut pas"),
        (lambda content: sized(content, "12"), "incomplet ou abîmé"),
        (lambda content: sized(content, None), "incomplet ou abîmé"),
        (lambda content: packed(content, 99), "incomplet ou abîmé"),
        (lambda content: locked(content), "incomplet ou abîmé"),
        (lambda content: nested(), "incomplet ou abîmé"),
        (lambda content: told(content, format=9), "plus récente"),
        (lambda content: told(content, rows={"future.Table": 1}), "plus récente"),
        (lambda content: told(content, kind="gouvernail-backup"), "gouvernail restore"),
    ],
)
def test_refuses_what_is_not_a_sound_export_and_writes_nothing(
    exempleville, elsewhere, someone, at, tmp_path, spoil, sentence
):
    content = exported(exempleville, someone, at)
    become_another(exempleville)
    (tmp_path / "e.zip").write_bytes(spoil(content))
    before = {m: m._base_manager.count() for m in apps.get_models()}
    with pytest.raises(RefusedError) as refused:
        bring_in(tmp_path / "e.zip", by=someone, at=at)
    assert sentence in words(refused.value.problems[0].text.fr)
    assert {m: m._base_manager.count() for m in apps.get_models()} == before


def test_an_archive_that_would_not_fit_is_refused_before_anything_is_written(
    exempleville, someone, at, tmp_path, monkeypatch
):
    (tmp_path / "e.zip").write_bytes(exported(exempleville, someone, at))
    become_another(exempleville)
    full = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)
    before = {m: m._base_manager.count() for m in apps.get_models()}
    with pytest.raises(RefusedError) as refused:
        bring_in(tmp_path / "e.zip", by=someone, at=at)
    assert "Libérez de la place" in refused.value.problems[0].text.fr
    assert {m: m._base_manager.count() for m in apps.get_models()} == before


def test_an_authority_that_is_here_already_is_left_alone(exempleville, someone, at, tmp_path):
    (tmp_path / "e.zip").write_bytes(exported(exempleville, someone, at))
    with pytest.raises(RefusedError) as refused:
        bring_in(tmp_path / "e.zip", code="autre", by=someone, at=at)
    assert "déjà dans cette installation" in refused.value.problems[0].text.fr


def rebuilt(content, change):
    """Return an archive changed by hand, its digests made right again."""
    with opened(content) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    change(members, manifest)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, each in members.items():
            archive.writestr(name, each)
        archive.writestr("manifest.json", json.dumps(manifest))
    return stream.getvalue()


def signed(members, manifest, name):
    import hashlib

    digest = hashlib.sha256(members[name]).hexdigest()
    manifest["members"][name] = {"size": len(members[name]), "sha256": digest}


def changed(content, name, new, *, sign=True):
    def change(members, manifest):
        members[name] = new
        if sign:
            signed(members, manifest, name)

    return rebuilt(content, change)


def without(content, name):
    def change(members, manifest):
        del members[name]
        del manifest["members"][name]

    return rebuilt(content, change)


def told(content, **changes):
    return rebuilt(content, lambda members, manifest: manifest.update(changes))


def rows_in(content, name):
    with opened(content) as archive:
        return [json.loads(line) for line in archive.read(name).splitlines()]


def with_rows(content, name, rows):
    return changed(content, name, "".join(json.dumps(row) + "\n" for row in rows).encode())


def overgrown(content):
    name = "tables/authority.Service.jsonl"
    rows = rows_in(content, name)
    return with_rows(content, name, [row | {"agents": 10**30} for row in rows])


def sized(content, size):
    def change(members, manifest):
        manifest["members"]["people.json"]["size"] = size

    return rebuilt(content, change)


def packed(content, method):
    """Return an archive whose first member says that it is packed in another way."""
    spoilt, listed = bytearray(content), content.find(b"PK\x01\x02")
    spoilt[8:10] = spoilt[listed + 10 : listed + 12] = method.to_bytes(2, "little")
    return bytes(spoilt)


def locked(content):
    """Return an archive whose first member says that it needs a password."""
    spoilt = bytearray(content)
    spoilt[6] |= 1
    spoilt[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(spoilt)


def nested():
    """Return an archive whose manifest is a list in a list, without end."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("manifest.json", "[" * 100_000)
    return stream.getvalue()


@pytest.mark.parametrize("uid", ["platform", "00000000-0000-4000-8000-000000000001"])
def test_a_sound_journal_that_is_not_its_own_is_refused(
    exempleville, elsewhere, someone, at, tmp_path, uid
):
    ours = exported(exempleville, someone, at)
    chain, entries = rows_in(ours, "tables/journal.Chain.jsonl"), rows_in(ours, "journal.jsonl")
    previous = journal.first_previous(uid)
    for row in entries:
        row["previous"] = previous
        linked = journal.Entry(
            **{name: row[name] for name in ("seq", "previous", "actor_kind", "actor_uid", "act")},
            digest="", at=datetime.fromisoformat(row["at"]), pieces={}, salts={},
            sealed=row["sealed"],
        )  # fmt: skip
        row["digest"] = previous = journal.digest(uid, linked)
    chain = [row | {"uid": uid, "digest": previous} for row in chain]
    ours = with_rows(ours, "tables/journal.Chain.jsonl", chain)
    (tmp_path / "e.zip").write_bytes(with_rows(ours, "journal.jsonl", entries))
    become_another(exempleville)
    with pytest.raises(RefusedError) as refused:
        bring_in(tmp_path / "e.zip", by=someone, at=at)
    assert refused.value.problems[0].code == "journal-broken"


def test_a_delegation_brings_in_no_profile_that_an_authority_may_not_give(
    exempleville, someone, at, tmp_path
):
    giver, taker = (member(exempleville, name, "dgs") for name in ("aline", "amir"))
    apps.get_model("accounts.Delegation").objects.create(
        authority=exempleville, giver=giver, taker=taker, roles=["supervisor", "dgs"],
        starts_on=at, ends_on=at, created_at=at,
    )  # fmt: skip
    (tmp_path / "e.zip").write_bytes(exported(exempleville, someone, at))
    become_another(exempleville)
    done = bring_in(tmp_path / "e.zip", by=someone, at=at)
    lent = apps.get_model("accounts.Delegation").objects.get(authority=done.pk)
    assert lent.roles == ["dgs"]


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../../secret", "cas/../../../secret", "a//b", "", 5, ["x"]]
)
def test_a_plan_names_no_file_of_the_server(
    alice, exempleville, someone, at, tmp_path, settings, name
):
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "secret").write_text("of another authority")
    result = apps.get_model("steering.Result").objects.create(
        authority=exempleville, facts_digest="0" * 64, plan=json.loads(PLAN.read_text()),
        documents=["cas/fiche.pdf"], computed_at=at,
    )  # fmt: skip
    content = exported(exempleville, someone, at)
    table = "tables/steering.Result.jsonl"
    rows = [row | {"documents": [name]} for row in rows_in(content, table)]
    (tmp_path / "e.zip").write_bytes(with_rows(content, table, rows))
    type(result).objects.filter(pk=result.pk).update(documents=[name])
    if isinstance(name, str):
        assert alice.get(f"/plan/documents/{result.pk}/{name}").status_code in (404, 301)
        with opened(exported(exempleville, someone, at)) as archive:
            assert not [each for each in archive.namelist() if each.startswith("documents")]
    become_another(exempleville)
    with pytest.raises(RefusedError) as refused:
        bring_in(tmp_path / "e.zip", by=someone, at=at)
    assert "documents" in refused.value.problems[0].text.fr


def test_a_file_that_is_not_the_one_of_the_journal_stays_out(exempleville, someone, at, tmp_path):
    given = inspect(b"a note", "note.txt", limit=100)
    kept = add_file(exempleville.pk, given, sheet="services", row="accueil", by=someone, at=at)
    content = changed(exported(exempleville, someone, at), f"files/{kept.uid}.txt", b"x" * 5000)
    (tmp_path / "e.zip").write_bytes(content)
    become_another(exempleville)
    done = bring_in(tmp_path / "e.zip", by=someone, at=at)
    assert done.files == 0
    assert "note.txt" in done.notes[0]
    assert not path_of(files_of(done.pk)[0]).exists()


def test_what_an_archive_says_gives_no_order_to_a_terminal(exempleville, someone, at, tmp_path):
    content = told(exported(exempleville, someone, at), kind="\x1b[2Jgouvernail\x07")
    (tmp_path / "e.zip").write_bytes(content)
    with pytest.raises(RefusedError) as refused:
        bring_in(tmp_path / "e.zip", by=someone, at=at)
    assert "gouvernail" in refused.value.problems[0].text.fr
    assert not {"\x1b", "\x07"} & set(refused.value.problems[0].text.fr)


def become_another(authority):
    """Make the authority another one, so that the one exported is no longer here."""
    uid = "00000000-0000-4000-8000-000000000000"
    apps.get_model("authority.Authority").objects.filter(pk=authority.pk).update(
        uid=uid, code="autre"
    )
    apps.get_model("journal.Chain").objects.filter(authority=authority).update(uid=uid)
    apps.get_model("files.StoredFile").objects.filter(authority=authority).delete()


def test_a_sound_export_comes_in_with_its_people_and_its_journal(
    exempleville, someone, at, tmp_path
):
    user = member(exempleville, "alice", "dgs")
    given = inspect("Délibération".encode(), "délib.txt", limit=100)
    add_file(exempleville.pk, given, sheet="services", row="accueil", by=someone, at=at)
    (tmp_path / "e.zip").write_bytes(exported(exempleville, someone, at))
    facts = rows_of(exempleville.pk)
    become_another(exempleville)
    done = bring_in(tmp_path / "e.zip", by=someone, at=at)
    assert (done.code, done.files, done.notes) == ("exempleville", 1, ())
    assert rows_of(done.pk) == facts
    assert files_of(done.pk)[0].name == "délib.txt"
    assert path_of(files_of(done.pk)[0]).read_text() == "Délibération"
    assert {m.authority_id for m in user.memberships.all()} == {exempleville.pk, done.pk}
    assert verified(done.pk).alterations == ()


def test_moments_leave_to_the_microsecond(exempleville, someone):
    at = datetime(2026, 11, 23, 9, 0, 0, 123457, tzinfo=UTC)
    with opened(exported(exempleville, someone, at)) as archive:
        last = json.loads(archive.read("journal.jsonl").splitlines()[-1])
    assert last["at"] == "2026-11-23T09:00:00.123457+00:00"
