"""Addresses of the page about outgoing e-mail."""

from django.urls import path

from gouvernail.apps.administration import mail_views

mail = [
    path("administration/courrier/", mail_views.index, name="mail"),
    path("administration/courrier/essai", mail_views.trial, name="mail_trial"),
    path("administration/courrier/heures", mail_views.hours, name="mail_hours"),
    path("administration/courrier/export/<str:form>", mail_views.export, name="mail_export"),
    path("administration/courrier/<int:pk>/relancer", mail_views.retry, name="mail_retry"),
    path("administration/courrier/<int:pk>/annuler", mail_views.cancel, name="mail_cancel"),
]
