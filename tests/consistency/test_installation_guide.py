"""The guide of an installation names every variable, and commands that exist."""

import re

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


def test_the_guide_saves_and_restores_with_commands_that_exist():
    """What they do is proved in tests/services/test_backups.py."""
    import typer

    from gouvernail.cli.app import app

    text = GUIDE.read_text(encoding="utf-8")
    saving = text[text.index("## 5.") :]
    shown = set(re.findall(r"^gouvernail ([a-z-]+)", saving, re.M))
    assert {"backup", "restore", "export", "restore-authority", "verify-journal"} <= shown
    assert shown <= set(typer.main.get_command(app).commands)
