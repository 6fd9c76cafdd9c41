"""What import contracts cannot say: an app keeps its tables, its pages and its forms to itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import gouvernail.apps

APPS = Path(gouvernail.apps.__file__).parent
FILES = [f for f in sorted(APPS.rglob("*.py")) if "migrations" not in f.parts]
PRIVATE = {"models", "views", "api", "forms", "urls"}


def imports(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(APPS)))
def test_an_app_never_imports_the_models_views_or_forms_of_another(file):
    own = file.relative_to(APPS).parts[0]
    for module in imports(file):
        parts = module.split(".")
        if parts[:2] == ["gouvernail", "apps"] and len(parts) > 3 and parts[2] != own:
            assert parts[3] not in PRIVATE, f"{file.name} imports {module}"


def views():
    for file in FILES:
        if file.name == "views.py":
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef):
                    yield pytest.param(node, id=f"{file.parent.name}.{node.name}")


@pytest.mark.parametrize("view", list(views()))
def test_a_view_stays_short(view):
    assert view.end_lineno - view.lineno <= 30


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(APPS)))
def test_a_file_stays_readable(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 500
