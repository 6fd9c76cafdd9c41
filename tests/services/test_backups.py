"""A backup taken while people write, brought back on an empty machine; and what refuses to be."""

from __future__ import annotations

import json
import os
import sqlite3
import time
import zipfile
from contextlib import closing

import pytest

from services.installations import installation

WRITE = """
import time
pk = services.open_authority("charge", by=by, at=at)
for number in range(10_000):
    row = {"id": f"{sys.argv[1] if len(sys.argv) > 1 else 's'}-{number}", "name": "Service"}
    services.add_row(pk, sheet("services"), row, by=by, at=timezone.now())
    print(number, flush=True)
    time.sleep(0.02)  # SQLite's lock is not a queue: who never pauses lets nobody else in
"""
COUNT = """
import json
from gouvernail.apps.journal.queries import verified
count = lambda label: apps.get_model(label).objects.count()
print(json.dumps({
    "services": count("authority.Service"),
    "added": apps.get_model("journal.Entry").objects.filter(act="fact-added").count(),
    "entries": count("journal.Entry"),
    "digests": sorted(apps.get_model("journal.Entry").objects.values_list("digest", flat=True)),
    "wrong": [
        len(verified(pk).alterations)
        for pk in apps.get_model("authority.Authority").objects.values_list("pk", flat=True)
    ],
}))
"""
FILL = """
from pathlib import Path
from django.conf import settings
pk = services.open_authority("exempleville", by=by, at=at)
services.add_row(pk, sheet("services"), {"id": "accueil", "name": "Accueil"}, by=by, at=at)
uid = apps.get_model("authority.Authority").objects.get(pk=pk).uid
for folder in (Path(settings.DOCUMENTS_DIR) / str(pk) / "1", Path(settings.MEDIA_ROOT) / str(uid)):
    folder.mkdir(parents=True)
    (folder / "piece").write_bytes(b"of the authority")
"""


def counted(place):
    return json.loads(place.tell(COUNT).splitlines()[-1])


def manifest_of(path):
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


@pytest.mark.slow
def test_a_backup_under_load_comes_back_whole_on_an_empty_machine(machine, tmp_path):
    live, backup = machine("live"), tmp_path / "b.zip"
    live.do("migrate")
    writers = [live.program(WRITE.replace("'s'", f"'s{n}'")) for n in range(2)]
    try:
        for writer in writers:
            for _ in range(3):
                line = writer.stdout.readline()
                assert line.strip().isdigit(), line + writer.stdout.read()
        acknowledged = 6
        said = live.do("backup", backup)
        assert all(writer.poll() is None for writer in writers), "the load ended too early"
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    told = manifest_of(backup)
    assert f"charge : {told['seals']['charge']}" in said
    empty = machine("empty")
    empty.do("restore", backup)
    found = counted(empty)
    assert found["services"] == found["added"] == told["tables"]["authority_service"]
    assert found["entries"] == told["tables"]["journal_entry"]
    assert found["services"] >= acknowledged
    assert found["wrong"] == [0]
    assert "intact" in empty.do(
        "verify-journal", "--authority", "charge", "--seal", told["seals"]["charge"]
    )
    assert set(found["digests"]) <= set(counted(live)["digests"])
    if told["engine"] == "sqlite":
        with closing(sqlite3.connect(empty.folder / "data" / "gouvernail.sqlite3")) as restored:
            assert restored.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert empty.tell(WRITE.replace("10_000", "1").replace("'s'", "'after'")).strip() == "0"


@pytest.mark.slow
def test_a_backup_replaces_what_is_there_only_when_asked_and_keeps_it_aside(machine, tmp_path):
    place, backup = machine("place"), tmp_path / "b.zip"
    place.do("migrate")
    place.tell(FILL)
    place.do("backup", backup)
    assert backup.stat().st_mode & 0o777 == 0o600
    names = set(manifest_of(backup)["members"])
    assert {name.split("/")[0] for name in names} > {"documents", "files"}
    services_of = (
        'print(sorted(apps.get_model("authority.Service").objects.values_list("code", flat=True)))'
    )
    place.tell(
        'pk = apps.get_model("authority.Authority").objects.get().pk\n'
        'services.add_row(pk, sheet("services"), {"id": "later", "name": "L"}, by=by, at=at)'
    )
    code, said = place.run("restore", backup)
    assert code == 1
    assert "--replace" in said
    assert "later" in place.tell(services_of)
    said = place.do("restore", backup, "--replace")
    assert said.count("Mis de côté") == 3
    assert "later" not in place.tell(services_of)
    files = [p for p in (place.folder / "data" / "files").rglob("*") if p.is_file()]
    assert [p.read_bytes() for p in files] == [b"of the authority"]
    assert "intact" in place.do("verify-journal")
    place.do("backup", tmp_path / "again.zip")  # what is aside is not taken with the rest
    tables = [manifest_of(tmp_path / name)["tables"] for name in ("b.zip", "again.zip")]
    assert tables[0] == tables[1]


OLD = """
import json
from apps.conftest import PLAN
from django.db.migrations.executor import MigrationExecutor
with server.as_owner(), scoped(platform=True, lasting=True):
    executor = MigrationExecutor(connection)
    ours = {c.label for c in apps.get_app_configs() if c.name.startswith("gouvernail.")}
    ours -= {"network", "files", "messaging", "administration"}
    graph = executor.loader.graph
    libraries = {"contenttypes", "auth", "sessions", "django_tasks_database"}
    targets = [n for n in graph.leaf_nodes() if n[0] in libraries]
    targets += [n for n in graph.root_nodes() if n[0] in ours]
    executor.migrate(targets)
    old = executor.loader.project_state(targets).apps
    def add(label, **fields):
        return old.get_model(label).objects.create(**fields)
    here = add("authority.Authority", code="ancienne", name="Ancienne")
    user = add("accounts.User", username="alice", name="Alice")
    add("accounts.Membership", user=user, authority=here, roles=["dgs"])
    told = {"at": at, "actor_kind": "command", "actor_name": "test", "act": "fact-added"}
    for n in range(3):
        add("authority.Service", authority=here, code=f"s{n}", name="S")
        add("journal.Entry", authority=here, **told)
    plan = json.loads(PLAN.read_text())
    add("steering.Result", authority=here, facts_digest="x", plan=plan, computed_at=at)
"""
PLAN_CAME_WHOLE = """
import json
from apps.conftest import PLAN
from gouvernail.apps.steering.queries import latest_plan, whole_plan
view = latest_plan(apps.get_model("authority.Authority").objects.get().pk)
plan = json.loads(PLAN.read_text())
print(whole_plan(view) == plan, len(json.dumps(view.plan)) < len(json.dumps(plan)))
"""


@pytest.mark.slow
def test_a_backup_of_the_former_migrations_comes_back_and_migrates_forward(machine, tmp_path):
    old, backup = machine("old"), tmp_path / "old.zip"
    old.tell(OLD)
    old.do("backup", backup)
    assert "0002_chain" not in manifest_of(backup)["migrations"]["journal"]
    new = machine("new")
    assert "mise à jour" in new.do("restore", backup)
    found = counted(new)
    assert (found["services"], found["added"], found["wrong"]) == (3, 3, [0])
    people = 'print(apps.get_model("accounts.Membership").objects.get().user.uid is not None)'
    assert new.tell(people).strip() == "True"
    assert new.tell(PLAN_CAME_WHOLE).split() == ["True", "True"]


def rewritten(path, to, change):
    """Write an archive again, its manifest and members changed by hand."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(to, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return to


def with_manifest(**changes):
    def change(members):
        told = json.loads(members["manifest.json"])
        members["manifest.json"] = json.dumps(told | changes).encode()

    return change


def flipped(members):
    content = bytearray(members["database.sqlite3"])
    content[len(content) // 2] ^= 1
    members["database.sqlite3"] = bytes(content)


def escaping(members):
    told = json.loads(members["manifest.json"])
    told["members"]["files/../../escaped"] = {"size": 1, "sha256": "00"}
    members["manifest.json"] = json.dumps(told).encode()
    members["files/../../escaped"] = b"x"


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """Return a sound backup of SQLite."""
    folder = tmp_path_factory.mktemp("good")
    place = installation(folder / "place")
    place.do("migrate")
    place.tell(FILL)
    place.do("backup", folder / "good.zip")
    return folder / "good.zip"


@pytest.mark.slow
def test_refuses_what_is_not_a_sound_backup_of_this_version_and_touches_nothing(good, tmp_path):
    bad = {
        "half": (lambda to: to.write_bytes(good.read_bytes()[:3000]) and to, "incomplet ou abîmé"),
        "empty": (lambda to: to.write_bytes(b"") or to, "incomplet ou abîmé"),
        "flipped": (lambda to: rewritten(good, to, flipped), "incomplet ou abîmé"),
        "later": (lambda to: rewritten(good, to, with_manifest(format=2)), "plus récente"),
        "future": (
            lambda to: rewritten(good, to, with_manifest(migrations={"facts": ["9999_x"]})),
            "plus récente",
        ),
        "engine": (
            lambda to: rewritten(good, to, with_manifest(engine="postgresql")),
            "base PostgreSQL",
        ),
        "kind": (lambda to: rewritten(good, to, with_manifest(kind="x")), "restore-authority"),
        "escaping": (lambda to: rewritten(good, to, escaping), "hors de son dossier"),
        "counts": (lambda to: rewritten(good, to, with_manifest(tables={})), "mêmes lignes"),
    }
    place = installation(tmp_path / "place")
    place.do("migrate")
    place.do("access", "alice", "--name", "Alice", "--authority", "ici", "--role", "dgs")
    before = counted(place)
    for name, (make, sentence) in bad.items():
        code, said = place.run("restore", make(tmp_path / f"{name}.zip"), "--replace")
        assert (code, sentence in said.replace("\u00a0", " ")) == (1, True), (name, said)
    code, said = place.run("restore", tmp_path / "nowhere.zip")
    assert (code, "n’existe pas" in said) == (1, True)
    assert counted(place) == before
    assert not list((place.folder / "data").glob("*before*"))
    assert not list(tmp_path.rglob("escaped"))


@pytest.mark.slow
def test_refuses_to_replace_a_database_that_is_being_served(good, tmp_path):
    place = installation(tmp_path / "place")
    place.do("migrate")
    place.tell(FILL)
    path = place.folder / "data" / "gouvernail.sqlite3"
    with closing(sqlite3.connect(path)) as served:
        served.execute("SELECT count(*) FROM authority_service").fetchall()
        code, said = place.run("restore", good, "--replace")
        assert (code, "Arrêtez" in said) == (1, True)
    assert counted(place)["services"] == 1
    assert [p.read_bytes() for p in (place.folder / "data" / "files").rglob("piece")] == [
        b"of the authority"
    ]


@pytest.mark.slow
def test_a_backup_holds_neither_a_key_nor_an_open_session_nor_replaces_another(good, tmp_path):
    with zipfile.ZipFile(good) as archive:
        for name in archive.namelist():
            assert b"outside of this test" not in archive.read(name), name
    place = installation(tmp_path / "place")
    place.do("migrate")
    place.tell(
        "from django.contrib.sessions.backends.db import SessionStore\n"
        "store = SessionStore(); store['who'] = 'alice'; store.create(); print(store.session_key)"
    )
    place.do("backup", tmp_path / "b.zip")
    assert manifest_of(tmp_path / "b.zip")["tables"]["django_session"] == 0
    code, said = place.run("backup", tmp_path / "b.zip")
    assert (code, "existe déjà" in said) == (1, True)
    assert not list(tmp_path.glob(".gouvernail-*"))


@pytest.mark.slow
def test_refuses_without_the_programs_of_postgresql_and_says_how_to_have_them(cluster, tmp_path):
    place = installation(
        tmp_path / "place",
        GOUVERNAIL_DATABASE_URL=cluster.url(),
        GOUVERNAIL_PG_BIN=str(tmp_path),
    )
    code, said = place.run("backup", tmp_path / "b.zip")
    assert (code, "GOUVERNAIL_PG_BIN" in said) == (1, True)
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.slow
def test_a_backup_killed_in_the_middle_leaves_no_backup_and_the_next_one_sweeps(good, tmp_path):
    place, folder = installation(tmp_path / "place"), tmp_path / "kept"
    place.do("restore", good)
    (place.folder / "data" / "files" / "large").write_bytes(os.urandom(300_000_000))
    killed = place.start("backup", folder / "killed.zip")
    end = time.monotonic() + 60
    while not any(path.stat().st_size > 1_000_000 for path in folder.glob("*/killed.zip")):
        assert time.monotonic() < end
        time.sleep(0.05)
    killed.kill()
    killed.communicate()
    (left,) = folder.iterdir()
    assert not (folder / "killed.zip").exists()
    os.utime(left, (0, 0))
    (place.folder / "data" / "files" / "large").unlink()
    place.do("backup", folder / "next.zip")
    assert [path.name for path in folder.iterdir()] == ["next.zip"]
