"""Inviting, and coming in by the link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gouvernail.apps.accounts import invitations, queries
from gouvernail.apps.accounts import people_presentation as presentation
from gouvernail.apps.accounts.entering import enter
from gouvernail.apps.accounts.models import Invitation, User
from gouvernail.apps.accounts.people_forms import AcceptForm, InvitationForm, tell
from gouvernail.apps.accounts.permissions import Act, act, public
from gouvernail.common.request import Request
from gouvernail_core.kernel import RefusedError


@never_cache
@require_http_methods(["GET", "POST"])
@act(Act.MANAGE_PEOPLE)
def invite(request: Request) -> HttpResponse:
    """Ask whom, then show the link, once."""
    possible = presentation.grantable(request.actor.roles)
    people = queries.named_people(request.authority.pk)
    form = InvitationForm(request.POST or None, grantable=possible, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            sent = invitations.invite(
                request.authority.pk, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except RefusedError as error:
            tell(form, error)
        else:
            return show_link(request, sent, reverse("people:index"))
    context = {"form": form, "profiles": presentation.explained(possible)}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/invite.html", context, status=status)


@never_cache
@require_POST
@act(Act.MANAGE_PEOPLE)
def renew(request: Request, pk: int) -> HttpResponse:
    """Make a new link for the same invitation, and show it once."""
    try:
        sent = invitations.renew(request.authority.pk, pk, by=request.actor, at=timezone.now())
    except RefusedError as error:
        messages.error(request, _said(error))
        return redirect("people:index")
    return show_link(request, sent, reverse("people:index"))


@require_POST
@act(Act.MANAGE_PEOPLE)
def revoke(request: Request, pk: int) -> HttpResponse:
    """Take a link back."""
    invitations.revoke(request.authority.pk, pk, by=request.actor, at=timezone.now())
    messages.success(request, _("The invitation is cancelled: its link no longer opens anything."))
    return redirect("people:index")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@public
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Say who invites, where and to be what; let the person in when they accept."""
    found = invitations.by_key(key)
    if found is None or found.authority is None:
        return render(request, "accounts/invitation_over.html", {}, status=404)
    if not invitations.is_open(found, at=timezone.now()):
        return render(request, "accounts/invitation_over.html", {"invitation": found}, status=410)
    if request.user.is_authenticated:
        return _accept_signed_in(request, found, key)
    form = AcceptForm(request.POST or None, initial={"username": found.email})
    if request.method == "POST" and form.is_valid():
        try:
            found, user = invitations.accept_new(key, at=timezone.now(), **form.cleaned_data)
        except RefusedError as error:
            tell(form, error)
        else:
            enter(request, user, "/")
            return _come_in(request, found)
    return _page(request, found, form)


def _accept_signed_in(request: HttpRequest, found: Invitation, key: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, found, None)
    user: User = request.user  # type: ignore[assignment]
    try:
        found = invitations.accept_as(user, key, at=timezone.now())
    except RefusedError:
        return render(request, "accounts/invitation_over.html", {"invitation": found}, status=410)
    return _come_in(request, found)


def _page(request: HttpRequest, found: Invitation, form: AcceptForm | None) -> HttpResponse:
    context = {
        "invitation": found,
        "form": form,
        "profiles": presentation.explained(found.roles),
        "here": request.path,
    }
    refused = form is not None and form.is_bound
    return render(request, "accounts/accept.html", context, status=422 if refused else 200)


def _come_in(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Be at once in the place one was invited to."""
    request.session[queries.SESSION_KEY] = f"authority-{found.authority_id}"
    return redirect("/")


def show_link(request: HttpRequest, sent: invitations.Sent, back: str) -> HttpResponse:
    """Return the page that shows the link of an invitation, the only time it can."""
    link = request.build_absolute_uri(reverse("people:accept", args=[sent.key]))
    profiles = presentation.label_of(sent.invitation.roles)
    context = {
        "invitation": sent.invitation, "link": link, "profiles": profiles, "back": back,
    }  # fmt: skip
    return render(request, "accounts/invited.html", context)


def _said(error: RefusedError) -> str:
    from django.utils.translation import get_language

    return " ".join(p.text.in_(get_language() or "fr") for p in error.problems)
