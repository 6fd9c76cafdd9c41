"""What every test of the repository shares, whatever its folder."""

import pytest


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Accept the Django options of pyproject.toml also where pytest-django is left out."""
    if not pluginmanager.hasplugin("django"):
        parser.addini("DJANGO_SETTINGS_MODULE", "read by pytest-django, left out of this run")
        parser.addini("django_find_project", "idem")
