"""The page of the JSON formats is current, and its examples run as it says."""

import json
import subprocess
import sys

import pytest

from consistency.tree import ROOT

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
