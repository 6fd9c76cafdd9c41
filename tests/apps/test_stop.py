"""Asked to stop, the server ends what it is answering, then goes; the worker goes too."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from apps.test_server import free_port, wait_for


def started(tmp_path, code, settings):
    given = {
        "GOUVERNAIL_DEMO": "1",
        "GOUVERNAIL_DATA": str(tmp_path),
        "GOUVERNAIL_HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": os.pathsep.join(
            [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
        ),
    }
    prepared = f"from gouvernail import server; server.setup(); server.migrate(); {code}"
    kept = {n: v for n, v in os.environ.items() if not n.startswith("GOUVERNAIL_")}
    return subprocess.Popen(
        [sys.executable, "-c", prepared], env={**kept, **given}, stderr=subprocess.DEVNULL
    )


@pytest.mark.slow
def test_the_request_in_flight_is_answered_before_the_server_goes(tmp_path):
    port = free_port()
    process = started(tmp_path, f"server.serve('127.0.0.1', {port})", "apps.slow_pages")
    answers = []

    def ask():
        with urlopen(f"http://127.0.0.1:{port}/lent", timeout=20) as answer:
            answers.append(answer.read())

    try:
        wait_for(f"http://127.0.0.1:{port}/sante")
        asking = threading.Thread(target=ask)
        asking.start()
        time.sleep(0.5)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=15)
        asking.join(timeout=15)
        assert answers == [b"whole"]
        assert time.monotonic() - began < 10
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_a_worker_with_nothing_to_do_goes_at_once(tmp_path):
    process = started(tmp_path, "server.worker()", "gouvernail.settings")
    try:
        alive = tmp_path / "worker-alive"
        for _ in range(300):
            if alive.exists():
                break
            time.sleep(0.1)
        assert alive.exists()
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)
        assert process.returncode == 0
    finally:
        process.kill()
        process.wait()
