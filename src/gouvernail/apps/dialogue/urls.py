"""Addresses of the calendar of social dialogue."""

from django.urls import include, path

from gouvernail.apps.dialogue import views

dialogue = [
    path("consulter/calendrier", views.calendar, name="calendar"),
    path("consulter/calendrier/importer", views.fill, name="fill"),
    path("consulter/calendrier.ics", views.ics, name="ics"),
    path("consulter/calendrier.<slug:form>", views.export, name="export"),
]
urlpatterns = [path("", include((dialogue, "dialogue")))]
