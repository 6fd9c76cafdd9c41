"""What people type is printed, never run, whatever the format."""

import io

import pytest
from python_calamine import CalamineWorkbook

from documents.reading import pages_of, read_docx, read_odt
from gouvernail.documents import roadmap_document
from gouvernail.documents.clean import drawable, printable, readable
from gouvernail.documents.pandoc_out import docx, odt
from gouvernail.documents.plan_workbook import ods, xlsx
from gouvernail.documents.typst_out import as_data, pdf

HOSTILE = [
    '#eval("1+1") #read("/etc/passwd") $x$ @ref <label> *gras* _it_ `code` \\ // fin',
    "=1+1",
    "<script>alert(1)</script> &amp; ]]>",
    "{{ variable }} {% bloc %} ![img](file:///etc/passwd) [^1] ```{=openxml}",
    "Repas 🍝 à l’école 👩‍🍳",
    "شؤون اجتماعية et עברית",
    "a\u202egnp.exe",
    "tabulation\tet\x00 contrôle\x07\nligne",
]


@pytest.fixture
def hostile_plan(plan):
    case = plan["cases"][1]
    case["title"] = HOSTILE[0]
    case["summary"] = " ".join(HOSTILE)
    case["problem"] = "x" * 5000
    case["today"] = "mot " * 1250
    case["elu"], case["director"] = HOSTILE[1], HOSTILE[2]
    case["tasks_lifted"] = HOSTILE
    plan["authority"]["name"] = "Ville 🎉 #import"
    plan["existing_uses"][0]["name"] = HOSTILE[1]
    plan["existing_uses"][0]["tool"] = HOSTILE[3]
    return plan


def test_a_pdf_prints_markup_as_it_was_typed(hostile_plan):
    text = " ".join(pages_of(pdf(roadmap_document(hostile_plan))))
    assert '#eval("1+1")' in text
    assert "root:" not in text
    assert "<script>alert(1)</script>" in text
    assert "=1+1" in text
    assert text.count("x") >= 5000
    assert "Repas □" in text


@pytest.mark.parametrize(("write", "read"), [(odt, read_odt), (docx, read_docx)])
def test_office_documents_print_markup_as_it_was_typed(hostile_plan, write, read):
    found = read(write(roadmap_document(hostile_plan)))
    assert '#eval("1+1") #read("/etc/passwd") $x$ @ref <label> *gras* _it_ `code`' in found.text
    assert "<script>alert(1)</script> &amp; ]]>" in found.text
    assert "![img](file:///etc/passwd)" in found.text
    assert "x" * 5000 in found.text
    assert "🍝" in found.text
    assert "\u202e" not in found.text


@pytest.mark.parametrize("write", [ods, xlsx])
def test_no_text_of_a_workbook_is_a_formula(hostile_plan, write):
    data = write(hostile_plan)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    cells = [
        c for n in book.sheet_names for row in book.get_sheet_by_name(n).to_python() for c in row
    ]
    assert "=1+1" in cells
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                content = archive.read(name)
                assert b"<f>" not in content
                assert b"table:formula" not in content


def test_every_text_sent_to_the_pdf_can_be_drawn(hostile_plan):
    def texts(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for key, item in value.items():
                if key not in {"t", "u", "k", "kind", "role", "tone", "language"}:
                    yield from texts(item)
        elif isinstance(value, list):
            for item in value:
                yield from texts(item)

    signs = {sign for text in texts(as_data(roadmap_document(hostile_plan))) for sign in text}
    assert not {sign for sign in signs if sign != "\u200b" and not drawable(sign)}


def test_a_link_that_is_not_one_is_printed_without_being_linked(plan):
    source = plan["cases"][1]["obligations"]["findings"][0]["sources"][0]
    source["url"] = "javascript:alert(1)"
    plan["cases"][1]["obligations"]["findings"][0]["reasons"] = []
    data = pdf(roadmap_document(plan))
    assert b"javascript" not in data
    assert "javascript" not in read_odt(odt(roadmap_document(plan))).text


def test_printable_keeps_french_arabic_and_hebrew():
    for text in ("œuvre à 10\u202f000 € → ≥ 3", "עברית", "شؤون"):
        assert printable(text) == text


def test_readable_removes_what_hides_the_order_of_the_text():
    assert readable("a\u202eb\x00c\nd") == "abc d"
