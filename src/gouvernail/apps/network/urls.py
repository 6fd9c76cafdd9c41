"""Addresses of the network."""

from django.urls import include, path

from gouvernail.apps.network import views

network = [
    path("", views.index, name="index"),
    path("export/<str:form>", views.export, name="export"),
    path("ouvrir", views.open_authority, name="open"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/inviter", views.invite, name="invite"),
]
urlpatterns = [path("reseau/", include((network, "network")))]
