"""PDF: pages, fields, notes, properties, attached files, and the pages that say nothing."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst

from gouvernail_scan.extract import extract
from scan.extract.making import PLANTED, found, gaps, missing, pdf, said


def test_the_pages_of_a_document_are_read_with_its_properties() -> None:
    items = found(pdf([PLANTED[:3], PLANTED[3:]], info="/Title(Arr\xeat\xe9)/Author(Paul Feint)"))
    assert not missing(said(items), (*PLANTED, "Arrêté", "Paul Feint"))
    assert [(each.place, each.layout) for each in items] == [  # type: ignore[union-attr]
        ("propriétés", False), ("page 1", True), ("page 2", True),
    ]  # fmt: skip


def test_pages_of_pictures_are_told_by_runs() -> None:
    data = pdf([["texte"], [], [], [], ["texte"], []])
    assert gaps(found(data)) == [("image_only", "pages 2 à 4"), ("image_only", "page 6")]


def test_a_scan_that_bears_a_stamp_is_still_a_scan() -> None:
    def put_picture(document: pikepdf.Pdf, size: int) -> None:
        drawn = f"q {size} 0 0 {size} 0 0 cm /I1 Do Q".encode()
        document.pages[0].contents_add(document.make_stream(drawn), prepend=True)

    for size, told in ((600, [("image_only", "page 1")]), (60, [])):
        data = rewritten(pdf([["Reçu le 12 mars"]]), partial(put_picture, size=size))
        items = found(data)
        assert "Reçu le 12 mars" in said(items)
        assert gaps(items) == told
    long = rewritten(pdf([["mot " * 20] * 4]), partial(put_picture, size=800))
    assert not gaps(found(long))


def test_letters_drawn_as_lines_are_a_picture() -> None:
    def draw(document: pikepdf.Pdf, count: int) -> None:
        document.pages[0].Contents = document.make_stream(b"0 0 m 9 9 l S\n" * count)

    for count, told in ((400, [("image_only", "page 1")]), (20, [])):
        assert gaps(found(rewritten(pdf([["x"]]), partial(draw, count=count)))) == told


def test_a_document_written_by_another_program_is_read(tmp_path: Path) -> None:
    source = tmp_path / "lettre.typ"
    source.write_text("\n\n".join(value.replace("@", "\\@") for value in PLANTED))
    assert not missing(said(found(typst.compile(str(source)))))


def rewritten(data: bytes, change: Any = None, **saved: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        if change:
            change(document)
        document.save(out, **saved)
    return out.getvalue()


def test_an_encrypted_document_is_told() -> None:
    locked = rewritten(pdf([PLANTED]), encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert gaps(found(locked)) == [("encrypted", "")]


def test_a_document_that_opens_without_a_password_is_read() -> None:
    locked = rewritten(pdf([PLANTED]), encryption=pikepdf.Encryption(user="", owner="secret"))
    items = found(locked)
    assert not missing(said(items))
    assert not gaps(items)


def test_fields_notes_and_links_are_read() -> None:
    def change(document: pikepdf.Pdf) -> None:
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx,
                T="nom", V="Éloïse Fauxnom", Rect=[0, 0, 100, 20],
            )
        )  # fmt: skip
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents="À rappeler",
            T="Paul Feint", Rect=[0, 0, 9, 9],
        )  # fmt: skip
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="mailto:lien@exemple.example"),
        )  # fmt: skip
        document.pages[0].Annots = pikepdf.Array([field, note, link])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[field])

    items = found(rewritten(pdf([["Formulaire"]]), change))
    assert not missing(
        said(items),
        ("nom : Éloïse Fauxnom", "À rappeler", "Paul Feint", "mailto:lien@exemple.example"),
    )


def test_attached_files_and_headings_are_read() -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.attachments["facture.xml"] = b"<facture><client>Paul Feint</client></facture>"
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Dossier de Léa Faux", 0))

    items = found(rewritten(pdf([["Facture"]]), change))
    assert not missing(said(items), ("client: Paul Feint", "Dossier de Léa Faux"))
    assert "facture.xml" in {each.place for each in items}


def test_a_large_document_is_read_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([PLANTED] * 3)
    whole = said(found(data))
    monkeypatch.setattr("gouvernail_scan.extract.pdf.TAKEN", 10)
    assert said(found(data)) == whole


class _Failing(io.BytesIO):
    """A disk that fails after so many readings."""

    left = 3

    def readinto(self, buffer: Any, /) -> int:
        raise AssertionError

    def read(self, size: int | None = -1, /) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise OSError(5, "Input/output error")
        return super().read(size)


@pytest.mark.parametrize("readings", range(1, 12))
def test_the_failure_of_a_disk_is_not_a_damaged_document(
    readings: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gouvernail_scan.extract.pdf.TAKEN", 10)
    source = _Failing(pdf([PLANTED] * 20))
    source.left = readings
    with pytest.raises(OSError, match="Input/output error"):
        list(extract(source))
