"""Addresses of the home page."""

from django.urls import include, path

from gouvernail.apps.home import centre_views, erasing_views, views

home = [
    path("", views.week, name="week"),
    path("pour-moi/", views.mine, name="mine"),
    path("personnes/<int:pk>/effacer/", erasing_views.erase, name="erase"),
    path("changements", views.changed, name="changes"),
    path("messages/", centre_views.index, name="messages"),
    path("messages/lus", centre_views.read_all, name="messages_read"),
    path("messages/<int:pk>/lu", centre_views.read, name="message_read"),
    path("messages/preferences/", centre_views.preferences, name="preferences"),
    path("journal/", views.journal, name="journal"),
    path("journal/export/<str:form>", views.export_journal, name="export_journal"),
]
urlpatterns = [path("", include((home, "home")))]
