"""« Messages »: what one should know, and how one wants to be told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.home import centre
from gouvernail.apps.messaging import notices
from gouvernail.common.fragments import show
from gouvernail.common.request import Request


@require_safe
@act(Act.READ_OWN)
def index(request: Request) -> HttpResponse:
    """Show one's messages, the newest first."""
    params = request.GET.dict()
    context = {"page": centre.page(request.actor, params, request.path)}
    return show(request, "home/messages.html", "home/_messages.html", context)


@require_POST
@act(Act.READ_OWN)
def read(request: Request, pk: int) -> HttpResponse:
    """Say that one message is read; somebody else's is not there."""
    notices.mark_read(request.actor.user_id, request.authority.pk, at=timezone.now(), only=pk)
    return redirect("home:messages")


@require_POST
@act(Act.READ_OWN)
def read_all(request: Request) -> HttpResponse:
    """Say that every message is read."""
    notices.mark_read(request.actor.user_id, request.authority.pk, at=timezone.now())
    return redirect("home:messages")


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.READ_OWN)
def preferences(request: Request) -> HttpResponse:
    """Choose how one is told of each kind of thing."""
    user = request.actor.user_id
    if request.method == "POST" and user is not None:
        notices.choose(user, request.authority.pk, request.POST.dict())
        messages.success(request, _("Your choices are kept."))
        return redirect("home:preferences")
    context = {
        "kinds": centre.choices(request.actor),
        "no_address": not getattr(request.user, "email", ""),
    }
    return render(request, "home/preferences.html", context)
