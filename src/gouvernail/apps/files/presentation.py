"""The files as a list, and the one that somebody sends.

The form stands here, not in `forms`, which an app keeps to itself: pages of facts show it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gouvernail.apps.files.models import StoredFile
from gouvernail.common.inspection import Accepted, Form, inspect
from gouvernail.common.listing import Anchor, Filters, Heading, Select, folded, headings, ordered
from gouvernail_core.facts import sheet, sheets
from gouvernail_core.kernel import RefusedError

MEGABYTE = 1024 * 1024
ACCEPTED = ",".join(f".{ending}" for form in Form for ending in form.endings)


@dataclass(frozen=True, slots=True)
class Line:
    """A file of the list."""

    name: str
    href: str
    removal: str
    about: str
    size: str
    by: str
    at: Any


@dataclass(frozen=True, slots=True)
class Table:
    """The list, filtered and sorted as the address says."""

    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    filters: Filters
    exports: tuple[Anchor, ...]
    total: int


_KEYS = {
    "nom": lambda file: folded(file.name),
    "sujet": lambda file: folded(about(file)),
    "taille": lambda file: file.size,
    "qui": lambda file: folded(file.by_name),
    "quand": lambda file: file.at,
}


def about(file: StoredFile) -> str:
    """Return what a file is attached to, in words."""
    return f"{_label(file.sheet)} · {file.row}" if file.row else _label(file.sheet)


def line(file: StoredFile) -> Line:
    """Return a file as a list shows it."""
    return Line(
        file.name,
        reverse("files:take", args=[file.uid, file.name]),
        reverse("files:remove", args=[file.uid]),
        about(file),
        filesizeformat(file.size),
        file.by_name,
        file.at,
    )


def table(files: Sequence[StoredFile], params: Mapping[str, str]) -> Table:
    """Return the list of the files."""
    here = reverse("files:index")
    pairs = [(s.code, _label(s.code)) for s in sheets() if any(f.sheet == s.code for f in files)]
    select = Select.of("feuille", _("Sheet"), _("All"), pairs, params)
    kept = (("tri", params["tri"]),) if params.get("tri") else ()
    filters = Filters(here, (select,), _("Word"), params.get("mot", ""), kept)
    word = folded(filters.word)
    found = [
        file
        for file in files
        if select.value in ("", file.sheet)
        and word in folded(f"{file.name} {about(file)} {file.by_name}")
    ]
    found = ordered(found, params.get("tri", ""), _KEYS, "-quand")
    exports = tuple(
        Anchor(form.upper(), reverse("files:export", args=[form]))
        for form in ("ods", "xlsx", "csv")
    )
    named = (
        ("nom", _("File"), False),
        ("sujet", _("Attached to"), False),
        ("taille", _("Size"), True),
        ("qui", _("Sent by"), False),
        ("quand", _("Sent on"), False),
    )
    heads = headings(here, params, named, default="-quand")
    return Table(heads, tuple(line(file) for file in found), filters, exports, len(files))


def export_rows(files: Sequence[StoredFile]) -> tuple[list[str], list[list[Any]]]:
    """Return headings and cells of every file."""
    head = [_("File"), _("Attached to"), _("Type"), _("Size in bytes"), "SHA-256", _("Sent by"),
            _("Sent on")]  # fmt: skip
    cells = [
        [f.name, about(f), f.media_type, f.size, f.sha256, f.by_name, f.at.isoformat()]
        for f in files
    ]
    return head, cells


def _label(code: str) -> str:
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    try:
        return sheet(code).label.in_(language)
    except KeyError:
        return code


def sentences(refused: RefusedError) -> list[str]:
    """Return why something is refused, in the language of the page."""
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    return [problem.sentence(language) for problem in refused.problems]


class FileForm(forms.Form):
    """A file to attach; `cleaned_data["file"]` is an accepted one."""

    file = forms.FileField(
        label=gettext_lazy("Attach a file"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": gettext_lazy("Choose the file to attach.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "PDF, PNG, JPEG, ODT, ODS, DOCX, XLSX, CSV or TXT, %(most)s MB at most. The place and "
            "the date of photographs are removed."
        ) % {"most": settings.FILE_LIMIT // MEGABYTE}

    def clean_file(self) -> Accepted:
        """Return the file once inspected, or refuse it; a huge one is not read whole."""
        given = self.cleaned_data["file"]
        content = given.read(settings.FILE_LIMIT + 1)
        try:
            return inspect(content, given.name, limit=settings.FILE_LIMIT)
        except RefusedError as refused:
            raise forms.ValidationError(sentences(refused)) from refused

    def refuse(self, refused: RefusedError) -> None:
        """Put on the file what forbids to keep it."""
        for sentence in sentences(refused):
            self.add_error("file", sentence)
