"""The documents of one case, as its page gives them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from gouvernail.apps.steering.queries import PlanView
from gouvernail.common.listing import Anchor
from gouvernail.common.wording import said_text

FORMS = ("pdf", "odt", "docx")
#: Shown on the page of a case: its sheet, and the paper that comes first.
MOST = 2


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
    """Return the documents that this plan wrote for a case: its sheet, then the papers it asks."""
    from gouvernail.documents.papers import PAPERS
    from gouvernail.documents.write import safe_name

    labels = {"fiche": _("The fiche of the case")}
    labels |= {paper.code: said_text(paper.title) for paper in PAPERS if paper.about_case}
    found = []
    for name, label in labels.items():
        paths = {form: f"cas/{safe_name(case)}/{name}.{form}" for form in FORMS}
        forms = tuple(
            Anchor(form.upper(), reverse("steering:document", args=[view.id, path]))
            for form, path in paths.items()
            if path in view.documents
        )
        if forms:
            found.append(CaseDocument(label, forms))
    return tuple(found)
