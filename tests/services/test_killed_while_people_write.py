"""The web and the worker killed while eight people write: the whole of it is in `bench/kill.py`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "bench" / "kill.py"


@pytest.mark.slow
@pytest.mark.parametrize("database", [[], ["--postgres"]], ids=["sqlite", "postgres"])
def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(database):
    command = [sys.executable, str(SCRIPT), "--kills", "2", "--pause", "0.5", *database]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "kills of the worker" in done.stdout
