"""Address of the export of one authority."""

from django.urls import path

from gouvernail.apps.administration import export_views

exports = [path("administration/export/", export_views.export, name="export")]
