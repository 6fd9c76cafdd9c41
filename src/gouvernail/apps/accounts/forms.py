"""What is typed to sign in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


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
