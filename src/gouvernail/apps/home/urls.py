"""Addresses of the home page."""

from django.urls import include, path

from gouvernail.apps.home import views

home = [path("", views.week, name="week")]
urlpatterns = [path("", include((home, "home")))]
