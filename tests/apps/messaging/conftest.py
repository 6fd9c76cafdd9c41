from __future__ import annotations

import pytest

from apps.messaging.server import serving


@pytest.fixture
def mail_server(settings):
    """Return a mail server of this machine, which the platform sends to."""
    with serving() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = (
            "127.0.0.1", server.port, 2,
        )  # fmt: skip
        yield server
