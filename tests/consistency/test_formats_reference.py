"""The page of the JSON formats is current, and its examples run as it says."""

import json
import subprocess
import sys

import pytest

import formats_reference
from consistency.tree import ROOT
from gouvernail.formats.catalogue import FORMATS

EXAMPLES = sorted((ROOT / "docs" / "reference" / "exemples").glob("*.json"))


def test_the_page_is_the_one_the_schemas_make():
    done = subprocess.run([sys.executable, ROOT / "bin" / "formats_reference.py", "--check"])
    assert done.returncode == 0, "run bin/formats_reference.py"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_answered(example):
    command = [sys.executable, "-m", "gouvernail", example.stem, str(example), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)


def objects():
    """Return the fields of every object of the schemas, by its name."""
    found = {}
    for described in FORMATS.values():
        schema = described.schema()
        for name, one in [(schema.get("title", ""), schema), *schema.get("$defs", {}).items()]:
            found[name] = set(one.get("properties", {}))
    return found


def test_every_meaning_is_that_of_a_field():
    known = objects()
    for name, meanings in formats_reference.MEANINGS.items():
        assert set(meanings) == known[name], name


def test_every_field_of_a_choice_and_of_a_calendar_has_its_meaning():
    wanted = set()
    for code in ("select", "select-result", "schedule", "schedule-result"):
        schema = FORMATS[code].schema()
        defined = {n for n, one in schema.get("$defs", {}).items() if one.get("properties")}
        wanted |= {schema["title"], *defined}
    assert wanted <= set(formats_reference.MEANINGS)
