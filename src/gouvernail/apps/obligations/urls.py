"""Addresses of the duties."""

from django.urls import include, path

from gouvernail.apps.obligations import (
    evidence_views,
    question_views,
    validation_views,
    views,
)

obligations = [
    path("consulter", views.duties, name="duties"),
    path("cas/<str:code>/questions", question_views.questions, name="questions"),
    path("preuves", evidence_views.register, name="evidence"),
    path("preuves.<slug:form>", evidence_views.export, name="export_evidence"),
    path("preuves/<int:pk>/verifier/", evidence_views.check, name="check_evidence"),
    path("papiers", views.papers, name="papers"),
    path("consulter.<slug:form>", views.export, name="export"),
    path("validation", validation_views.table, name="validation"),
    path("validation/cinq-reflexes.<slug:form>", validation_views.reflex_card, name="reflex_card"),
    path("validation.<slug:form>", validation_views.export, name="export_validation"),
]
urlpatterns = [path("", include((obligations, "obligations")))]
