"""« Absence »: lending one's profiles for some days, and ending it early."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gouvernail.apps.accounts import delegations, members, queries
from gouvernail.apps.accounts import people_presentation as presentation
from gouvernail.apps.accounts.people_forms import AbsenceForm, tell
from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.common.request import Request
from gouvernail_core.kernel import RefusedError


@require_http_methods(["GET", "POST"])
@act(Act.DELEGATE)
def absence(request: Request) -> HttpResponse:
    """Show what one lent, and lend."""
    authority, me = request.authority.pk, request.actor.user_id or 0
    own = members.own_roles(authority, me)
    people = [(m.user_id, m.user.name) for m in queries.members_of(authority) if m.user_id != me]
    form = AbsenceForm(
        request.POST or None, grantable=own, people=people, initial={"roles": sorted(own)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            delegations.delegate(
                authority, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except RefusedError as error:
            tell(form, error)
        else:
            messages.success(request, _("Your absence is noted, with who stands in for you."))
            return redirect("people:absence")
    given = queries.delegations_given(authority, me)
    today = timezone.localdate()
    context = {
        "form": form,
        "people": people,
        "profiles": presentation.explained(own),
        "given": [
            (each, presentation.label_of(each.roles), not each.ended_at and each.ends_on >= today)
            for each in given
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/absence.html", context, status=status)


@require_POST
@act(Act.DELEGATE)
def end(request: Request, pk: int) -> HttpResponse:
    """End a delegation before its last day."""
    delegations.end(request.authority.pk, pk, by=request.actor, at=timezone.now())
    messages.success(request, _("The delegation is over: your profiles are yours alone again."))
    return redirect("people:absence")
