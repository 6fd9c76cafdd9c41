"""The web application, for any WSGI server; it refuses to start half-configured."""

import gc

from gouvernail.server import setup

setup()

from django.core.signals import request_finished  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402 - after the settings are checked
from django.urls import get_resolver  # noqa: E402

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - loads the module of every page

# What is loaded by now lives as long as the process: kept out of the collector's sight, it is not
# walked again. A page leaves some 10,000 objects that hold one another: they are collected once it
# is sent, not in the middle of somebody else's, which took 80 ms of a page of 70 (bench/web.py).
gc.collect()
gc.freeze()
gc.set_threshold(100_000, 50, 50)
request_finished.connect(lambda **_request: gc.collect(1), weak=False)
