"""An examination from end to end: what it says, whatever runs it, and what it never does."""

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from gouvernail_scan import examination, pool
from gouvernail_scan.blocks import Cause, Limits
from gouvernail_scan.examination import examine, part_ends
from gouvernail_scan.pool import NoReader, Pool
from gouvernail_scan.state import Busy, NotAState, State
from gouvernail_scan.unit import FileRef, RulesDiffer, rules_hash, scan_unit
from services import bad_readers
from services.examining import PERSON, answer_of


def by_hand(top: Path) -> tuple[int, int]:
    """Return the files and bytes under a folder, by another way of walking."""
    files = size = 0
    seen = set()
    for where, _folders, names in os.walk(top):
        for name in names:
            path = Path(where) / name
            files += 1
            if path.is_symlink() or not path.is_file():
                continue
            found = path.stat()
            if (found.st_dev, found.st_ino) not in seen:
                size += found.st_size
                seen.add((found.st_dev, found.st_ino))
        files += sum((Path(where) / name).is_symlink() for name in _folders)
    return files, size


def test_the_three_parts_of_the_ledger_sum_to_what_lies_there_to_the_byte(folder, examined):
    ledger = examined(folder, workers=2)["ledger"]
    files, size = by_hand(folder)
    assert ledger["total"] == {"files": files, "bytes": size}
    for measure in ("files", "bytes"):
        parts = sum(ledger[part][measure] for part in ("examined", "partial", "unexamined"))
        assert parts == ledger["total"][measure]


def test_what_was_not_looked_at_says_why_and_has_no_class(folder, examined):
    files = {each["path"]: each for each in examined(folder, workers=1)["files"]}
    reasons = {path: files[path]["causes"] for path in files if files[path]["state"] != "examined"}
    assert reasons == {
        "Privé - Luc": ["excluded"],
        "boucle": ["not_a_file"],
        "lien": ["not_a_file"],
        "photo.jpg": ["image_only"],
        "rh/avis.txt": ["same_file"],
        "tube": ["not_a_file"],
    }
    assert {files[path]["class"] for path in reasons} == {None}
    assert {files[path]["risk"] for path in reasons} == {None}


def test_files_are_ranked_by_what_they_hold(folder, examined):
    answer = examined(folder, workers=2)
    files = {each["path"]: each for each in answer["files"]}
    assert files["rh/fiche 0.txt"]["class"] == "C4"
    assert set(files["rh/fiche 0.txt"]["types"]) == {"ART9", "DDN", "NIR", "PER"}
    assert files["rh/paie/liste.csv"]["types"]["DDN"]["count"] == 1
    assert files["public/avis.txt"]["class"] == "C1"
    assert files["public/avis.txt"]["risk"] == 0
    factors = files["rh/fiche 0.txt"]["factors"]
    product = factors["sensitivity"] ** 2 * factors["volume"]
    product *= factors["access"] * factors["place"] * factors["age"]
    assert files["rh/fiche 0.txt"]["risk"] == pytest.approx(product, rel=1e-2)
    (store,) = answer["stores"]
    assert store["class"] == "C4"
    assert store["types"]["NIR"] == store["types"]["NIR"] | {"count": 40, "distinct": 1}


def test_the_answer_does_not_depend_on_the_number_of_workers(folder, tmp_path):
    answers = []
    for workers in (1, 2, 3):
        # Which values are shown, masked, depends on the key of the installation.
        (tmp_path / f"w{workers}.key").write_bytes(b"k" * 32)
        with State(tmp_path / f"w{workers}") as state:
            examine([str(folder)], state, workers=workers)
            answers.append(answer_of(state, folder))
    assert answers[0] == answers[1] == answers[2]


def test_many_machines_give_the_same_answer_as_one(folder, tmp_path):
    from distributed import LocalCluster

    with State(tmp_path / "one") as state:
        examine([str(folder)], state, workers=1)
        expected = answer_of(state, folder)
    shutil.copy(tmp_path / "one.key", tmp_path / "many.key")
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        State(tmp_path / "many") as state,
    ):
        assert examine([str(folder)], state, dask=cluster.scheduler_address)
        assert answer_of(state, folder) == expected


def test_a_worker_with_other_rules_refuses(folder):
    with pytest.raises(RulesDiffer):
        scan_unit([], "other", b"k" * 32)
    assert json.loads(scan_unit([], rules_hash(), b"k" * 32)) == {}


def test_what_has_not_changed_is_not_read_again(folder, tmp_path, monkeypatch):
    with State(tmp_path / "etat") as state:
        examine([str(folder)], state, workers=1)
        first = answer_of(state, folder)
    given = []
    real = Pool.add

    def add(self: Pool, unit: list[FileRef]) -> None:
        given.extend(unit)
        real(self, unit)

    monkeypatch.setattr(Pool, "add", add)
    (folder / "rh" / "fiche 3.txt").write_text("Plus rien.\n", encoding="utf-8")
    (folder / "rh" / "fiche 4.txt").unlink()
    (folder / "nouveau.txt").write_text(PERSON, encoding="utf-8")
    with State(tmp_path / "etat") as state:
        examine([str(folder)], state, workers=1)
        second = answer_of(state, folder)
    assert sorted(Path(os.fsdecode(each.path)).name for each in given) == [
        "fiche 3.txt",
        "nouveau.txt",
    ]
    paths = {each["path"] for each in second["files"]}
    assert paths == {e["path"] for e in first["files"]} - {"rh/fiche 4.txt"} | {"nouveau.txt"}


def test_stopped_then_resumed_it_says_the_same(folder, tmp_path):
    with State(tmp_path / "whole") as state:
        examine([str(folder)], state, workers=1)
        expected = answer_of(state, folder)
    shutil.copy(tmp_path / "whole.key", tmp_path / "cut.key")
    for patience in range(3, 200, 5):
        calls: list[int] = []

        def stop(calls: list[int] = calls, patience: int = patience) -> bool:
            calls.append(1)
            return len(calls) > patience

        with State(tmp_path / "cut") as state:
            finished = examine([str(folder)], state, workers=1, stop=stop)
            answer = answer_of(state, folder)
        assert answer["ledger"]["total"] == expected["ledger"]["total"]
        if finished:
            assert patience > 3
            assert answer == expected
            return
    pytest.fail("never finished")


def test_a_file_that_kills_its_reader_is_told_and_the_others_are_read(
    folder, tmp_path, monkeypatch
):
    monkeypatch.setattr(pool, "_serve", bad_readers.die_on_one_file)
    with State(tmp_path / "etat") as state:
        assert examine([str(folder)], state, workers=2)
        answer = answer_of(state, folder)
    files = {each["path"]: each for each in answer["files"]}
    assert files["rh/fiche 7.txt"]["state"] == "unexamined"
    assert files["rh/fiche 7.txt"]["causes"] == ["kills_reader"]
    assert answer["ledger"]["examined"]["files"] == 42
    assert answer["ledger"]["causes"][0]["label"]


def test_a_reader_that_computes_without_end_is_ended_by_the_system(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "_serve", bad_readers.compute_without_end)
    (folder / "rh" / "lent.txt").write_text("lent", encoding="utf-8")
    with State(tmp_path / "etat") as state:
        assert examine([str(folder)], state, workers=1, limits=Limits(seconds=0))
        files = {each["path"]: each for each in answer_of(state, folder)["files"]}
    assert files["rh/lent.txt"]["causes"] == ["too_long"]


def test_readers_that_cannot_start_stop_the_examination(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "_serve", bad_readers.die_at_once)
    with State(tmp_path / "etat") as state, pytest.raises(NoReader):
        examine([str(folder)], state, workers=2)


def test_files_that_vanish_change_or_are_closed_to_us_are_told(tmp_path):
    top = tmp_path / "partage"
    top.mkdir()
    kept = top / "a.txt"
    kept.write_text(PERSON, encoding="utf-8")
    found = kept.stat()
    path = os.fsencode(kept)

    def causes(file: FileRef) -> list[str]:
        return json.loads(scan_unit([file], rules_hash(), b"k" * 32))[str(file.id)]["causes"]

    size, mtime = found.st_size, found.st_mtime_ns
    assert causes(FileRef(1, path, size, mtime, 0, size)) == []
    assert causes(FileRef(1, path, size + 1, mtime, 0, size + 1)) == ["changed"]
    assert causes(FileRef(1, path + b"x", 1, mtime, 0, 1)) == ["vanished"]
    os.mkfifo(top / "tube")
    assert causes(FileRef(1, os.fsencode(top / "tube"), 0, mtime)) == ["not_a_file"]
    (top / "lien").symlink_to(kept)
    assert causes(FileRef(1, os.fsencode(top / "lien"), size, mtime)) == ["unreadable"]


def test_a_folder_closed_to_us_is_told(tmp_path, examined, monkeypatch):
    top = tmp_path / "partage"
    (top / "ferme").mkdir(parents=True)
    real = os.scandir

    def scandir(path: str | bytes) -> object:
        if os.fsdecode(path).endswith("ferme"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr("gouvernail_scan.walk.os.scandir", scandir)
    (only,) = examined(top, workers=1)["files"]
    assert (only["path"], only["causes"], only["state"]) == ("ferme", ["unreadable"], "unexamined")


def test_names_that_are_no_text_and_very_long_paths_are_read(tmp_path, examined):
    top = tmp_path / "partage"
    top.mkdir()
    with open(os.fsencode(top) + b"/nom \xff\xfe.txt", "wb") as out:
        out.write(PERSON.encode())
    where = os.open(top, os.O_RDONLY)
    for _ in range(16):  # 16 × 250 bytes: near the longest path that the system opens
        os.mkdir("d" * 250, dir_fd=where)
        inner = os.open("d" * 250, os.O_RDONLY, dir_fd=where)
        os.close(where)
        where = inner
    descriptor = os.open("au fond.txt", os.O_CREAT | os.O_WRONLY, dir_fd=where)
    os.write(descriptor, PERSON.encode())
    os.close(descriptor)
    os.close(where)
    files = examined(top, workers=1)["files"]
    assert len(files) == 2
    assert files[0]["path"].endswith("au fond.txt") or files[0]["state"] == "unexamined"
    assert files[-1]["path"] == "nom \\xff\\xfe.txt"
    assert files[-1]["types"]["NIR"]["count"] == 1


def test_a_long_text_is_shared_between_workers_and_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(examination, "PART_BYTES", 5000)
    top = tmp_path / "partage"
    top.mkdir()
    text = "".join(f"{n}. {PERSON}" for n in range(400))
    (top / "long.txt").write_text(text, encoding="utf-8")
    with State(tmp_path / "etat") as state:
        examine([str(top)], state, workers=2)
        parts = list(state.rows())
        (only,) = answer_of(state, top)["files"]
    assert len(parts) > 5
    assert (only["bytes"], only["state"]) == (len(text.encode()), "examined")
    assert only["types"]["NIR"]["count"] == 400


def test_only_plain_texts_of_one_byte_characters_are_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(examination, "PART_BYTES", 5000)
    line = tmp_path / "ligne.txt"
    line.write_bytes(b"0612345678 " * 3000)
    wide = tmp_path / "large.txt"
    wide.write_text("ligne\n" * 5000, encoding="utf-16")
    assert part_ends(os.fsencode(line), 33_000) == [33_000]
    assert part_ends(os.fsencode(wide), 60_002) == [60_002]


def test_a_state_in_use_or_of_something_else_is_refused_and_left_as_it_is(tmp_path):
    with State(tmp_path / "etat"), pytest.raises(Busy):
        State(tmp_path / "etat")
    other = tmp_path / "autre.sqlite3"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE compta (a)")
    before = other.read_bytes()
    with pytest.raises(NotAState):
        State(other)
    text = tmp_path / "lettre.txt"
    text.write_text("Bonjour, ceci n'est pas une base. " * 100, encoding="utf-8")
    with pytest.raises(NotAState):
        State(text)
    assert other.read_bytes() == before
    assert text.read_text(encoding="utf-8").startswith("Bonjour")


def test_without_its_key_what_was_counted_is_counted_again(folder, tmp_path):
    with State(tmp_path / "etat") as state:
        examine([str(folder)], state, workers=1)
    (tmp_path / "etat.key").unlink()
    with State(tmp_path / "etat") as state:
        assert list(state.rows()) == []
        examine([str(folder)], state, workers=1)
        assert answer_of(state, folder)["ledger"]["examined"]["files"] > 40
    assert (tmp_path / "etat.key").stat().st_mode & 0o077 == 0


def test_every_cause_has_its_words():
    assert all(cause.label.fr and cause.label.en for cause in Cause)
