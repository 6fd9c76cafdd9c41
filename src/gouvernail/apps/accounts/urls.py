"""Addresses of the accounts."""

from django.urls import include, path

from gouvernail.apps.accounts import views, views_account, views_factors, views_oidc

accounts = [
    path("connexion", views.sign_in, name="login"),
    path("connexion/essai", views.enter_demo, name="demo"),
    path("deconnexion", views.sign_out, name="logout"),
    path("", views_account.account, name="account"),
    path("confirmer", views_account.confirm, name="confirm"),
    path("mot-de-passe", views_account.change_password, name="password"),
    path("mot-de-passe/oublie", views_account.ask_reset, name="ask_reset"),
    path("mot-de-passe/lien-envoye", views_account.reset_sent, name="reset_sent"),
    path("mot-de-passe/lien/<str:uid>/<str:token>", views_account.reset, name="reset"),
    path("sessions/fermer", views_account.close_all, name="close_all"),
    path("sessions/<int:pk>/fermer", views_account.close_session, name="close_session"),
    path("connexion/verification", views_factors.second_step, name="second_step"),
    path("connexion/cle", views_factors.passkey, name="passkey"),
    path("facteurs/application", views_factors.add_totp, name="totp"),
    path("facteurs/cle", views_factors.add_passkey, name="add_passkey"),
    path("facteurs/cle/demande", views_factors.passkey_options, name="passkey_options"),
    path("facteurs/codes", views_factors.recovery_codes, name="recovery_codes"),
    path("facteurs/<int:pk>/retirer", views_factors.remove_factor, name="remove_factor"),
    path("oidc/connexion", views_oidc.depart, name="oidc_depart"),
    path("oidc/retour", views_oidc.callback, name="oidc_callback"),
    path("oidc/relier", views_oidc.link, name="oidc_link"),
    path("oidc/delier", views_oidc.unlink, name="oidc_unlink"),
    path("lieu", views.choose_place, name="place"),
]
urlpatterns = [
    path("compte/", include((accounts, "accounts"))),
    path("", include("gouvernail.apps.accounts.people_urls")),
    path("langue", views.choose_language, name="set_language"),
]
