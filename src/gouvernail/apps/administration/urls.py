"""Addresses of the administration."""

from django.urls import include, path

from gouvernail.apps.administration.export_urls import exports

administration = [*exports]
urlpatterns = [path("", include((administration, "administration")))]
