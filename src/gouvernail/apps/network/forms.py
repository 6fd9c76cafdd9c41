"""What is typed to open an authority, or to invite the person who leads one."""

from __future__ import annotations

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gouvernail_core.access import Profile, may_grant

_SUPERVISOR = (Profile.SUPERVISOR.value,)


def leading() -> list[tuple[str, str]]:
    """Return the profiles a network may give, with their words, the secretary first."""
    language = get_language() or "fr"
    found = [p for p in Profile if may_grant(_SUPERVISOR, [p.value])]
    found.sort(key=lambda profile: profile is not Profile.SECRETARY)
    return [(p.value, p.label.in_(language)) for p in found]


class LeaderForm(forms.Form):
    """Who leads the authority."""

    leader = forms.CharField(label=_("Who leads there: first name and name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address, if there is one"), required=False)
    role = forms.ChoiceField(label=_("What this person is there"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["role"].choices = leading()  # type: ignore[attr-defined]


class OpenForm(LeaderForm):
    """An authority that has no space yet."""

    code = forms.RegexField(
        r"^[A-Za-z0-9_-]+$",
        label=_("Code"),
        max_length=60,
        help_text=_("Its SIREN number, or a word without spaces."),
    )
    name = forms.CharField(label=_("Name of the authority"), max_length=300)
    field_order = ("name", "code", "leader", "email", "role")
