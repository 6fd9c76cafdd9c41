"""Killed at any moment, an examination goes on and ends as if nothing had happened."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from services.examining import PERSON

KILLS = 4


def start(top: Path, state: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gouvernail", "scan", str(top), "--json", "--workers", "2"]
    return subprocess.Popen(
        [*command, "--state", str(state)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def finish(top: Path, state: Path) -> Any:
    running = start(top, state)
    out, _ = running.communicate(timeout=120)
    assert running.returncode == 0
    return json.loads(out)


def test_killed_at_any_moment_it_ends_as_if_nothing_had_happened(tmp_path):
    top = tmp_path / "partage"
    top.mkdir()
    for number in range(300):
        (top / f"{number}.txt").write_text(f"{number}. {PERSON}" * 60, encoding="utf-8")
    (tmp_path / "whole.key").write_bytes(b"k" * 32)
    (tmp_path / "killed.key").write_bytes(b"k" * 32)
    began = time.monotonic()
    expected = finish(top, tmp_path / "whole")
    whole = time.monotonic() - began
    rng = random.Random(9)
    for _ in range(KILLS):
        running = start(top, tmp_path / "killed")
        time.sleep(rng.uniform(0, whole))
        os.kill(running.pid, signal.SIGKILL)
        running.communicate()
    answer = finish(top, tmp_path / "killed")
    assert answer == expected
    assert answer["ledger"]["examined"]["files"] == 300
