"""Addresses of the choice."""

from django.urls import include, path

from gouvernail.apps.selection import views

selection = [path("choisir", views.choose, name="choose")]
urlpatterns = [path("", include((selection, "selection")))]
