"""What a document is made of, whatever the format it leaves in.

A document is a tree of plain values: the writers (typst, pandoc) read it and know nothing of the
plan; the builders (roadmap, case sheet, report) write it and know nothing of the formats.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Style = Literal["plain", "strong", "emphasis"]
Kind = Literal["text", "number", "date", "mark"]
Tone = Literal["note", "good", "wait", "stop"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style, possibly a link."""

    text: str
    style: Style = "plain"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """A fact nobody has given yet: printed as a visible space to fill, never guessed."""

    label: str


Inline = str | Span | Blank
Content = tuple[Inline, ...]


def content(*parts: Inline | Iterable[Inline] | None) -> Content:
    """Return the parts as one content; None and empty strings are left out.

    >>> content("a", None, ["b", Span("c", "strong")])
    ('a', 'b', Span(text='c', style='strong', url=None))
    """
    found: list[Inline] = []
    for part in parts:
        if part is None or part == "":
            continue
        if isinstance(part, str | Span | Blank):
            found.append(part)
        else:
            found.extend(p for p in part if p != "")
    return tuple(found)


def strong(text: str) -> Span:
    """Return the text in bold."""
    return Span(text, "strong")


def emphasis(text: str) -> Span:
    """Return the text in italics."""
    return Span(text, "emphasis")


def link(text: str, url: str | None) -> Span:
    """Return a link; an address that is not http(s) or mailto is printed, not linked."""
    safe = url if url and url.startswith(("https://", "http://", "mailto:")) else None
    return Span(text, url=safe)


def plain(parts: Content) -> str:
    """Return the text of a content, without its styles."""
    return "".join(
        p if isinstance(p, str) else p.label if isinstance(p, Blank) else p.text for p in parts
    )


@dataclass(frozen=True, slots=True)
class Heading:
    """A title in the text; levels never skip (checked when the document is made)."""

    level: int
    text: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `small` for notes and sources, `lead` for the sentence that opens a section."""

    content: Content
    role: Literal["text", "lead", "small"] = "text"


@dataclass(frozen=True, slots=True)
class Bullets:
    """An unordered list."""

    items: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """An ordered list."""

    items: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its label, what it holds (numbers and dates are aligned right), its share."""

    label: str
    kind: Kind = "text"
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row, repeated on each page; `total` sets the last row apart."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Content, ...], ...]
    total: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"{self.caption}: {len(row)} cells for {len(self.columns)} columns"
                )


@dataclass(frozen=True, slots=True)
class Callout:
    """A framed passage: its tone is said in words by `label`, never by the colour alone."""

    tone: Tone
    label: str
    content: Content


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure and the words that make it a sentence."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A row of three or four figures."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `value` in [0, 1] for its length, `text` for the reader."""

    label: str
    value: float
    text: str
    tone: int = 1


@dataclass(frozen=True, slots=True)
class BarsChart:
    """Horizontal bars, one per line."""

    title: str
    alt: str
    label: str
    measure: str
    bars: tuple[Bar, ...]

    def as_table(self) -> Table:
        """Return the same figures as a table, for the formats that do not draw."""
        rows = tuple((content(b.label), content(b.text)) for b in self.bars)
        return Table(
            self.title, (Column(self.label, share=2), Column(self.measure, "number")), rows
        )


@dataclass(frozen=True, slots=True)
class GanttBar:
    """A period of a line: `tone` 1 to 5 chooses the pattern, `label` is its word."""

    start: date
    end: date
    tone: int
    label: str


@dataclass(frozen=True, slots=True)
class GanttLine:
    """A line: its periods and its dated marks."""

    label: str
    bars: tuple[GanttBar, ...]
    marks: tuple[date, ...] = ()
    dates: str = ""


@dataclass(frozen=True, slots=True)
class GanttChart:
    """Lines by quarter. `ticks` are the quarters with their short names."""

    title: str
    alt: str
    label: str
    measure: str
    start: date
    end: date
    ticks: tuple[tuple[date, str], ...]
    lines: tuple[GanttLine, ...]
    legend: tuple[tuple[int, str], ...]
    mark_label: str

    def as_table(self) -> Table:
        """Return the same dates as a table, for the formats that do not draw."""
        rows = tuple((content(line.label), content(line.dates)) for line in self.lines)
        return Table(self.title, (Column(self.label), Column(self.measure, share=2)), rows)


@dataclass(frozen=True, slots=True)
class Stack:
    """One year: what is planned, part by part, and the envelope (None when it is not known)."""

    label: str
    parts: tuple[float, ...]
    limit: float | None
    text: str


@dataclass(frozen=True, slots=True)
class StacksChart:
    """Stacked horizontal bars against an envelope, one per year."""

    title: str
    alt: str
    label: str
    measure: str
    parts: tuple[str, ...]
    limit_label: str
    stacks: tuple[Stack, ...]

    def as_table(self) -> Table:
        """Return the same figures as a table, for the formats that do not draw."""
        rows = tuple((content(s.label), content(s.text)) for s in self.stacks)
        return Table(self.title, (Column(self.label), Column(self.measure, share=3)), rows)


@dataclass(frozen=True, slots=True)
class DatesList:
    """Dated facts, in order: the day in words, what happens, a line of detail."""

    items: tuple[tuple[str, Content, Content], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Places to sign: one label each."""

    labels: tuple[str, ...]
    place: str


Chart = BarsChart | GanttChart | StacksChart
Block = (
    Heading
    | Paragraph
    | Bullets
    | Numbered
    | Table
    | Callout
    | KeyFigures
    | BarsChart
    | GanttChart
    | StacksChart
    | DatesList
    | PageBreak
    | SignatureBlock
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document: who speaks, of what, from which facts, and its blocks."""

    title: str
    subtitle: str
    language: str
    authority: str
    made_on: date
    facts_digest: str
    rules_version: str
    software: str
    blocks: tuple[Block, ...]
    kicker: str = ""
    cover: bool = False
    contents_title: str = ""
    footer: str = ""
    paper: Literal["a4", "a6"] = "a4"
    facts: tuple[tuple[str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        level = 0
        for block in self.blocks:
            if isinstance(block, Heading):
                if not 1 <= block.level <= level + 1:
                    raise ValueError(f"“{block.text}”: heading level {block.level} after {level}")
                level = block.level
