"""Find Chromium and say how Playwright must launch it.

``chromium.py --where`` prints the program's path, or exits with 1.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Where ``bin/prerequis-test`` unpacks the Chromium of an npm package, as a last resort.
UNPACKED = Path(__file__).parents[2] / "var" / "navigateur"


class ChromiumNotFoundError(Exception):
    """No Chromium here; the message says how to get one."""


def find_chromium(unpacked: Path = UNPACKED) -> Path:
    """Return the path of the browser: ``GV_CHROMIUM``, an installed one, or the unpacked one.

    Raises ChromiumNotFoundError when there is none, or when ``GV_CHROMIUM`` names something that
    cannot be run: what a person chose is not silently replaced.
    """
    if chosen := os.environ.get("GV_CHROMIUM"):
        if program := shutil.which(chosen):
            return Path(program)
        raise ChromiumNotFoundError(f"GV_CHROMIUM={chosen} cannot be run")
    for name in NAMES:
        if program := shutil.which(name):
            return Path(program)
    if os.access(unpacked / "chromium", os.X_OK):
        return unpacked / "chromium"
    raise ChromiumNotFoundError("no Chromium found: run bin/prerequis-test, or set GV_CHROMIUM")


def launch_options(unpacked: Path = UNPACKED) -> dict[str, Any]:
    """Return the keyword arguments of Playwright's ``chromium.launch``."""
    program = find_chromium(unpacked)
    options: dict[str, Any] = {"executable_path": str(program), "headless": True, "args": []}
    if os.geteuid() == 0:  # Chromium's sandbox refuses root; for anybody else it stays
        options["args"].append("--no-sandbox")
    if program.parent == unpacked:
        libraries = [str(unpacked / "al2023" / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
        options["env"] = {**os.environ, "LD_LIBRARY_PATH": ":".join(filter(None, libraries))}
    return options


if __name__ == "__main__":
    try:
        print(find_chromium())
    except ChromiumNotFoundError as error:
        sys.exit(str(error))
