"""Files are attached, taken and removed on the pages; nobody else's can be reached."""

from __future__ import annotations

import io
import threading
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse
from PIL import Image

from apps.conftest import pk_of, words
from gouvernail.apps.facts import services as facts
from gouvernail.apps.facts.queries import record_for
from gouvernail.apps.files import queries, services
from gouvernail.apps.files.models import StoredFile
from gouvernail.apps.journal.models import Entry
from gouvernail.common.inspection import Form, inspect
from gouvernail_core.facts import sheet
from gouvernail_core.kernel import RefusedError


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def text(name="note.txt", content=b"Trois lignes."):
    return SimpleUploadedFile(name, content, content_type="text/html")


def page_of(authority):
    return ["use_cases", pk_of(authority, "use_cases", code="courrier")]


def attach(client, authority, file=None):
    return client.post(reverse("facts:attach", args=page_of(authority)), {"file": file or text()})


def only():
    return StoredFile.objects.get()


def address(file, name=None):
    return reverse("files:take", args=[file.uid, name or file.name])


def test_attaches_shows_gives_back_and_removes(alice, exempleville, folder):
    assert attach(alice, exempleville).status_code == 302
    file = only()
    page = words(alice.get(reverse("facts:row", args=page_of(exempleville))))
    assert address(file) in page
    answer = alice.get(address(file))
    assert b"".join(answer.streaming_content) == b"Trois lignes."
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "private, no-store"
    assert "Range" not in answer.get("Accept-Ranges", "")
    assert "note.txt" in words(alice.get(reverse("files:remove", args=[file.uid])))
    assert only().removed_at is None


def test_removing_erases_the_bytes_and_the_address(
    alice, exempleville, folder, django_capture_on_commit_callbacks
):
    attach(alice, exempleville)
    file = only()
    path = queries.path_of(file)
    assert path.stat().st_mode & 0o077 == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert alice.post(reverse("files:remove", args=[file.uid])).status_code == 302
    assert not path.exists()
    assert alice.get(address(file)).status_code == 404
    assert alice.post(reverse("files:remove", args=[file.uid])).status_code == 404
    acts = list(Entry.objects.filter(act__startswith="file-").values_list("act", flat=True))
    assert acts == ["file-removed", "file-added"]


def test_the_address_the_disk_and_the_name_say_nothing_of_each_other(alice, exempleville):
    attach(alice, exempleville)
    file = only()
    assert file.uid.version == 4
    assert file.place not in address(file)
    assert str(queries.path_of(file)).endswith(f"{exempleville.uid}/{file.place}")
    assert alice.get(address(file, "autre.txt")).status_code == 404
    assert alice.get(address(file).replace(str(file.uid), str(uuid.uuid4()))).status_code == 404


def test_chloe_reaches_nothing_of_alices(alice, chloe, exempleville, elsewhere):
    attach(alice, exempleville)
    file = only()
    assert chloe.get(address(file)).status_code == 404
    assert chloe.get(reverse("files:remove", args=[file.uid])).status_code == 404
    assert chloe.post(reverse("files:remove", args=[file.uid])).status_code == 404
    assert attach(chloe, exempleville).status_code == 404
    for place in (reverse("files:index"), reverse("files:export", args=["csv"])):
        assert b"note.txt" not in chloe.get(place).content
    assert attach(chloe, elsewhere).status_code == 302
    mine, hers = StoredFile.objects.order_by("pk")
    assert queries.path_of(mine).parent != queries.path_of(hers).parent
    assert only_kept(exempleville) == [mine]


def only_kept(authority):
    return list(queries.files_of(authority.pk))


def test_an_elected_member_reads_but_sends_and_removes_nothing(alice, elu, exempleville):
    attach(alice, exempleville)
    file = only()
    assert b"".join(elu.get(address(file)).streaming_content) == b"Trois lignes."
    assert attach(elu, exempleville, text("b.txt", b"b")).status_code == 403
    assert elu.post(reverse("files:remove", args=[file.uid])).status_code == 403
    assert only() == file


def test_a_visitor_is_sent_to_sign_in(client, alice, exempleville):
    attach(alice, exempleville)
    assert client.get(address(only())).status_code == 302


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: text("vide.txt", b""), "Ce fichier est vide"),
        (lambda: text("a.svg", b"<svg onload='x'/>"), "Envoyez un PDF"),
        (lambda: text("a.png"), "Renommez-le en .txt"),
    ],
)
def test_says_on_the_page_what_to_send_instead(alice, exempleville, file, said):
    answer = attach(alice, exempleville, file())
    assert answer.status_code == 422
    assert said in words(answer)
    assert not StoredFile.objects.exists()


def test_refuses_a_huge_file_without_keeping_it(alice, exempleville, settings, folder):
    settings.FILE_LIMIT = 1024 * 1024
    answer = attach(alice, exempleville, text("a.txt", b"a" * (1024 * 1024 + 1)))
    assert answer.status_code == 422
    assert "dépasse 1 Mo" in words(answer)
    assert not list(folder.rglob("*"))


def test_refuses_the_same_file_twice_on_one_row(alice, exempleville):
    attach(alice, exempleville)
    answer = attach(alice, exempleville, text("copie.txt"))
    assert answer.status_code == 422
    assert "déjà joint" in words(answer)
    assert only().name == "note.txt"


def test_refuses_what_passes_the_quota_and_leaves_no_bytes(alice, exempleville, settings, folder):
    settings.FILE_QUOTA = 20
    attach(alice, exempleville)
    answer = attach(alice, exempleville, text("b.txt", b"Dix signes"))
    assert answer.status_code == 422
    assert "Retirez celles qui ne servent plus" in words(answer)
    assert len([p for p in folder.rglob("*") if p.is_file()]) == 1


def test_a_hostile_name_neither_leaves_the_folder_nor_breaks_the_answer(alice, exempleville):
    attach(alice, exempleville, text("..\\..\\a\u202eb X: é.txt"))
    file = only()
    assert file.name == "ab X é.txt"
    answer = alice.get(address(file))
    assert b"".join(answer.streaming_content) == b"Trois lignes."
    assert "X" not in answer.headers


def test_a_photograph_is_given_back_without_its_place(alice, exempleville):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 30.0)
    exif[0x010F] = "TELEPHONE"
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG", exif=exif)
    attach(alice, exempleville, text("photo.jpg", stream.getvalue()))
    given = b"".join(alice.get(address(only())).streaming_content)
    assert given.startswith(b"\xff\xd8")
    assert b"TELEPHONE" not in given


def test_the_list_is_filtered_sorted_and_exported(alice, exempleville):
    attach(alice, exempleville)
    attach(alice, exempleville, text("=plan.csv", b"a;b;c;d;e;f;g;h;i;j;k"))
    page = words(alice.get(reverse("files:index"), {"tri": "-taille"}))
    assert page.index("=plan.csv") < page.index("note.txt")
    assert "note.txt" not in words(alice.get(reverse("files:index"), {"mot": "plan"}))
    assert "Aucune" in words(alice.get(reverse("files:index"), {"mot": "rien de tel"}))
    for form in ("csv", "ods", "xlsx"):
        assert alice.get(reverse("files:export", args=[form])).status_code == 200
    assert b"'=plan.csv" in alice.get(reverse("files:export", args=["csv"])).content
    assert alice.get(reverse("files:export", args=["exe"])).status_code == 404


def test_files_follow_a_row_whose_code_changes(alice, exempleville, someone, at):
    attach(alice, exempleville)
    shown, pk = sheet("use_cases"), page_of(exempleville)[1]
    record = record_for(shown, exempleville.pk, pk)
    facts.change_row(
        exempleville.pk, shown, pk, {"id": "tri"}, version=record.version, by=someone, at=at
    )
    assert only().row == "tri"
    assert "note.txt" in words(alice.get(reverse("facts:row", args=["use_cases", pk])))


def given(content=b"Trois lignes."):
    found = inspect(content, "note.txt", limit=1000)
    assert found.form is Form.TXT
    return found


def test_a_fault_after_the_bytes_leaves_neither_bytes_nor_row(
    exempleville, someone, at, folder, monkeypatch
):
    def fails(*_, **__):
        raise RuntimeError("no journal")

    monkeypatch.setattr(services, "record", fails)
    with pytest.raises(RuntimeError):
        services.add_file(exempleville.pk, given(), sheet="use_cases", row="a", by=someone, at=at)
    assert not StoredFile.objects.exists()
    assert not [p for p in folder.rglob("*") if p.is_file()]


def test_the_sweep_erases_old_bytes_without_a_row_and_nothing_else(exempleville, someone, folder):
    from django.utils import timezone

    now = timezone.now()
    file = services.add_file(
        exempleville.pk, given(), sheet="use_cases", row="a", by=someone, at=now
    )
    lost = folder / str(exempleville.uid) / "0123"
    lost.write_bytes(b"killed in the middle")
    assert services.sweep(at=now) == 0
    assert services.sweep(at=now + timedelta(hours=2)) == 1
    assert not lost.exists()
    assert queries.path_of(file).read_bytes() == b"Trois lignes."


@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_once_do_not_pass_the_quota_together(exempleville, someone, at, settings):
    settings.FILE_QUOTA = 20
    ended = []

    def send(content):
        try:
            services.add_file(
                exempleville.pk, given(content), sheet="use_cases", row="a", by=someone, at=at
            )
            ended.append("kept")
        except RefusedError as refused:
            ended.append(refused.problems[0].code)
        except OperationalError:  # a database in memory does not let two wait for each other
            ended.append("file-quota")
        finally:
            connection.close()

    both = [threading.Thread(target=send, args=(c,)) for c in (b"premier envoi", b"second envoi")]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(ended) == ["file-quota", "kept"]
    assert Path(settings.MEDIA_ROOT).is_dir()
