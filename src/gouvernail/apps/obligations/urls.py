"""Addresses of the duties."""

from django.urls import include, path

from gouvernail.apps.obligations import views

obligations = [
    path("consulter", views.duties, name="duties"),
    path("consulter.<slug:form>", views.export, name="export"),
]
urlpatterns = [path("", include((obligations, "obligations")))]
