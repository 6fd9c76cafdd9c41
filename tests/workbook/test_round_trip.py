"""What is written reads back the same: ODS and XLSX, the example and random rows."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouvernail.demo.example import example_rows
from gouvernail.workbook import read_rows
from gouvernail_core.facts import Kind, build, parse, sheet, sheets
from gouvernail_core.facts.checks import lines_of
from workbook.making import FORMATS, written

EACH_FORMAT = pytest.mark.parametrize("kind", FORMATS)
LETTERS = string.ascii_letters + string.digits + "éàçŒœ’'\"«»<>&=+-@#%()[]{}*/\\.:!?€_^~$"


#: Sheets tried with random rows: those with the most kinds of columns, and the latest.
SOME = (
    "use_cases", "stores", "legal_facts", "ratings", "sittings", "flows", "matrix", "scan_duties",
    "protection_efforts",
)  # fmt: skip


def plain(rows):
    return {code: lines_of(lines) for code, lines in rows.items()}


@EACH_FORMAT
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_example_reads_back_the_same(kind, language):
    rows = example_rows()
    read = read_rows(written(rows, kind, language=language))
    assert read.problems == read.notes == ()
    assert plain(read.rows) == rows
    assert build(read.rows).digest == build(rows).digest


@EACH_FORMAT
def test_rows_keep_the_line_they_came_from(kind):
    read = read_rows(written(example_rows(), kind))
    assert [row["_line"] for row in read.rows["budgets"]] == [2, 3, 4]


@EACH_FORMAT
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_empty_workbook_holds_nothing_in_spite_of_its_examples(kind, language):
    read = read_rows(written(None, kind, language=language))
    assert read.problems == read.notes == ()
    assert not any(read.rows.values())


@EACH_FORMAT
def test_a_first_budget_equal_to_the_example_is_not_taken_for_it(kind):
    rows = {code: [] for code in example_rows()}
    rows["budgets"] = [{"year": 2027, "amount_eur": 70_000}]
    assert plain(read_rows(written(rows, kind)).rows)["budgets"] == rows["budgets"]


def words(size: int):
    return st.text(LETTERS + " ", max_size=size)


def value_for(column):
    """A strategy for what a person may type in a column, already in its final form."""
    match column.kind:
        case Kind.INTEGER:
            low, high = int(column.low or 0), int(min(column.high or 10**9, 10**9))
            typed = st.integers(low, high)
        case Kind.NUMBER:
            typed = st.integers(int(column.low or 0) * 4, int(column.high or 1000) * 4).map(
                lambda quarter: quarter / 4
            )
        case Kind.DATE:
            typed = st.dates(date(1990, 1, 1), date(2090, 12, 31))
        case Kind.TERNARY:
            typed = st.booleans()
        case Kind.CHOICE:
            typed = st.sampled_from([choice.code for choice in column.choices])
        case Kind.CHOICES:
            typed = st.lists(
                st.sampled_from([choice.code for choice in column.choices]), unique=True
            )
        case Kind.CODE | Kind.REF:
            typed = st.text(
                string.ascii_lowercase + string.digits + "-.éà", min_size=1, max_size=12
            )
        case Kind.REFS:
            typed = st.lists(
                st.text(string.ascii_lowercase, min_size=1, max_size=8), unique=True, max_size=4
            )
        case Kind.LINES:
            line = st.text(LETTERS, min_size=1, max_size=20)
            typed = st.lists(line, max_size=4)
        case Kind.LONG_TEXT:
            typed = st.text(LETTERS + " \n\t", max_size=60)
        case _:
            typed = words(40)
    optional = st.none() if not column.required else st.nothing()
    return (optional | typed).map(lambda raw: parse(raw, column))


def rows_of(code: str):
    described = sheet(code)
    row = st.fixed_dictionaries({c.code: value_for(c) for c in described.columns})
    filled = row.filter(lambda one: any(value not in (None, "", []) for value in one.values()))
    return st.lists(filled, min_size=1, max_size=4)


@EACH_FORMAT
@pytest.mark.parametrize("code", SOME)
def test_any_row_reads_back_the_same(kind, code):
    @settings(
        max_examples=10 if kind == "ods" else 4, deadline=None, derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(rows_of(code))
    def holds(lines):
        rows = {described.code: [] for described in sheets()} | {code: lines}
        read = read_rows(written(rows, kind))
        assert [p.sentence() for p in read.problems if p.sheet == sheet(code).label.fr] == []
        assert plain(read.rows)[code] == lines

    holds()
