"""Fixtures of all tests."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from services.roles import let_flush, serving


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Return how pytest-playwright launches the Chromium of this machine."""
    from services.chromium import launch_options

    return launch_options()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Connect as the owner of the tables, where the database has two roles; one base a process."""
    if os.environ.get("GV_TEST_DATABASE") == "postgres":
        from django.conf import settings
        from django.db import connection

        connection.settings_dict["USER"] = settings.ENVIRONMENT.owner_database["USER"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Serve the tests as the application does: by a role bound by row-level security.

    What a test prepares by itself, outside of any request, is done for the whole platform. The
    connection stays the owner's, so that `behind` can be whoever holds the database.
    """
    if os.environ.get("GV_TEST_DATABASE") != "postgres":
        yield
        return
    from django.db import connection
    from django.db.backends.signals import connection_created

    with django_db_blocker.unblock():
        let_flush()
        connection.close()
    connection_created.connect(_as_the_application)
    yield
    connection_created.disconnect(_as_the_application)
    with django_db_blocker.unblock():
        connection.close()


def _as_the_application(connection: Any, **_: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {serving()}")
        cursor.execute("SELECT set_config('gouvernail.platform', 'on', false)")
