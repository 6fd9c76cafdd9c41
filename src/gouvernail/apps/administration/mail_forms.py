"""The hours without e-mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gouvernail.apps.messaging.quiet import Quiet


class QuietForm(forms.Form):
    """From what hour to what hour nothing leaves, and whether rest days are kept whole."""

    active = forms.BooleanField(
        label=_("Hold e-mail back outside of working hours"), required=False
    )
    starts = forms.TimeField(
        label=_("From what hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Until what hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    days_off = forms.BooleanField(
        label=_("Also on Saturdays, Sundays and public holidays"), required=False
    )

    @classmethod
    def of(cls, quiet: Quiet) -> QuietForm:
        """Return the form with what is in force."""
        return cls(
            initial={
                "active": quiet.active, "starts": quiet.starts, "ends": quiet.ends,
                "days_off": quiet.days_off,
            }
        )  # fmt: skip

    def quiet(self) -> Quiet:
        """Return what was typed."""
        return Quiet(**self.cleaned_data)
