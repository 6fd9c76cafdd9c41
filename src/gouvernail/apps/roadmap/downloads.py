"""The documents of a plan, in the order people look for them."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from gouvernail.apps.steering.queries import PlanView
from gouvernail.common.listing import Anchor

#: The page that gives a document; its arguments are the plan's number and the document's name.
PAGE = "steering:document"


def documents(view: PlanView) -> tuple[Anchor, ...]:
    """Return the links to the documents of the whole plan; those of a case are on its page."""
    names = {
        "feuille-de-route.pdf": "PDF",
        "feuille-de-route.odt": "ODT",
        "feuille-de-route.docx": "DOCX",
        "plan.ods": _("Tables (ODS)"),
    }
    return tuple(
        Anchor(label, href)
        for name, label in names.items()
        if name in view.documents and (href := _address(view.id, name))
    )


def _address(result: int, name: str) -> str:
    try:
        return reverse(PAGE, args=[result, name])
    except NoReverseMatch:
        return ""
