"""Outgoing e-mail: whether a server is set, what waits, and the hours without."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.administration import mail_presentation as presentation
from gouvernail.apps.administration.mail_forms import QuietForm
from gouvernail.apps.messaging import services
from gouvernail.apps.messaging.queries import letters_of, load, quiet_of
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.request import Request
from gouvernail.common.sheets import download


@require_safe
@act(Act.ADMINISTER)
def index(request: Request) -> HttpResponse:
    """Show the settings, without the password, and the queue of this authority."""
    return show(request, "administration/mail.html", "administration/_mail.html", _context(request))


@require_POST
@act(Act.ADMINISTER)
def trial(request: Request) -> HttpResponse:
    """Send a test to the person who asks, at once, and say what came of it."""
    to = services.recipient_of(request.user)
    if not to.email:
        messages.error(request, _("Your account has no e-mail address: where would it go?"))
        return redirect("administration:mail")
    failure = services.try_out(to)
    services.told_trial(request.authority.pk, failure, by=request.actor, at=timezone.now())
    if failure:
        messages.error(request, presentation.failure_word(failure.code))
    else:
        said = _("The server took the test for %(address)s. It should arrive within minutes.")
        messages.success(request, said % {"address": to.email})
    return redirect("administration:mail")


@require_POST
@act(Act.ADMINISTER)
def hours(request: Request) -> HttpResponse:
    """Keep the hours without e-mail."""
    form = QuietForm(request.POST)
    if not form.is_valid():
        context = _context(request) | {"form": form}
        return render(request, "administration/mail.html", context, status=422)
    services.keep_quiet(request.authority.pk, form.quiet(), by=request.actor, at=timezone.now())
    messages.success(request, _("The hours without e-mail are kept."))
    return redirect("administration:mail")


@require_POST
@act(Act.ADMINISTER)
def retry(request: Request, pk: int) -> HttpResponse:
    """Let a waiting letter leave now."""
    if services.retry(request.authority.pk, pk, by=request.actor, at=timezone.now()):
        messages.success(request, _("It leaves within the minute."))
    else:
        messages.error(request, _("This e-mail has ended already: nothing changes."))
    return redirect("administration:mail")


@require_POST
@act(Act.ADMINISTER)
def cancel(request: Request, pk: int) -> HttpResponse:
    """Cancel a letter that has not left."""
    if services.cancel(request.authority.pk, pk, by=request.actor, at=timezone.now()):
        messages.success(request, _("It will not leave; what it said is erased."))
    else:
        messages.error(request, _("This e-mail has ended already: nothing changes."))
    return redirect("administration:mail")


@require_safe
@act(Act.ADMINISTER)
def export(request: Request, form: str) -> HttpResponse:
    """Download the queue, with the filters in force."""
    table = presentation.table(letters_of(request.authority.pk), request.path, request.GET.dict())
    return download(_("e-mail"), form, _("E-mail"), *presentation.export_rows(table.rows))


def _context(request: Request) -> dict[str, object]:
    params = request.GET.dict()
    table = presentation.table(letters_of(request.authority.pk), request.path, params)
    return {
        "table": table,
        "server": presentation.server(),
        "sender": settings.DEFAULT_FROM_EMAIL,
        "load": load(at=timezone.now()),
        "form": QuietForm.of(quiet_of(request.authority.pk)),
        "exports": exports("administration:mail_export", params),
    }
