"""Write the reference documents pandoc takes its styles from.

Usage: python bin/document_references.py
They are pandoc's own defaults, with our styles, A4 pages and page numbers. The result is committed;
an authority replaces them by its letterhead.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pypandoc

TEMPLATES = Path(__file__).resolve().parent.parent / "src/gouvernail/documents/templates"
#: Present everywhere, or replaced by a face of the same widths (Liberation Sans).
FACE = "Arial"
INK, INK_2, CAP, COPPER, OCHRE = "10263A", "48586A", "0B5A66", "9C4208", "76500A"
TONES = {
    "note": ("E3EFF0", CAP),
    "good": ("E3F1E8", "1B6641"),
    "wait": ("FBF0D5", OCHRE),
    "stop": ("FAE8E6", "9E232D"),
}
#: style: (size in points, colour, bold, space before, space after, keep with next)
PARAGRAPHS = {
    "Title": (24, INK, True, 6, 4, False),
    "Subtitle": (13, INK_2, False, 0, 10, False),
    "Heading 1": (16, INK, True, 18, 6, True),
    "Heading 2": (13, INK, True, 14, 4, True),
    "Heading 3": (11, INK, True, 10, 3, True),
    "Kicker": (11, COPPER, True, 0, 0, False),
    "Contents": (13, INK, True, 18, 4, True),
    "Facts": (9, INK_2, False, 0, 0, False),
    "Lead": (12, INK, False, 0, 8, False),
    "Small": (9, INK_2, False, 2, 8, False),
    "Table Caption": (9.5, INK, True, 10, 3, True),
}


def default(name: str) -> dict[str, bytes]:
    """Return the parts of one of pandoc's reference documents."""
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", name]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    with zipfile.ZipFile(io.BytesIO(raw)) as source:
        return {info.filename: source.read(info) for info in source.infolist()}


def write(name: str, parts: dict[str, bytes]) -> None:
    """Write the parts, with a fixed date: the same run gives the same file."""
    with zipfile.ZipFile(TEMPLATES / name, "w", zipfile.ZIP_DEFLATED) as target:
        for path, data in parts.items():
            info = zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0))
            stored = path == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(info, data)


# DOCX ------------------------------------------------------------------------------------------


def docx_style(name: str, look: str, *, kind: str = "paragraph", based: str = "Normal") -> str:
    """Return one style of Word."""
    code = name.replace(" ", "")
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{code}"><w:name w:val="{name}"/>'
        f"{base}<w:qFormat/>{look}</w:style>"
    )


def docx_paragraph(name: str) -> str:
    """Return a paragraph style of the list above."""
    size, colour, bold, before, after, keep = PARAGRAPHS[name]
    outline = f'<w:outlineLvl w:val="{int(name[-1]) - 1}"/>' if name.startswith("Heading") else ""
    border = (
        f'<w:pBdr><w:top w:val="single" w:sz="12" w:space="5" w:color="{INK}"/></w:pBdr>'
        if name == "Heading 1"
        else ""
    )
    look = (
        f"<w:pPr>{'<w:keepNext/>' if keep else ''}{border}"
        f'<w:spacing w:before="{before * 20}" w:after="{after * 20}"/>{outline}</w:pPr>'
        f'<w:rPr>{"<w:b/><w:bCs/>" if bold else ""}<w:color w:val="{colour}"/>'
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
    )
    word = "heading " + name[-1] if name.startswith("Heading") else name
    text = docx_style(name, look).replace(f'<w:name w:val="{name}"/>', f'<w:name w:val="{word}"/>')
    return (
        text
        if name in {"Kicker", "Contents", "Facts", "Lead", "Small"}
        else text.replace(' w:customStyle="1"', "")
    )


def docx_added() -> dict[str, str]:
    """Return every style of ours, by its identifier."""
    found = {name.replace(" ", ""): docx_paragraph(name) for name in PARAGRAPHS}
    for tone, (fill, line) in TONES.items():
        look = (
            f'<w:pPr><w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{line}"/>'
            "</w:pBdr>"
            f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
            '<w:spacing w:before="160" w:after="160"/></w:pPr>'
        )
        found[f"Callout{tone}"] = docx_style(f"Callout {tone}", look)
    found["Blank"] = docx_style(
        "Blank",
        f'<w:rPr><w:color w:val="{OCHRE}"/>'
        '<w:shd w:val="clear" w:color="auto" w:fill="FBF0D5"/></w:rPr>',
        kind="character",
        based="DefaultParagraphFont",
    )
    for name in ("Body Text", "First Paragraph"):
        look = '<w:pPr><w:spacing w:before="0" w:after="100"/></w:pPr>'
        found[name.replace(" ", "")] = docx_style(name, look)
    found["Compact"] = docx_style(
        "Compact",
        '<w:pPr><w:spacing w:before="30" w:after="30"/></w:pPr>'
        '<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>',
    )
    found["Table"] = (
        '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/>'
        "<w:qFormat/>"
        '<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="DFDBD1"/>'
        '<w:insideH w:val="single" w:sz="4" w:color="DFDBD1"/></w:tblBorders><w:tblCellMar>'
        '<w:top w:w="20" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:color="{INK}"/></w:tcBorders>'
        '<w:shd w:val="clear" w:color="auto" w:fill="F2EFE8"/></w:tcPr></w:tblStylePr></w:style>'
    )
    return found


DOCX_DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:eastAsia="{FACE}" w:cs="{FACE}"/>'
    f'<w:color w:val="{INK}"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
    '<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr>'
    "</w:pPrDefault></w:docDefaults>"
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
DOCX_FOOTER = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:ftr {W}><w:p><w:pPr><w:jc w:val="right"/></w:pPr>'
    '<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:rPr><w:sz w:val="16"/></w:rPr>'
    '<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)
DOCX_SECTION = (
    f'<w:sectPr {R}><w:footerReference w:type="default" r:id="rIdFooter"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1247" w:right="1134" w:bottom="1247" '
    'w:left="1134" w:header="709" w:footer="567" w:gutter="0"/></w:sectPr>'
)


def make_docx() -> None:
    """Write reference.docx."""
    parts = default("reference.docx")
    styles = parts["word/styles.xml"].decode()
    styles = re.sub(r"<w:docDefaults>.*?</w:docDefaults>", DOCX_DEFAULTS, styles, flags=re.S)
    added = docx_added()
    for code in added:
        styles = re.sub(
            rf'<w:style [^>]*w:styleId="{code}"[^>]*>.*?</w:style>', "", styles, flags=re.S
        )
    styles = styles.replace("</w:styles>", "".join(added.values()) + "</w:styles>")
    parts["word/styles.xml"] = styles.encode()
    document = parts["word/document.xml"].decode()
    document = re.sub(r"<w:sectPr\s*/>|<w:sectPr.*?</w:sectPr>", "", document, flags=re.S)
    parts["word/document.xml"] = document.replace("</w:body>", DOCX_SECTION + "</w:body>").encode()
    parts["word/footer1.xml"] = DOCX_FOOTER.encode()
    kinds = parts["[Content_Types].xml"].decode()
    parts["[Content_Types].xml"] = kinds.replace(
        "</Types>",
        '<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.footer+xml"/></Types>',
    ).encode()
    links = parts["word/_rels/document.xml.rels"].decode()
    parts["word/_rels/document.xml.rels"] = links.replace(
        "</Relationships>",
        '<Relationship Id="rIdFooter" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footer" Target="footer1.xml"/></Relationships>',
    ).encode()
    write("reference.docx", parts)


# ODT -------------------------------------------------------------------------------------------


def odt_paragraph(name: str) -> str:
    """Return a paragraph style of the list above."""
    size, colour, bold, before, after, keep = PARAGRAPHS[name]
    code = {"Table Caption": "TableCaption"}.get(name, name.replace(" ", "_20_"))
    outline = f' style:default-outline-level="{name[-1]}"' if name.startswith("Heading") else ""
    border = ' fo:border-top="1.2pt solid #10263a" fo:padding-top="0.15cm"' * (name == "Heading 1")
    return (
        f'<style:style style:name="{code}" style:display-name="{name}" style:family="paragraph" '
        f'style:parent-style-name="Standard" style:next-style-name="Text_20_body"{outline}>'
        f'<style:paragraph-properties fo:margin-top="{before}pt" fo:margin-bottom="{after}pt"'
        f"{' fo:keep-with-next=' + chr(34) + 'always' + chr(34) if keep else ''}{border}/>"
        f'<style:text-properties fo:font-family="{FACE}" style:font-name="{FACE}" '
        f'fo:font-size="{size}pt" fo:color="#{colour}" '
        f'fo:font-weight="{"bold" if bold else "normal"}" fo:font-style="normal"/></style:style>'
    )


def odt_simple(name: str, paragraph: str, text: str, parent: str = "Standard") -> str:
    """Return a paragraph style from its properties."""
    code = name.replace(" ", "_20_")
    return (
        f'<style:style style:name="{code}" style:display-name="{name}" style:family="paragraph" '
        f'style:parent-style-name="{parent}"><style:paragraph-properties {paragraph}/>'
        f'<style:text-properties fo:font-family="{FACE}" style:font-name="{FACE}" {text}/>'
        "</style:style>"
    )


def odt_added() -> dict[str, str]:
    """Return every style of ours, by its internal name."""
    body = f'fo:font-size="10pt" fo:color="#{INK}"'
    found = {
        {"Table Caption": "TableCaption"}.get(n, n.replace(" ", "_20_")): odt_paragraph(n)
        for n in PARAGRAPHS
    }
    space = 'fo:margin-top="0pt" fo:margin-bottom="6pt" fo:line-height="120%"'
    found["Text_20_body"] = odt_simple("Text body", space, body)
    found["First_20_paragraph"] = odt_simple("First paragraph", space, body)
    for tone, (fill, line) in TONES.items():
        look = (
            f'fo:margin-top="8pt" fo:margin-bottom="8pt" fo:background-color="#{fill}" '
            f'fo:border-left="3pt solid #{line}" fo:padding="0.2cm"'
        )
        found[f"Callout_20_{tone}"] = odt_simple(f"Callout {tone}", look, body)
    cell = 'fo:margin-top="0pt" fo:margin-bottom="0pt"'
    small = f'fo:font-size="9pt" fo:color="#{INK}"'
    found["Table_20_Contents"] = odt_simple("Table Contents", cell, small)
    found["Table_20_Heading"] = odt_simple("Table Heading", cell, small + ' fo:font-weight="bold"')
    found["PageBreak"] = odt_simple(
        "PageBreak", 'fo:break-before="page" fo:margin-bottom="0pt"', 'fo:font-size="1pt"'
    )
    found["Footer"] = odt_simple(
        "Footer", 'fo:text-align="end"', f'fo:font-size="8pt" fo:color="#{INK_2}"'
    )
    found["Blank"] = (
        '<style:style style:name="Blank" style:family="text"><style:text-properties '
        f'fo:color="#{OCHRE}" fo:background-color="#FBF0D5"/></style:style>'
    )
    return found


ODT_PAGE = (
    '<style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
    'style:print-orientation="portrait" fo:margin-top="2.2cm" fo:margin-bottom="1.8cm" '
    'fo:margin-left="2cm" fo:margin-right="2cm"/><style:header-style/><style:footer-style>'
    '<style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.3cm"/>'
    "</style:footer-style>"
)
ODT_FOOTER = (
    '<style:footer><text:p text:style-name="Footer"><text:page-number '
    'text:select-page="current">1</text:page-number></text:p></style:footer>'
)


def make_odt() -> None:
    """Write reference.odt."""
    parts = default("reference.odt")
    styles = parts["styles.xml"].decode()
    added = odt_added()
    for code in added:
        styles = re.sub(
            rf'<style:style [^>]*style:name="{code}"[^>]*?(/>|>.*?</style:style>)',
            "",
            styles,
            count=1,
            flags=re.S,
        )
    styles = styles.replace("</office:styles>", "".join(added.values()) + "</office:styles>")
    face = (
        f'<style:font-face style:name="{FACE}" svg:font-family="{FACE}" '
        'style:font-family-generic="swiss"/>'
    )
    if f'style:name="{FACE}"' not in styles.split("</office:font-face-decls>")[0]:
        styles = styles.replace("</office:font-face-decls>", face + "</office:font-face-decls>")
    styles = re.sub(
        r"(<style:page-layout [^>]*>).*?(</style:page-layout>)",
        lambda m: m.group(1) + ODT_PAGE + m.group(2),
        styles,
        flags=re.S,
    )
    styles = re.sub(
        r"<style:master-page ([^>]*?)(/>|>.*?</style:master-page>)",
        lambda m: f"<style:master-page {m.group(1)}>{ODT_FOOTER}</style:master-page>",
        styles,
        flags=re.S,
    )
    parts["styles.xml"] = styles.encode()
    write("reference.odt", parts)


if __name__ == "__main__":
    make_docx()
    make_odt()
