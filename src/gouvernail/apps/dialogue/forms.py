"""What is typed to import a calendar."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gouvernail_core.authority import Body


class CalendarForm(forms.Form):
    """A calendar to read, and the body whose sittings it holds."""

    body = forms.ChoiceField(label=_("Body"))
    calendar = forms.FileField(
        label=_("Calendar"),
        help_text=_(
            "An iCalendar file (.ics), 1 MB at most. Nothing is changed before you confirm."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,text/calendar"}),
        error_messages={
            "required": _("Choose the file of your calendar."),
            "empty": _("This file is empty. Export the calendar again."),
        },
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        """Name the bodies in the reader's language."""
        super().__init__(*given, **named)
        language = get_language() or "fr"
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            (body.value, body.label.in_(language)) for body in Body
        ]
