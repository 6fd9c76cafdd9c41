"""An authority leaves one installation and comes to life in another, whatever their databases."""

from __future__ import annotations

import json
import zipfile

import pytest

FILL = """
from datetime import timedelta
from pathlib import Path
from apps.conftest import PLAN, small
from gouvernail.apps.accounts.services import add_member
from gouvernail.apps.files.services import add_file
from gouvernail.apps.steering.queries import folder_of
from gouvernail.apps.steering.services import keep_plan
from gouvernail.common.inspection import inspect
pk = services.open_authority("exempleville", by=by, at=at)
services.import_rows(pk, small(), by=by, at=at)
for name in ("alice", "bruno"):
    role = ["dgs"] if name == "alice" else ["director"]
    add_member(pk, username=name, name=name.title(), roles=role, by=by, at=at, password="a secret")
add_file(pk, inspect("Délibération".encode(), "délib.txt", limit=100),
         sheet="services", row="accueil", by=by, at=at)
services.keep_upload(pk, name="c.ods", sha256="0" * 64, rows=small(), problems=(), by=by, at=at)
get = apps.get_model
users = get("accounts.User").objects
get("accounts.Delegation").objects.create(
    authority_id=pk, giver=users.get(username="alice"), taker=users.get(username="bruno"),
    roles=["dgs"], starts_on=at.date(), ends_on=at.date() + timedelta(days=3), created_at=at)
get("accounts.ApiToken").objects.create(
    authority_id=pk, creator=users.get(username="alice"), name="k", acts=[], prefix="gv_prefix",
    digest="d" * 64, created_at=at, expires_at=at)
result = keep_plan(
    pk, json.loads(PLAN.read_text()), documents=["cas/fiche.pdf"], at=at,
    facts_digest=get("authority.Authority").objects.get(pk=pk).facts_digest)
document = folder_of(result.pk, pk) / "cas" / "fiche.pdf"
document.parent.mkdir(parents=True)
document.write_bytes(b"%PDF-")
"""
#: Tables whose rows are other at each export: the entries of the moves themselves.
MOVED = {"journal.jsonl", "tables/journal.Chain.jsonl"}


def held(path):
    """Return what an export holds, without the numbers that rows bear in one installation."""
    with zipfile.ZipFile(path) as archive:
        found = {}
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".jsonl"):
                found[name] = [json.loads(line) for line in content.splitlines()]
                for row in found[name]:
                    row.pop("id")
            elif name.startswith("documents/"):
                found[name.split("/", 2)[2]] = content
            elif name != "manifest.json" and not name.endswith((".ods", ".txt")):
                found[name] = content
        return found


def prepared(make, name):
    place = make(name)
    place.do("migrate")
    return place


@pytest.mark.slow
@pytest.mark.parametrize("way", [("sqlite", "postgres"), ("postgres", "sqlite")], ids="→".join)
def test_an_authority_is_the_same_on_both_sides(request, tmp_path, way):
    here, there = (prepared(request.getfixturevalue(f"on_{w}"), w) for w in way)
    here.tell("import json\n" + FILL)
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    assert "2 fichiers" in here.do("export", "--authority", "exempleville", first)
    said = there.do("restore-authority", first)
    assert "2 fichiers" in said
    assert "Alice : compte « alice » ouvert, sans mot de passe." in said
    there.do("export", "--authority", "exempleville", second)
    before, after = held(first), held(second)
    assert before.keys() == after.keys()
    for name in before.keys() - MOVED:
        assert before[name] == after[name], name
    told = [row["act"] for row in after["journal.jsonl"]]
    assert after["journal.jsonl"][:-2] == before["journal.jsonl"]
    assert told[-3:] == ["authority-exported", "authority-imported", "authority-exported"]
    assert "intact" in there.do("verify-journal", "--authority", "exempleville")
    code, again = there.run("restore-authority", first)
    assert (code, "déjà dans cette installation" in again) == (1, True)
    people = (
        'for u in apps.get_model("accounts.User").objects.all(): print(u.has_usable_password())'
    )
    assert there.tell(people).split() == ["False", "False"]


@pytest.mark.slow
def test_a_taken_code_is_refused_then_another_is_given(on_sqlite, tmp_path):
    here, there = prepared(on_sqlite, "here"), prepared(on_sqlite, "there")
    here.tell("import json\n" + FILL)
    here.do("export", "--authority", "exempleville", tmp_path / "e.zip")
    there.do("access", "alice", "--name", "X", "--authority", "exempleville", "--role", "dgs")
    count = "print(*(m.objects.count() for m in apps.get_models()))"
    before = there.tell(count)
    code, said = there.run("restore-authority", tmp_path / "e.zip")
    assert (code, "--code" in said) == (1, True)
    assert there.tell(count) == before
    said = there.do("restore-authority", tmp_path / "e.zip", "--code", "autre")
    assert "Alice : un compte « alice » existe déjà ici" in said
    roles = there.tell(
        "print(sorted((m.authority.code, m.user.username) "
        'for m in apps.get_model("accounts.Membership").objects.all()))'
    )
    assert roles.strip() == "[('autre', 'bruno'), ('exempleville', 'alice')]"
    same = """
from gouvernail.apps.facts.queries import rows_of
from gouvernail_core.facts import digest
a = apps.get_model("authority.Authority").objects.get(code="autre")
print(a.facts_digest == digest(rows_of(a.pk)))
"""
    assert there.tell(same).strip() == "True"
    assert "intact" in there.do("verify-journal", "--authority", "autre")
