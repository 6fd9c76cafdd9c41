"""The table of security names tests that exist, and says a reason where it names none."""

from __future__ import annotations

import re
from collections import Counter

from consistency.tree import ROOT

PAGE = (ROOT / "docs" / "reference" / "securite.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.M)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
STATES = {"tenu", "en partie", "non tenu", "sans objet"}


def test_every_test_it_names_exists():
    lost = [
        f"{file}::{name}"
        for file, name in TEST.findall(PAGE)
        if f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert lost == []
    assert len(TEST.findall(PAGE)) > 60


def test_every_requirement_is_there_once_with_a_state_and_a_proof():
    rows = ROW.findall(PAGE)
    assert len(rows) == PAGE.count("\n| ") - 2 * PAGE.count("| N° |")
    assert max(Counter(number for number, *_ in rows).values()) == 1
    assert {state for _, _, state, _ in rows} <= STATES
    assert {number.split(".")[0] for number, *_ in rows} == {"2", "3", "4", "5", "7"}
    assert not [row for row in rows if len(row[3].strip()) < 15]


def test_the_count_is_that_of_the_lines():
    counted = Counter(state for _, _, state, _ in ROW.findall(PAGE))
    assert all(f"{number} {state}" in PAGE for state, number in counted.items())
