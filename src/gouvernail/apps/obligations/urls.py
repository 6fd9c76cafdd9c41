"""Addresses of the duties."""

from django.urls import include, path

from gouvernail.apps.obligations import question_views, views

obligations = [
    path("consulter", views.duties, name="duties"),
    path("cas/<str:code>/questions", question_views.questions, name="questions"),
    path("papiers", views.papers, name="papers"),
    path("consulter.<slug:form>", views.export, name="export"),
]
urlpatterns = [path("", include((obligations, "obligations")))]
