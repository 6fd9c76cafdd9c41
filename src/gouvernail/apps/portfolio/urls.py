"""Addresses of the portfolio."""

from django.urls import include, path

from gouvernail.apps.portfolio import views

portfolio = [
    path("portefeuille", views.board, name="board"),
    path("portefeuille.<slug:form>", views.export, name="export"),
    path("cas/<str:code>", views.case, name="case"),
    path("explorer", views.explore, name="explore"),
    path("ia-deja-la", views.uses, name="existing_uses"),
    path("ia-deja-la.<slug:form>", views.export_uses, name="export_uses"),
]
urlpatterns = [path("", include((portfolio, "portfolio")))]
