"""What is typed about one row: read with the core's own reader, shown again whole when refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gouvernail.apps.facts.answers import described
from gouvernail.apps.facts.fields import Field
from gouvernail.common.wording import language
from gouvernail_core.facts import Choice, Kind, NotReadable, Row, Sheet, blank, parse, show
from gouvernail_core.kernel import RefusedError

LARGEST_FILE_BYTES = 10 * 1024 * 1024
_SEPARATORS = re.compile(r"[,;|\n]")
_SEVERAL = (Kind.CHOICES, Kind.REFS)


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
                each.errors.append(unreadable.text.in_(language()))
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
                found[0].errors.append(problem.text.in_(language()))
            else:
                self.non_field_errors.append(problem.sentence(language()))

    def _label(self, each: Field) -> str:
        return self.sheet.column(each.name).label.fr


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
