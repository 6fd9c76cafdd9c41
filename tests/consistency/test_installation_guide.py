"""The guide of an installation names every variable, and its copy of a database opens again."""

import re
import sqlite3

import environment_reference
from consistency.tree import ROOT

GUIDE = ROOT / "docs" / "guides" / "installer.md"


def test_the_table_of_the_variables_is_the_one_of_the_sample():
    assert GUIDE.read_text(encoding="utf-8") == environment_reference.page(), (
        "run: python bin/environment_reference.py"
    )


def test_every_variable_has_a_sentence():
    rows = environment_reference.table(environment_reference.SAMPLE.read_text("utf-8"))
    for line in rows.splitlines()[2:]:
        assert re.match(r"\| `GOUVERNAIL_\w+` \| \S.* \| .*\|$", line), line


def test_the_copy_the_guide_asks_for_holds_what_is_not_yet_in_the_main_file(tmp_path):
    """In WAL mode the last rows are in a second file: the copy must have them all the same."""
    (order,) = re.findall(r"VACUUM INTO '[^']+'", GUIDE.read_text(encoding="utf-8"))
    copy = tmp_path / "copy.sqlite3"
    with sqlite3.connect(tmp_path / "live.sqlite3") as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE fact (value TEXT)")
        live.execute("INSERT INTO fact VALUES ('kept')")
        live.commit()
        live.execute(re.sub(r"'[^']+'", f"'{copy}'", order))
    live.close()
    restored = sqlite3.connect(copy)
    assert restored.execute("SELECT value FROM fact").fetchall() == [("kept",)]
    restored.close()
