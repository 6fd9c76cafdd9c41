"""Texts made of records: CSV, dumps of SQL, JSON. Streamed; what does not fit is read as text."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest

from gouvernail_scan.extract.formats import delimiter
from gouvernail_scan.extract.reading import CHUNK, Context, Found, blocks

#: A quoted cell longer than this is a quote that nobody closed.
CELL = 1 << 16

#: A line longer than this is no line of a table.
LINE = 1 << 20

#: A JSON document is taken whole up to this, then as a text.
JSON_WHOLE = 8 << 20

#: Tables of a dump whose columns are kept.
TABLES = 10_000

#: Names of columns kept, each cut to `NAME`.
COLUMNS = 512
NAME = 80


def column_names(cells: Iterable[str]) -> tuple[str, ...]:
    """Return names of columns, short and on one line."""
    return tuple(" ".join(cell.split())[:NAME] for cell in list(cells)[:COLUMNS])


def whole_lines(texts: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Return the text by runs of whole lines, and whether lines keep a bearable length.

    From the first line longer than `LINE` on, the runs are what they are.
    """
    held: list[str] = []
    size = 0
    runaway = False
    for text in texts:
        if runaway:
            yield text, False
            continue
        end = text.rfind("\n") + 1
        if end:
            yield "".join(held) + text[:end], True
            held, size = [], 0
            text = text[end:]
        held.append(text)
        size += len(text)
        if size > LINE:
            yield "".join(held), False
            held, size, runaway = [], 0, True
    if size:
        yield "".join(held), not runaway


class _Unclosed(Exception):
    """A quoted cell does not end."""


def read_csv(texts: Iterator[str], context: Context) -> Found:
    """Return the rows of a table under the names of its columns."""
    first = next(texts, "")
    sample = first.lstrip("\ufeff \t\r\n\f")
    mark = delimiter(sample)
    runs = whole_lines(chain([sample], texts))
    if not mark:
        yield from blocks((run for run, _ in runs), context.place)
        return
    rows = _Rows(runs, mark)
    columns = column_names(rows.header())
    # The names too are looked at: a table without a header may have been taken for one with.
    yield from blocks([" ".join(columns) + "\n"], context.at("noms des colonnes"))
    yield from blocks(rows.texts(), context.place, columns=columns)
    if rows.left is not None:
        yield from blocks(chain([rows.left], (run for run, _ in runs)), context.place)


class _Rows:
    """The rows of a CSV as text whose cells are joined by tabs.

    A run of lines without any quote is turned by three replacements, at the speed of a copy; the
    others go through `csv`. `left` is what was taken when the table turned out to be none.
    """

    def __init__(self, runs: Iterator[tuple[str, bool]], mark: str) -> None:
        self._runs = runs
        self._mark = mark
        self._lines: Iterator[str] = iter(())
        self._held: list[str] = []  # the lines of the row being read
        self._size = 0
        self.left: str | None = None

    def header(self) -> list[str]:
        run, _ = next(self._runs, ("", True))
        self._lines = iter(_lines(run))
        try:
            row = next(csv.reader(self._fed(), delimiter=self._mark), [])
        except (csv.Error, _Unclosed):
            row = []
        self._held.clear()
        return row

    def texts(self) -> Iterator[str]:
        pending = "".join(self._lines)
        for run, bearable in chain([(pending, True)] if pending else [], self._runs):
            if not bearable:
                self.left = run
                return
            if '"' not in run:
                yield _tabbed(run, self._mark)
                continue
            self._lines = iter(_lines(run))
            self._held, self._size = [], 0
            try:
                for row in csv.reader(self._fed(), delimiter=self._mark):
                    self._held.clear()
                    self._size = 0
                    yield "\t".join(map(_cell, row)) + "\n"
            except (csv.Error, _Unclosed):
                self.left = "".join(self._held) + "".join(self._lines)
                return

    def _fed(self) -> Iterator[str]:
        while True:
            line = next(self._lines, None)
            if line is None:
                # Within a row, some lines are held: it goes on in the next run.
                run, bearable = next(self._runs, ("", True)) if self._held else ("", True)
                if not run:
                    return
                if not bearable:
                    self._held.append(run)
                    raise _Unclosed
                self._lines = iter(_lines(run))
                continue
            self._held.append(line)
            self._size += len(line)
            if self._size > CELL and len(self._held) > 1:
                raise _Unclosed
            yield line


def _lines(run: str) -> list[str]:
    lines = run.split("\n")
    last = lines.pop()
    return [line + "\n" for line in lines] + ([last] if last else [])


def _tabbed(run: str, mark: str) -> str:
    if mark != "\t":
        run = run.replace("\t", " ").replace(mark, "\t")
    return run.replace("\r", "")


def _cell(text: str) -> str:
    if "\n" in text or "\t" in text or "\r" in text:
        return text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ").replace("\r", " ")
    return text


# --- Dumps of SQL ---------------------------------------------------------------------------

_NAMES = r"\(([^()]{1,20000})\)"
_COPY = re.compile(
    rf"^COPY\s+([^\s(]+)\s*(?:{_NAMES})?\s+FROM\s+stdin\b[^;\n]*;[ \t]*\r?\n", re.I | re.M
)
_INSERT = re.compile(
    rf"^[ \t]*(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?INTO\s+([^\s(]+)\s*(?:{_NAMES})?\s*VALUES\s*",
    re.I | re.M,
)
_CREATE = re.compile(
    r"^CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([^\s(]{1,300})\s*\([^\S\n]*\n", re.I | re.M
)
_START = re.compile(r"^[ \t]*(?:COPY|INSERT|REPLACE)\b", re.I | re.M)
_COLUMN = re.compile(r"^\s*([`\"\[]?)(\w+)[`\"\]]?\s+\w", re.M)
_NO_COLUMN_NAMES = "primary key unique constraint index foreign check fulltext spatial exclude like"
_NO_COLUMN = frozenset(_NO_COLUMN_NAMES.split())
_TUPLE = re.compile(r"\s*,?\s*\(((?:[^'()]|'(?:[^'\\]|\\.|'')*+'|\([^'()]*\))*+)\)", re.S)
_VALUE = re.compile(r"\s*(?:[ENXBenxb]?'((?:[^'\\]|\\.|'')*+)'[^,]*|([^,]*))(?:,|$)", re.S)
_ESCAPE = re.compile(r"''|\\(.)", re.S)
_ESCAPED = {"n": " ", "r": " ", "t": " ", "0": "", "b": "", "Z": ""}


def read_sql(texts: Iterator[str], context: Context) -> Found:
    """Return the rows of a dump under the names of their columns, and its other lines as text."""
    dump = _Dump(texts)
    known: dict[str, tuple[str, ...]] = {}
    plain = False
    while dump.more():
        start = _START.search(dump.text)
        if start is None:
            text = dump.take_lines()
            _learn(text, known)
            yield from blocks([text], context.place, continues=plain)
            plain = True
            continue
        if start.start():
            text = dump.take(start.start())
            _learn(text, known)
            yield from blocks([text], context.place, continues=plain)
            plain = True
        dump.more(CHUNK)
        match = _COPY.match(dump.text) or _INSERT.match(dump.text)
        if match is None:
            yield from blocks([dump.take_line()], context.place, continues=plain)
            plain = True
            continue
        plain = False
        table = match.group(1)
        columns = _split_names(match.group(2)) if match.group(2) else known.get(table, ())
        copied = match.re is _COPY
        dump.take(match.end())
        rows = dump.copied() if copied else dump.tuples()
        yield from blocks(rows, context.at(f"table {table[:NAME]}"), columns=columns)


def _split_names(names: str) -> tuple[str, ...]:
    return column_names(name.strip(' \t\r\n`"[]') for name in names.split(","))


def _learn(text: str, known: dict[str, tuple[str, ...]]) -> None:
    """Learn the columns of the tables that a text creates."""
    starts = list(_CREATE.finditer(text))
    end = 0
    for start, following in zip_longest(starts, starts[1:]):
        if end >= 0 and end < start.end():
            end = text.find("\n)", start.end() - 1)
        # A table that does not end before the next one begins was not understood.
        if end < 0 or (following and following.start() < end) or len(known) >= TABLES:
            continue
        names = [
            name
            for _, name in _COLUMN.findall(text, start.end(), end)
            if name.lower() not in _NO_COLUMN
        ]
        known[start.group(1)] = column_names(names)


class _Dump:
    """A dump read through a window: what is behind is forgotten."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self.text = ""
        self._ended = False

    def more(self, size: int = 1) -> bool:
        """Hold at least `size` characters, or all that is left; return whether any is."""
        if len(self.text) < size and not self._ended:
            parts = [self.text]
            length = len(self.text)
            while length < size:
                part = next(self._texts, None)
                if part is None:
                    self._ended = True
                    break
                parts.append(part)
                length += len(part)
            self.text = "".join(parts)
        return bool(self.text)

    def take(self, count: int) -> str:
        taken, self.text = self.text[:count], self.text[count:]
        return taken

    def take_lines(self) -> str:
        """Take all but the last line, which may be the beginning of a statement."""
        if not self._ended:
            self.more(len(self.text) + 1)
        end = len(self.text) if self._ended else self.text.rfind("\n") + 1
        if not end and len(self.text) <= LINE:
            return ""
        return self.take(end or len(self.text))

    def take_line(self) -> str:
        end = self.text.find("\n") + 1
        return self.take(end or len(self.text))

    def copied(self) -> Iterator[str]:
        """Take the rows of a COPY, up to the line of a backslash and a full stop."""
        while self.more(CHUNK):
            end = self.text.find("\\.\n") if self.text.startswith("\\.") else -1
            if end != 0:
                found = re.search(r"\n\\\.\r?(?:\n|$)", self.text)
                end = found.start() + 1 if found else -1
            if end >= 0:
                rows = self.take(end)
                self.take_line()
                yield _uncopied(rows)
                return
            lines = self.take_lines()
            if not lines:
                continue
            yield _uncopied(lines)

    def tuples(self) -> Iterator[str]:
        """Take the rows of an INSERT, up to what is not a row."""
        out: list[str] = []
        while self.more(CHUNK):
            at = 0
            while match := _TUPLE.match(self.text, at):
                values = _VALUE.findall(match.group(1))[:-1]  # the last one is the end
                out.append("\t".join([_value(*value) for value in values[:COLUMNS]]) + "\n")
                at = match.end()
            if out:
                yield "".join(out)
                out = []
            self.take(at)
            if re.match(r"\s*(?:;|[A-Za-z])", self.text) or self._ended or len(self.text) > LINE:
                return
            if not self.more(len(self.text) + 1):
                return


def _uncopied(rows: str) -> str:
    rows = rows.replace("\r", "")
    if "\\" not in rows:
        return rows
    return rows.replace("\\\\", "\\").replace("\\N", "").replace("\\t", " ").replace("\\n", " ")


def _value(quoted: str, bare: str) -> str:
    if not quoted:
        bare = bare.strip()
        return "" if bare.upper() == "NULL" else _cell(bare)
    if "\\" in quoted or "''" in quoted:
        quoted = _ESCAPE.sub(_unescaped, quoted)
    return _cell(quoted)


def _unescaped(match: re.Match[str]) -> str:
    each = match.group(1)
    return "'" if each is None else _ESCAPED.get(each, each)


# --- JSON -----------------------------------------------------------------------------------

_JSON_ESCAPE = re.compile(
    r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[0-9a-fA-F]{4}|\\[\"\\/bfnrt]"
)
_JSON_SIMPLE = {'\\"': '"', "\\\\": "\\", "\\/": "/", "\\n": "\n", "\\t": "\t"}
#: What an escape cut by the end of a chunk may look like.
_JSON_TAIL = re.compile(r"\\[^\\]{0,6}(?:\\[^\\]{0,5})?\Z")

Leaf = str | int | float | bool | None


def read_json(texts: Iterator[str], context: Context) -> Found:
    """Return a line « key: value » for each value; a document that is no JSON, or big, as text."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size > JSON_WHOLE:
            break
    whole = "".join(held)
    held.clear()
    if size <= JSON_WHOLE:
        try:
            document = _loaded(whole)
        except (ValueError, RecursionError):
            pass
        else:
            yield from blocks(_records(document), context.place)
            return
    runs = whole_lines(chain([whole], texts))
    first = next(runs, ("", False))
    if first[1] and _is_record(first[0].partition("\n")[0]):
        yield from blocks(_from_lines(chain([first], runs)), context.place)
    else:
        yield from blocks(_unescaped_json(run for run, _ in chain([first], runs)), context.place)


class _Pairs(list[tuple[str, object]]):
    """The pairs of an object, in order: a key that comes twice must not hide its first value."""


def _loaded(text: str) -> object:
    # Numbers are kept as written: an identifier of fifteen digits is no quantity.
    return json.loads(
        text.lstrip("\ufeff"), object_pairs_hook=_Pairs, parse_int=str, parse_float=str
    )


def _is_record(line: str) -> bool:
    try:
        return isinstance(_loaded(line), list)
    except (ValueError, RecursionError):
        return False


def _from_lines(runs: Iterable[tuple[str, bool]]) -> Iterator[str]:
    for run, bearable in runs:
        if not bearable:
            yield from _unescaped_json([run])
            continue
        for line in run.split("\n"):
            if not line.strip():
                continue
            try:
                yield from _records(_loaded(line))
            except (ValueError, RecursionError):
                yield from _unescaped_json([line + "\n"])
            yield "\n"


def _records(document: object) -> Iterator[str]:
    """Return the values of a document as lines, an empty line after each object."""
    todo: list[tuple[str, object]] = [("", document)]
    while todo:
        key, value = todo.pop()
        if isinstance(value, _Pairs):
            todo.append(("", ""))
            todo.extend(reversed(value))
        elif isinstance(value, list):
            leaves = [each for each in value if not isinstance(each, list)]
            if len(leaves) == len(value):
                yield _line(key, ", ".join(map(_leaf, leaves)))
            else:
                todo.extend((key, each) for each in reversed(value))
        else:
            yield _line(key, _leaf(value))


def _line(key: str, value: str) -> str:
    return f"{key}: {value}\n" if key else f"{value}\n"


def _leaf(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _unescaped_json(texts: Iterable[str]) -> Iterator[str]:
    held = ""
    for text in texts:
        text = held + text
        held = ""
        if "\\" not in text:
            yield text
            continue
        cut = _JSON_TAIL.search(text, max(len(text) - 13, 0))
        if cut:
            text, held = text[: cut.start()], text[cut.start() :]
        yield _JSON_ESCAPE.sub(_json_character, text)
    yield _JSON_ESCAPE.sub(_json_character, held)


def _json_character(match: re.Match[str]) -> str:
    escape = match.group()
    if escape[1] != "u":
        return _JSON_SIMPLE.get(escape, " ")
    if len(escape) == 12:
        high, low = int(escape[2:6], 16), int(escape[8:], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    code = int(escape[2:], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
