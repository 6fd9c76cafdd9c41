"""What is on the disk, while others write and remove there."""

from __future__ import annotations

from pathlib import Path


def older(path: Path, limit: float) -> bool:
    """Return whether a file or a folder was last written before `limit`, in seconds since 1970.

    What somebody removes meanwhile is not older than anything.
    """
    try:
        return path.stat().st_mtime < limit
    except FileNotFoundError:
        return False
