"""What is typed to import a calendar, and to go on without an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gouvernail_core.authority import Body
from gouvernail_core.facts import sheet
from gouvernail_core.kernel import RefusedError


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


class OverrideForm(forms.Form):
    """The written decision to begin without the opinion that is due."""

    decided_by = forms.ChoiceField(
        label=_("Who decides"),
        help_text=_("The general director who answers for it."),
        error_messages={"required": _("Say who answers for this decision.")},
    )
    reason = forms.CharField(
        label=pgettext_lazy("override", "Reason"),
        help_text=_("At least a sentence: why not wait for the opinion? The committee reads it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Write why: without a reason the gate stays shut.")},
    )
    until = forms.DateField(
        label=_("Until"),
        help_text=_("The last day the decision holds. Empty: no end."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Write a day, as 28/02/2027.")},
    )
    sure = forms.BooleanField(
        label=_("I have read what is at stake, and I answer for this decision."),
        error_messages={"required": _("Tick this box: the decision is yours.")},
    )

    def __init__(self, people: Sequence[tuple[str, str]], *given: Any, **named: Any) -> None:
        """Offer the people who may decide."""
        super().__init__(*given, **named)
        self.fields["decided_by"].choices = list(people)  # type: ignore[attr-defined]

    def refuse(self, refused: RefusedError) -> None:
        """Say on the form what the facts refuse."""
        language = get_language() or "fr"
        labels = {column.label.fr: column.code for column in sheet("overrides").columns}
        for problem in refused.problems:
            field = labels.get(problem.column or "")
            place = field if field in self.fields else None
            self.add_error(place, problem.text.in_(language))
