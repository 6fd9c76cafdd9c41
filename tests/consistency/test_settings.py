"""Every setting is shown in `.env.sample`, with a sentence, and nothing shown is imaginary."""

from __future__ import annotations

import re

from consistency.tree import ROOT, name_of, text_of, tracked_files

NAME = re.compile(r"\b(?:GOUVERNAIL|GV)_[A-Z][A-Z0-9_]*[A-Z0-9]\b")
READERS = ("src/", "bin/", "tests/services/", "tests/settings_for_tests.py")


def sample():
    return (ROOT / ".env.sample").read_text(encoding="utf-8")


def names_in_use():
    files = [f for f in tracked_files() if name_of(f).startswith(READERS)]
    code = [text_of(f) or "" for f in files if not f.name.startswith("test_")]
    return set(NAME.findall("\n".join(code)))


def names_shown():
    return re.findall(r"^#((?:GOUVERNAIL|GV)_[A-Z0-9_]+)=", sample(), re.M)


def test_the_sample_shows_every_setting_once_and_no_other():
    assert sorted(names_shown()) == sorted(names_in_use())


def test_every_setting_shown_is_explained_just_above():
    lines = sample().splitlines()
    for rank, line in enumerate(lines):
        if NAME.match(line.removeprefix("#")):
            above = lines[rank - 1]
            assert above.startswith(("# ", f"#{line.split('=')[0][1:].removesuffix('_FILE')}=")), (
                line
            )


def test_a_copied_sample_changes_nothing():
    # All lines are comments: copying the file without editing it must not set anything.
    assert [line for line in sample().splitlines() if line and not line.startswith("#")] == []
