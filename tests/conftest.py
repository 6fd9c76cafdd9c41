"""Fixtures of all tests."""

from typing import Any

import pytest


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Return how pytest-playwright launches the Chromium of this machine."""
    from services.chromium import launch_options

    return launch_options()
