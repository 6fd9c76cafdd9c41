"""Addresses of the protection."""

from django.urls import include, path

from gouvernail.apps.protection import views

protection = [
    path("proteger", views.ranking, name="ranking"),
    path("proteger.<slug:form>", views.export, name="export"),
]
urlpatterns = [path("", include((protection, "protection")))]
