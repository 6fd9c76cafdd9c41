"""One byte changed in a small file of each format: no crash, no hang, and the loss is told."""

from __future__ import annotations

import bz2
import errno
import gzip
import io
import json
import lzma
import random
import signal
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from functools import cache
from types import FrameType

import pytest

from gouvernail_scan.blocks import Limits
from gouvernail_scan.extract import extract
from scan.extract.making import (
    PLANTED,
    A,
    S,
    docx,
    found,
    gaps,
    missing,
    odf,
    paragraph,
    pdf,
    said,
    sheet,
    xlsx,
    zipped,
)

#: Seconds of real time after which a reader is taken to hang.
HANGS = 20


def _docx() -> bytes:
    table = f"<w:tbl><w:tr><w:tc>{paragraph(PLANTED[0])}</w:tc></w:tr></w:tbl>"
    return docx(table + "".join(map(paragraph, PLANTED)), header1=paragraph(PLANTED[0]))


def _xlsx() -> bytes:
    rows = '<row><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>31138</v></c></row>' + "".join(
        f'<row><c r="A{n}" t="inlineStr"><is><t>{value}</t></is></c></row>'
        for n, value in enumerate(PLANTED[1:], 2)
    )
    styles = (
        f'<styleSheet {S}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    return xlsx({"Paie": sheet(rows)}, [f"<si><t>{PLANTED[0]}</t></si>"], styles=styles)


def _pptx() -> bytes:
    texts = "".join(f"<a:p><a:r><a:t>{value}</a:t></a:r></a:p>" for value in PLANTED)
    slide = f'<p:sld xmlns:p="p" {A}><p:txBody>{texts}</p:txBody></p:sld>'
    return zipped({"[Content_Types].xml": "<Types/>", "ppt/slides/slide1.xml": slide})


def _odt() -> bytes:
    texts = "".join(f"<text:p>{value}</text:p>" for value in PLANTED)
    return odf("text", f"<office:body>{texts}</office:body>")


def _ods() -> bytes:
    rows = "".join(
        "<table:table-row><table:table-cell office:value-type='string'>"
        f"<text:p>{value}</text:p></table:table-cell></table:table-row>"
        for value in PLANTED
    )
    return odf("spreadsheet", f"<table:table table:name='Paie'>{rows}</table:table>")


def _mail() -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@b.example", PLANTED[2], PLANTED[0]
    made.set_content("\n".join(PLANTED))
    made.add_alternative(f"<p>{PLANTED[1]}</p>", subtype="html")
    made.add_attachment(_odt(), maintype="application", subtype="x", filename="é.odt")
    return bytes(made)


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for n, value in enumerate(PLANTED):
            info = tarfile.TarInfo(f"{n}é.txt")
            info.size = len(value.encode())
            archive.addfile(info, io.BytesIO(value.encode()))
    return out.getvalue()


def _text() -> bytes:
    return "\n".join(PLANTED).encode()


def _csv() -> bytes:
    return b'Nom;Valeur\n"x ""y""";z\n' + "".join(f"{v};{v}\n" for v in PLANTED).encode()


def _sql() -> bytes:
    rows = ",".join(f"({n},'{value}')" for n, value in enumerate(PLANTED))
    table = "CREATE TABLE t (\n id int,\n nom text\n);\n"
    return f"{table}INSERT INTO t VALUES {rows};\nCOPY u (a) FROM stdin;\n1\n\\.\n".encode()


def _json() -> bytes:

    return json.dumps(
        [{"nom": value, "suite": [1, None, {"a": "b"}]} for value in PLANTED]
    ).encode()


def _html() -> bytes:
    texts = "".join(f"<p title='a'>{value}<br>&eacute;</p>" for value in PLANTED)
    return f"<!doctype html><!-- a --><script>b</script>{texts}".encode()


FILES: dict[str, Callable[[], bytes]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "pptx": _pptx,
    "odt": _odt,
    "ods": _ods,
    "pdf": lambda: pdf([PLANTED[:3], PLANTED[3:], []], info="/Title(Essai)"),
    "eml": _mail,
    "mbox": lambda: b"From a@b.example Mon\n" + _mail() + b"\nFrom c\nFrom: x\n\nfin\n",
    "zip": lambda: zipped({f"{n}é.txt": value for n, value in enumerate(PLANTED)}),
    "tar": _tar,
    "gzip": lambda: gzip.compress(_tar(), mtime=0),
    "bzip2": lambda: bz2.compress(_text()),
    "xz": lambda: lzma.compress(_text()),
    "txt": _text,
    "csv": _csv,
    "sql": _sql,
    "json": _json,
    "html": _html,
}
#: Formats whose checksums tell that a byte was changed, wherever it was.
CHECKED = ("xlsx", "odt", "ods", "zip", "gzip", "bzip2", "xz")


made = cache(lambda name: FILES[name]())


@contextmanager
def deadline() -> Iterator[None]:
    """Stop what takes too long."""

    def late(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def spoil(name: str, times: int) -> None:
    data = made(name)
    whole = said(found(data, f"a.{name}"))
    planted = [value for value in PLANTED if value in whole]
    assert planted
    rng = random.Random(name)
    for _ in range(times):
        spoilt = bytearray(data)
        at = rng.randrange(len(data))
        spoilt[at] = rng.randrange(256)
        start = time.process_time()
        with deadline():
            items = found(bytes(spoilt), f"a.{name}", Limits(seconds=5))
        assert time.process_time() - start < 6, at
        if name in CHECKED and missing(said(items), planted):
            assert gaps(items), (at, spoilt[at])


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_one_byte_changed_is_read_or_told(name: str) -> None:
    spoil(name, 40)


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_thousands_of_files_with_one_byte_changed_are_read_or_told(name: str) -> None:
    spoil(name, 5000)


@pytest.mark.parametrize("name", ["docx", "xlsx", "pptx", "odt", "ods"])
def test_a_part_with_one_byte_changed_under_a_right_checksum_is_read(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(made(name))) as archive:
        parts = [(each, archive.read(each)) for each in archive.namelist()]
    rng = random.Random(name)
    for _ in range(100):
        spoilt = [(each, bytearray(data)) for each, data in parts]
        _, data = rng.choice(spoilt)
        data[rng.randrange(len(data))] = rng.choice(b"<>&;/\"'! \0\xff0a")
        with deadline():
            items = found(zipped((each, bytes(data)) for each, data in spoilt))
        assert said(items) or gaps(items)


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_anywhere_is_read_or_told(name: str) -> None:
    data = made(name)
    whole = said(found(data, f"a.{name}"))
    planted = [value for value in PLANTED if value in whole]
    for at in range(8, len(data), max(len(data) // 40, 1)):
        with deadline():
            items = found(data[:at], f"a.{name}", Limits(seconds=5))
        if name in CHECKED and missing(said(items), planted):
            assert gaps(items), at


class _Failing(io.BytesIO):
    """A disk that fails after so many readings."""

    left = 0

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.EIO, "Input/output error")

    def read(self, size: int | None = -1, /) -> bytes:
        self._count()
        return super().read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        self._count()
        return super().readline(size)


@pytest.mark.parametrize("name", FILES)
def test_a_disk_that_fails_is_never_taken_for_a_damaged_file(name: str) -> None:
    data = made(name)
    whole = found(data, f"a.{name}")
    for readings in range(200):
        source = _Failing(data)
        source.left = readings
        try:
            items = list(extract(source, name=f"a.{name}"))
        except OSError as error:
            if error.errno != errno.EIO:
                raise
        else:
            assert items == whole
            assert readings
            return
    raise AssertionError("never read")


def test_a_full_disk_of_temporary_files_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, data: object, /) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", lambda max_size: Full())
    assert gaps(found(zipped({"a.txt": "un"}))) == [("too_much_memory", "a.txt")]
