"""Addresses of the export of one authority."""

from django.urls import path

from gouvernail.apps.administration import export_views

exports = [
    path("administration/export/", export_views.export, name="export"),
    path("administration/export/<uuid:uid>/", export_views.take, name="take_export"),
]
