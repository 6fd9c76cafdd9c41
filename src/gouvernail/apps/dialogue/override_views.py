"""Going on without an opinion that is due: decided in writing, seen by all, withdrawn at will."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gouvernail.apps.accounts import queries as accounts
from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.dialogue.forms import OverrideForm
from gouvernail.apps.facts import queries as facts
from gouvernail.apps.facts import services
from gouvernail.apps.steering.queries import whole_case
from gouvernail.apps.steering.reading import plan_of
from gouvernail.common.request import Request
from gouvernail_core.facts import sheet
from gouvernail_core.kernel import RefusedError

OVERRIDES = "overrides"


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.OVERRIDE_GATE)
def override(request: Request, code: str) -> HttpResponse:
    """Show what is at stake, then write the decision or withdraw one."""
    authority = request.authority.pk
    case = facts.record_of_code(sheet("use_cases"), authority, code)
    if case is None:
        raise Http404(code)
    people = _deciders(authority)
    if request.method != "POST":
        user = request.actor.user_id
        mine = accounts.person_code(authority, user) if user is not None else ""
        form = OverrideForm(people, initial={"decided_by": mine})
        return _page(request, code, case.row, form)
    if "withdraw" in request.POST:
        return _withdrawn(request, code, case.row, OverrideForm(people))
    form = OverrideForm(people, request.POST)
    if not form.is_valid() or not _decided(request, code, form):
        return _page(request, code, case.row, form, status=422)
    messages.success(request, _("Decided, and written in the journal. Compute the plan again."))
    return redirect("portfolio:case", code)


def _decided(request: Request, code: str, form: OverrideForm) -> bool:
    """Write the decision; what the facts refuse goes on the form."""
    given, now = form.cleaned_data, timezone.now()
    row = {
        "case": code,
        "decided_on": timezone.localdate(),
        "decided_by": given["decided_by"],
        "reason": given["reason"].strip(),
        "until": given["until"],
    }
    try:
        services.add_row(request.authority.pk, sheet(OVERRIDES), row, by=request.actor, at=now)
    except RefusedError as refused:
        form.refuse(refused)
        return False
    return True


def _withdrawn(request: Request, code: str, case: dict[str, Any], form: Any) -> HttpResponse:
    """Withdraw a decision of this case; one that moved meanwhile is shown again."""
    authority, shown = request.authority.pk, sheet(OVERRIDES)
    asked, version = request.POST.get("withdraw", ""), request.POST.get("version", "")
    here = {str(each.pk): each for each in _decisions(authority, code)}
    if asked not in here or str(here[asked].version) != version:
        messages.error(request, _("This decision moved meanwhile. Read it again."))
        return _page(request, code, case, form, status=409)
    services.remove_row(
        authority, shown, int(asked), version=int(version), by=request.actor, at=timezone.now()
    )
    messages.success(request, _("Withdrawn. The journal keeps it. Compute the plan again."))
    return redirect("portfolio:case", code)


def _page(
    request: Request, code: str, case: dict[str, Any], form: Any, *, status: int = 200
) -> HttpResponse:
    authority, view = request.authority.pk, plan_of(request)
    found = (whole_case(view, code) if view else None) or {}
    heard = found.get("consultation") or {}
    decided = _decisions(authority, code)
    names = dict(_people(authority))
    context = {
        "code": code,
        "title": case["title"],
        "heard": heard,
        "waits": heard.get("due") == "yes" and not heard.get("opinion_on"),
        "gate": next((d for d in found.get("doors") or () if d["door"] == "dialogue"), None),
        "decided": [(each, names.get(each.row["decided_by"], "")) for each in decided],
        "form": form,
        "deciders": bool(form.fields["decided_by"].choices),
        "people": reverse("facts:sheet", args=["people"]),
        "rule": f"{reverse('portfolio:case', args=[code])}#DS-PILOTE",
    }
    return render(request, "dialogue/override.html", context, status=status)


def _decisions(authority: int, code: str) -> list[facts.Record]:
    records = facts.records_of(sheet(OVERRIDES), authority)
    return [each for each in records if each.row["case"] == code]


def _people(authority: int) -> list[tuple[str, str]]:
    return [(r["id"], r["name"]) for r in facts.rows_of_sheet(sheet("people"), authority)]


def _deciders(authority: int) -> list[tuple[str, str]]:
    """Return the people of the facts who direct the authority: code, name."""
    directors = facts.people_of_role(authority, "dgs")
    return [(code, name) for code, name in _people(authority) if code in directors]
