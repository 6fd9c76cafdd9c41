"""The tokens of an authority or of a network: making one, seeing them, closing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gouvernail.apps.accounts import token_presentation as presentation
from gouvernail.apps.accounts import tokens
from gouvernail.apps.accounts.entering import fresh
from gouvernail.apps.accounts.people_forms import TokenForm, tell
from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.common.links import exports
from gouvernail.common.request import Request
from gouvernail.common.sheets import download
from gouvernail_core.kernel import RefusedError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.MANAGE_TOKENS)
@fresh
def index(request: Request) -> HttpResponse:
    """List the tokens, and make one, whose key is shown once."""
    possible = tokens.grantable(
        tokens.own_roles(request.actor), network=request.network is not None
    )
    form = TokenForm(request.POST or None, grantable=possible)
    if request.method == "POST" and form.is_valid():
        try:
            made = tokens.make(by=request.actor, at=timezone.now(), **form.cleaned_data)
        except RefusedError as error:
            tell(form, error)
        else:
            told = presentation.line(made.token, at=timezone.now())
            context = {"token": told, "key": made.key, "address": request.build_absolute_uri("/")}
            return render(request, "accounts/token_made.html", context)
    params = request.GET.dict()
    lines = presentation.lines(tokens.of_place(request.actor), at=timezone.now())
    context = {
        "form": form,
        "acts": presentation.explained(possible),
        "tokens": presentation.sorted_lines(lines, params.get("tri", "")),
        "headings": presentation.columns(request.path, params),
        "exports": exports("people:tokens_export", params),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/tokens.html", context, status=status)


@require_safe
@act(Act.MANAGE_TOKENS)
def export(request: Request, form: str) -> HttpResponse:
    """Download the list; no key is in it."""
    lines = presentation.lines(tokens.of_place(request.actor), at=timezone.now())
    rows = presentation.sorted_lines(lines, request.GET.get("tri", ""))
    return download(_("tokens"), form, _("Access tokens"), *presentation.export_rows(rows))


@require_POST
@act(Act.MANAGE_TOKENS)
def close(request: Request, pk: int) -> HttpResponse:
    """Close a token at once."""
    tokens.revoke(pk, by=request.actor, at=timezone.now())
    messages.success(request, _("The token is closed: it no longer opens anything."))
    return redirect("people:tokens")
