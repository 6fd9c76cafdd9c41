"""The web application, for any WSGI server; it refuses to start half-configured."""

from gouvernail.server import setup

setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after the settings are checked

application = get_wsgi_application()
