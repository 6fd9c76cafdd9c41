"""Addresses of the calendar of social dialogue."""

from django.urls import include, path

from gouvernail.apps.dialogue import override_views, views

dialogue = [
    path("consulter/calendrier", views.calendar, name="calendar"),
    path("consulter/calendrier/importer", views.fill, name="fill"),
    path("consulter/calendrier.ics", views.ics, name="ics"),
    path("consulter/calendrier.<slug:form>", views.export, name="export"),
    path("cas/<str:code>/passer-outre", override_views.override, name="override"),
]
urlpatterns = [path("", include((dialogue, "dialogue")))]
