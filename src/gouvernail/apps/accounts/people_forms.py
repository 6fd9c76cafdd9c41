"""What is typed to invite somebody, change their profiles, come in, or lend one's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazystr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gouvernail.apps.accounts.invitations import DEFAULT_DAYS, LEAST_DAYS, MOST_DAYS
from gouvernail.apps.accounts.models import User
from gouvernail.apps.accounts.tokens import DEFAULT_DAYS as DEFAULT_TOKEN_DAYS
from gouvernail.apps.accounts.tokens import LEAST_DAYS as LEAST_TOKEN_DAYS
from gouvernail.apps.accounts.tokens import MOST_DAYS as MOST_TOKEN_DAYS
from gouvernail_core.access import Act, Profile
from gouvernail_core.kernel import RefusedError


def choices(profiles: Iterable[str]) -> list[tuple[str, str]]:
    """Return profiles with their words, in the order people know them."""
    held = frozenset(profiles)
    language = get_language() or "fr"
    return [(p.value, p.label.in_(language)) for p in Profile if p.value in held]


def tell(form: forms.Form, error: RefusedError) -> None:
    """Put on a form why the platform refused."""
    for problem in error.problems:
        form.add_error(None, problem.text.in_(get_language() or "fr"))


class ProfilesForm(forms.Form):
    """Which profiles somebody is given, among those one may give."""

    roles = forms.MultipleChoiceField(
        label=_("Profiles"), widget=forms.CheckboxSelectMultiple, required=True
    )

    def __init__(self, *args: Any, grantable: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = choices(grantable)  # type: ignore[attr-defined]


class MemberForm(ProfilesForm):
    """What somebody is: their profiles, and which person of the facts."""

    person = forms.ChoiceField(
        label=_("Who they are in the sheet “People”"),
        required=False,
        help_text=_("By it they find what concerns their service. Leave empty if not listed."),
    )

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "—"), *people]  # type: ignore[attr-defined]


class InvitationForm(MemberForm):
    """Whom one invites, to be what, and how long the link waits."""

    name = forms.CharField(
        label=_("First name and name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail address, if there is one"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    days = forms.IntegerField(
        label=_("How many days the link waits"),
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        initial=DEFAULT_DAYS,
    )
    field_order = ("name", "email", "roles", "person", "days")


class AcceptForm(forms.Form):
    """A user name and a password, twice nothing: the password may be shown by the browser."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a password that the policy refuses, with its reasons."""
        given = super().clean() or {}
        if given.get("password"):
            user = User(username=given.get("username", ""))
            try:
                validate_password(given["password"], user)
            except ValidationError as error:
                self.add_error("password", error)
        return given


class AbsenceForm(ProfilesForm):
    """To whom one lends which of one's profiles, and when."""

    taker = forms.TypedChoiceField(label=_("Who stands in for you"), coerce=int)
    starts_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Last day, included"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("taker", "roles", "starts_on", "ends_on")

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].label = lazystr(_("Which of your profiles"))
        self.fields["taker"].choices = [("", "—"), *people]  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """What a program's key is for, what it may do, and for how long."""

    name = forms.CharField(
        label=_("What the token is for"),
        max_length=150,
        help_text=_("For example: synchronisation with the HR software."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    acts = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple, required=True
    )
    days = forms.IntegerField(
        label=_("How many days it lasts"),
        min_value=LEAST_TOKEN_DAYS,
        max_value=MOST_TOKEN_DAYS,
        initial=DEFAULT_TOKEN_DAYS,
    )

    def __init__(self, *args: Any, grantable: Iterable[Act], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "fr"
        options = [(act.value, act.label.in_(language)) for act in grantable]
        self.fields["acts"].choices = options  # type: ignore[attr-defined]
