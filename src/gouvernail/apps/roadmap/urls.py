"""Addresses of the roadmap."""

from django.urls import include, path

from gouvernail.apps.roadmap import views

roadmap = [path("feuille-de-route", views.roadmap, name="roadmap")]
urlpatterns = [path("", include((roadmap, "roadmap")))]
