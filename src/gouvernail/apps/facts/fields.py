"""One column as a field: its words, what may be chosen, what it holds, what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gouvernail.common.wording import language
from gouvernail_core.facts import Choice, Column, Kind

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WIDGETS = {
    Kind.LONG_TEXT: "long",
    Kind.LINES: "long",
    Kind.INTEGER: "number",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.TERNARY: "radio",
    Kind.CHOICE: "select",
    Kind.REF: "select",
    Kind.CHOICES: "boxes",
    Kind.REFS: "boxes",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str
    label: str
    checked: bool
    id: str


@dataclass(slots=True)
class Field:
    """One column as a field: its words, what it holds, what is wrong with it."""

    column: Column
    choices: tuple[Choice, ...]
    held: Any = ""
    first: tuple[str, frozenset[str]] | None = None
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the name of the field in the form."""
        return self.column.code

    @property
    def id_for_label(self) -> str:
        """Return the id of the control, or of the first of its options."""
        return f"f-{self.name}"

    @property
    def widget(self) -> str:
        """Return which control shows it."""
        if self.column.kind is Kind.CODE and self.choices:
            return "select"
        return _WIDGETS.get(self.column.kind, "text")

    @property
    def grouped(self) -> bool:
        """Return whether it is several controls under one legend."""
        return self.widget in ("radio", "boxes")

    @property
    def input_type(self) -> str:
        """Return the type of the control; what is not a date stays legible in a plain one."""
        if self.widget != "date":
            return "text"
        written = self.text
        return "date" if not written or _ISO_DATE.fullmatch(written) else "text"

    @property
    def label(self) -> str:
        """Return its words, with the unit."""
        words = self.column.label.in_(language())
        return f"{words} ({self.column.unit})" if self.column.unit else words

    @property
    def required(self) -> bool:
        """Return whether the row cannot be without it."""
        return self.column.required

    @property
    def groups(self) -> list[tuple[str, list[Option]]]:
        """Return the options under their headings: those that fit first, then the others.

        Without such an order there is one group, without a heading.
        """
        every = self.options
        if self.first is None:
            return [("", every)]
        label, codes = self.first
        fit = [option for option in every if option.value in codes]
        others = [option for option in every if option.value not in codes]
        named = ((label, fit), (_("Others"), others))
        return [(words, options) for words, options in named if options]

    @property
    def help(self) -> str:
        """Return the sentence under it."""
        return self.column.help.in_(language())

    @property
    def described_by(self) -> str:
        """Return the ids of what explains it, for those who listen to the page."""
        parts = [f"{self.id_for_label}-a"]
        return " ".join([*parts, f"{self.id_for_label}-e"] if self.errors else parts)

    @property
    def text(self) -> str:
        """Return what a text control shows: what was typed, else the value."""
        if isinstance(self.held, (list, tuple)):
            return "\n".join(self.held)
        if isinstance(self.held, float):
            shown = f"{self.held:.10g}"
            return shown.replace(".", ",") if language() == "fr" else shown
        return "" if self.held is None else str(self.held)

    @property
    def options(self) -> list[Option]:
        """Return what may be chosen; what is held and no longer exists stays in sight."""
        if self.widget == "radio":
            return self._radios()
        held = self.held if isinstance(self.held, (list, tuple)) else [self.held]
        chosen = {str(value) for value in held if value not in (None, "")}
        known = [(choice.code, choice.label.in_(language())) for choice in self.choices]
        lost = sorted(chosen - {code for code, _label in known})
        gone = [(code, _("%(code)s (no longer exists)") % {"code": code}) for code in lost]
        every = [*known, *gone]
        return self._marked(every, chosen)

    def _radios(self) -> list[Option]:
        words = {True: "oui", False: "non", None: "?", "": "?"}
        held = words.get(self.held, str(self.held)) if _plain(self.held) else "?"
        every = [("oui", _("Yes")), ("non", _("No")), ("?", _("We do not know"))]
        return self._marked(every, {held})

    def _marked(self, every: list[tuple[str, str]], chosen: set[str]) -> list[Option]:
        return [
            Option(
                code,
                label,
                code in chosen,
                self.id_for_label if rank == 0 else f"{self.id_for_label}-{rank}",
            )
            for rank, (code, label) in enumerate(every)
        ]


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, (str, bool))
