"""The addresses: each step gives its own, from the last of the way to the first."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from gouvernail.common.health import detail, health

urlpatterns = [
    path("api/v1/", include("gouvernail.api_urls")),
    path("sante", health, name="health"),
    path("sante/detail", detail, name="health_detail"),
    *(
        path("", include(f"gouvernail.apps.{step}.urls"))
        for step in settings.STEPS
        if find_spec(f"gouvernail.apps.{step}.urls")
    ),
]

handler400 = "gouvernail.common.errors.bad_request"
handler403 = "gouvernail.common.errors.forbidden"
handler404 = "gouvernail.common.errors.not_found"
handler500 = "gouvernail.common.errors.broken"
