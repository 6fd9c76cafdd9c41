"""The page that erases somebody: what goes, what stays, and a name typed to confirm."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gouvernail.apps.accounts.erasing import belongs_elsewhere
from gouvernail.apps.accounts.permissions import Act, act, may
from gouvernail.apps.accounts.queries import member_for
from gouvernail.apps.home.erasing import erase_person
from gouvernail.common.listing import folded
from gouvernail.common.request import Request
from gouvernail_core.kernel import RefusedError


class EraseForm(forms.Form):
    """The name of the person, typed by whoever erases, so that nobody does it by a slip."""

    name = forms.CharField(
        label=gettext_lazy("Type the name of the person to confirm"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    in_facts = forms.BooleanField(
        label=gettext_lazy("Replace their name in the sheet “People” too"), required=False
    )


@require_http_methods(["GET", "POST"])
@act(Act.ERASE_PERSON)
def erase(request: Request, pk: int) -> HttpResponse:
    """Say what erasing does, then do it."""
    authority = request.authority.pk
    member = member_for(authority, pk)
    form = EraseForm(request.POST or None, initial={"in_facts": True})
    if request.method == "POST" and form.is_valid():
        if folded(form.cleaned_data["name"]) != folded(member.user.name):
            form.add_error("name", _("This is not the name of the person."))
        elif _erased(request, pk, form):
            messages.success(request, _("The person is erased."))
            return redirect("people:index" if may(request.actor, Act.MANAGE_PEOPLE) else "/")
    context = {
        "form": form,
        "member": member,
        "elsewhere": belongs_elsewhere(member.user_id, authority),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "home/erase.html", context, status=status)


def _erased(request: Request, pk: int, form: EraseForm) -> bool:
    """Return whether it is done; otherwise the form says why not."""
    in_facts = form.cleaned_data["in_facts"]
    try:
        erase_person(
            request.authority.pk, pk, in_facts=in_facts, by=request.actor, at=timezone.now()
        )
    except RefusedError as error:
        for problem in error.problems:
            form.add_error(None, problem.text.in_(get_language() or "fr"))
        return False
    return True
