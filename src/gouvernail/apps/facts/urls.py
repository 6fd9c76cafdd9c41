"""Addresses of the facts."""

from django.urls import include, path

from gouvernail.apps.facts import draft_views, views

facts = [
    path("", views.index, name="index"),
    path("importer/", views.upload, name="import"),
    path("importer/<int:pk>/", views.review, name="review"),
    path("classeur.<slug:form>", views.workbook, name="workbook"),
    path("classeur-vide.<slug:form>", views.empty_workbook, name="empty_workbook"),
    path("annuaire/", views.directory, name="directory"),
    path("brouillon/<slug:code>/<int:pk>/", draft_views.keep, name="keep_draft"),
    path("brouillon/<slug:code>/<int:pk>/oublier/", draft_views.forget, name="forget_draft"),
    path("<slug:code>/", views.sheet, name="sheet"),
    path("<slug:code>/nouveau/", views.add, name="add"),
    path("<slug:code>/export.<slug:form>", views.export, name="export"),
    path("<slug:code>/<int:pk>/", views.row, name="row"),
    path("<slug:code>/<int:pk>/joindre/", views.attach, name="attach"),
    path("<slug:code>/<int:pk>/retirer/", views.remove, name="remove"),
]
urlpatterns = [path("faits/", include((facts, "facts")))]
