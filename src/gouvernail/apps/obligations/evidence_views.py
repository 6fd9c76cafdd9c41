"""The evidence register: read, exported, and a proof checked by another person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.obligations import evidence
from gouvernail.apps.obligations.evidence import Evidence
from gouvernail.apps.steering.queries import duties_plan
from gouvernail.apps.steering.reading import plan_of, reads_plan
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.listing import Filters, headings, paged
from gouvernail.common.request import Request
from gouvernail.common.sheets import download
from gouvernail.common.wording import language
from gouvernail_core.kernel import RefusedError

Plan = dict[str, Any]


@require_safe
@act(Act.READ)
@reads_plan
def register(request: HttpRequest, _plan: Plan) -> HttpResponse:
    """Show each duty that asks for a proof, with its proof."""
    params, path = request.GET.dict(), request.path
    every, wanted, shown = _asked(request)
    columns = (
        ("quoi", _("Duty"), False),
        ("cas", _("About"), False),
        ("etat", _("State"), False),
        ("qui", _("In charge"), False),
        ("fait", _("Done on"), False),
        ("expire", _("Valid until"), False),
        ("", _("The proof"), False),
    )
    context = {
        "title": evidence.page_title(every),
        "filters": wanted,
        "count": len(shown),
        "page": paged(shown, path, params),
        "headings": headings(path, params, columns, default="etat"),
        "exports": exports("obligations:export_evidence", params),
    }
    return show(request, "obligations/evidence.html", "obligations/_evidence.html", context)


@require_safe
@act(Act.READ)
@reads_plan
def export(request: HttpRequest, _plan: Plan, form: str) -> HttpResponse:
    """Download the same lines as the page shows."""
    _every, _wanted, shown = _asked(request)
    return download(_("proofs"), form, _("Proofs"), *evidence.export_rows(shown))


@require_POST
@act(Act.EDIT_FACTS)
def check(request: Request, pk: int) -> HttpResponse:
    """Keep that the reader opened a proof and found it good."""
    given = request.POST.get("version", "")
    version = int(given) if given.isdigit() and len(given) < 10 else -1
    by_whom: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
    try:
        moved = evidence.check(request.authority.pk, pk, version=version, **by_whom)
    except RefusedError as refused:
        for problem in refused.problems:
            messages.warning(request, problem.text.in_(language()))
    else:
        if moved:
            messages.warning(request, _("Somebody changed this proof meanwhile: read it again."))
        else:
            messages.success(request, _("Checked, with your name and the day."))
    return redirect("obligations:evidence")


def _asked(request: HttpRequest) -> tuple[list[Evidence], Filters, list[Evidence]]:
    """Return every line, the filters, and the lines they keep."""
    view = plan_of(request)
    assert view is not None  # `reads_plan` answered otherwise
    every = evidence.register(duties_plan(view), view.authority, on=timezone.localdate())
    wanted = evidence.filters(every, request.GET.dict(), request.path)
    return every, wanted, evidence.kept(every, wanted, request.GET.get("tri", ""))
