"""The questions of the law about one case: asked one at a time or all together, saved at each."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.obligations import questionnaire
from gouvernail.apps.obligations.answers import CaseAnswers, answer, case_answers
from gouvernail.apps.obligations.questionnaire import QuestionView
from gouvernail.common.request import Request
from gouvernail.common.wording import language
from gouvernail_core.kernel import RefusedError
from gouvernail_core.obligations import assess


def knows_the_authority(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead to the authority's own sheet whoever asks about a case before its kind is known."""

    @wraps(view)
    def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except RefusedError as refused:
            for problem in refused.problems:
                messages.warning(request, problem.text.in_(language()))
            return redirect("facts:row", "authority", request.authority.pk)

    return asked


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.READ)
@knows_the_authority
def questions(request: Request, code: str) -> HttpResponse:
    """Ask what can still change an outcome for this case, and tell what each answer changed."""
    if request.method == "POST":
        return cast(HttpResponse, answered(request, code))
    return _page(request, case_answers(request.authority.pk, code))


@act(Act.EDIT_FACTS)
def answered(request: Request, code: str) -> HttpResponse:
    """Keep the answer to one question, then ask the next; nothing typed is lost on a refusal."""
    known = case_answers(request.authority.pk, code)
    question = request.POST.get("question", "")
    try:
        answers, refused = questionnaire.read(known, question, request.POST)
    except KeyError:
        raise Http404(question) from None
    if refused is not None:
        return _page(request, known, refused=refused, status=422)
    try:
        stopped = answer(
            request.authority.pk,
            code,
            answers,
            seen=questionnaire.seen(request.POST),
            authority_version=questionnaire.version_of(request.POST.get("collectivite", "")),
            by=request.actor,
            at=timezone.now(),
        )
    except RefusedError as problem:
        said = tuple(each.sentence(language()) for each in problem.problems)
        return _page(request, known, refused=questionnaire.again(known, question, said), status=422)
    if stopped:
        known = case_answers(request.authority.pk, code)
        told = (_("Somebody answered this question meanwhile: here is their answer."),)
        return _page(request, known, refused=questionnaire.again(known, question, told), status=409)
    kept = {"tout": "1"} if request.POST.get("tout") == "1" else {}
    address = reverse("obligations:questions", args=[code])
    return redirect(f"{address}?{urlencode({'depuis': question, **kept})}")


def _page(
    request: Request, known: CaseAnswers, *, refused: QuestionView | None = None, status: int = 200
) -> HttpResponse:
    everything = "1" in (request.GET.get("tout"), request.POST.get("tout"))
    page = questionnaire.page_of(
        known,
        assess(known.situation, on=timezone.localdate()),
        wanted=request.GET.get("q", ""),
        everything=everything,
        since=request.GET.get("depuis", ""),
        refused=refused,
    )
    context = {"case": known, "page": page, "everything": everything}
    return render(request, "obligations/questions.html", context, status=status)
