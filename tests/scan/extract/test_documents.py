"""Word, PowerPoint and OpenDocument texts: every place where a value may stand."""

from __future__ import annotations

import io

import pytest
from odfdo import Document, Header, Paragraph

from scan.extract.making import (
    PLANTED,
    A,
    W,
    docx,
    found,
    gaps,
    missing,
    odf,
    paragraph,
    said,
    zipped,
)


def test_every_part_of_a_document_of_word_is_read() -> None:
    parts = {
        name: f"<w:{root} {W}>{paragraph(value)}</w:{root}>"
        for (name, root), value in zip(
            (("header1", "hdr"), ("footer2", "ftr"), ("footnotes", "footnotes"),
             ("endnotes", "endnotes"), ("glossary/document", "document")),
            PLANTED[1:], strict=True,
        )
    }  # fmt: skip
    items = found(docx(paragraph(PLANTED[0]), **parts))
    assert not missing(said(items))
    assert not gaps(items)
    assert {each.place for each in items} >= {"", "en-tête", "notes de bas de page"}


def test_a_value_cut_in_runs_comes_out_whole_and_paragraphs_apart() -> None:
    assert said(found(docx(paragraph("06 39 98 12 34") + paragraph("69")))) == (
        "06 39 98 12 34\n69\n"
    )


def test_the_cells_of_a_table_are_separated_by_tabulations() -> None:
    row = "".join(f"<w:tc>{paragraph(each)}</w:tc>" for each in ("Nom", "Né le"))
    assert said(found(docx(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"))) == "Nom \tNé le \t\n"


def test_a_text_box_is_read_once_and_does_not_cut_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('Encadré')}</w:txbxContent>"
    both = (
        "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p><w:r><w:t>06 39 98</w:t></w:r><w:r>{both}</w:r><w:r><w:t> 12 34</w:t></w:r></w:p>"
    assert said(found(docx(body))) == "Encadré\n06 39 98 12 34\n"


def test_deleted_text_fields_alternative_texts_and_links_are_read() -> None:
    body = (
        "<w:p><w:r><w:t>visible</w:t></w:r><w:del><w:r><w:delText>supprimé</w:delText></w:r></w:del>"
        '<w:r><w:instrText>HYPERLINK "mailto:champ@exemple.example"</w:instrText></w:r>'
        '<w:r><w:drawing><docPr descr="Photo d’Éloïse"/></w:drawing></w:r></w:p>'
    )
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": '<Relationships><Relationship Id="a" '
            'Target="mailto:lien@exemple.example" TargetMode="External"/></Relationships>',
        }
    )
    assert not missing(
        said(found(data)),
        (
            "visible\n",
            "supprimé",
            "champ@exemple.example",
            "Photo d’Éloïse",
            "lien@exemple.example",
        ),
    )


def test_comments_give_their_author_and_properties_their_names() -> None:
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}/>",
            "word/comments.xml": f'<w:comments {W}><w:comment w:author="Paul Feint">'
            f"{paragraph('À revoir')}</w:comment></w:comments>",
            "docProps/core.xml": "<cp:coreProperties xmlns:cp='u'><cp:lastModifiedBy>Léa Faux"
            "</cp:lastModifiedBy></cp:coreProperties>",
            "word/styles.xml": f"<w:styles {W}><w:p><w:t>non</w:t></w:p></w:styles>",
        }
    )
    text = said(found(data))
    assert not missing(text, ("Paul Feint", "À revoir", "lastModifiedBy: Léa Faux"))
    assert "non" not in text


def test_a_workbook_embedded_in_a_document_is_read() -> None:
    inner = docx(paragraph(PLANTED[1]))
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}/>",
            "word/embeddings/annexe.docx": inner,
        }
    )
    items = found(data)
    assert PLANTED[1] in said(items)
    assert items[0].place == "word/embeddings/annexe.docx"


def test_a_document_of_pictures_alone_is_said_unread() -> None:
    members = {"[Content_Types].xml": "<Types/>", "word/document.xml": f"<w:document {W}/>"}
    assert gaps(found(zipped(members))) == []
    picture = {"word/media/image1.png": b"\x89PNG"}
    assert gaps(found(zipped(members | picture))) == [("image_only", "")]
    said_beside = {
        "word/document.xml": f"<w:document {W}>{paragraph('Voir ci-dessous')}</w:document>"
    }
    assert gaps(found(zipped(members | picture | said_beside))) == []
    page = {"word/media/image1.png": b"\x89PNG" + bytes(50_000)}
    assert gaps(found(zipped(members | page | said_beside))) == [("image_only", "")]


def test_a_paragraph_over_several_chunks_is_read_whole() -> None:
    words = [f"mot{n}" for n in range(60_000)]
    text = said(found(docx(paragraph(" ".join(words)))))
    assert text == " ".join(words) + "\n"


def slide(text: str) -> str:
    return (
        f'<p:sld xmlns:p="p" {A}><p:sp><p:nvSpPr><p:cNvPr id="1" descr="Portrait"/></p:nvSpPr>'
        f"<p:txBody><a:p><a:r><a:t>{text[:5]}</a:t></a:r><a:r><a:t>{text[5:]}</a:t></a:r></a:p>"
        "</p:txBody></p:sp></p:sld>"
    )


def test_slides_are_read_in_their_order_with_notes_comments_and_layouts() -> None:
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/slides/slide10.xml": slide(PLANTED[1]),
            "ppt/slides/slide2.xml": slide(PLANTED[0]),
            "ppt/notesSlides/notesSlide2.xml": slide(PLANTED[2]),
            "ppt/comments/comment1.xml": f'<p:cmLst xmlns:p="p"><p:cm authorId="0"><p:text>'
            f"{PLANTED[3]}</p:text></p:cm></p:cmLst>",
            "ppt/commentAuthors.xml": '<p:cmAuthorLst xmlns:p="p"><p:cmAuthor '
            f'name="{PLANTED[4]}"/></p:cmAuthorLst>',
            "ppt/slideLayouts/slideLayout1.xml": slide(PLANTED[5]),
        }
    )
    items = found(data)
    assert not missing(said(items), (*PLANTED, "Portrait"))
    assert [each.place for each in items][:3] == ["diapositive 2", "diapositive 10", "notes 2"]


def test_the_cells_of_a_table_of_a_slide_stand_on_one_line() -> None:
    cells = "".join(
        f"<a:tc><a:txBody><a:p><a:r><a:t>{each}</a:t></a:r></a:p></a:txBody></a:tc>"
        for each in ("Né le", "01/04/1985")
    )
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/slides/slide1.xml": f'<p:sld xmlns:p="p" {A}><a:tbl><a:tr>{cells}</a:tr></a:tbl>'
            "</p:sld>",
        }
    )
    assert said(found(data)) == "Né le \t01/04/1985 \t\n"


def test_every_part_of_an_open_document_is_read() -> None:
    body = (
        f"<text:p>{PLANTED[0][:4]}<text:span>{PLANTED[0][4:]}</text:span></text:p>"
        f"<text:h>{PLANTED[1].replace(' ', '<text:s/>')}</text:h>"
        "<text:p>avant<office:annotation><dc:creator>Paul Feint</dc:creator>"
        f"<text:p>{PLANTED[2]}</text:p></office:annotation>après<text:line-break/>fin</text:p>"
        "<text:p><text:a xlink:href='mailto:lien@exemple.example' xmlns:xlink='x'>écrire"
        "</text:a></text:p>"
        f"<text:p>note<text:note><text:note-body><text:p>{PLANTED[3]}</text:p></text:note-body>"
        "</text:note></text:p>"
    )
    data = odf(
        "text",
        f"<office:body><office:text>{body}</office:text></office:body>",
        styles=f"<office:master-styles><text:p>{PLANTED[4]}</text:p></office:master-styles>",
        meta=f"<office:meta><dc:creator>{PLANTED[5]}</dc:creator></office:meta>",
    )
    items = found(data)
    assert not missing(
        said(items),
        (*PLANTED, "Paul Feint", "avantaprès\nfin\n", "écrire\nmailto:lien@exemple.example\n"),
    )
    assert not gaps(items)


def test_a_text_written_by_another_program_is_read() -> None:
    document = Document("text")
    document.body.append(Header(1, PLANTED[0]))
    for value in PLANTED[1:]:
        document.body.append(Paragraph(f"Voici : {value}"))
    out = io.BytesIO()
    document.save(out)
    items = found(out.getvalue())
    assert not missing(said(items))
    assert not gaps(items)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_a_part_in_another_encoding_is_read(encoding: str) -> None:
    said_first = f'<?xml version="1.0" encoding="{encoding}"?>'
    xml = f"{said_first}<w:document {W}>{paragraph('Né à Évry')}</w:document>"
    data = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml.encode(encoding)})
    assert said(found(data)) == "Né à Évry\n"


def test_a_strict_document_is_read_too() -> None:
    data = docx(paragraph("Né à Évry"))
    strict = W.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                       "http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {strict}>{paragraph('Né à Évry')}</w:document>",
        }
    )
    assert said(found(data)) == "Né à Évry\n"


def test_tags_written_in_unusual_ways_are_not_passed_over() -> None:
    body = (
        "<w-1.é:p\n><w-1.é:r><w-1.é:t\nxml:space='preserve'>06 39</w-1.é:t><w-1.é:t>"
        "<![CDATA[ 98 <&]]></w-1.é:t></w-1.é:r></w-1.é:p ><!-- <w-1.é:t>non</w-1.é:t> -->"
        '<w-1.é:p><w-1.é:t a="b>c">&#x31;2</w-1.é:t></w-1.é:p>'
    )
    root = f"<w-1.é:document {W.replace(':w', ':w-1.é')}>{body}</w-1.é:document>"
    text = said(found(zipped({"word/document.xml": root})))
    assert "06 39 98 <&\n" in text
    assert "12\n" in text
    assert "non" not in text
