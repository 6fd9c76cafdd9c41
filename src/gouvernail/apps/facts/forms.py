"""What is typed about one row: read with the core's own reader, shown again whole when refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gouvernail.apps.facts.answers import described
from gouvernail_core.facts import Choice, Column, Kind, NotReadable, Row, Sheet, blank, parse, show
from gouvernail_core.kernel import RefusedError

LARGEST_FILE_BYTES = 10 * 1024 * 1024
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SEPARATORS = re.compile(r"[,;|\n]")
_SEVERAL = (Kind.CHOICES, Kind.REFS)
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
        words = self.column.label.in_(_language())
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
        return self.column.help.in_(_language())

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
            return shown.replace(".", ",") if _language() == "fr" else shown
        return "" if self.held is None else str(self.held)

    @property
    def options(self) -> list[Option]:
        """Return what may be chosen; what is held and no longer exists stays in sight."""
        if self.widget == "radio":
            return self._radios()
        held = self.held if isinstance(self.held, (list, tuple)) else [self.held]
        chosen = {str(value) for value in held if value not in (None, "")}
        known = [(choice.code, choice.label.in_(_language())) for choice in self.choices]
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


class RowForm:
    """The fields of one row; `read` gives its values, or None and what is to correct."""

    def __init__(
        self,
        sheet: Sheet,
        options: Mapping[str, tuple[Choice, ...]],
        *,
        row: Row | None = None,
        typed: Any = None,
        first: Mapping[str, tuple[str, frozenset[str]]] | None = None,
    ) -> None:
        self.sheet = sheet
        self.non_field_errors: list[str] = []
        known = dict(row or {})
        if typed is not None and sheet.code == "legal_facts" and "fact" in typed:
            known["fact"] = typed["fact"]
        self.fields = [
            Field(column, options.get(column.code, column.choices) or column.choices)
            for column in (described(sheet, column, known) for column in sheet.columns)
        ]
        for each in self.fields:
            each.first = (first or {}).get(each.name)
            each.held = _typed(each, typed) if typed is not None else _held(each, row)

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    @property
    def errors(self) -> list[str]:
        """Return everything to correct."""
        return self.non_field_errors + [e for each in self.fields for e in each.errors]

    def read(self) -> Row | None:
        """Return the row typed, or None when something cannot be read or is missing."""
        row: Row = {}
        for each in self.fields:
            try:
                row[each.name] = self._value(each)
            except NotReadable as unreadable:
                each.errors.append(unreadable.text.in_(_language()))
                continue
            if each.column.required and row[each.name] in (None, "", []):
                each.errors.append(_("This field is empty."))
        return None if self.errors else row

    def _value(self, each: Field) -> Any:
        own = self.sheet.column(each.name)
        if own.kind is each.column.kind:
            return parse(each.held, own)
        if each.held in ("", [], None):
            return blank(own)
        if each.held == "?":
            return "?"
        value = parse(each.held, each.column)  # an answer of the law, kept as it is written
        return parse(show(value, replace(each.column, choices=())), own)

    def refuse(self, refused: RefusedError) -> None:
        """Put what the facts as a whole refuse on the field it concerns, else above them all."""
        for problem in refused.problems:
            found = [f for f in self.fields if self._label(f) == problem.column]
            if problem.sheet == self.sheet.label.fr and found:
                found[0].errors.append(problem.text.in_(_language()))
            else:
                self.non_field_errors.append(problem.sentence(_language()))

    def _label(self, each: Field) -> str:
        return self.sheet.column(each.name).label.fr


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, (str, bool))


def _typed(each: Field, typed: Any) -> Any:
    if each.column.kind in _SEVERAL:
        getter = getattr(typed, "getlist", None)
        found = getter(each.name) if getter else typed.get(each.name, [])
        return [part for value in found for part in _parts(value)]
    return typed.get(each.name, "")


def _held(each: Field, row: Row | None) -> Any:
    value = (row or {}).get(each.name)
    if value in (None, "") and each.column.kind in _SEVERAL:
        return []
    if isinstance(value, str) and each.column.kind in _SEVERAL:
        return _parts(value)
    return value


def _parts(written: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(written) if part.strip()]


def _language() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"


class WorkbookForm(forms.Form):
    """A workbook to read."""

    workbook = forms.FileField(
        label=gettext_lazy("Workbook"),
        help_text=gettext_lazy(
            "ODS or XLSX, 10 MB at most. Nothing is changed before you confirm."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".ods,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose the file of your workbook."),
            "empty": gettext_lazy("This file is empty. Choose the one you filled in."),
        },
    )

    def clean_workbook(self) -> Any:
        """Return the file, or refuse one that cannot be a workbook."""
        file = self.cleaned_data["workbook"]
        if file.size > LARGEST_FILE_BYTES:
            raise forms.ValidationError(_("This file is larger than 10 MB. Remove its pictures."))
        return file
