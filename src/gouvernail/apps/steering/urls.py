"""Addresses of the plan's computation and of its documents."""

from django.urls import include, path

from gouvernail.apps.steering import views

steering = [
    path("calculer", views.ask, name="ask"),
    path("calcul/<int:pk>/", views.progress, name="progress"),
    path("documents/<int:result>/<path:name>", views.document, name="document"),
]
urlpatterns = [path("plan/", include((steering, "steering")))]
