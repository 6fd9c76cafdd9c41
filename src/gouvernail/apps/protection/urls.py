"""Addresses of the protection."""

from django.urls import include, path

from gouvernail.apps.protection import examination_views, flow_views, own_views, views

protection = [
    path("proteger", views.ranking, name="ranking"),
    path("proteger.<slug:form>", views.export, name="export"),
    path("proteger/flux", flow_views.flows, name="flows"),
    path("proteger/flux.<slug:form>", flow_views.export, name="export_flows"),
    path("proteger/catalogue.jsonld", flow_views.catalogue, name="catalogue"),
    path("proteger/mes-fichiers", own_views.own_files, name="own_files"),
    path("proteger/examen", examination_views.examination, name="examination"),
    path("proteger/examen/pause", examination_views.pause, name="pause"),
    path("proteger/examen/<slug:code>", examination_views.store, name="store"),
    path("proteger/examen/<slug:code>.<slug:form>", examination_views.export, name="export_store"),
]
urlpatterns = [path("", include((protection, "protection")))]
