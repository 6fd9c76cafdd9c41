"""What is typed to sign in."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm, SetPasswordForm
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gouvernail.apps.messaging.letters import password_reset, public_address
from gouvernail.apps.messaging.services import queue, recipient_of


class LoginForm(AuthenticationForm):
    """A name and a password; the refusal never says which of the two is wrong."""

    error_messages = {  # noqa: RUF012 - Django's own name and shape
        "invalid_login": _(
            "This name and password do not go together. Check the capital letters, then try again."
        ),
        "inactive": _("This account is closed. Ask your administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")


class LanguageForm(forms.Form):
    """The language somebody asks for."""

    language = forms.ChoiceField(choices=[("fr", "fr"), ("en", "en")])


class CodeForm(forms.Form):
    """A code of six digits, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class ConfirmForm(forms.Form):
    """The password, asked again before what protects the account is changed."""

    password = forms.CharField(
        label=_("Password"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NameForm(forms.Form):
    """The name a person goes by."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class PasskeyForm(forms.Form):
    """What the browser made, and how the person calls it."""

    name = forms.CharField(label=_("Name of this passkey"), max_length=60)
    credential = forms.CharField(max_length=20000, widget=forms.HiddenInput)


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """A new password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _(
            "At least 12 characters. A sentence you can remember is a good choice."
        )
        self.fields["new_password2"].label = _("The same again")
        self.fields["new_password2"].help_text = ""


class ChangePasswordForm(NewPasswordForm):
    """The password of now, then the new one."""

    old_password = forms.CharField(
        label=_("Your password of now"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old_password", "new_password1", "new_password2")

    def clean_old_password(self) -> str:
        """Refuse another word than the password of now."""
        given = str(self.cleaned_data["old_password"])
        if not self.user.check_password(given):
            raise forms.ValidationError(_("This is not your password of now."))
        return given


class ResetForm(PasswordResetForm):
    """Asks for a link; the answer is the same whether or not an account exists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your e-mail address")

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """Queue the letter; the same link is never sent twice.

        It leads to the address of the installation, never to the one that a request says it is.
        """
        user, token = context["user"], context["token"]
        link = public_address(reverse("accounts:reset", args=[context["uid"], token]))
        at = timezone.now()
        queue(
            "password-reset", recipient_of(user), lambda: password_reset(link),
            key=f"password-reset:{sha256(token.encode()).hexdigest()}", at=at, urgent=True,
            secret=True, expires_at=at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
        )  # fmt: skip
