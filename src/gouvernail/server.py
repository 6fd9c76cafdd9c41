"""What the command line asks of the platform: prepare it, run it, stop it."""

from __future__ import annotations

import os


def setup() -> None:
    """Start Django; raise EnvironmentRefused with what must be set first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gouvernail.settings")
    import django
    from django.conf import settings

    from gouvernail.environment import EnvironmentRefused

    lacking = settings.ENVIRONMENT.lacking()
    if lacking:
        raise EnvironmentRefused("\n".join(lacking))
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    django.setup()
