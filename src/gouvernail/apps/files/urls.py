"""Addresses of the attached files."""

from django.urls import include, path

from gouvernail.apps.files import views

files = [
    path("", views.index, name="index"),
    path("liste.<slug:form>", views.export, name="export"),
    path("<uuid:uid>/retirer/", views.remove, name="remove"),
    path("<uuid:uid>/<str:filename>", views.take, name="take"),
]
urlpatterns = [path("fichiers/", include((files, "files")))]
