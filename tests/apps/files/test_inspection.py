"""What people send is judged by its content; each refusal says what to send instead."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
from PIL import Image

from apps.conftest import small
from gouvernail.common.inspection import Form, cleaned_name, inspect
from gouvernail.workbook import write_workbook
from gouvernail_core.kernel import RefusedError

LIMIT = 15 * 1024 * 1024


def refused(content, name, limit=LIMIT):
    with pytest.raises(RefusedError) as found:
        inspect(content, name, limit=limit)
    [problem] = found.value.problems
    assert problem.text.fr.endswith(".")
    assert problem.text.en.endswith(".")
    return problem.code


def pdf(change=lambda made: None, **options):
    made = pikepdf.new()
    made.add_blank_page()
    change(made)
    stream = io.BytesIO()
    made.save(stream, **options)
    return stream.getvalue()


def picture(form, size=(4, 2), **options):
    stream = io.BytesIO()
    Image.new("RGB", size, "red").save(stream, form, **options)
    return stream.getvalue()


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return stream.getvalue()


W = "wordprocessingml.document.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(more=None, body="<w:p/>", main=W):
    types = (
        f'<Types><Override PartName="/word/document.xml" ContentType="application/{main}"/></Types>'
    )
    document = f'<w:document xmlns:w="w">{body}</w:document>'
    return archive({"[Content_Types].xml": types, "word/document.xml": document, **(more or {})})


def odt(body="", more=None):
    content = (
        '<office:document-content xmlns:office="o" xmlns:xlink="x" xmlns:text="t" xmlns:draw="d">'
        f"<office:scripts/>{body}</office:document-content>"
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            **(more or {}),
        }
    )


def workbook(form):
    stream = io.BytesIO()
    write_workbook(small(), stream, format=form)
    return stream.getvalue()


def relation(kind, target):
    return {
        "word/_rels/document.xml.rels": f'<Relationships><Relationship Id="a" '
        f'Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    }


@pytest.mark.parametrize(
    ("made", "name", "form"),
    [
        (pdf, "avis.pdf", Form.PDF),
        (lambda: picture("PNG"), "plan.PNG", Form.PNG),
        (lambda: picture("JPEG"), "photo.jpeg", Form.JPEG),
        (lambda: picture("JPEG"), "photo.jpg", Form.JPEG),
        (odt, "note.odt", Form.ODT),
        (lambda: workbook("ods"), "faits.ods", Form.ODS),
        (docx, "note.docx", Form.DOCX),
        (lambda: workbook("xlsx"), "faits.xlsx", Form.XLSX),
        (lambda: "nom;âge\r\nÉlise;3\r\n".encode("cp1252"), "liste.csv", Form.CSV),
        (lambda: "Élise, l’été".encode(), "note.txt", Form.TXT),
        (lambda: docx(relation("hyperlink", "https://example.org")), "lien.docx", Form.DOCX),
        (lambda: odt('<text:a xlink:href="https://example.org">x</text:a>'), "a.odt", Form.ODT),
    ],
)
def test_accepts_each_form_for_what_it_holds(made, name, form):
    found = inspect(made(), name, limit=LIMIT)
    assert (found.form, found.name) == (form, name)


def test_keeps_the_bytes_of_a_document_that_may_be_signed():
    content = pdf()
    assert inspect(content, "acte.pdf", limit=LIMIT).content == content


def test_refuses_what_is_empty_too_large_or_wrongly_named():
    assert refused(b"", "vide.txt") == "file-empty"
    assert refused(b"a" * 11, "long.txt", limit=10) == "file-too-large"
    assert refused(pdf(), "avis.png") == "file-name"
    assert refused(pdf(), "avis") == "file-name"
    assert refused(b"#!/bin/sh\n", "a.txt") == "file-form"
    assert refused(b"a;b\x00c", "a.csv") == "file-form"
    assert refused(b"abc \x81\x8d", "a.txt") == "file-form"


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xef\xbb\xbf  <!DOCTYPE html><p>",
        b"<script>alert(1)</script>",
        b"<?xml version='1.0'?><svg/>",
    ],
)
@pytest.mark.parametrize("name", ["a.svg", "a.png", "a.txt", "a.html"])
def test_refuses_web_pages_and_drawings_whatever_their_name(content, name):
    assert refused(content, name) == "file-markup"


def test_refuses_a_gif_that_is_a_script_named_as_a_picture():
    assert refused(b"GIF89a/*\x01*/=1;alert(1)", "photo.png") == "file-form"


def test_refuses_two_files_in_one():
    hidden = archive({"a.txt": "x"})
    assert refused(picture("PNG") + hidden, "a.png") == "file-two-in-one"
    assert refused(picture("JPEG") + hidden, "a.jpg") == "file-two-in-one"
    assert refused(pdf() + hidden, "a.pdf") == "file-two-in-one"
    assert refused(pdf() + b"<script>alert(1)</script>", "a.pdf") == "file-broken"
    assert refused(b"<b>" + pdf(), "a.pdf") != ""


def _javascript(made):
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launch(made):
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)])


def _form_program(made):
    made.Root.AcroForm = pikepdf.Dictionary(XFA="x")


def _attached(made):
    made.attachments["a.txt"] = b"hidden"


@pytest.mark.parametrize("change", [_javascript, _launch, _form_program])
@pytest.mark.parametrize("mode", ["disable", "generate"])
def test_refuses_a_pdf_that_acts_even_when_its_objects_are_packed(change, mode):
    content = pdf(change, object_stream_mode=pikepdf.ObjectStreamMode[mode])
    assert refused(content, "a.pdf") == "file-active"


def test_refuses_a_pdf_that_holds_files_is_locked_or_is_cut():
    assert refused(pdf(_attached), "a.pdf") == "file-holds-files"
    assert (
        refused(pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "a.pdf") == "file-locked"
    )
    assert refused(pdf(encryption=pikepdf.Encryption(owner="a")), "a.pdf") == "file-locked"
    assert refused(b"%PDF-1.7\n%%EOF", "a.pdf") == "file-broken"
    assert refused(pdf()[:-60], "a.pdf") == "file-broken"


def test_refuses_a_pdf_that_unpacks_without_measure():
    def heavy(made):
        made.Root.Heavy = pikepdf.Stream(made, bytes(420 * 1024 * 1024))

    content = pdf(heavy, compress_streams=True)
    assert len(content) < LIMIT
    assert refused(content, "a.pdf") == "file-bomb"


def test_refuses_macros_and_programs_in_office_documents():
    macro = W.replace("document.main", "document.macroEnabled.main")
    assert refused(docx({"word/vbaProject.bin": b"x"}), "a.docx") == "file-active"
    assert refused(docx(main=macro), "a.docx") == "file-active"
    assert refused(docx({"word/activeX/activeX1.xml": "<a/>"}), "a.docx") == "file-active"
    assert refused(odt(more={"Basic/Standard/script.xml": "<a/>"}), "a.odt") == "file-active"
    assert refused(odt(more={"Scripts/python/a.py": "x"}), "a.odt") == "file-active"
    assert refused(odt("<x:event-listener/>".replace("x:", "office:")), "a.odt") == "file-active"
    link = '<text:a xlink:href="vnd.sun.star.script:a">x</text:a>'
    assert refused(odt(link), "a.odt") == "file-active"


def test_refuses_entities_and_their_declarations():
    entity = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refused(docx({"word/styles.xml": entity}), "a.docx") == "file-active"
    outside = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'
    assert refused(odt(more={"styles.xml": outside}), "a.odt") == "file-active"


def test_refuses_documents_that_fetch_elsewhere():
    for kind in ("attachedTemplate", "image", "oleObject", "frame"):
        content = docx(relation(kind, "https://example.org/a"))
        assert refused(content, "a.docx") == "file-fetches"
    field = "<w:instrText>DDE</w:instrText><w:instrText>AUTO c:/cmd</w:instrText>"
    assert refused(docx(body=f"<w:p>{field}</w:p>"), "a.docx") == "file-fetches"
    assert refused(odt('<draw:image xlink:href="http://x/a.png"/>'), "a.odt") == "file-fetches"


def test_refuses_archives_bombs_and_files_inside_documents():
    assert refused(archive({"a.txt": "x"}), "a.zip") == "file-archive"
    assert refused(odt(more={"b.bin": bytes(50_000_000)}), "a.odt") == "file-bomb"
    assert refused(odt(more={f"n{i}": "" for i in range(2_001)}), "a.odt") == "file-bomb"
    assert refused(odt(more={"d.xml": "<a>" * 300 + "</a>" * 300}), "a.odt") == "file-bomb"
    assert refused(docx({"word/embeddings/a.xlsx": archive({"a": "b"})}), "a.docx") == (
        "file-holds-files"
    )
    assert refused(odt(more={"../../etc/cron.d/a": "x"}), "a.odt") == "file-broken"
    assert refused(docx() + b"<script>", "a.docx") == "file-broken"
    assert refused(docx()[:200], "a.docx") == "file-broken"


def test_removes_where_and_when_a_photograph_was_taken_and_keeps_it_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010F] = "TELEPHONE"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 30.0)
    content = picture("JPEG", exif=exif, icc_profile=b"PROFILE", comment=b"SECRET")
    assert b"TELEPHONE" in content
    clean = inspect(content, "photo.jpg", limit=LIMIT).content
    for trace in (b"TELEPHONE", b"Exif", b"PROFILE", b"SECRET", b"ICC"):
        assert trace not in clean
    with Image.open(io.BytesIO(clean)) as seen:
        assert seen.size == (2, 4)
        assert not seen.getexif()


def test_removes_the_texts_of_a_drawing():
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Author", "Elise Secret")
    clean = inspect(picture("PNG", pnginfo=said), "plan.png", limit=LIMIT).content
    assert b"Elise" not in clean


def test_refuses_pictures_made_to_exhaust_or_cut_short():
    stream = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(stream, "PNG")
    assert refused(stream.getvalue(), "a.png") == "file-too-many-points"
    stream = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(stream, "PNG")
    assert refused(stream.getvalue(), "a.png") == "file-too-many-points"
    assert refused(picture("JPEG", size=(300, 300))[:-300], "a.jpg") == "file-broken"
    assert refused(b"\x89PNG\r\n\x1a\n" + b"x" * 50, "a.png") == "file-broken"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\a\\note.txt", "note.txt"),
        ("fac\u202etxt.pdf", "factxt.pdf"),
        ("a\r\nSet-Cookie: x.txt", "a Set-Cookie x.txt"),
        ("\x00\x1b.txt", "txt"),
        ("", "fichier"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
    ],
)
def test_keeps_of_a_name_only_what_can_be_read(given, kept):
    assert cleaned_name(given) == kept


def test_keeps_the_ending_of_a_long_name():
    assert cleaned_name("a" * 5_000 + ".pdf") == "a" * 116 + ".pdf"
