"""What is typed is kept while it is typed, and proposed again to whoever typed it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.facts import drafts, queries
from gouvernail.common.request import Request
from gouvernail_core.facts import Layout, Sheet


@require_POST
@act(Act.EDIT_FACTS)
def keep(request: Request, code: str, pk: int) -> HttpResponse:
    """Keep what is typed; say so in its place, or on the sheet for whoever asked by the button."""
    shown = _form_for(request, code, pk)
    given = request.POST.get("version", "")
    kept = drafts.keep(
        request.authority.pk,
        request.actor.user_id,
        shown,
        pk,
        dict(request.POST.lists()),
        version=int(given) if given.isdigit() and len(given) < 10 else 0,
        at=timezone.now(),
    )
    if request.htmx:
        return render(request, "facts/_kept.html", {"kept": kept})
    if kept is None:
        messages.error(request, _("This is too long to be kept as a draft."))
    else:
        messages.success(request, _("Kept as a draft. You alone see it, for 30 days."))
    if shown.layout is Layout.FORM:
        return redirect("facts:index")
    return redirect("facts:sheet", code)


@require_POST
@act(Act.EDIT_FACTS)
def forget(request: Request, code: str, pk: int) -> HttpResponse:
    """Forget a draft and show the form as it is without it."""
    shown = _form_for(request, code, pk)
    drafts.forget(request.authority.pk, request.actor.user_id, shown, pk)
    messages.success(request, _("Draft forgotten."))
    return redirect("facts:row", code, pk) if pk else redirect("facts:add", code)


def _form_for(request: Request, code: str, pk: int) -> Sheet:
    """Return the sheet whose form this is; 404 for a row of another authority."""
    shown = queries.sheet_for(code)
    if pk:
        queries.record_for(shown, request.authority.pk, pk)
    elif shown.layout is Layout.FORM:
        raise Http404(code)
    return shown
