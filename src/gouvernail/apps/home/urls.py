"""Addresses of the home page."""

from django.urls import include, path

from gouvernail.apps.home import views

home = [
    path("", views.week, name="week"),
    path("pour-moi/", views.mine, name="mine"),
    path("changements", views.changed, name="changes"),
]
urlpatterns = [path("", include((home, "home")))]
