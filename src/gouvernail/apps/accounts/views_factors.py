"""The second step of signing in, and the pages where second factors are added and removed."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal import auth as totp
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gouvernail.apps.accounts import entering, factors, identity, lockout
from gouvernail.apps.accounts.forms import CodeForm, PasskeyForm
from gouvernail.apps.accounts.permissions import Act, act, public
from gouvernail.apps.accounts.sessions import FACTOR_DUE
from gouvernail.common.request import Request


@require_http_methods(["GET", "POST"])
@public
@never_cache
@sensitive_post_parameters()
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or a passkey, of somebody whose password was right."""
    kept = entering.waiting(request)
    if kept is None:
        return redirect("accounts:login")
    user, target = kept
    if not lockout.allowed(request, user.username):
        return lockout.locked_out(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and (form.is_valid() or request.POST.get("credential")):
        with transaction.atomic():  # a code is not spent unless it opens and the journal says so
            kind = _second_factor(request, user, form.cleaned_data.get("code", ""))
            if kind:
                also = "recovery-code-used" if kind == factors.Kind.RECOVERY_CODES else ""
                return entering.enter(request, user, target, strong=True, also=also)
        lockout.failed(request, user.username)
        form.add_error(None, _("This code or passkey does not open. Try with a fresh one."))
    kinds = {str(each.type) for each in factors.factors_of(user)}
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "kinds": kinds}
    return render(request, "accounts/second_step.html", context, status=status)


def _second_factor(request: HttpRequest, user: Any, code: str) -> str:
    if credential := request.POST.get("credential"):
        found = factors.holder_of_passkey(credential, expected=user)
        return str(factors.Kind.WEBAUTHN) if found else ""
    return factors.check_code(user, code)


@require_http_methods(["GET", "POST"])
@public
@never_cache
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: it proves the device, and who holds it."""
    if request.method == "GET":
        kept = entering.waiting(request)
        return JsonResponse(factors.request_options(kept[0] if kept else None))
    if not lockout.allowed(request, ""):
        return lockout.locked_out(request)
    user = factors.holder_of_passkey(request.POST.get("credential", ""))
    if user is None:
        lockout.failed(request, "")
        messages.error(request, _("This passkey does not open an account here."))
        return redirect("accounts:login")
    return entering.enter(request, user, request.POST.get("next", ""), strong=True)


@require_http_methods(["GET", "POST"])
@act(Act.OWN_ACCOUNT)
@entering.fresh
@never_cache
@sensitive_post_parameters()
def add_totp(request: Request) -> HttpResponse:
    """Show the square to scan, and check that the application knows its secret."""
    form = CodeForm(request.POST or None)
    secret = totp.get_totp_secret()
    if request.method == "POST" and form.is_valid():
        codes = identity.add_totp(
            entering.person(request), secret, form.cleaned_data["code"],
            by=request.actor, at=timezone.now(),
        )  # fmt: skip
        if codes is not None:
            totp.clear_totp_secret(request)
            return _added(request, codes)
        form.add_error("code", _("This code is not that of the application. Type the one of now."))
    adapter = get_adapter()
    square = adapter.build_totp_svg(adapter.build_totp_url(entering.person(request), secret))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "secret": secret, "square": _bare(square)}
    return render(request, "accounts/totp.html", context, status=status)


def _bare(svg: str) -> str:
    """Return the drawing without the declaration that a page does not admit."""
    return svg[svg.index("<svg") :]


@require_http_methods(["GET", "POST"])
@act(Act.OWN_ACCOUNT)
@entering.fresh
@never_cache
def add_passkey(request: Request) -> HttpResponse:
    """Add a passkey made by the browser."""
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        codes = identity.add_passkey(
            entering.person(request), given["name"], given["credential"],
            by=request.actor, at=timezone.now(),
        )  # fmt: skip
        if codes is not None:
            return _added(request, codes)
        form.add_error(None, _("The passkey could not be added. Please try again."))
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/passkey.html", {"form": form}, status=status)


@require_safe
@act(Act.OWN_ACCOUNT)
@entering.fresh
@never_cache
def passkey_options(request: Request) -> HttpResponse:
    """Return what the browser needs to make a passkey."""
    return JsonResponse(factors.creation_options(entering.person(request)))


@require_POST
@act(Act.OWN_ACCOUNT)
@entering.fresh
def remove_factor(request: Request, pk: int) -> HttpResponse:
    """Remove one of one's factors; somebody else's does not exist."""
    if not identity.remove_factor(
        entering.person(request), pk, by=request.actor, at=timezone.now()
    ):
        raise Http404
    if not factors.has_factor(entering.person(request)) and entering.factor_needed(request.actor):
        request.session[FACTOR_DUE] = True
    messages.success(request, _("The second factor is removed."))
    return redirect("accounts:account")


@require_POST
@act(Act.OWN_ACCOUNT)
@entering.fresh
@never_cache
def recovery_codes(request: Request) -> HttpResponse:
    """Give fresh recovery codes, shown once."""
    if not factors.has_factor(entering.person(request)):
        raise Http404
    codes = identity.renew_recovery_codes(
        entering.person(request), by=request.actor, at=timezone.now()
    )
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


def _added(request: Request, codes: list[str]) -> HttpResponse:
    entering.factor_set_up(request)
    if codes:
        return render(request, "accounts/recovery_codes.html", {"codes": codes})
    messages.success(request, _("The second factor is added."))
    return redirect("accounts:account")
