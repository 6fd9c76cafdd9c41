"""The network's pages: its authorities, one of them, opening another."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gouvernail.apps.accounts import invitations
from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.facts.directory import suggestions
from gouvernail.apps.network import presentation, queries, services
from gouvernail.apps.network.forms import LeaderForm, OpenForm
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.listing import headings, paged
from gouvernail.common.request import Request
from gouvernail.common.sheets import download
from gouvernail_core.kernel import RefusedError


@require_safe
@act(Act.SUPERVISE)
def index(request: Request) -> HttpResponse:
    """Show where the authorities of the network stand."""
    params = request.GET.dict()
    every = queries.standings(request.network.pk, on=timezone.localdate())
    found = presentation.filters(request.path, params, every)
    rows = presentation.chosen(every, found, params.get("tri", ""))
    page = paged(rows, request.path, params)
    columns = (
        ("nom", _("Authority"), False),
        ("habitants", _("Inhabitants"), True),
        ("faits", _("Facts"), False),
        ("plan", _("The plan"), False),
        ("cas", _("Cases"), False),
        ("cst", _("Next CST"), False),
        ("signe", _("Last sign of life"), False),
        ("personnes", _("People"), True),
    )
    context = {
        "title": presentation.headline(len(every)),
        "summary": presentation.summary(every),
        "page": replace(page, rows=tuple(presentation.in_words(row) for row in page.rows)),
        "filters": found,
        "headings": headings(request.path, params, columns, default=presentation.DEFAULT),
        "exports": exports("network:export", params),
        "every": every,
    }
    return show(request, "network/index.html", "network/_table.html", context)


@require_safe
@act(Act.SUPERVISE)
def export(request: Request, form: str) -> HttpResponse:
    """Download the table, with the filters in force."""
    params = request.GET.dict()
    every = queries.standings(request.network.pk, on=timezone.localdate())
    found = presentation.filters(request.path, params, every)
    rows = presentation.chosen(every, found, params.get("tri", ""))
    return download(_("network"), form, _("Network"), *presentation.export_rows(rows))


@require_safe
@act(Act.SUPERVISE)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show where one authority stands, and who leads it."""
    context = {
        "row": presentation.in_words(_standing(request, pk)),
        "leaders": presentation.leading(queries.leaders_of(pk)),
    }
    return render(request, "network/detail.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@act(Act.OPEN_AUTHORITY)
def invite(request: Request, pk: int) -> HttpResponse:
    """Invite the person who leads an authority of the network."""
    standing = _standing(request, pk)
    form = LeaderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = invitations.invite(
                pk, name=form.cleaned_data["leader"], email=form.cleaned_data["email"],
                roles=[form.cleaned_data["role"]], by=request.actor, at=timezone.now(),
            )  # fmt: skip
        except RefusedError as error:
            _tell(form, error)
        else:
            return _link(request, sent, reverse("network:detail", args=[pk]))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "standing": standing}
    return render(request, "network/invite.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@act(Act.OPEN_AUTHORITY)
def open_authority(request: Request) -> HttpResponse:
    """Open an authority; the official list fills the form."""
    known = {name: request.GET.get(name, "") for name in ("code", "name")}
    form = OpenForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        role = given.pop("role")
        try:
            sent = services.open_in(
                request.network, roles=[role], by=request.actor, at=timezone.now(), **given
            )
        except RefusedError as error:
            _tell(form, error)
        else:
            return _link(request, sent, reverse("network:index"))
    word = request.GET.get("mot", "").strip()
    found = suggestions(word, request.path, get_language() or "fr") if word else []
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "word": word, "suggestions": found}
    return render(request, "network/open.html", context, status=status)


def _standing(request: Request, pk: int) -> queries.Standing:
    """Return one authority of the network; any other does not exist here."""
    found = queries.standings(request.network.pk, on=timezone.localdate(), authority=pk)
    if not found:
        raise Http404(f"authority {pk}")
    return found[0]


def _link(request: Request, sent: invitations.Sent, back: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("people:accept", args=[sent.key]))
    roles = ", ".join(
        queries.label(role).in_(get_language() or "fr") for role in sent.invitation.roles
    )
    context = {"invitation": sent.invitation, "link": link, "profiles": roles, "back": back}
    return render(request, "accounts/invited.html", context)


def _tell(form: LeaderForm, error: RefusedError) -> None:
    for problem in error.problems:
        form.add_error(None, problem.text.in_(get_language() or "fr"))
