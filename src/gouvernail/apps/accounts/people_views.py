"""Those who have access: the list, their profiles, taking an access back; what each role opens."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gouvernail.apps.accounts import members, queries
from gouvernail.apps.accounts import people_presentation as presentation
from gouvernail.apps.accounts.people_forms import MemberForm, tell
from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.listing import headings, paged
from gouvernail.common.request import Request
from gouvernail.common.sheets import download
from gouvernail_core.kernel import RefusedError


@require_safe
@act(Act.MANAGE_PEOPLE)
def index(request: Request) -> HttpResponse:
    """List those who have access and those who are invited."""
    params = request.GET.dict()
    every = _people(request)
    found = presentation.filters(request.path, params, every)
    rows = presentation.chosen(every, found, params.get("tri", ""))
    columns = (
        ("nom", _("Name"), False),
        ("profils", _("Profiles"), False),
        ("depuis", _("Since"), False),
        ("vu", _("Last seen"), False),
        ("", _("Change"), False),
    )
    invited = queries.invitations_of(request.authority.pk)
    context = {
        "title": presentation.title(len(every)),
        "page": paged(rows, request.path, params),
        "filters": found,
        "headings": headings(request.path, params, columns, default=presentation.DEFAULT),
        "exports": exports("people:export", params),
        "waiting": presentation.waiting(invited, at=timezone.now()),
    }
    return show(request, "accounts/people.html", "accounts/_people.html", context)


@require_safe
@act(Act.MANAGE_PEOPLE)
def export(request: Request, form: str) -> HttpResponse:
    """Download the list, with the filters in force."""
    params, every = request.GET.dict(), _people(request)
    found = presentation.filters(request.path, params, every)
    rows = presentation.chosen(every, found, params.get("tri", ""))
    return download(_("people"), form, _("People"), *presentation.export_rows(rows))


@require_http_methods(["GET", "POST"])
@act(Act.MANAGE_PEOPLE)
def change(request: Request, pk: int) -> HttpResponse:
    """Change the profiles of somebody."""
    member = queries.member_for(request.authority.pk, pk)
    possible = {*presentation.grantable(request.actor.roles), *member.roles}
    form = MemberForm(
        request.POST or None, grantable=possible, people=queries.named_people(request.authority.pk),
        initial={"roles": member.roles, "person": member.person},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            members.change(
                request.authority.pk, pk, form.cleaned_data["roles"],
                person=form.cleaned_data["person"], by=request.actor, at=timezone.now(),
            )  # fmt: skip
        except RefusedError as error:
            tell(form, error)
        else:
            messages.success(request, _("The profiles are changed."))
            return redirect("people:index")
    context = {"member": member, "form": form, "profiles": presentation.explained(possible)}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/change.html", context, status=status)


@require_http_methods(["GET", "POST"])
@act(Act.MANAGE_PEOPLE)
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Say what taking an access back does, then do it."""
    member = queries.member_for(request.authority.pk, pk)
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        try:
            members.withdraw(request.authority.pk, pk, by=request.actor, at=timezone.now())
        except RefusedError as error:
            problems = tuple(problem.text for problem in error.problems)
        else:
            words = _("%(name)s no longer has access.") % {"name": member.user.name}
            messages.success(request, words)
            mine = member.user_id == request.actor.user_id
            return redirect("/" if mine else "people:index")
    context = {"member": member, "problems": problems}
    return render(request, "accounts/withdraw.html", context, status=422 if problems else 200)


@require_safe
@act(Act.OWN_ACCOUNT)
def roles(request: Request) -> HttpResponse:
    """Show what each profile opens."""
    profiles, acts = presentation.matrix()
    links = exports("people:roles_export", {})
    context = {"profiles": profiles, "acts": acts, "exports": links}
    return render(request, "accounts/roles.html", context)


@require_safe
@act(Act.OWN_ACCOUNT)
def roles_export(request: Request, form: str) -> HttpResponse:
    """Download the matrix."""
    return download(_("roles"), form, _("Roles"), *presentation.matrix_rows())


def _people(request: Request) -> list[presentation.PersonLine]:
    found = queries.members_of(request.authority.pk)
    return presentation.lines(found, request.actor.user_id)
