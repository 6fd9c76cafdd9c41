"""The PDF: one typst template, the document as JSON, PDF/UA-1 and PDF/A-2a asked of typst."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from gouvernail.documents import blocks as b
from gouvernail.documents.clean import FONTS, printable

TEMPLATE = Path(__file__).parent / "templates" / "gouvernail.typ"
#: What typst checks as it writes: a missing title, alternative text or glyph is an error.
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
#: A longer label is given several lines instead of widening its column.
LONGEST_NARROW_LABEL = 18
#: A table within both limits is not cut between two pages: it is at most a quarter of one.
WHOLE_ROWS, WHOLE_SIGNS = 5, 800


def pdf(document: b.Document) -> bytes:
    """Return the document as a tagged PDF.

    The same document gives the same bytes: the only date in it is the document's own.
    """
    import typst

    made_on = datetime(
        document.made_on.year, document.made_on.month, document.made_on.day, tzinfo=UTC
    )
    return bytes(
        typst.compile(
            TEMPLATE,
            root=TEMPLATE.parent,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(as_data(document), ensure_ascii=False)},
            pdf_standards=[*STANDARDS],
            timestamp=made_on,
        )
    )


def as_data(document: b.Document) -> dict[str, Any]:
    """Return the document as the JSON the template reads, every text made printable."""
    return {
        "title": printable(document.title),
        "short_title": printable(_short(document.title)),
        "subtitle": printable(document.subtitle),
        "kicker": printable(document.kicker),
        "language": document.language,
        "authority": printable(document.authority),
        "short_authority": printable(_short(document.authority, 50)),
        "cover": document.cover,
        "paper": document.paper,
        "contents_title": printable(document.contents_title),
        "footer": printable(document.footer),
        "facts": [{"label": printable(k), "value": printable(v)} for k, v in document.facts],
        "blocks": _blocks(document.blocks),
    }


#: What a paragraph introduces, and must not be parted from.
_INTRODUCED = (b.Table, b.BarsChart, b.GanttChart, b.StacksChart, b.Bullets)


def _blocks(blocks: tuple[b.Block, ...]) -> list[dict[str, Any]]:
    """Return the blocks; a paragraph stays on the page of what it introduces or what is signed.

    The first paragraph of a passage also stays with the second, the last but one with the last: a
    page neither ends nor begins with one of them alone.
    """
    data = [_block(block) for block in blocks]
    signed = False
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if isinstance(block, b.Paragraph):
            before, after, then = (_at(blocks, at + step) for step in (-1, 1, 2))
            edge = not (isinstance(before, b.Paragraph) and isinstance(then, b.Paragraph))
            alone = edge and isinstance(after, b.Paragraph)
            data[at]["sticky"] = signed or alone or isinstance(after, _INTRODUCED)
        else:
            signed = isinstance(block, b.SignatureBlock)
    return data


def _at(blocks: tuple[b.Block, ...], at: int) -> b.Block | None:
    return blocks[at] if 0 <= at < len(blocks) else None


def _short(title: str, length: int = 70) -> str:
    """Return the title, cut at a word for the head of the pages."""
    return title if len(title) <= length else title[:length].rsplit(" ", 1)[0] + "…"


def _content(parts: b.Content) -> list[dict[str, str]]:
    data = []
    for part in parts:
        if isinstance(part, str):
            data.append({"k": "plain", "s": printable(part)})
        elif isinstance(part, b.Blank):
            data.append({"k": "blank", "s": printable(part.label)})
        elif part.url:
            data.append({"k": "link", "s": printable(part.text), "u": part.url})
        else:
            data.append({"k": part.style, "s": printable(part.text)})
    return data


def _block(block: b.Block) -> dict[str, Any]:
    """Return one block as data; `t` names the function of the template that draws it."""
    match block:
        case b.Heading():
            return {
                "t": "heading",
                "level": block.level,
                "text": printable(block.text),
                "new_page": block.new_page,
            }
        case b.Paragraph():
            return {"t": "paragraph", "role": block.role, "content": _content(block.content)}
        case b.Bullets():
            return {"t": "bullets", "items": [_content(i) for i in block.items]}
        case b.Numbered():
            return {"t": "numbered", "items": [_content(i) for i in block.items]}
        case b.Table():
            return _table(block)
        case b.Callout():
            return {
                "t": "callout",
                "tone": block.tone,
                "label": printable(block.label),
                "content": _content(block.content),
            }
        case b.KeyFigures():
            figures = [
                {"value": printable(f.value), "label": printable(f.label)} for f in block.figures
            ]
            return {"t": "key_figures", "figures": figures}
        case b.DatesList():
            items = [
                {"day": printable(day), "content": _content(what), "detail": _content(more)}
                for day, what, more in block.items
            ]
            return {"t": "dates", "items": items}
        case b.PageBreak():
            return {"t": "page_break"}
        case b.SignatureBlock():
            return {
                "t": "signatures",
                "place": printable(block.place),
                "labels": [printable(label) for label in block.labels],
            }
        case _:
            return _chart(block)


def _fits(table: b.Table) -> bool:
    """Return whether the table is short enough to be kept on one page."""
    signs = sum(len(b.plain(cell)) for row in table.rows for cell in row)
    return len(table.rows) <= WHOLE_ROWS and signs <= WHOLE_SIGNS


def _share(column: b.Column) -> float | None:
    """Return the share of a column, or None for one as wide as what it holds."""
    narrow = column.kind != "text" and len(column.label) <= LONGEST_NARROW_LABEL
    return None if narrow else column.share


def _table(table: b.Table) -> dict[str, Any]:
    return {
        "t": "table",
        "caption": printable(table.caption),
        "total": table.total,
        "whole": _fits(table),
        "columns": [
            {"label": printable(c.label), "kind": c.kind, "share": _share(c)} for c in table.columns
        ],
        "rows": [[_content(cell) for cell in row] for row in table.rows],
    }


def _chart(chart: b.Chart) -> dict[str, Any]:
    common = {"title": printable(chart.title), "alt": printable(chart.alt)}
    match chart:
        case b.BarsChart():
            bars = [
                {
                    "label": printable(x.label),
                    "value": min(max(x.value, 0.0), 1.0),
                    "text": printable(x.text),
                    "tone": x.tone,
                }
                for x in chart.bars
            ]
            return {"t": "bars", **common, "bars": bars}
        case b.GanttChart():
            return {"t": "gantt", **common, **_gantt(chart)}
        case b.StacksChart():
            return {"t": "stacks", **common, **_stacks(chart)}


def _gantt(chart: b.GanttChart) -> dict[str, Any]:
    days = max((chart.end - chart.start).days, 1)

    def place(day: date) -> float:
        return min(max((day - chart.start).days / days, 0.0), 1.0)

    lines = [
        {
            "label": printable(line.label),
            "bars": [
                {"x": place(x.start), "w": place(x.end) - place(x.start), "tone": x.tone}
                for x in line.bars
            ],
            "marks": [place(mark) for mark in line.marks],
        }
        for line in chart.lines
    ]
    return {
        "ticks": [{"x": place(day), "label": printable(name)} for day, name in chart.ticks],
        "lines": lines,
        "legend": [{"tone": tone, "label": printable(label)} for tone, label in chart.legend],
        "mark_label": printable(chart.mark_label),
    }


def _stacks(chart: b.StacksChart) -> dict[str, Any]:
    top = max([s.limit or 0.0 for s in chart.stacks] + [sum(s.parts) for s in chart.stacks] + [1.0])
    stacks = []
    for stack in chart.stacks:
        left, parts = 0.0, []
        for part in stack.parts:
            parts.append({"x": left / top, "w": part / top})
            left += part
        stacks.append(
            {
                "label": printable(stack.label),
                "parts": parts,
                "limit": None if stack.limit is None else stack.limit / top,
                "text": printable(stack.text),
            }
        )
    return {
        "parts": [printable(p) for p in chart.parts],
        "stacks": stacks,
        "limit_label": printable(chart.limit_label),
    }
