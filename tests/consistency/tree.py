"""The files of the project, for the guards that read them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEFT_OUT = {".git", ".venv", "var", "dist", "build", "node_modules", "test-results"}


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return the files under version control, or, outside of a clone, all but what is generated."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        names = listed.stdout.decode().rstrip("\0").split("\0")
        files = [ROOT / name for name in names]
    else:
        files = [f for f in ROOT.rglob("*") if not LEFT_OUT & set(f.relative_to(ROOT).parts)]
    return tuple(sorted(f for f in files if f.is_file()))


def text_of(file: Path) -> str | None:
    """Return the text of a file, or None when it is not text."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def name_of(file: Path) -> str:
    """Return the path as people write it."""
    return file.relative_to(ROOT).as_posix()
