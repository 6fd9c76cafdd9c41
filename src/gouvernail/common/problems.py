"""What went wrong, for a program: RFC 9457 (problem details), in the language it asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gouvernail_core.kernel import Problem, RefusedError

MEDIA_TYPE = "application/problem+json"
#: Where the programs' addresses begin: what goes wrong there is told as a problem, never a page.
API = "/api/"


def problem(
    request: HttpRequest,
    status: int,
    title: str,
    detail: str = "",
    errors: Iterable[dict[str, Any]] = (),
    **more: Any,
) -> JsonResponse:
    """Return a problem; `errors` says each thing to correct, with a JSON pointer if it has one."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or title,
        "instance": request.path,
        **more,
    }
    listed = list(errors)
    if listed:
        told["errors"] = listed
    return JsonResponse(
        told, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )


def refused(
    request: HttpRequest,
    error: RefusedError,
    status: int = 422,
    pointer: Callable[[Problem], str] | None = None,
) -> JsonResponse:
    """Return what an act refused, problem by problem; `pointer` says where, "" for nowhere."""
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    errors = [{"code": p.code, "detail": p.sentence(language)} for p in error.problems]
    for each, found in zip(errors, error.problems, strict=True):
        if pointer and (place := pointer(found)):
            each["pointer"] = place
    detail = " ".join(each["detail"] for each in errors[:3])
    return problem(request, status, _("This cannot be done as it stands"), detail, errors)
