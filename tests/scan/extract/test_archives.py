"""Files that hold files: opened to three levels, each member with its own fate."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from gouvernail_scan.blocks import Limits
from gouvernail_scan.extract.archives import _tar_members
from gouvernail_scan.extract.reading import Context, spent
from scan.extract.making import (
    PLANTED,
    docx,
    found,
    gaps,
    missing,
    paragraph,
    said,
    sheet,
    xlsx,
    zipped,
)


def tarred(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        folder = tarfile.TarInfo("dossier")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    return out.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_streams_are_read_even_several_in_one_file(pack: object) -> None:
    assert callable(pack)
    data = pack(PLANTED[0].encode()) + pack(PLANTED[1].encode()) + bytes(512)
    items = found(data, "notes.txt.gz")
    assert said(items) == PLANTED[0] + PLANTED[1]
    assert not gaps(items)
    assert items[0].place == "notes.txt"


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_the_members_of_a_tar_are_read(form: int) -> None:
    long = "é" * 40 + "/" + "n" * 90 if form != tarfile.USTAR_FORMAT else "d" * 99 + "/" + "n" * 90
    data = tarred({"a.txt": PLANTED[0].encode(), long: PLANTED[1].encode(), "b": b""}, form)
    items = found(data)
    assert not missing(said(items), PLANTED[:2])
    assert not gaps(items)
    context = Context(spent(Limits()), lambda source, context: iter(()))
    names = [member.name for member in _tar_members(io.BytesIO(data), context)]
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        assert names == [each.name for each in archive if each.isfile()]


def test_a_packed_tar_of_documents_is_read() -> None:
    data = gzip.compress(tarred({"a/b.docx": docx(paragraph(PLANTED[2]))}))
    items = found(data, "sauvegarde.tgz")
    assert PLANTED[2] in said(items)
    assert items[0].place == "sauvegarde.tar › a/b.docx"


def test_members_of_one_name_and_names_that_lead_elsewhere_are_read_and_written_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([("a.txt", "un"), ("a.txt", "deux"), ("../../b.txt", "trois"),
                       ("/etc/c.txt", "quatre"), ("d\n\x1be.txt", "cinq")])  # fmt: skip
    items = found(data)
    assert said(items) == "undeuxtroisquatrecinq"
    assert [each.place for each in items][2:] == ["../../b.txt", "/etc/c.txt", "d e.txt"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_members_are_read_as_the_standard_library_reads_them(method: int) -> None:
    rng = random.Random(1)
    texts = [" ".join(str(rng.random()) for _ in range(n)) for n in (0, 1, 50, 30_000)]
    out = io.BytesIO(b"#!avant\n")
    out.seek(8)
    with zipfile.ZipFile(out, "a", method) as archive:
        for n, text in enumerate(texts):
            archive.writestr(f"{n}.txt", text)
        archive.comment = b"PK\5\6" * 3
    items = found(out.getvalue()[8:])
    assert said(items) == "".join(texts)


def test_a_member_that_is_encrypted_or_strangely_packed_does_not_hide_the_others() -> None:
    data = bytearray(zipped({"a.txt": "un", "b.txt": "deux", "c.txt": "trois"}))
    first = data.index(b"PK\1\2")
    data[first + 8] |= 1
    second = data.index(b"PK\1\2", first + 4)
    data[second + 10] = 9
    items = found(bytes(data))
    assert said(items) == "trois"
    assert gaps(items) == [("encrypted", "a.txt"), ("unknown_format", "b.txt")]


def test_a_damaged_member_gives_what_comes_before_the_damage() -> None:
    text = " ".join(str(n) for n in range(200_000))
    data = bytearray(zipped({"a.txt": text, "b.txt": "suite"}))
    data[len(data) // 2] ^= 0xFF
    items = found(bytes(data))
    assert said(items).startswith("0 1 2 3 4")
    assert said(items).endswith("suite")
    assert gaps(items) == [("damaged", "a.txt")]
    cut = gzip.compress(text.encode())[:-100]
    items = found(cut, "a.txt.gz")
    assert said(items).startswith("0 1 2 3 4")
    assert gaps(items) == [("damaged", "a.txt")]


def nested(levels: int, data: bytes) -> bytes:
    for level in range(levels):
        data = zipped({f"{level}.zip" if level else "fond.txt": data})
    return data


def test_three_levels_are_opened_and_the_next_is_told() -> None:
    items = found(nested(3, PLANTED[0].encode()))
    assert said(items) == PLANTED[0]
    assert not gaps(items)
    for levels in (4, 60):
        items = found(nested(levels, PLANTED[0].encode()))
        assert not said(items)
        assert [cause for cause, _ in gaps(items)] == ["too_deep"]


def test_members_beyond_the_count_are_told() -> None:
    data = zipped({f"{n}.txt": "x" for n in range(20)})
    items = found(data, limits=Limits(members=7))
    assert said(items) == "x" * 7
    assert gaps(items) == [("too_many_parts", "")]


def test_a_member_too_large_gives_its_beginning() -> None:
    text = " ".join(str(n) for n in range(400_000))
    items = found(zipped({"a.txt": text, "b.txt": "suite"}), limits=Limits(member_bytes=1 << 20))
    assert 0 < len(said(items)) < len(text)
    assert said(items).endswith("suite")
    assert gaps(items) == [("too_large", "a.txt")]


def test_a_file_too_large_in_all_stops() -> None:
    text = " ".join(str(n) for n in range(200_000))
    data = zipped({f"{n}.txt": text for n in range(5)})
    items = found(data, limits=Limits(file_bytes=3 << 20))
    assert gaps(items) == [("too_large", "2.txt")]


def test_a_large_archive_of_the_new_kind_is_read() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w") as archive,
        archive.open("a.txt", "w", force_zip64=True) as member,
    ):
        member.write(PLANTED[0].encode())
    assert said(found(out.getvalue())) == PLANTED[0]


def test_a_tar_that_ends_too_soon_is_told() -> None:
    data = tarred({"a.txt": b"x" * 2000, "b.txt": b"y" * 2000})
    items = found(data[:4000])
    assert said(items)[:2000] == "x" * 2000
    assert gaps(items) == [("damaged", "b.txt")]
    broken = bytearray(data)
    broken[2560 + 150] ^= 7
    assert gaps(found(bytes(broken))) == [("damaged", "")]


def compound(*names: str) -> bytes:
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[30] = 9
    head[48] = 1
    head[76:] = b"\xff" * 436
    entries = b""
    for name in names:
        said_name = name.encode("utf-16-le")
        entry = bytearray(128)
        entry[: len(said_name)] = said_name
        entry[64] = len(said_name) + 2
        entries += entry
    return bytes(head) + bytes(512) + entries.ljust(512, b"\0")


def test_old_office_files_are_told_and_encrypted_ones_apart() -> None:
    assert gaps(found(compound("Root Entry", "WordDocument"))) == [("unknown_format", "")]
    locked = compound("Root Entry", "EncryptionInfo", "EncryptedPackage")
    assert gaps(found(locked, "a.docx")) == [("encrypted", "")]


def test_an_encrypted_open_document_is_told() -> None:
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": b"\1\2\3",
        "META-INF/manifest.xml": "<m:manifest xmlns:m='x'><m:encryption-data/></m:manifest>",
    }
    assert gaps(found(zipped(members, packed=False))) == [("encrypted", "")]


def test_parts_of_one_name_in_a_workbook_are_all_read() -> None:
    row = '<row><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
    book = xlsx({"A": sheet(row.format("un"))}, ["<si><t>trois</t></si>"])
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        members = [(each, archive.read(each)) for each in archive.namelist()]
    twice = [
        ("xl/worksheets/sheet1.xml", sheet(row.format("deux"))),
        ("xl/sharedStrings.xml", "<sst><si><t>quatre</t></si></sst>"),
    ]
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([*members, *twice])
    assert not missing(said(found(data)), ("un", "deux", "trois", "quatre"))


def test_an_archive_that_lost_its_end_gives_what_is_left() -> None:
    rng = random.Random(2)
    texts = {f"{n}.txt": " ".join(str(rng.random()) for _ in range(3_000)) for n in range(4)}
    data = zipped(texts)
    whole = said(found(data))
    items = found(data[: len(data) * 7 // 10])
    assert whole.startswith(said(items))
    assert len(said(items)) > 0.6 * len(whole)
    assert gaps(items) == [("damaged", "2.txt"), ("damaged", "")]
    streamed = io.BytesIO()
    with zipfile.ZipFile(_Forwards(streamed), "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, text in texts.items():
            archive.writestr(name, text)
    items = found(streamed.getvalue()[:-60])
    assert said(items) == whole
    assert gaps(items) == [("damaged", "")]
    document = docx("".join(paragraph(f"{n} {rng.random()}") for n in range(3_000)))
    items = found(document[: len(document) // 2])
    assert "200 0." in said(items)
    assert gaps(items)


class _Forwards:
    """A file that cannot be moved in: a zip written to it says the sizes after the members."""

    def __init__(self, out: io.BytesIO) -> None:
        self.write, self.flush = out.write, out.flush
