"""Addresses of the accounts."""

from django.urls import include, path

from gouvernail.apps.accounts import views

accounts = [
    path("connexion", views.sign_in, name="login"),
    path("connexion/essai", views.enter_demo, name="demo"),
    path("deconnexion", views.sign_out, name="logout"),
    path("lieu", views.choose_place, name="place"),
]
urlpatterns = [
    path("compte/", include((accounts, "accounts"))),
    path("", include("gouvernail.apps.accounts.people_urls")),
    path("langue", views.choose_language, name="set_language"),
]
