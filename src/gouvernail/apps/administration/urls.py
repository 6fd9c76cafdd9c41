"""Addresses of the administration."""

from django.urls import include, path

from gouvernail.apps.administration import views
from gouvernail.apps.administration.export_urls import exports

administration = [
    path("administration/", views.index, name="index"),
    path("administration/calculs/", views.jobs, name="jobs"),
    path("administration/calculs/export.<slug:form>", views.export_jobs, name="export_jobs"),
    path("administration/calculs/<int:pk>/", views.job, name="job"),
    path("administration/calculs/<int:pk>/annuler/", views.cancel, name="cancel"),
    path("administration/calculs/<int:pk>/relancer/", views.retry, name="retry"),
    *exports,
]
urlpatterns = [path("", include((administration, "administration")))]
