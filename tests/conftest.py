"""Fixtures of all tests."""

import os
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Return how pytest-playwright launches the Chromium of this machine."""
    from services.chromium import launch_options

    return launch_options()


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Create the test database as the owner of its tables, where the database has two roles."""
    if os.environ.get("GV_TEST_DATABASE") == "postgres":
        _be(_owner())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Serve the tests as the application does: by a role bound by row-level security.

    What a test prepares by itself, outside of any request, is done for the whole platform.
    """
    if os.environ.get("GV_TEST_DATABASE") != "postgres":
        yield
        return
    from django.conf import settings
    from django.db import connection
    from django.db.backends.signals import connection_created

    serving = settings.ENVIRONMENT.database["USER"]
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {serving}")
        connection.close()
    connection_created.connect(_for_the_platform)
    _be(serving)
    yield
    connection_created.disconnect(_for_the_platform)
    with django_db_blocker.unblock():
        connection.close()
    _be(_owner())


def _owner() -> Any:
    from django.conf import settings

    return settings.ENVIRONMENT.owner_database["USER"]


def _be(role: Any) -> None:
    from django.db import connection

    connection.settings_dict["USER"] = role


def _for_the_platform(connection: Any, **_: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gouvernail.platform', 'on', false)")
