"""Addresses of the people of an authority, of invitations, absences and roles."""

from django.urls import include, path

from gouvernail.apps.accounts import absence_views, invitation_views, people_views, token_views

people = [
    path("personnes/", people_views.index, name="index"),
    path("personnes/export/<str:form>", people_views.export, name="export"),
    path("personnes/<int:pk>/profils", people_views.change, name="change"),
    path("personnes/<int:pk>/retirer", people_views.withdraw, name="withdraw"),
    path("personnes/inviter", invitation_views.invite, name="invite"),
    path("personnes/invitations/<int:pk>/renouveler", invitation_views.renew, name="renew"),
    path("personnes/invitations/<int:pk>/annuler", invitation_views.revoke, name="revoke"),
    path("invitation/<str:key>/", invitation_views.accept, name="accept"),
    path("compte/absence/", absence_views.absence, name="absence"),
    path("compte/absence/<int:pk>/fin", absence_views.end, name="end_absence"),
    path("compte/jetons/", token_views.index, name="tokens"),
    path("compte/jetons/export/<str:form>", token_views.export, name="tokens_export"),
    path("compte/jetons/<int:pk>/fermer", token_views.close, name="close_token"),
    path("compte/roles/", people_views.roles, name="roles"),
    path("compte/roles/export/<str:form>", people_views.roles_export, name="roles_export"),
]
urlpatterns = [path("", include((people, "people")))]
