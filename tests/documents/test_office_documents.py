"""ODT and DOCX hold the same document, with real headings and tables."""

import zipfile

import pytest

from documents.reading import read_docx, read_odt
from gouvernail.documents import blocks as b
from gouvernail.documents import cst_report, roadmap_document
from gouvernail.documents.pandoc_out import TEMPLATES, PandocError, docx, odt

WRITERS = [pytest.param(odt, read_odt, id="odt"), pytest.param(docx, read_docx, id="docx")]


@pytest.mark.parametrize(("write", "read"), WRITERS)
def test_headings_and_tables_are_those_of_the_document(whole_plan, write, read):
    document = roadmap_document(whole_plan)
    found = read(write(document))
    wanted = [(x.level, x.text) for x in document.blocks if isinstance(x, b.Heading)]
    assert [(level, text.strip()) for level, text in found.headings] == wanted
    drawn = (b.Table, b.BarsChart, b.GanttChart, b.StacksChart)
    assert found.tables == sum(isinstance(x, drawn) for x in document.blocks)


@pytest.mark.parametrize(("write", "read"), WRITERS)
def test_says_from_which_facts_it_was_made_and_leaves_blanks(whole_plan, write, read):
    found = read(write(cst_report(whole_plan, whole_plan["cases"][1])))
    assert "4f1d9a2c77b0" in found.text
    assert "Projet de rapport" in found.text
    assert "À compléter\u00a0: directeur référent ……………" in found.text


@pytest.mark.parametrize(
    ("write", "read", "name"),
    [
        (odt, read_odt, "reference.odt"),
        (docx, read_docx, "reference.docx"),
    ],
)
def test_an_authority_may_give_its_own_look(whole_plan, tmp_path, write, read, name):
    """Its reference is ours with another colour, which must be found in what is written."""
    styles = "styles.xml" if name.endswith("odt") else "word/styles.xml"
    own = tmp_path / f"charte {name}"
    with zipfile.ZipFile(TEMPLATES / name) as source, zipfile.ZipFile(own, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == styles:
                data = data.replace(b"9C4208", b"AB12CD")
            target.writestr(info, data)
    written = write(cst_report(whole_plan, whole_plan["cases"][1]), reference=own)
    path = tmp_path / "written.zip"
    path.write_bytes(written)
    with zipfile.ZipFile(path) as archive:
        assert b"AB12CD" in archive.read(styles)
    assert read(written).headings


def test_a_reference_that_is_not_a_document_is_refused_with_the_words_of_pandoc(
    whole_plan, tmp_path
):
    broken = tmp_path / "broken.odt"
    broken.write_bytes(b"not a zip")
    with pytest.raises(PandocError, match=r".+"):
        odt(cst_report(whole_plan, whole_plan["cases"][1]), reference=broken)


@pytest.mark.parametrize(
    ("write", "part", "row", "whole"),
    [
        (odt, "content.xml", b"<table:table-row", b'table:style-name="WholeRow"'),
        (docx, "word/document.xml", b"<w:tr>", b"<w:cantSplit />"),
    ],
)
def test_no_row_is_cut_between_two_pages(whole_plan, tmp_path, write, part, row, whole):
    path = tmp_path / "written.zip"
    path.write_bytes(write(cst_report(whole_plan, whole_plan["cases"][1])))
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part)
    assert content.count(row) == content.count(whole) > 5


@pytest.mark.parametrize("write", [odt, docx])
def test_the_same_plan_gives_the_same_file(whole_plan, write):
    document = cst_report(whole_plan, whole_plan["cases"][1])
    assert write(document) == write(document)
