"""Nothing in the project belongs to one machine, and nothing is left for later."""

from __future__ import annotations

import re

import pytest

from consistency.tree import name_of, text_of, tracked_files

# Written so that this file does not match itself.
MACHINE = re.compile(
    r"(?<![\w.~}])/(?:work|home|root|opt|tmp|farm|Users)/[\w.]"
    r"|\b(?:pypi[.]org|pythonhosted[.]org|registry[.]npmjs|deb[.]debian|pypi[.]python)"
    r"|\b(?:localhost|127[.]0[.]0[.]1):(?:3128|8081)\b"
)
LATER = re.compile(r"\b(?:TO[D]O|FIX[M]E|X[X]X)\b")
LEFT_OUT = re.compile(
    r"\b(?:pytest|mark|unittest|self)[.](?:skip\w*|xfail|importorskip)\b|@(?:skip|xfail)"
)

#: Addresses of the wheels, with their hashes: uv writes them.
LOCK = {"uv.lock"}


def lines_matching(pattern, *, under="", but=frozenset()):
    found = []
    for file in tracked_files():
        name = name_of(file)
        text = text_of(file)
        if text is None or name in but or not name.startswith(under):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                found.append(f"{name}:{number}: {line.strip()[:120]}")
    return found


def test_no_machine_path_and_no_registry_in_any_file():
    assert lines_matching(MACHINE, but=LOCK) == []


def test_nothing_is_left_for_later():
    assert lines_matching(LATER, but=LOCK) == []


def test_no_test_is_skipped_or_expected_to_fail():
    assert lines_matching(LEFT_OUT, under="tests/") == []


@pytest.mark.parametrize(
    "line",
    ["open('/wor" + "k/x')", "path = /ho" + "me/someone", "https://pypi" + ".org/simple"],
)
def test_guard_sees_what_it_must(line):
    assert MACHINE.search(line)


@pytest.mark.parametrize("line", ["docs/work/notes.md", "~/tmp/file", "/usr/lib/postgresql"])
def test_guard_leaves_the_rest_alone(line):
    assert not MACHINE.search(line)


def test_every_text_ends_with_one_line_end():
    bad = []
    for file in tracked_files():
        text = None if "vendor" in file.parts else text_of(file)
        if text and (not text.endswith("\n") or "\r" in text):
            bad.append(name_of(file))
    assert bad == []


def test_committed_files_are_small():
    # A clone must stay quick; fonts and example workbooks are far below this.
    limit = 2_000_000
    assert [name_of(f) for f in tracked_files() if f.stat().st_size > limit] == []
