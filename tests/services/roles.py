"""Who speaks to the database of the tests: the application, or whoever holds the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def behind() -> Iterator[None]:
    """Be whoever holds the database, behind the platform's back."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {serving()}")


def serving() -> Any:
    """Return the role of the application."""
    from django.conf import settings

    return settings.ENVIRONMENT.database["USER"]


def let_flush() -> None:
    """Let the application empty the tables, as the tests do between two: it may not otherwise."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with behind(), connection.cursor() as cursor:
            cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {serving()}")
