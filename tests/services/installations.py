"""Installations of their own, as real processes see them: a folder, a database, the commands."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

#: What begins every program that a test runs inside an installation.
BEGIN = """
import sys
from django.utils import timezone
from gouvernail import server
server.setup()
from django.apps import apps
from django.db import connection
from gouvernail.apps.facts import services
from gouvernail.common.actor import command
from gouvernail.common.tenancy import scoped
from gouvernail_core.facts import sheet
by, at = command("test"), timezone.now()
"""


@dataclass(frozen=True)
class Installation:
    """Where an installation is, and how it is spoken to."""

    environment: dict[str, str]
    folder: Path

    def start(self, *words: object, **options: Any) -> subprocess.Popen[str]:
        """Start a command."""
        return self._python("-m", "gouvernail", *map(str, words), **options)

    def run(self, *words: object) -> tuple[int, str]:
        """Run a command to its end; return its code and all it said."""
        process = self.start(*words)
        said, _ = process.communicate(timeout=120)
        return process.returncode, said

    def do(self, *words: object) -> str:
        """Run a command that must succeed; return all it said."""
        code, said = self.run(*words)
        assert code == 0, said
        return said

    def program(self, text: str, **options: Any) -> subprocess.Popen[str]:
        """Start a program inside the installation, as the platform."""
        body = "\n".join(f"    {line}" for line in text.strip().splitlines())
        whole = f"{BEGIN}\nwith scoped(platform=True, lasting=True):\n{body}\n"
        return self._python("-c", whole, **options)

    def tell(self, text: str) -> str:
        """Run a program inside the installation to its end; return what it printed."""
        process = self.program(text)
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
        return said

    def _python(self, *words: str, **options: Any) -> subprocess.Popen[str]:
        given = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True} | options
        return subprocess.Popen(
            [sys.executable, *words], env=self.environment, cwd=self.folder, **given
        )

    def with_variables(self, **more: str) -> Installation:
        """Return the same installation with other variables."""
        return replace(self, environment=self.environment | more)


def installation(folder: Path, **variables: str) -> Installation:
    """Return a new installation, not yet prepared."""
    folder.mkdir(parents=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GOUVERNAIL_", "DJANGO_"))}
    environment = kept | {
        "GOUVERNAIL_DATA": str(folder / "data"),
        "GOUVERNAIL_SECRET_KEY": "signs nothing outside of this test, no secret",
        "GOUVERNAIL_DEBUG": "1",  # its static files need no compression, which takes seconds
        "GOUVERNAIL_JOURNAL_KEY": "seals nothing outside of this test, no secret",
        "PYTHONPATH": os.pathsep.join(sys.path),
        **variables,
    }
    return Installation(environment, folder)
