"""Addresses of the duties."""

from django.urls import include, path

from gouvernail.apps.obligations import validation_views, views

obligations = [
    path("consulter", views.duties, name="duties"),
    path("consulter.<slug:form>", views.export, name="export"),
    path("validation", validation_views.table, name="validation"),
    path("validation/cinq-reflexes.<slug:form>", validation_views.reflex_card, name="reflex_card"),
    path("validation.<slug:form>", validation_views.export, name="export_validation"),
]
urlpatterns = [path("", include((obligations, "obligations")))]
