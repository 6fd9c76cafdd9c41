"""The offers of vendors: pasted, asked about, answered, and what their answers fill."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.obligations import offers
from gouvernail.apps.obligations.answers import case_answers
from gouvernail.apps.obligations.question_views import knows_the_authority
from gouvernail.apps.obligations.questionnaire import version_of
from gouvernail.apps.steering.queries import latest_plan
from gouvernail.common.request import Request
from gouvernail.common.wording import language
from gouvernail_core.kernel import RefusedError


@require_safe
@act(Act.READ)
@knows_the_authority
def listed(request: Request, code: str) -> HttpResponse:
    """List the offers received for a case."""
    case = case_answers(request.authority.pk, code)
    found = offers.offers_of(request.authority.pk, code)
    return render(request, "obligations/offers.html", {"case": case, "offers": found})


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.READ)
@knows_the_authority
def offer(request: Request, pk: int) -> HttpResponse:
    """Show what to ask about an offer, and what the vendor answered."""
    if request.method == "POST":
        return cast(HttpResponse, answered(request, pk))
    return _page(request, pk)


@act(Act.EDIT_FACTS)
def answered(request: Request, pk: int) -> HttpResponse:
    """Keep the answers of a vendor; what cannot be read is shown again, nothing is lost."""
    typed, errors = offers.read_form(request.POST)
    if errors:
        return _page(request, pk, status=422, typed=typed, errors=errors)
    seen = {code: version_of(request.POST.get(f"vu-{code}", "")) for code in typed}
    by_whom: dict[str, Any] = {"seen": seen, "by": request.actor, "at": timezone.now()}
    if offers.keep_answers(request.authority.pk, pk, typed, **by_whom):
        messages.warning(request, _("Somebody wrote one of these answers meanwhile: see both."))
        return _page(request, pk, status=409, typed=typed)
    messages.success(request, _("Answers kept."))
    return redirect("obligations:offer", pk)


@require_POST
@act(Act.EDIT_FACTS)
def fill(request: Request, pk: int) -> HttpResponse:
    """Write the chosen answers as facts of the case."""
    chosen = request.POST.getlist("fait")
    seen = {name: version_of(request.POST.get(f"vu-{name}", "")) for name in chosen}
    by_whom: dict[str, Any] = {"seen": seen, "by": request.actor, "at": timezone.now()}
    try:
        count = offers.fill_facts(request.authority.pk, pk, chosen, **by_whom)
    except RefusedError as refused:
        for problem in refused.problems:
            messages.warning(request, problem.text.in_(language()))
        return redirect("obligations:offer", pk)
    if count is None:
        messages.warning(request, _("Somebody answered one of these facts meanwhile: see both."))
    else:
        said = ngettext("%(n)s fact kept for the case.", "%(n)s facts kept for the case.", count)
        messages.success(request, said % {"n": count})
    return redirect("obligations:offer", pk)


def _page(request: Request, pk: int, *, status: int = 200, **shown: Any) -> HttpResponse:
    view = latest_plan(request.authority)
    page = offers.offer_page(request.authority.pk, pk, view, on=timezone.localdate(), **shown)
    return render(request, "obligations/offer.html", {"page": page}, status=status)
