"""ODT and DOCX: the same document as a pandoc tree, written by pandoc as a separate program.

pandoc runs with `--sandbox`: it reads the tree on its input and the reference document named on its
command line, nothing else. Charts leave as their data tables. The reference document carries the
look: an authority may give its own, with its letterhead.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import tempfile
import zipfile
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Literal

from gouvernail.documents import blocks as b
from gouvernail.documents.clean import readable

Format = Literal["odt", "docx"]
_Changes = tuple[tuple[re.Pattern[str], str], ...]
TEMPLATES = Path(__file__).parent / "templates"
#: A document of a hundred pages takes two seconds; a minute means something is wrong.
TIME_LIMIT = 60
_API = [1, 23, 1]
#: Start of the name of each section, for the links of the contents.
_SECTION = "section-"
_NO_ATTR: list[Any] = ["", [], []]
_ALIGN = {"number": "AlignRight", "text": "AlignLeft", "date": "AlignLeft", "mark": "AlignLeft"}
_RAW_BREAK = {
    "odt": ("opendocument", '<text:p text:style-name="PageBreak" />'),
    "docx": ("openxml", '<w:p><w:r><w:br w:type="page" /></w:r></w:p>'),
}
#: pandoc writes the look of ODT cells in the document itself, where no reference document can
#: change it: (what it writes, what we put in its place). Rows are kept whole on a page.
_ODT_TABLES = (
    (
        re.compile(r'(<style:style style:name="TableHeaderRowCell"[^>]*>\s*)<style:[^>]*/>'),
        r'\1<style:table-cell-properties fo:border="none" fo:border-bottom="1pt solid #10263a" '
        r'fo:background-color="#f2efe8" fo:padding="0.12cm" />',
    ),
    (
        re.compile(r'(<style:style style:name="TableRowCell"[^>]*>\s*)<style:[^>]*/>'),
        r'\1<style:table-cell-properties fo:border="none" '
        r'fo:border-bottom="0.5pt solid #dfdbd1" fo:padding="0.12cm" />',
    ),
    (
        re.compile("</office:automatic-styles>"),
        '<style:style style:name="WholeRow" style:family="table-row">'
        '<style:table-row-properties fo:keep-together="always" /></style:style>'
        "</office:automatic-styles>",
    ),
    (re.compile("<table:table-row>"), '<table:table-row table:style-name="WholeRow">'),
)
_DOCX_TABLES = (
    (re.compile("<w:tr><w:tc>"), "<w:tr><w:trPr><w:cantSplit /></w:trPr><w:tc>"),
    (re.compile('<w:tblHeader w:val="on" />'), '<w:cantSplit /><w:tblHeader w:val="on" />'),
)


class PandocError(RuntimeError):
    """pandoc could not write the document; the message is its own."""


def odt(document: b.Document, *, reference: Path | None = None) -> bytes:
    """Return the document for LibreOffice; `reference` replaces the shipped look."""
    written = _run(document, "odt", reference or TEMPLATES / "reference.odt")
    return _rewritten(written, "content.xml", _ODT_TABLES)


def docx(document: b.Document, *, reference: Path | None = None) -> bytes:
    """Return the document for Word; `reference` replaces the shipped look."""
    written = _run(document, "docx", reference or TEMPLATES / "reference.docx")
    return _rewritten(written, "word/document.xml", _DOCX_TABLES)


def _run(document: b.Document, to: Format, reference: Path) -> bytes:
    import pypandoc

    with tempfile.TemporaryDirectory(prefix="gouvernail-") as folder:
        target = Path(folder) / f"document.{to}"
        command = [
            pypandoc.get_pandoc_path(),
            "--sandbox",
            "--from=json",
            f"--to={to}",
            f"--reference-doc={reference.resolve()}",
            f"--output={target}",
        ]
        source = json.dumps(as_tree(document, to), ensure_ascii=False).encode()
        # pandoc dates what it writes: by the document, so that the same plan gives the same file.
        made_on = datetime.combine(document.made_on, time(), tzinfo=UTC)
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(made_on.timestamp()))}
        done = subprocess.run(  # noqa: S603  the program and its options are ours
            command,
            input=source,
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
            cwd=folder,
            env=environment,
        )
        if done.returncode != 0 or not target.exists():
            raise PandocError(done.stderr.decode(errors="replace").strip()[:2000])
        return target.read_bytes()


def _rewritten(written: bytes, part: str, changes: _Changes) -> bytes:
    """Return the archive with one part changed; its parts keep their order."""
    source, target = zipfile.ZipFile(io.BytesIO(written)), io.BytesIO()
    with source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == part:
                text = data.decode()
                for old, new in changes:
                    text = old.sub(new, text)
                data = text.encode()
            out.writestr(info, data, compress_type=info.compress_type)
    return target.getvalue()


def as_tree(document: b.Document, to: Format) -> dict[str, Any]:
    """Return the document as pandoc's own JSON tree."""
    blocks = [_styled("Kicker", [_para([document.kicker])])] if document.kicker else []
    blocks += [
        _styled("Facts", [_para([f"{label} ", b.strong(value)])]) for label, value in document.facts
    ]
    if document.cover:
        blocks.extend(_contents(document))
    for at, block in enumerate(document.blocks):
        blocks.extend(_block(block, to, f"{_SECTION}{at}"))
    blocks.append(_styled("Facts", [_para([document.footer])]))
    meta = {
        "title": _meta(document.title),
        "subtitle": _meta(document.subtitle),
        "lang": _meta("fr-FR" if document.language == "fr" else "en-GB"),
        "description": _meta(document.footer),
    }
    return {"pandoc-api-version": _API, "meta": meta, "blocks": blocks}


def _contents(document: b.Document) -> list[dict[str, Any]]:
    """Return the contents as links to the sections.

    pandoc's own table of contents stays empty until the reader asks for an update.
    """
    links = [
        [_target(block.text, f"#{_SECTION}{at}")]
        for at, block in enumerate(document.blocks)
        if isinstance(block, b.Heading) and block.level == 1
    ]
    title = _styled("Contents", [_para([document.contents_title])])
    return [title, {"t": "BulletList", "c": links}]


def _target(text: str, place: str) -> dict[str, Any]:
    return {"t": "Plain", "c": [{"t": "Link", "c": [_NO_ATTR, _words(text), [place, ""]]}]}


def _meta(text: str) -> dict[str, Any]:
    return {"t": "MetaInlines", "c": _words(text)}


def _words(text: str) -> list[dict[str, Any]]:
    """Return a text as words and spaces: pandoc never reads it as markup."""
    inlines: list[dict[str, Any]] = []
    for number, word in enumerate(readable(text).split(" ")):
        if number:
            inlines.append({"t": "Space"})
        if word:
            inlines.append({"t": "Str", "c": word})
    return inlines


def _inline(part: b.Inline) -> list[dict[str, Any]]:
    if isinstance(part, str):
        return _words(part)
    if isinstance(part, b.Blank):
        attributes = ["", [], [["custom-style", "Blank"]]]
        return [{"t": "Span", "c": [attributes, _words(part.label + " ……………")]}]
    words = _words(part.text)
    if part.url:
        return [{"t": "Link", "c": [_NO_ATTR, words, [part.url, ""]]}]
    if part.style == "plain":
        return words
    return [{"t": "Strong" if part.style == "strong" else "Emph", "c": words}]


def _inlines(parts: b.Content | list[b.Inline]) -> list[dict[str, Any]]:
    return [inline for part in parts for inline in _inline(part)]


def _para(parts: b.Content | list[b.Inline]) -> dict[str, Any]:
    return {"t": "Para", "c": _inlines(parts)}


def _plain(parts: b.Content) -> dict[str, Any]:
    return {"t": "Plain", "c": _inlines(parts)}


def _styled(style: str, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], blocks]}


def _block(block: b.Block, to: Format, place: str) -> list[dict[str, Any]]:
    match block:
        case b.Heading():
            heading = {"t": "Header", "c": [block.level, [place, [], []], _words(block.text)]}
            return [*_break(to), heading] if block.new_page and block.level == 1 else [heading]
        case b.Paragraph(role="text"):
            return [_para(block.content)]
        case b.Paragraph():
            return [_styled("Lead" if block.role == "lead" else "Small", [_para(block.content)])]
        case b.Bullets():
            return [{"t": "BulletList", "c": [[_para(item)] for item in block.items]}]
        case b.Numbered():
            start = [1, {"t": "Decimal"}, {"t": "Period"}]
            return [{"t": "OrderedList", "c": [start, [[_para(item)] for item in block.items]]}]
        case b.Table():
            return [_table(block)]
        case b.Callout():
            style = f"Callout {block.tone}"
            return [_styled(style, [_para([b.strong(block.label), " ", *block.content])])]
        case b.KeyFigures():
            items = [(b.strong(f.value), f" {f.label}") for f in block.figures]
            return [{"t": "BulletList", "c": [[_para(item)] for item in items]}]
        case b.DatesList():
            return [_dates(block)]
        case b.PageBreak():
            return _break(to)
        case b.SignatureBlock():
            places = [_para([f"{label} : ……………………………………"]) for label in block.labels]
            return [_para([block.place]), *places]
        case _:
            return [_table(block.as_table())]


def _break(to: Format) -> list[dict[str, Any]]:
    form, raw = _RAW_BREAK[to]
    return [{"t": "RawBlock", "c": [form, raw]}]


def _dates(block: b.DatesList) -> dict[str, Any]:
    items = []
    for day, what, more in block.items:
        body = b.content(b.strong(day), " : ", what, f" ({b.plain(more)})" if more else "")
        items.append([_para(body)])
    return {"t": "BulletList", "c": items}


def _shares(table: b.Table) -> list[float]:
    """Return the width of each column as a share of the line.

    Numbers and dates take what their longest text needs, within bounds; texts share the rest.
    """
    fixed = []
    for at, column in enumerate(table.columns):
        if column.kind == "text":
            fixed.append(0.0)
            continue
        longest = max([len(b.plain(row[at])) for row in table.rows] + [len(column.label)])
        # A label is bold and must hold on one line when it is a single word.
        word = max(len(part) for part in column.label.split(" "))
        fixed.append(min(max(longest * 0.0125, word * 0.017 + 0.02, 0.08), 0.2))
    texts = sum(c.share for c in table.columns if c.kind == "text")
    left = max(1.0 - sum(fixed), 0.3)
    raw = [
        width or left * column.share / texts
        for width, column in zip(fixed, table.columns, strict=True)
    ]
    return [share / sum(raw) for share in raw]


def _table(table: b.Table) -> dict[str, Any]:
    columns = [
        [{"t": _ALIGN[column.kind]}, {"t": "ColWidth", "c": share}]
        for column, share in zip(table.columns, _shares(table), strict=True)
    ]
    header = [_cell((b.strong(column.label),)) for column in table.columns]
    last = len(table.rows) - 1
    rows = []
    for at, row in enumerate(table.rows):
        if table.total and at == last:
            row = tuple(b.content(b.strong(b.plain(cell))) for cell in row)
        rows.append([_NO_ATTR, [_cell(cell) for cell in row]])
    caption = [None, [_plain((table.caption,))]]
    return {
        "t": "Table",
        "c": [
            _NO_ATTR,
            caption,
            columns,
            [_NO_ATTR, [[_NO_ATTR, header]]],
            [[_NO_ATTR, 0, [], rows]],
            [_NO_ATTR, []],
        ],
    }


def _cell(parts: b.Content) -> list[Any]:
    return [_NO_ATTR, {"t": "AlignDefault"}, 1, 1, [_plain(parts)]]
