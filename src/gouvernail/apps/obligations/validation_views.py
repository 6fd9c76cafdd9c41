"""The map of validation, and the card a manager keeps."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act, may
from gouvernail.apps.obligations import validation
from gouvernail.apps.steering.reading import plan_of, reads_plan
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.listing import headings, paged
from gouvernail.common.sheets import attached, download

Plan = dict[str, Any]


@require_safe
@act(Act.READ)
@reads_plan
def table(request: HttpRequest, _plan: Plan) -> HttpResponse:
    """Show who validates each act, under which text, and what shows that it is read."""
    params, path = request.GET.dict(), request.path
    every = _lines(request)
    wanted = validation.filters(every, params, path)
    shown = validation.kept(every, wanted, params.get("tri", ""))
    columns = (
        ("cas", _("Use case"), False),
        ("acte", _("Act"), False),
        ("etat", _("Who validates"), False),
        ("", _("What to have looked at"), False),
        ("", _("Second reading"), False),
        ("", _("Changed by the person"), False),
    )
    context = {
        "title": validation.title(every),
        "filters": wanted,
        "count": len(shown),
        "page": paged(shown, path, params),
        "headings": headings(path, params, columns, default="cas"),
        "exports": exports("obligations:export_validation", params),
        "may_edit": may(request.actor, Act.EDIT_FACTS),  # type: ignore[attr-defined]
    }
    return show(request, "obligations/validation.html", "obligations/_validation.html", context)


@require_safe
@act(Act.READ)
@reads_plan
def export(request: HttpRequest, _plan: Plan, form: str) -> HttpResponse:
    """Download the same lines as the page shows."""
    params, every = request.GET.dict(), _lines(request)
    wanted = validation.filters(every, params, request.path)
    shown = validation.kept(every, wanted, params.get("tri", ""))
    return download(_("validation"), form, _("Validation"), *validation.export_rows(shown))


@require_safe
@act(Act.READ_OWN)
def reflex_card(request: HttpRequest, form: str) -> HttpResponse:
    """Give the card of the five reflexes, which everybody inside may keep."""
    from gouvernail.documents.reflex_card import CARD_FORMS, written

    if form not in CARD_FORMS:
        raise Http404(form)
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    return attached(written(form, language), _("five-reflexes"), form)


def _lines(request: HttpRequest) -> list[validation.Line]:
    view = plan_of(request)
    assert view is not None  # `reads_plan` answered otherwise
    return validation.lines(view, request.authority.pk)  # type: ignore[attr-defined]
