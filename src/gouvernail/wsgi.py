"""The web application, for any WSGI server; it refuses to start half-configured."""

import gc

from gouvernail.server import setup

setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after the settings are checked

application = get_wsgi_application()

# What is loaded by now lives as long as the process: kept out of the collector's sight, it is not
# walked again in the middle of somebody's page (80 ms of a page of 70, in bench/web.py).
gc.collect()
gc.freeze()
