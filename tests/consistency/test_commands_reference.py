"""The page of the commands is the help they print, and the guides only name what exists."""

import re
import subprocess
import sys

from consistency.tree import ROOT

PAGE = ROOT / "docs" / "reference" / "commandes.md"


def test_the_page_is_the_help_of_the_commands():
    done = subprocess.run([sys.executable, ROOT / "bin" / "commands_reference.py", "--check"])
    assert done.returncode == 0, "run bin/commands_reference.py"


def test_every_command_a_guide_gives_exists():
    known = set(re.findall(r"^## `gouvernail ([\w-]+)`", PAGE.read_text("utf-8"), re.MULTILINE))
    given = {
        name
        for page in (ROOT / "docs").rglob("*.md")
        for name in re.findall(
            r"^(?:gouvernail) ([a-z][\w-]*)", page.read_text("utf-8"), re.MULTILINE
        )
    }
    assert given
    assert given <= known
