"""The documents of one case, as its page gives them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from gouvernail.apps.steering.queries import PlanView
from gouvernail.common.listing import Anchor

#: The documents in the order people look for them.
NAMES = ("fiche", "rapport-cst")
FORMS = ("pdf", "odt", "docx")


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A document in its three forms."""

    label: str
    forms: tuple[Anchor, ...]


def names_of(view: PlanView, case: str) -> list[str]:
    """Return the names of the documents of a case, among those of the plan."""
    from gouvernail.documents.write import safe_name

    folder = f"cas/{safe_name(case)}/"
    return [name for name in view.documents if name.startswith(folder)]


def case_documents(view: PlanView, case: str) -> tuple[CaseDocument, ...]:
    """Return the documents that this plan wrote for a case; a case not chosen has none."""
    from gouvernail.documents.write import safe_name

    labels = {
        "fiche": _("The fiche of the case"),
        "rapport-cst": _("Report to the staff committee"),
    }
    found = []
    for name in NAMES:
        paths = {form: f"cas/{safe_name(case)}/{name}.{form}" for form in FORMS}
        forms = tuple(
            Anchor(form.upper(), reverse("steering:document", args=[view.id, path]))
            for form, path in paths.items()
            if path in view.documents
        )
        if forms:
            found.append(CaseDocument(labels[name], forms))
    return tuple(found)
