"""« Mon compte »: name, password, sessions; and a new password by a link."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gouvernail.apps.accounts import entering, factors, identity, lockout, sessions
from gouvernail.apps.accounts.forms import (
    ChangePasswordForm,
    ConfirmForm,
    NameForm,
    NewPasswordForm,
    ResetForm,
)
from gouvernail.apps.accounts.models import User
from gouvernail.apps.accounts.permissions import Act, act, public
from gouvernail.apps.messaging.letters import password_changed
from gouvernail.apps.messaging.services import queue, recipient_of
from gouvernail.common.request import Request

RESET_TOKEN = "password_reset_token"  # noqa: S105 - the name of a place in the session


@require_http_methods(["GET", "POST"])
@act(Act.OWN_ACCOUNT)
@never_cache
def account(request: Request) -> HttpResponse:
    """Show what one's account holds, and keep one's name."""
    form = NameForm(request.POST or None, initial={"name": entering.person(request).name})
    if request.method == "POST" and form.is_valid():
        user = entering.person(request)
        identity.rename(user, form.cleaned_data["name"], at=timezone.now())
        messages.success(request, _("Your name is kept."))
        return redirect("accounts:account")
    user = entering.person(request)
    issuer = settings.OIDC.issuer if settings.OIDC else ""
    context = {
        "form": form,
        "factors": factors.factors_of(user),
        "codes_left": factors.recovery_codes_left(user),
        "sessions": sessions.sessions_of(user),
        "current": request.session.session_key,
        "due": request.session.get(sessions.FACTOR_DUE, False),
        "oidc": settings.OIDC,
        "linked": bool(issuer) and user.identities.filter(issuer=issuer).exists(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/account.html", context, status=status)


@require_http_methods(["GET", "POST"])
@act(Act.OWN_ACCOUNT)
@never_cache
@sensitive_post_parameters()
def confirm(request: Request) -> HttpResponse:
    """Ask for the password again; failures count as those of signing in."""
    form = ConfirmForm(request.POST or None)
    target = request.POST.get("next", request.GET.get("next", ""))
    name = entering.person(request).get_username()
    if request.method == "POST" and not lockout.allowed(request, name):
        return lockout.locked_out(request)
    if request.method == "POST" and form.is_valid():
        if entering.person(request).check_password(form.cleaned_data["password"]):
            entering.proved(request)
            return redirect(entering.safe(request, target))
        lockout.failed(request, name)
        form.add_error("password", _("This is not your password of now."))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "next": target}
    return render(request, "accounts/confirm.html", context, status=status)


@require_http_methods(["GET", "POST"])
@act(Act.OWN_ACCOUNT)
@never_cache
@sensitive_post_parameters()
def change_password(request: Request) -> HttpResponse:
    """Change one's password; the other sessions are closed."""
    name = entering.person(request).get_username()
    if request.method == "POST" and not lockout.allowed(request, name):
        return lockout.locked_out(request)
    form = ChangePasswordForm(entering.person(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = User.objects.get(pk=entering.person(request).pk)
        identity.change_password(
            user, form.cleaned_data["new_password1"], by=request.actor, at=timezone.now()
        )
        entering.stay(request, user)
        _tell(user)
        messages.success(request, _("Your password is changed. Your other sessions are closed."))
        return redirect("accounts:account")
    if "old_password" in form.errors:
        lockout.failed(request, name)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/password.html", {"form": form}, status=status)


@require_POST
@act(Act.OWN_ACCOUNT)
def close_session(request: Request, pk: int) -> HttpResponse:
    """Close one of one's sessions; somebody else's does not exist."""
    identity.close_sessions(entering.person(request), by=request.actor, at=timezone.now(), only=pk)
    return redirect("accounts:account")


@require_POST
@act(Act.OWN_ACCOUNT)
def close_all(request: Request) -> HttpResponse:
    """Sign out everywhere, here too."""
    identity.close_sessions(entering.person(request), by=request.actor, at=timezone.now())
    request.session.flush()
    return sessions.forget_pages(redirect("accounts:login"))


@require_http_methods(["GET", "POST"])
@public
@never_cache
def ask_reset(request: HttpRequest) -> HttpResponse:
    """Send a link to choose a new password; the page says the same for any address."""
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"].lower()
        if cache.add(f"reset:{address}", 1, 300):
            form.save(request=request, use_https=request.is_secure())
        return redirect("accounts:reset_sent")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/reset.html", {"form": form}, status=status)


@require_safe
@public
def reset_sent(request: HttpRequest) -> HttpResponse:
    """Say that a link has left, if the address is that of an account."""
    return render(request, "accounts/reset_sent.html")


@require_http_methods(["GET", "POST"])
@public
@never_cache
@sensitive_post_parameters()
def reset(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Choose a new password by the link; its secret leaves the address at once."""
    user = _owner(uid)
    if token != "choisir":  # noqa: S105 - the word that replaces the secret in the address
        request.session[RESET_TOKEN] = token
        return redirect("accounts:reset", uid=uid, token="choisir")  # noqa: S106 - the same word
    kept = request.session.get(RESET_TOKEN, "")
    if user is None or not default_token_generator.check_token(user, kept):
        return render(request, "accounts/reset_late.html", status=410)
    form = NewPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        identity.change_password(
            user,
            form.cleaned_data["new_password1"],
            by=entering.actor_of(user),
            at=timezone.now(),
            act="password-reset",
        )
        request.session.flush()
        _tell(user)
        messages.success(request, _("Your password is changed. You may sign in."))
        return redirect("accounts:login")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/reset_choose.html", {"form": form}, status=status)


def _owner(uid: str) -> User | None:
    try:
        pk = int(urlsafe_base64_decode(uid))
    except (ValueError, OverflowError):
        return None
    return User.objects.filter(pk=pk, is_active=True).first() if pk < 2**63 else None


def _tell(user: User) -> None:
    """Tell the person by e-mail, when they have an address, that their password changed."""
    at = timezone.now()
    queue(
        "password-changed", recipient_of(user), password_changed,
        key=f"password-changed:{user.pk}:{at.isoformat()}", at=at, urgent=True,
    )  # fmt: skip
