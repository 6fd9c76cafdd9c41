"""Addresses of the administration."""

from django.urls import include, path

from gouvernail.apps.administration.export_urls import exports
from gouvernail.apps.administration.mail_urls import mail

administration = [*exports, *mail]
urlpatterns = [path("", include((administration, "administration")))]
