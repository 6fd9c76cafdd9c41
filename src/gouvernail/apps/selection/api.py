"""Operations on the choice: what is proposed, and what other weights would propose."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.selection import presentation
from gouvernail.apps.steering.told import Computed, told, view_of
from gouvernail.common import problems
from gouvernail.common.request import Request
from gouvernail.formats.plan import SelectionValue
from gouvernail_core.access import Act

router = Router()


class ChoiceOut(Schema):
    """The choice, null when there is nothing to choose."""

    computed: Computed
    selection: SelectionValue | None


class WeightsIn(Schema):
    """The weight of each criterion, from 0 to 100; they are rescaled to make 100."""

    weights: dict[str, Annotated[float, Field(ge=0, le=100)]]


class TrialOut(Schema):
    """What these weights would propose, beside what is proposed."""

    computed: Computed
    cases: list[str]
    entering: list[str]
    leaving: list[str]
    conflict: bool


@router.get("selection", auth=needs(Act.READ), response=ChoiceOut, by_alias=True)
def choice(request: Request) -> Any:
    """Give the choice, how sure it is, and where people differ."""
    view = view_of(request)
    return told(view, selection=view.plan.get("selection"))


@router.post("selection/trial", auth=needs(Act.READ), response=TrialOut)
def trial(request: Request, given: WeightsIn) -> Any:
    """Say what other weights would propose; nothing is kept."""
    view = view_of(request)
    selection = view.plan.get("selection")
    if not selection or selection.get("conflict"):
        raise Http404("selection")
    known = {item["id"] for item in selection["criteria"]}
    unknown = sorted(set(given.weights) - known)
    if unknown or not any(given.weights.values()):
        errors = [
            {"pointer": f"/weights/{code}", "detail": _("There is no such criterion.")}
            for code in unknown
        ] or [{"pointer": "/weights", "detail": _("Give at least one weight above zero")}]
        title = _("This cannot be done as it stands")
        return problems.problem(request, 422, title, errors=errors)
    params = {presentation.WEIGHT + code: str(value) for code, value in given.weights.items()}
    found = presentation.trial(selection, params)
    return told(
        view,
        cases=list(found.cases),
        entering=list(found.entering),
        leaving=list(found.leaving),
        conflict=found.conflict,
    )
