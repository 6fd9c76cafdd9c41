"""A SQLite base in a file: in memory, as in the tests, several connections cannot meet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def several_connections(folder: Path) -> Iterator[None]:
    """Let several threads use a base at once: PostgreSQL as it is, SQLite in a file of its own."""
    from django.core.management import call_command
    from django.db import connection, connections
    from django.db.utils import load_backend

    from gouvernail.environment import sqlite

    if connection.vendor == "postgresql":
        yield
        return
    kept = connection.settings_dict.copy()
    settings = kept | sqlite(folder / "file.sqlite3")
    former = connections["default"]
    connections.settings["default"] = settings
    connections["default"] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield
    finally:
        connections["default"].close()
        connections.settings["default"], connections["default"] = kept, former
