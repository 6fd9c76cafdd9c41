"""The platform's own settings and addresses, and one page that takes its time."""

from __future__ import annotations

import time

from django.http import HttpRequest, HttpResponse
from django.urls import path

from gouvernail.apps.accounts.permissions import public
from gouvernail.settings import *  # noqa: F403

ROOT_URLCONF = "apps.slow_pages"


@public
def slow(request: HttpRequest) -> HttpResponse:
    """Answer after two seconds."""
    time.sleep(2)
    return HttpResponse("whole")


def health(request: HttpRequest) -> HttpResponse:
    """Answer at once."""
    return HttpResponse("{}")


urlpatterns = [path("lent", slow), path("sante", public(health))]
